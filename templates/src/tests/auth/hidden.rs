//! No output contains a credential, wherever it was sent and however a response repeats it.

use super::super::double::{Answering, answer};
use super::{CALL, Sets, everything};
use crate::{ClientBuilder, Error, Request};
use serde::Deserialize;

/// All recognizable parts of the credentials of [`everything`].
const TELLING: [&str; 9] = [
    "query+key",
    "query%2Bkey",
    "cookie-key",
    "open sesame",
    "b3BlbiBzZXNhbW",
    "QWxhZGRpbjpvcGVu",
    "token-1234567890",
    "dG9rZW4tMTIzNDU2Nzg5",
    "6629fae4",
];

const SETS: [Sets; 4] =
    [&[&["query_key", "cookie_key", "token"]], &[&["basic_auth"]], &[&["digest"]], &[&["api_key", "token"]]];

/// A server that repeats the whole request.
fn echoing(status: u16) -> ClientBuilder {
    everything().transport(Answering(move |request: &http::Request<bytes::Bytes>| {
        let mut head = request.uri().to_string();
        for (name, value) in request.headers() {
            head += &format!("\n{name}: {}", String::from_utf8_lossy(value.as_bytes()));
        }
        let body = serde_json::json!({"errors": [{"detail": head}], "text": head}).to_string();
        let location = request.uri().to_string();
        Ok(answer(status, &[("content-type", "application/json"), ("location", &location)], body))
    }))
}

fn assert_hidden(printed: &str) {
    for telling in TELLING {
        assert!(!printed.contains(telling), "{telling}: {printed}");
    }
    assert!(printed.contains("[redacted]"), "{printed}");
}

#[derive(Debug, Deserialize)]
struct Echo {
    text: String,
}

#[tokio::test]
async fn credentials_in_responses_are_blanked() {
    for sets in SETS {
        for status in [302, 400, 401, 503] {
            let client = echoing(status).build().unwrap();
            let error: Error = client.send_empty(Request::new(&CALL).security(sets)).await.unwrap_err();
            for printed in [error.to_string(), format!("{error:?}"), format!("{error:#?}")] {
                assert_hidden(&printed);
            }
        }
        let client = echoing(200).build().unwrap();
        let response = client.send::<Echo>(Request::new(&CALL).security(sets)).await.unwrap();
        assert_hidden(&format!("{response:?} {response:#?}"));
        assert!(response.body().text.contains("/call"));
    }
}

#[tokio::test]
async fn debug_output_shows_no_credential() {
    let printed = format!("{:?} {:?} {:?}", everything(), everything().build().unwrap(), Request::new(&CALL));
    assert_hidden(&printed);
}

#[tokio::test]
async fn non_ascii_passwords_are_blanked() {
    for password in
        ["gr\u{fc}n\u{fc}\u{fc}\u{fc}\u{fc}sgeheim", "\u{1f511}\u{1f511}\u{1f511}\u{1f511}", "\u{fc}\u{fc}\u{fc}"]
    {
        let echo = move |_: &http::Request<bytes::Bytes>| {
            let mut body = String::new();
            // Cut off at every byte, including inside characters.
            for end in password.char_indices().map(|(at, c)| at + c.len_utf8()) {
                body += &format!("[{}\u{fc}] ", &password[..end]);
            }
            Ok(answer(400, &[], format!("{body} {}", password.to_uppercase())))
        };
        let client = everything().basic_auth("user", password).transport(Answering(echo)).build().unwrap();
        let error = client.send_empty(Request::new(&CALL).security(&[&["basic_auth"]])).await.unwrap_err();
        assert!(!error.to_string().contains(password), "{error}");
    }
}

/// Some APIs expect the key as the user, and some as the password.
#[tokio::test]
async fn neither_the_user_nor_the_password_is_shown() {
    let echo = |_: &http::Request<bytes::Bytes>| Ok(answer(400, &[], "no sk_live_0123456789 with hunter2hunter2"));
    for (user, password) in [("sk_live_0123456789", "hunter2hunter2"), ("hunter2hunter2", "sk_live_0123456789")] {
        let client = everything().basic_auth(user, password).transport(Answering(echo)).build().unwrap();
        let error = client.send_empty(Request::new(&CALL).security(&[&["basic_auth"]])).await.unwrap_err();
        assert_eq!(error.to_string().matches("[redacted]").count(), 2, "{error}");
    }
}
