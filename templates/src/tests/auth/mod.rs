//! Credentials: which are sent, which are not, and the errors about them.

mod hidden;
mod renewal;
#[cfg(feature = "reqwest")]
mod sent;

use super::double::{Answering, answer, answering};
use crate::{Client, ClientBuilder, Effect, Error, ErrorKind, Operation, Request};
use http::Method;
use http::header::{AUTHORIZATION, COOKIE, HeaderMap, HeaderName, HeaderValue};
use std::ffi::OsString;
use std::sync::{Arc, Mutex};

static CALL: Operation = Operation::new("Call", Method::POST, "/call", false);

type Sets = &'static [&'static [&'static str]];

/// Every credential; also the keys of the sample, without which no client can be built.
fn everything() -> ClientBuilder {
    answering(|_| Ok(answer(200, &[], "{}")))
        .query_key("query+key&1")
        .cookie_key("cookie-key-1")
        .basic_auth("Aladdin", "open sesame")
        .token("token-1234567890")
        .digest("Digest username=\"Mufasa\", response=\"6629fae4\"")
}

fn keys_alone() -> ClientBuilder {
    answering(|_| Ok(answer(200, &[], "{}")))
}

/// The target and the headers that can contain a credential, as they were sent.
async fn sent(builder: ClientBuilder, request: Request) -> Result<(String, Vec<String>), Error> {
    let seen = Arc::new(Mutex::new(None));
    let log = Arc::clone(&seen);
    let client = builder.transport(Answering(move |request: &http::Request<bytes::Bytes>| {
        let carriers = ["dd-api-key", "dd-application-key", "authorization", "cookie"];
        let headers = carriers.iter().filter_map(|name| Some((name, request.headers().get(*name)?)));
        let headers = headers.map(|(name, value)| {
            assert!(value.is_sensitive(), "{name}");
            format!("{name}: {}", String::from_utf8_lossy(value.as_bytes()))
        });
        *log.lock().unwrap() = Some((request.uri().path_and_query().unwrap().to_string(), headers.collect()));
        Ok(answer(200, &[], "{}"))
    }));
    client.build()?.send_empty(request).await?;
    Ok(seen.lock().unwrap().take().expect("it was sent"))
}

async fn sent_for(builder: ClientBuilder, sets: Sets) -> (String, Vec<String>) {
    sent(builder, Request::new(&CALL).security(sets)).await.unwrap()
}

async fn refused(builder: ClientBuilder, request: Request) -> Error {
    let builder = builder.transport(Answering(|_: &http::Request<bytes::Bytes>| panic!("it was sent")));
    let error = builder.build().unwrap().send_empty(request).await.unwrap_err();
    assert_eq!((error.effect(), error.attempts()), (Effect::No, 0));
    error
}

#[tokio::test]
async fn only_required_credentials_are_sent() {
    let keys = ["dd-api-key: api-key-5f0c1e".to_owned(), "dd-application-key: app-key-77ab21".to_owned()];
    let (target, headers) = sent(everything(), Request::new(&CALL)).await.unwrap();
    assert_eq!((target.as_str(), headers.as_slice()), ("/call", &keys[..]));
    let none = ("/call".to_owned(), Vec::new());
    assert_eq!(sent_for(everything(), &[]).await, none);
    assert_eq!(sent_for(everything(), &[&[]]).await, none);
    let (target, headers) = sent_for(everything(), &[&["query_key"]]).await;
    assert_eq!((target.as_str(), headers.len()), ("/call?api%20key=query%2Bkey%261", 0));
    let query = Request::new(&CALL).security(&[&["query_key"]]).query("a", &"b");
    assert_eq!(sent(everything(), query).await.unwrap().0, "/call?a=b&api%20key=query%2Bkey%261");
    let kinds: [(Sets, &str); 4] = [
        (&[&["cookie_key"]], "cookie: session=cookie-key-1"),
        (&[&["basic_auth"]], "authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="),
        (&[&["token"]], "authorization: Bearer token-1234567890"),
        (&[&["digest"]], "authorization: Digest username=\"Mufasa\", response=\"6629fae4\""),
    ];
    for (set, header) in kinds {
        assert_eq!(sent_for(everything(), set).await, ("/call".to_owned(), vec![header.to_owned()]));
    }
    let all = sent_for(everything(), &[&["query_key", "cookie_key", "token"]]).await;
    assert_eq!(all.0, "/call?api%20key=query%2Bkey%261");
    assert_eq!(all.1, ["authorization: Bearer token-1234567890", "cookie: session=cookie-key-1"]);
}

#[tokio::test]
async fn the_first_complete_set_is_sent() {
    const SETS: Sets = &[&["query_key", "token"], &["api_key", "application_key"], &["token"]];
    assert_eq!(sent_for(keys_alone(), SETS).await.1.len(), 2);
    assert_eq!(sent_for(keys_alone().token("t"), SETS).await.1.len(), 2);
    let (target, headers) = sent_for(keys_alone().token("t").query_key("q"), SETS).await;
    assert_eq!(
        (target.as_str(), headers.as_slice()),
        ("/call?api%20key=q", &["authorization: Bearer t".to_owned()][..])
    );
    // The empty set is the last resort, wherever it is in the list.
    const OPTIONAL: Sets = &[&[], &["token"]];
    assert_eq!(sent_for(keys_alone(), OPTIONAL).await.1.len(), 0);
    assert_eq!(sent_for(keys_alone().token("t"), OPTIONAL).await.1.len(), 1);
}

#[tokio::test]
async fn a_missing_credential_fails_before_sending() {
    const SETS: Sets = &[&["token", "query_key"], &["basic_auth"], &["cookie_key"]];
    let error = refused(keys_alone().query_key("q"), Request::new(&CALL).security(SETS)).await;
    assert_eq!(error.kind(), ErrorKind::Credentials);
    assert_eq!(
        error.to_string(),
        "Call: the request was not sent: the client has no credentials for it; it needs token (DD_TOKEN) and \
         query_key, or basic_auth (DD_BASIC), or cookie_key"
    );
    let error = refused(keys_alone(), Request::new(&CALL).security(&[&["unheard_of"]])).await;
    assert!(error.to_string().ends_with("it needs unheard_of"), "{error}");
}

#[tokio::test]
async fn no_argument_replaces_a_credential() {
    let headers = |name: HeaderName| HeaderMap::from_iter([(name, HeaderValue::from_static("x"))]);
    let carriers: [(Sets, HeaderName); 4] = [
        (&[&["token"]], AUTHORIZATION),
        (&[&["basic_auth"]], AUTHORIZATION),
        (&[&["digest"]], AUTHORIZATION),
        (&[&["api_key"]], HeaderName::from_static("dd-api-key")),
    ];
    for (set, name) in carriers {
        let request = || Request::new(&CALL).headers(&headers(name.clone()));
        let error = refused(everything(), request().security(set)).await;
        assert_eq!((error.kind(), error.argument()), (ErrorKind::Request, Some(name.as_str())));
        // If no credential is sent in it, the header is the caller's.
        everything().build().unwrap().send_empty(request().security(&[])).await.unwrap();
    }
    // Other cookies are sent with it.
    let cookie = |text: &'static str| HeaderMap::from_iter([(COOKIE, HeaderValue::from_static(text))]);
    let request = |text| Request::new(&CALL).headers(&cookie(text)).security(&[&["cookie_key"]]);
    let headers = sent(everything(), request("a=b;sessions=c")).await.unwrap().1;
    assert_eq!(headers, ["cookie: a=b;sessions=c; session=cookie-key-1"]);
    for text in ["session=x", "a=b; session", "a=b;  session =x"] {
        assert_eq!(refused(everything(), request(text)).await.argument(), Some("session"));
    }
    for name in ["api key", "api+key"] {
        let request = Request::new(&CALL).security(&[&["query_key"]]).query(name, &"x");
        match name {
            "api key" => assert_eq!(refused(everything(), request).await.argument(), Some("api key")),
            _ => drop(sent(everything(), request).await.unwrap()),
        }
    }
}

#[tokio::test]
async fn users_and_passwords_are_encoded_as_the_standard_says() {
    async fn basic(user: &str, password: &str) -> String {
        let builder = keys_alone().basic_auth(user, password);
        sent_for(builder, &[&["basic_auth"]]).await.1.remove(0)
    }
    for (user, password, header) in [
        // The examples of RFC 7617.
        ("test", "123\u{a3}", "authorization: Basic dGVzdDoxMjPCow=="),
        ("sk_test_4eC39HqL", "", "authorization: Basic c2tfdGVzdF80ZUMzOUhxTDo="),
        ("", "pass", "authorization: Basic OnBhc3M="),
        ("a", "b:c", "authorization: Basic YTpiOmM="),
    ] {
        assert_eq!(basic(user, password).await, header);
    }
    let from_env = |value: &'static str| {
        let vars = [("DD_API_KEY", "a"), ("DD_APP_KEY", "b"), ("DD_BASIC", value)];
        let lookup = move |name: &str| vars.iter().find(|(known, _)| *known == name).map(|(_, v)| OsString::from(v));
        ClientBuilder::from_vars(lookup).transport(Answering(|_: &http::Request<bytes::Bytes>| panic!("it was sent")))
    };
    assert_eq!(
        sent_for(from_env("test:123\u{a3}"), &[&["basic_auth"]]).await.1[0],
        "authorization: Basic dGVzdDoxMjPCow=="
    );
    for (builder, reason) in [
        (from_env("hunter2"), "needs a colon"),
        (keys_alone().basic_auth("hunter2:", "x"), "its user contains a colon"),
        (keys_alone().basic_auth("", ""), "user and password are empty"),
        (keys_alone().basic_auth("hunter2", "a\tb"), "control character"),
        (keys_alone().basic_auth("hunter2", "b\n"), "line break"),
    ] {
        let problem = builder.build().unwrap_err().to_string();
        assert!(problem.contains("basic_auth cannot be sent: ") && problem.contains(reason), "{problem}");
        assert!(!problem.contains("hunter2"), "{problem}");
    }
}

