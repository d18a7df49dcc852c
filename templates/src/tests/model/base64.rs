use crate::runtime::model::Base64;

fn read(json: &str) -> Base64 {
    serde_json::from_str(json).unwrap()
}

/// The test vectors of RFC 4648.
#[test]
fn bytes_are_encoded_as_the_standard_says() {
    for (bytes, text) in [
        ("", ""),
        ("f", "Zg=="),
        ("fo", "Zm8="),
        ("foo", "Zm9v"),
        ("foob", "Zm9vYg=="),
        ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ] {
        let value = Base64::encode(bytes);
        assert_eq!(serde_json::to_string(&value).unwrap(), format!("\"{text}\""));
        assert_eq!(read(&format!("\"{text}\"")).decode().unwrap(), bytes.as_bytes());
        assert_eq!((value.as_str(), value.to_string()), (text, text.to_owned()));
    }
    assert_eq!(Base64::from([0xfb, 0xff]).as_str(), "+/8=");
    assert_eq!(Base64::from(vec![1, 2]), Base64::from(&[1, 2]));
    assert_eq!(Base64::from(&b"ab"[..]), Base64::encode("ab"));
}

#[test]
fn texts_of_other_encoders_are_decoded() {
    for text in ["-_8", "+/8", "-_8=", "+/\\n8=", " +/ 8 "] {
        assert_eq!(read(&format!("\"{text}\"")).decode().unwrap(), [0xfb, 0xff], "{text}");
    }
}

#[test]
fn a_text_is_written_back_as_it_was_read() {
    for json in [r#""-_8""#, r#""no base64!""#, r#""+/\n8=""#, r#""a""#] {
        assert_eq!(serde_json::to_string(&read(json)).unwrap(), json);
    }
    assert!(serde_json::from_str::<Base64>("1").is_err());
}

#[test]
fn an_invalid_text_is_an_error_when_it_is_decoded_or_parsed() {
    for text in ["no base64!", "a", "+_8="] {
        let error = Base64::from_encoded(text).decode().unwrap_err();
        assert_eq!(text.parse::<Base64>().unwrap_err().to_string(), error.to_string());
        assert!(error.to_string().starts_with(&format!("`{text}` is not a valid Base64: ")), "{error}");
    }
    assert_eq!("-_8".parse::<Base64>().unwrap(), Base64::from_encoded("-_8"));
}
