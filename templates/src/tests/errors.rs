//! The information in an error.

use super::double::{Double, GROUP};
use crate::{Client, Effect, Error, ErrorKind, Reached, TransportError, TransportErrorKind};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode};
use std::error::Error as _;
use std::time::Duration;

const JSON: &[(&str, &str)] = &[("content-type", "application/json")];

async fn get(client: Client) -> Error {
    client.get_group("g1").send().await.unwrap_err()
}

async fn update(client: Client) -> Error {
    client.update_group("g1", "name").send().await.unwrap_err()
}

async fn got(status: u16, body: impl Into<Bytes>) -> Error {
    get(Double::answering(status, JSON, body)).await
}

async fn got_with(status: u16, headers: &[(&'static str, &str)], body: &'static [u8]) -> Error {
    get(Double::answering(status, headers, body)).await
}

#[tokio::test]
async fn a_success_has_status_headers_and_rate_limit() {
    let headers = [
        ("x-ratelimit-limit", "100"),
        ("x-ratelimit-period", " 60 "),
        ("x-ratelimit-remaining", "-1"),
        ("x-ratelimit-reset", "12"),
        ("x-ratelimit-name", "org_groups"),
    ];
    let call = Double::answering(200, &headers, GROUP);
    let response = call.get_group("g1").send_with_response().await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["x-ratelimit-limit"], "100");
    let limit = response.rate_limit();
    assert_eq!((limit.limit, limit.remaining), (Some(100), None));
    assert_eq!((limit.period, limit.reset), (Some(Duration::from_secs(60)), Some(Duration::from_secs(12))));
    assert_eq!(limit.name.as_deref(), Some("org_groups"));
    assert_eq!(response.body().data.id, "g1");
    assert_eq!(response.map(|body| body.data.attributes.name).into_body(), "Payments");
}

#[tokio::test]
async fn both_error_shapes_are_read_for_every_status() {
    let error = got(429, r#"{"errors": ["Rate limit exceeded", "twice"]}"#).await;
    assert_eq!(error.errors().len(), 2);
    assert_eq!(error.errors()[0].detail.as_deref(), Some("Rate limit exceeded"));

    let body = r#"{"errors": [{"title": "Generic Error", "detail": "too long", "status": "400",
        "source": {"pointer": "/data/attributes/name"}, "meta": {"max": 5}}, "and a text", 7, {}]}"#;
    for status in [400, 403, 429, 500] {
        let error = got(status, body).await;
        assert_eq!((error.kind(), error.status()), (ErrorKind::Status, Some(status)));
        assert_eq!(error.errors().len(), 2);
        let item = &error.errors()[0];
        assert_eq!(item.to_string(), "Generic Error: too long (/data/attributes/name)");
        assert_eq!(item.status.as_deref(), Some("400"));
        assert_eq!(item.meta.as_ref().unwrap()["max"], 5);
        assert_eq!(error.body(), body.as_bytes());
        assert!(error.body_as::<serde_json::Value>().is_ok());
    }
}