#[test]
fn credentials_that_cannot_be_sent_are_refused_when_the_client_is_built() {
    let digest = |text: &str| keys_alone().digest(text);
    for (builder, name, reason) in [
        (keys_alone().token("hunter2 x"), "token", "without spaces"),
        (keys_alone().token("hunter2\n"), "token", "line break"),
        (keys_alone().token(""), "token", "empty"),
        (keys_alone().query_key("hunter2 x"), "query_key", "without spaces"),
        (keys_alone().cookie_key("hunter2;x"), "cookie_key", "a cookie cannot have"),
        (keys_alone().cookie_key("\"hunter2\""), "cookie_key", "a cookie cannot have"),
        (digest(" hunter2"), "digest", "begins or ends with a space"),
        (digest("hunter2\u{e9}"), "digest", "visible ASCII"),
        (digest(&"hunter2".repeat(2000)), "digest", "8192"),
    ] {
        let error = builder.build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        let problem = error.to_string();
        assert!(problem.contains(&format!("{name} cannot be sent: it ")) && problem.contains(reason), "{problem}");
        assert!(!problem.contains("hunter2"), "{problem}");
    }
}

#[tokio::test]
async fn a_call_whose_url_becomes_too_long_for_its_key_is_not_sent() {
    let long = "x".repeat(65_500);
    let request = Request::new(&CALL).security(&[&["query_key"]]).query("a", &long);
    let error = refused(everything(), request).await;
    assert_eq!(error.kind(), ErrorKind::Credentials);
    assert!(!format!("{error:?} {error:#?}").contains("query%2Bkey"), "{error:?}");
}

#[test]
fn the_requirements_of_an_operation_are_public() {
    assert_eq!(CALL.security(), [["api_key", "application_key"]]);
    let _: Client = everything().build().unwrap();
}
