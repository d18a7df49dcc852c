//! Requests: encoding, headers, and rejected values.

use super::double::{API_KEY, APP_KEY, Double, GROUP, answer};
use super::operations::{GET_GROUP, GroupResponse, UPDATE_GROUP};
use crate::{Client, Effect, Error, ErrorKind, Limits, Operation, Request, Transport};
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use std::fmt;

async fn sent(send: impl AsyncFnOnce(Client) -> Result<GroupResponse, Error>) -> http::Request<bytes::Bytes> {
    let (double, client) = Double::with(Ok(answer(200, &[], GROUP)));
    send(client).await.unwrap();
    double.seen().remove(0).0
}

async fn refused(request: Request) -> Error {
    let (double, client) = Double::with(Ok(answer(200, &[], GROUP)));
    let error = client.send::<GroupResponse>(request).await.unwrap_err();
    assert!(double.seen().is_empty());
    assert_eq!(error.kind(), ErrorKind::Request);
    assert_eq!(error.effect(), Effect::No);
    error
}

#[tokio::test]
async fn path_and_query_are_encoded() {
    let request = sent(async |client| client.get_group("a/b ?#%é{group_id}").page_number(-1).send().await).await;
    let path = "/api/v2/groups/a%2Fb%20%3F%23%25%C3%A9%7Bgroup_id%7D?page%5Bnumber%5D=-1";
    assert_eq!(request.uri().to_string(), format!("https://api.datadoghq.com{path}"));
    assert_eq!(request.method(), Method::GET);

    let request = Request::new(&GET_GROUP).path("group_id", &"AZaz09-._~").query("a&b=", &"c+d;e/").query("f", &"");
    let request = sent(async |client| Ok(client.send(request).await?.into_body())).await;
    assert_eq!(request.uri().path(), "/api/v2/groups/AZaz09-._~");
    assert_eq!(request.uri().query(), Some("a%26b%3D=c%2Bd%3Be%2F&f="));
}