#[tokio::test]
async fn common_error_bodies_are_read() {
    for (body, words) in [
        (r#"{"error": {"code": 40, "message": "no such team"}}"#, "no such team"),
        (r#"{"error": {"title": "Gone", "detail": "since May"}}"#, "Gone: since May"),
        (r#"{"error": "no such team"}"#, "no such team"),
        (r#"{"status": 400, "error": "Bad Request", "message": "no name", "path": "/x"}"#, "no name"),
        (r#"{"error": "invalid_grant", "error_description": "expired"}"#, "invalid_grant: expired"),
        (r#"{"message": "slow down", "documentation_url": "https://a.example"}"#, "slow down"),
        (
            r#"{"type": "about:blank", "title": "Out of credit", "status": 403, "detail": "30 short"}"#,
            "Out of credit: 30 short",
        ),
        (
            r#"{"title": "Invalid", "errors": {"Name": ["too long", "odd"], "Age": "old", "x": 1}}"#,
            "Invalid; Age: old; Name: too long; Name: odd",
        ),
        (
            r#"{"message": "Validation Failed", "errors": [{"resource": "Issue"}, {"message": "no title"}]}"#,
            "Validation Failed; no title",
        ),
        (r#"{"detail": [{"loc": ["body", "name"], "msg": "field required"}, "odd"]}"#, "field required; odd"),
        (r#"{"detail": "Not authenticated"}"#, "Not authenticated"),
        (r#"[{"message": "a", "errorCode": "B"}, {"message": "c"}]"#, "a; c"),
        (r#"{"statusCode": 400, "message": ["no name", "no age"], "error": "Bad Request"}"#, "no name; no age"),
        (r#"{"statusCode": 400, "message": [], "error": "Bad Request"}"#, "Bad Request"),
        (r#"{"message": {"name": ["too long"]}}"#, "name: too long"),
        (r#"{"error": "not_found", "reason": "deleted"}"#, "not_found: deleted"),
        (r#"{"Message": "Access denied"}"#, "Access denied"),
        (r#"{"errorCode": 5, "errorMessage": "no such team"}"#, "no such team"),
        (r#"{"status": "error", "error_message": "no such team"}"#, "no such team"),
        (r#""just a text""#, "just a text"),
    ] {
        let error = got(400, body).await;
        assert_eq!(error.to_string(), format!("GetGroup: 400 Bad Request: {words}"));
        assert_eq!(error.body(), body.as_bytes());
    }
    // A body in an unknown form is shown unchanged, and is not an item.
    for body in [r#"{"error": true}"#, r#"{"code": 5}"#, r#"{"message": {"x": 1}}"#, r#"{"status": 400}"#, "5", "[]"] {
        let error = got(400, body).await;
        assert_eq!(error.to_string(), format!("GetGroup: 400 Bad Request: {body}"));
        assert!(error.errors().is_empty());
    }
    // JSON:API has `meta` beside a list, which is not an error.
    let error = got(400, r#"{"errors": ["a"], "meta": {"x": 1}, "message": ""}"#).await;
    assert_eq!(error.errors().len(), 1);
}

#[tokio::test]
async fn it_prints_as_one_line() {
    let line = async |status, headers: &[(&'static str, &str)], body: &'static str| {
        get(Double::answering(status, headers, body)).await.to_string()
    };
    assert_eq!(
        line(403, JSON, r#"{"errors": [{"title": "Forbidden", "source": {"parameter": "x"}}]}"#).await,
        "GetGroup: 403 Forbidden: Forbidden (parameter x); the keys need the permission group_read"
    );
    assert_eq!(
        line(429, &[("x-ratelimit-reset", "12")], r#"{"errors": ["slow down"]}"#).await,
        "GetGroup: 429 Too Many Requests: slow down; try again in 12 s"
    );
    assert_eq!(
        line(429, &[("x-ratelimit-reset", "soon"), ("retry-after", "30")], "").await,
        "GetGroup: 429 Too Many Requests; try again in 30 s"
    );
    assert_eq!(
        line(503, &[], "upstream\ngone\u{1b}[31m\u{202e}").await,
        r"GetGroup: 503 Service Unavailable: upstream\ngone\u{1b}[31m\u{202e}"
    );
    assert_eq!(line(502, &[], "<html><body>Bad gateway").await, "GetGroup: 502 Bad Gateway: an HTML page");
    let gzip = got_with(400, &[("content-encoding", "gzip")], b"\x1f\x8b\x08\x00\xff").await;
    assert_eq!(gzip.to_string(), "GetGroup: 400 Bad Request: a compressed body (gzip)");
    let plain = got_with(400, &[("content-encoding", "gzip")], b"no name").await;
    assert_eq!(plain.to_string(), "GetGroup: 400 Bad Request: no name");
    assert_eq!(line(599, &[], "{\"errors\": []}").await, "GetGroup: 599: {\"errors\": []}");
    assert_eq!(
        line(302, &[("location", "https://evil.example/")], "").await,
        "GetGroup: 302 Found; a redirect to https://evil.example/ was not followed"
    );
    assert_eq!(line(307, &[], "").await, "GetGroup: 307 Temporary Redirect; it has no location");
    assert_eq!(
        line(304, &[("location", "/x")], "").await,
        "GetGroup: 304 Not Modified; the resource has not changed since the time or version in the request"
    );
    assert_eq!(line(305, &[("location", "/x")], "").await, "GetGroup: 305 Use Proxy");
    assert_eq!(line(101, &[], "").await, "GetGroup: 101 Switching Protocols");
}

#[tokio::test]
async fn a_long_body_is_only_cut_when_printed() {
    let body = "é".repeat(100_000);
    let error = got(500, body.clone()).await;
    assert!(error.to_string().chars().count() < 600 && error.to_string().ends_with('…'));
    assert!(format!("{error:?}").len() < 3_000);
    assert_eq!(error.body(), body.as_bytes());
    let many = format!(r#"{{"errors": [{}"x"]}}"#, r#""x","#.repeat(50_000));
    let error = got(400, many).await;
    assert_eq!(error.errors().len(), 50_001);
    assert!(error.to_string().len() < 600);
    let deep = "[".repeat(900_000);
    assert!(got(400, deep).await.errors().is_empty());
}

#[tokio::test]
async fn an_unreadable_body_has_a_reason() {
    const HTML: &[(&str, &str)] = &[("content-type", "text/html; charset=utf-8")];
    let gzip = &[("content-encoding", "gzip")];
    for (headers, body, words) in [
        (JSON, &b""[..], "its body is empty"),
        (JSON, b" \n ", "its body is empty"),
        (HTML, b"<p>Sign in</p>", "its body is an HTML page"),
        (JSON, b"\n<!DOCTYPE HTML><p>", "its body is an HTML page"),
        (JSON, b"{\"data\": \"\xff\"}", "its body is not UTF-8 (from byte 10)"),
        (JSON, b"{\"data\": {\"id\": \"g", "its body ends too early"),
        (&[("content-type", "text/plain")], b"pong", "its body is text/plain, not JSON"),
        (JSON, b"{data}", "its body is not valid JSON"),
        (&[], b"{} {}", "its body is not"),
        (gzip, b"\x1f\x8b\x08\0", "compressed (gzip)"),
    ] {
        let error = get(Double::answering(200, headers, body)).await;
        assert!(error.to_string().starts_with("GetGroup: 200 OK, but its body "), "{error}");
        assert!(error.to_string().contains(words), "{words}: {error}");
        assert_eq!((error.kind(), error.status(), error.body()), (ErrorKind::Decode, Some(200), body));
        assert!(error.cause().is_some() && error.source().is_none());
        assert_eq!(error.effect(), Effect::No);
    }
}

#[tokio::test]
async fn a_decode_error_names_the_place() {
    let body = r#"{"data": {"id": "g1", "attributes": {"name": 5}}}"#;
    let error = got(200, body).await;
    assert_eq!(error.json_path(), Some("data.attributes.name"));
    assert_eq!(
        error.to_string(),
        "GetGroup: 200 OK, but its body is not what was expected: data.attributes.name: invalid type: integer `5`, \
         expected a string"
    );
    let error = update(Double::answering(200, JSON, body)).await;
    assert_eq!(error.effect(), Effect::Yes);
    assert!(error.to_string().ends_with("; the call has taken effect"), "{error}");
    assert_eq!(got(200, "5").await.json_path(), None);
}

#[tokio::test]
async fn an_error_has_the_effect_of_the_call() {
    for (status, effect) in
        [(302, Effect::Unknown), (400, Effect::No), (404, Effect::No), (429, Effect::No), (500, Effect::Unknown)]
    {
        let error = update(Double::answering(status, JSON, "{}")).await;
        assert_eq!((error.effect(), error.may_have_taken_effect()), (effect, effect != Effect::No), "{error}");
        assert_eq!(got(status, "{}").await.effect(), Effect::No);
    }
    let failed = async |error| update(Double::with(Err(error)).1).await;
    let refused = TransportError::new(TransportErrorKind::Connect, Reached::No, "refused");
    let error = failed(refused).await;
    assert_eq!((error.kind(), error.effect()), (ErrorKind::Transport, Effect::No));
    assert_eq!(error.to_string(), "UpdateGroup: cannot connect (refused); nothing was sent");
    assert!(error.is_connect() && !error.is_timeout());

    let late = TransportError::new(TransportErrorKind::Timeout, Reached::Unknown, "5 s");
    let error = failed(late).await;
    assert_eq!(error.to_string(), "UpdateGroup: timed out (5 s); the call may have taken effect");
    assert!(error.is_timeout() && error.effect() == Effect::Unknown);
    assert_eq!(error.cause().unwrap().source().unwrap().to_string(), "5 s");

    let json = HeaderMap::from_iter([(http::header::CONTENT_TYPE, HeaderValue::from_static("application/json"))]);
    for (status, headers, effect) in [
        (200, json.clone(), Effect::Yes),
        (200, HeaderMap::new(), Effect::Unknown),
        (404, json.clone(), Effect::No),
        (500, json, Effect::Unknown),
    ] {
        let half = TransportError::new(TransportErrorKind::Body, Reached::No, "cut off");
        let error = failed(half.with_head(StatusCode::from_u16(status).unwrap(), headers)).await;
        assert_eq!((error.status(), error.effect()), (Some(status), effect), "{error}");
    }
}

#[tokio::test]
async fn a_response_without_a_body_is_accepted() {
    let response = Double::answering(204, &[], "").delete_group("g1").send_with_response().await.unwrap();
    assert_eq!(response.status(), 204);
    Double::answering(204, &[], " \r\n").delete_group("g1").send().await.unwrap();
    Double::answering(200, JSON, "{\"ignored\": 1}").delete_group("g1").send().await.unwrap();
    assert_eq!(Double::answering(404, &[], "").delete_group("g1").send().await.unwrap_err().status(), Some(404));
}

#[tokio::test]
async fn error_predicates_match_the_status() {
    let requested = |error: &Error| {
        [
            error.is_unauthorized(),
            error.is_forbidden(),
            error.is_not_found(),
            error.is_conflict(),
            error.is_rate_limited(),
            error.is_server_error(),
        ]
    };
    for (index, status) in [401, 403, 404, 409, 429, 503].into_iter().enumerate() {
        let error = got(status, "").await;
        let expected: [bool; 6] = std::array::from_fn(|place| place == index);
        assert_eq!(requested(&error), expected, "{error}");
    }
    let refused = update(Double::answering(200, &[("host", "x")], "")).await;
    assert_eq!((requested(&refused), refused.retry_after()), ([false; 6], None));
}

#[tokio::test]
async fn an_error_has_the_time_to_retry() {
    let after = async |status: u16, headers: &[(&'static str, &str)]| {
        get(Double::answering(status, headers, "")).await.retry_after().map(|wait| wait.as_secs())
    };
    assert_eq!(after(429, &[("retry-after", "7"), ("x-ratelimit-reset", "12")]).await, Some(12));
    assert_eq!(after(503, &[("retry-after", "7"), ("x-ratelimit-reset", "12")]).await, Some(7));
    assert_eq!(after(429, &[]).await, None);
}

#[cfg(feature = "testing")]
#[tokio::test]
async fn a_timeout_shows_its_duration() {
    use crate::testing::{Answer, Script};
    let late = Answer::status(200).after(Duration::from_secs(100));
    let script = Script::new().on("GetGroup", late.clone()).on("GetGroup", late);
    let client = script.builder().retry(crate::RetryPolicy::never()).build().unwrap();
    let error = client.get_group("g1").with_timeout(Duration::from_millis(1500)).await.unwrap_err();
    let text = "GetGroup: timed out after 1.5s (the script responds after 100s)";
    assert!(error.to_string().starts_with(text), "{error}");
    let error = client.get_group("g1").await.unwrap_err();
    assert!(error.to_string().starts_with("GetGroup: timed out after 60.0s ("), "{error}");
}
