//! A response that repeats the keys does not bring them into printed texts.

use super::double::{answer, answering};
use crate::runtime::client::secrets::Secrets;
use crate::{Client, Error};
use bytes::Bytes;

const KEY: &str = "0a1b2c3d4e5f60718293a4b5c6d7e8f9";
const ODD: &str = "se/cr\"et+=%&<key>\\1";

fn secrets(keys: &[&'static str]) -> Secrets {
    let keys: Vec<Bytes> = keys.iter().map(|key| Bytes::from_static(key.as_bytes())).collect();
    Secrets::default().and(&keys)
}

fn base64(text: &str) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let chunk = |chunk: &[u8]| {
        let bits = chunk.iter().fold(0u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        (0..4).map(move |digit| char::from(DIGITS[(bits >> (18 - 6 * digit) & 63) as usize])).collect::<String>()
    };
    text.as_bytes().chunks(3).map(chunk).collect()
}

#[test]
fn keys_are_blanked_in_every_form() {
    let secrets = secrets(&[KEY, ODD]);
    let percent: String = ODD.bytes().map(|byte| format!("%{byte:02x}")).collect();
    let escaped: String = ODD.bytes().map(|byte| format!("\\u{byte:04X}")).collect();
    let entities: String = ODD.bytes().map(|byte| format!("&#{byte};")).collect();
    let html = ODD.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    let json = serde_json::to_string(ODD).unwrap();
    let twice = serde_json::to_string(&json).unwrap();
    for form in [
        KEY.to_owned(),
        KEY.to_uppercase(),
        ODD.to_owned(),
        percent.clone(),
        percent.to_uppercase(),
        percent.replace('%', "%25"),
        percent_encoding::utf8_percent_encode(ODD, percent_encoding::NON_ALPHANUMERIC).to_string(),
        escaped,
        entities,
        html,
        json.trim_matches('"').to_owned(),
        json.replace('/', "\\/").trim_matches('"').to_owned(),
        twice.trim_matches('"').trim_matches(['\\', '"']).to_owned(),
        // Truncated by the server.
        KEY[..20].to_owned(),
    ] {
        for text in [form.clone(), format!("é{form}é"), format!("dd-api-key: {form}\r\nhost: x"), format!("\"{form}\"")]
        {
            let blanked = secrets.blank(&text);
            assert!(blanked.contains("[redacted]"), "{text}");
            assert_eq!(blanked.replacen("[redacted]", &form, 1), text);
        }
    }
    for before in ["", "x", "me:", "user:", "a longer one:"] {
        for key in [KEY, ODD] {
            let encoded = base64(&format!("{before}{key}:and more"));
            for encoded in [encoded.clone(), encoded.replace('+', "-").replace('/', "_")] {
                let text = format!("Authorization: Basic {encoded}");
                let blanked = secrets.blank(&text);
                assert!(blanked.contains("[redacted]") && blanked.len() + 8 < text.len(), "{before}: {blanked}");
            }
        }
    }
}

#[test]
fn keys_with_a_common_start_are_masked_completely() {
    for keys in [["SECRETAPI", "SECRETAPP"], ["SECRETKEY", "SECRETKEY-2"], ["SECRETKEY-2", "SECRETKEY"]] {
        let secrets = secrets(&keys);
        for text in [format!("{} {}", keys[0], keys[1]), format!("{} {}", keys[1], keys[0])] {
            assert_eq!(secrets.blank(&text), "[redacted] [redacted]");
        }
    }
}

#[test]
fn other_texts_are_not_blanked() {
    let secrets = secrets(&[KEY, "a", "b2", "key", "four", "app-key-77ab21"]);
    for text in [
        "a group in the api key of b2",
        "fourteen, and petitfour",
        "app-key is missing",
        "0a1b2c3d",
        "é %zz \\u00 \\ & &# &amp",
        "",
    ] {
        assert_eq!(secrets.blank(text), text);
    }
    assert_eq!(secrets.blank("four, and (four)"), "[redacted], and ([redacted])");
    assert_eq!(Secrets::default().blank(KEY), KEY);
}

#[test]
fn a_truncated_text_shows_no_start_of_a_key() {
    let secrets = secrets(&[KEY]);
    let text = format!("the request was {KEY}");
    for end in "the request was ".len() + 1..text.len() {
        assert_eq!(secrets.blank_start(&text[..end]), "the request was [redacted]");
    }
}

/// A client whose server repeats the request's head and body in its response.
fn echoing(status: u16, wrap: fn(&str) -> String) -> Client {
    let client = answering(move |request| {
        let head: Vec<String> = request
            .headers()
            .iter()
            .map(|(name, value)| format!("{name}: {}", String::from_utf8_lossy(value.as_bytes())))
            .collect();
        let head = head.join("\r\n");
        let mut echo = answer(status, &[("content-type", "application/json")], wrap(&head));
        echo.headers_mut().insert("x-echo", request.headers()["dd-api-key"].to_str().unwrap().parse().unwrap());
        echo.headers_mut().insert("location", format!("/?key={KEY}").parse().unwrap());
        Ok(echo)
    });
    client.api_key(KEY).application_key(ODD).build().unwrap()
}

fn assert_hidden(error: &Error) {
    for printed in [error.to_string(), format!("{error:?}"), format!("{error:#?}"), format!("{:?}", error.errors())] {
        assert!(!printed.contains(&KEY[..20]) && !printed.contains("se/cr"), "{printed}");
    }
    for item in error.errors() {
        assert!(!format!("{item} {item:?}").contains(KEY));
    }
}

#[tokio::test]
async fn errors_show_no_repeated_key() {
    let wraps: [fn(&str) -> String; 5] = [
        |head| serde_json::json!({"errors": [format!("bad request: {head}")]}).to_string(),
        |head| serde_json::json!({"errors": [{"title": "x", "detail": head, "meta": {"head": [head]}}]}).to_string(),
        |head| format!("bad request: {head}"),
        |head| format!("{{\"data\": {{\"id\": {}}}}}", serde_json::json!(head)),
        // The key is across the place where the text is cut.
        |head| format!("{}{head}", "x".repeat(480)),
    ];
    for wrap in wraps {
        for status in [200, 302, 400, 429, 503] {
            let client = echoing(status, wrap);
            let error = client.update_group("g1", "x").send().await.unwrap_err();
            assert_hidden(&error);
            // The accessors return the unchanged values.
            assert!(String::from_utf8_lossy(error.body()).contains(KEY));
            assert_eq!(error.headers().unwrap()["x-echo"], KEY);
            let error = client.move_groups(vec![1]).send_in_batches().await;
            if let Err(error) = error {
                assert!(!format!("{error} {error:?}").contains(KEY));
            }
        }
    }
}

#[tokio::test]
async fn responses_show_no_repeated_key() {
    let client =
        echoing(200, |head| serde_json::json!({"data": {"id": "g1", "attributes": {"name": head}}}).to_string());
    let response = client.get_group("g1").send_with_response().await.unwrap();
    for printed in [format!("{response:?}"), format!("{response:#?}")] {
        assert!(printed.contains("[redacted]") && printed.contains("g1"), "{printed}");
        assert!(!printed.contains(KEY) && !printed.contains("se/cr"), "{printed}");
    }
    assert!(response.body().data.attributes.name.contains(KEY));
}

#[tokio::test]
async fn invisible_characters_are_escaped_everywhere() {
    use crate::{Operation, Request};
    static ODD: Operation = Operation {
        id: "Get\u{1b}[31m\nThing\u{202e}",
        permission: Some("read\u{7}\u{e0041}"),
        method: http::Method::GET,
        path: "/x",
        unstable: None,
        idempotent: true,
        responses: &[],
    };
    let client = answering(|_| Ok(answer(403, &[], "no\u{9b}\u{200b}\u{61c}"))).build().unwrap();
    let error = client.send_empty(Request::new(&ODD)).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "Get\\u{1b}[31m\\nThing\\u{202e}: 403 Forbidden: no\\u{9b}\\u{200b}\\u{61c}; the keys need the permission \
         read\\u{7}\\u{e0041}"
    );
    assert!(!format!("{error:#?}").contains('\u{1b}'));
}

/// A long run of backslashes is scanned once for each of them, not once for each pair.
#[test]
fn backslashes_do_not_hide_a_key() {
    let secrets = secrets(&[KEY, ODD]);
    let json = serde_json::to_string(ODD).unwrap();
    let twice = serde_json::to_string(&json).unwrap();
    let slashes = "\\".repeat(100_000);
    let blanked = secrets.blank(&format!("{slashes}{KEY} {slashes}{}", twice.trim_matches(['\\', '"']))).into_owned();
    assert_eq!(blanked.matches("[redacted]").count(), 2);
}