#[tokio::test]
async fn every_request_has_keys_and_the_name_of_the_crate() {
    let request = sent(async |client| client.get_group("g1").send().await).await;
    let headers = request.headers();
    assert_eq!(headers["dd-api-key"], API_KEY);
    assert_eq!(headers["dd-application-key"], APP_KEY);
    assert!(headers["dd-api-key"].is_sensitive() && headers["dd-application-key"].is_sensitive());
    assert_eq!(headers["accept"], "application/json");
    assert_eq!(headers["user-agent"], concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")));
    assert!(!headers.contains_key("content-type"));
    assert!(request.body().is_empty() && request.uri().query().is_none());
    let printed = format!("{request:?}");
    assert!(!printed.contains(API_KEY) && !printed.contains(APP_KEY), "{printed}");
}

#[tokio::test]
async fn a_body_is_json_with_its_media_type() {
    let request = sent(async |client| client.update_group("g1", "Påyments").send().await).await;
    assert_eq!(request.method(), Method::PATCH);
    assert_eq!(request.headers()["content-type"], "application/json");
    assert_eq!(request.body(), r#"{"name":"Påyments"}"#);
}

#[tokio::test]
async fn a_call_can_add_headers_and_replace_those_of_the_client() {
    let (name, value) = (HeaderName::from_static("x-trace"), HeaderValue::from_static("1"));
    let accept = HeaderValue::from_static("text/json");
    let call = async |client: Client| {
        let call = client.get_group("g1").header(name.clone(), value.clone()).header(name, value);
        call.header(http::header::ACCEPT, accept).send().await
    };
    let request = sent(call).await;
    assert_eq!(request.headers().get_all("x-trace").iter().count(), 2);
    assert_eq!(request.headers().get_all("accept").iter().collect::<Vec<_>>(), ["text/json"]);
    assert_eq!(request.headers()["dd-api-key"], API_KEY);
}

#[tokio::test]
async fn the_content_type_of_the_caller_is_used() {
    let json_api = HeaderValue::from_static("application/vnd.api+json");
    let call = async |client: Client| {
        client.update_group("g1", "x").header(http::header::CONTENT_TYPE, json_api.clone()).send().await
    };
    let request = sent(call).await;
    assert_eq!(request.headers().get_all("content-type").iter().collect::<Vec<_>>(), ["application/vnd.api+json"]);
    // In either order.
    let headers = HeaderMap::from_iter([(http::header::CONTENT_TYPE, json_api)]);
    let request = Request::new(&UPDATE_GROUP).path("group_id", &"g1").headers(&headers).json("x");
    let request = sent(async |client| Ok(client.send(request).await?.into_body())).await;
    assert_eq!(request.headers().get_all("content-type").iter().collect::<Vec<_>>(), ["application/vnd.api+json"]);
}

#[tokio::test]
async fn no_header_contradicts_the_body() {
    use http::header::{CONTENT_ENCODING, CONTENT_TYPE};
    let gzip = HeaderValue::from_static("gzip");
    let json = HeaderValue::from_static("application/json");
    let of = |name: &HeaderName, values: &[&HeaderValue]| -> HeaderMap {
        values.iter().map(|value| (name.clone(), (*value).clone())).collect()
    };
    let update = || Request::new(&UPDATE_GROUP).path("group_id", &"g1");
    let bytes = || update().bytes("application/octet-stream", Some(&"x"));
    for (request, argument) in [
        (update().json("x").headers(&of(&CONTENT_ENCODING, &[&gzip])), "content-encoding"),
        (update().json("x").headers(&of(&CONTENT_TYPE, &[&json, &gzip])), "content-type"),
        (update().json("x").headers(&of(&CONTENT_TYPE, &[&gzip])), "content-type"),
        (update().multipart().headers(&of(&CONTENT_ENCODING, &[&gzip])), "content-encoding"),
        (bytes().headers(&of(&CONTENT_TYPE, &[&json, &json])), "content-type"),
    ] {
        let error = refused(request).await;
        assert_eq!(error.argument(), Some(argument), "{error}");
    }
    // Bytes may be compressed: only the caller knows.
    let request = bytes().headers(&of(&CONTENT_ENCODING, &[&gzip]));
    let sent = sent(async |client| Ok(client.send(request).await?.into_body())).await;
    assert_eq!(sent.headers()["content-encoding"], "gzip");
}

#[test]
fn the_path_of_an_operation_is_checked_on_creation() {
    let made = |path: &'static str| std::panic::catch_unwind(|| Operation::new("Mine", Method::GET, path, true));
    for path in [
        "",
        "@evil.example:80/x",
        "x",
        ":80/x",
        ".evil.example/x",
        "//evil.example/x",
        "\\\\evil.example/x",
        "/a\\b",
        "/a?b=1",
        "/a#b",
        "/a/../b",
        "/..",
        "/a/./b",
        "/a/%2e%2E/b",
        "/.%2e",
        "/a b",
        "/a\nb",
        "/a\u{202e}b",
        "/é",
        "/a%",
        "/a%zz",
        "/a\"b",
        "/<a>",
        "/{a",
        "/a^b",
        "/a\tb",
    ] {
        assert!(made(path).is_err(), "{path:?}");
    }
    for path in ["/", "/a", "/a/", "/a//b", "/a/{b c}/d", "/{x}{y}", "/a:b@c", "/a.b/...", "/%C3%A9", "/a;b=c,d"] {
        assert!(made(path).is_ok(), "{path}");
    }
}

#[tokio::test]
async fn keys_are_never_sent_to_another_host() {
    for path in ["@evil.example/x", ":80@evil.example/", ".evil.example/x", "x", "/a/../b", "/a?b", "/a\\b"] {
        let operation = Operation { path, ..GET_GROUP.clone() };
        let error = refused(Request::new(Box::leak(Box::new(operation)))).await;
        assert_eq!(error.argument(), Some("path"), "{path}: {error}");
    }
    let tunnel = Operation { method: Method::CONNECT, path: "/x", ..GET_GROUP.clone() };
    assert_eq!(refused(Request::new(Box::leak(Box::new(tunnel)))).await.argument(), Some("method"));
}

#[tokio::test]
async fn headers_of_keys_and_framing_are_rejected() {
    for name in ["dd-api-key", "host", "content-length", "transfer-encoding", "trailer", "proxy-authorization"] {
        let headers = HeaderMap::from_iter([(HeaderName::from_static(name), HeaderValue::from_static("1"))]);
        let error = refused(Request::new(&GET_GROUP).path("group_id", &"g1").headers(&headers)).await;
        assert_eq!(error.argument(), Some(name));
        assert!(!error.to_string().contains(API_KEY));
    }
}

#[tokio::test]
async fn a_path_value_cannot_change_the_resource() {
    for value in ["", ".", ".."] {
        let error = refused(Request::new(&GET_GROUP).path("group_id", &value)).await;
        assert_eq!(error.argument(), Some("group_id"));
        assert!(error.to_string().starts_with("GetGroup: the request was not sent: group_id: "), "{error}");
    }
    static TWO: Operation = Operation::new("Two", Method::GET, "/a/{x}{y}/b", true);
    assert_eq!(refused(Request::new(&TWO).path("x", &".").path("y", &".")).await.argument(), Some("y"));
}

#[tokio::test]
async fn a_path_value_beside_other_text_can_be_a_dot() {
    static FILE: Operation = Operation::new("File", Method::GET, "/files/{name}.json", true);
    static TWO: Operation = Operation::new("Two", Method::GET, "/a/{x}{y}/b", true);
    let file = Request::new(&FILE).path("name", &".");
    let two = Request::new(&TWO).path("x", &".").path("y", &"z");
    for (request, path) in [(file, "/files/..json"), (two, "/a/.z/b")] {
        let request = sent(async |client| Ok(client.send(request).await?.into_body())).await;
        assert_eq!(request.uri().path(), path);
    }
}

#[tokio::test]
async fn a_request_that_is_not_complete_is_not_sent() {
    assert_eq!(refused(Request::new(&GET_GROUP)).await.argument(), Some("group_id"));
    let twice = Request::new(&GET_GROUP).path("group_id", &"1").path("group_id", &"2");
    assert_eq!(refused(twice).await.argument(), Some("group_id"));
    assert_eq!(refused(Request::new(&GET_GROUP).path("other", &"1")).await.argument(), Some("other"));
    let long = "x".repeat(70_000);
    assert!(refused(Request::new(&GET_GROUP).path("group_id", &long)).await.to_string().contains("URL"));
}

#[tokio::test]
async fn values_that_cannot_be_written_are_errors_not_panics() {
    struct Broken;
    impl fmt::Display for Broken {
        fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
            Err(fmt::Error)
        }
    }
    let request = Request::new(&GET_GROUP).path("group_id", &"1").query("q", &Broken).query("r", &Broken);
    assert_eq!(refused(request).await.argument(), Some("q"));

    let no_json = std::collections::BTreeMap::from([((1, 2), 3)]);
    let error = refused(Request::new(&UPDATE_GROUP).path("group_id", &"1").json(&no_json)).await;
    assert!(error.cause().is_some(), "{error}");
}

#[tokio::test]
async fn a_boxed_transport_is_one_too() {
    let double: Box<dyn Transport> = Box::new(Double::with(Ok(answer(200, &[], GROUP))).0);
    double.sleep(std::time::Duration::MAX).await;
    let builder = Client::builder().api_key(API_KEY).application_key(APP_KEY);
    builder.transport(double).build().unwrap().get_group("g1").send().await.unwrap();
}

#[tokio::test]
async fn each_request_has_limits() {
    let (double, client) = Double::with(Ok(answer(204, &[], "")));
    client.delete_group("g1").send().await.unwrap();
    assert_eq!(double.seen()[0].1, Limits::default());
}

#[test]
fn calls_can_be_spawned_and_shared() {
    fn send_and_sync<T: Send + Sync + 'static>() {}
    fn send<T: Send>(_: &T) {}
    send_and_sync::<Client>();
    send_and_sync::<Error>();
    send_and_sync::<Request>();
    assert_eq!(size_of::<Error>(), size_of::<usize>());
    let client = Double::answering(200, &[], GROUP);
    send(&client.get_group("g1").send());
}
