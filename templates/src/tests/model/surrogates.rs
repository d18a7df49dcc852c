use std::borrow::Cow;

use crate::runtime::model::surrogates::mend;

#[test]
fn unpaired_surrogates_are_replaced_in_place() {
    for (text, mended) in [
        (r#""cut \ud83d""#, r#""cut \ufffd""#),
        (r#""\ude00 tail""#, r#""\ufffd tail""#),
        (r#""\ud83dx\ud83d\ud83d""#, r#""\ufffdx\ufffd\ufffd""#),
        (r#""\ude00\ud83d""#, r#""\ufffd\ufffd""#),
        (r#""\ud83d\ud83d\ude00""#, r#""\ufffd\ud83d\ude00""#),
        (r#""\uD83D\n""#, r#""\ufffd\n""#),
        (r#"{"\udbff": ["é\udc00é"]}"#, r#"{"\ufffd": ["é\ufffdé"]}"#),
        (r#""\\\ud83d""#, r#""\\\ufffd""#),
    ] {
        assert_eq!(mend(text), mended);
        assert_eq!(mended.len(), text.len());
        assert!(serde_json::from_str::<serde_json::Value>(mended).is_ok());
    }
}

#[test]
fn other_characters_are_unchanged() {
    for text in [
        "",
        "{}",
        r#""\ud83d\ude00""#,
        r#""\uD83D\uDE00""#,
        r#""\\ud83d""#,
        r#""\u00e9\"\\""#,
        "\"\u{1f600}\"",
        "\\",
        "\\é",
        r"\ud8",
        r"\u+d83",
    ] {
        assert!(matches!(mend(text), Cow::Borrowed(same) if same == text), "{text}");
    }
}
