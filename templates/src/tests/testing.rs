//! The scripted transport, as tests of programs use it.

use super::operations::{GroupAttributes, GroupData, GroupResponse};
use crate::testing::{self, Answer, Script, Sent};
use crate::{Client, Effect, ErrorKind, Reached, Response, RetryPolicy, TransportErrorKind};
use serde_json::{Value, json};
use std::time::Duration;

fn payments() -> GroupResponse {
    let attributes = GroupAttributes { name: "Payments".to_owned() };
    GroupResponse { data: GroupData { id: "g1".to_owned(), attributes } }
}

#[tokio::test]
async fn a_script_responds_by_operation_and_in_order() {
    let script = Script::new()
        .on("DeleteGroup", Answer::status(204))
        .on("GetGroup", Answer::ok(&payments()).header("x-ratelimit-remaining", 7))
        .on("GetGroup", Answer::error(404, "no such group"));
    let client = script.client();
    let found = client.get_group("g1").send_with_response().await.unwrap();
    assert_eq!((found.body(), found.rate_limit().remaining), (&payments(), Some(7)));
    assert_eq!(script.unused(), [("DeleteGroup".to_owned(), 1), ("GetGroup".to_owned(), 1)]);
    let error = client.get_group("g2").await.unwrap_err();
    assert_eq!(error.to_string(), "GetGroup: 404 Not Found: no such group");
    client.delete_group("g1").await.unwrap();
    assert!(script.unused().is_empty());
}

#[tokio::test]
async fn requests_are_recorded() {
    let script = Script::new().on("UpdateGroup", Answer::ok(&payments())).on("GetGroup", Answer::ok(&payments()));
    let client = script.client();
    client.get_group("a b").page_number(3).header("x-team", "core").await.unwrap();
    client.update_group("g1", "Core").await.unwrap();
    let sent = script.sent();
    let [first, second] = &sent[..] else { panic!("two requests: {sent:?}") };
    assert_eq!(
        (first.operation, first.method.as_str(), first.path.as_str()),
        ("GetGroup", "GET", "/api/v2/groups/a%20b")
    );
    assert_eq!((first.query_value("page[number]").as_deref(), first.query_value("page[size]")), (Some("3"), None));
    assert_eq!((&first.headers["x-team"], first.body.len()), (&http::HeaderValue::from_static("core"), 0));
    assert_eq!(second.json::<Value>(), json!({"name": "Core"}));
    assert_eq!(script.sent_to("UpdateGroup").len(), 1);
    assert!(!format!("{script:?}").contains("made-up"), "keys are not printed: {script:?}");
}

#[tokio::test]
async fn waits_and_delays_take_no_time() {
    let script = Script::new()
        .on("GetGroup", Answer::rate_limited(90))
        .on("GetGroup", Answer::no_connection())
        .on("GetGroup", Answer::ok(&payments()).after(Duration::from_secs(20)));
    let begun = std::time::Instant::now();
    let found = script.client().get_group("g1").send_with_response().await.unwrap();
    assert_eq!((found.attempts(), script.sent().len()), (3, 3));
    assert!(script.passed() >= Duration::from_secs(110), "{:?}", script.passed());
    assert!(begun.elapsed() < Duration::from_secs(60), "the test itself waited");
}

#[tokio::test]
async fn a_response_can_be_late_or_missing() {
    let policy = RetryPolicy::never();
    let late = Answer::ok(&payments()).after(Duration::from_secs(5));
    let script =
        Script::new().on("UpdateGroup", late.clone()).on("UpdateGroup", late).on("UpdateGroup", Answer::no_answer());
    let client = script.builder().retry(policy).build().unwrap();
    let error = client.update_group("g1", "x").with_timeout(Duration::from_secs(5)).await.unwrap_err();
    assert!(error.is_timeout() && error.effect() == Effect::Unknown, "{error}");
    client.update_group("g1", "x").with_timeout(Duration::from_secs(6)).await.unwrap();
    assert_eq!(script.passed(), Duration::from_secs(10));
    let error = client.update_group("g1", "x").await.unwrap_err();
    assert_eq!((error.kind(), error.effect()), (ErrorKind::Transport, Effect::Unknown));
}

#[tokio::test]
async fn a_function_responds_to_requests() {
    let script = Script::new().on("GetGroup", Answer::status(404)).always("GetGroup", |sent: &Sent| {
        Answer::ok(&json!({"data": {"id": sent.path.rsplit('/').next(), "attributes": {"name": "n"}}}))
    });
    let client = script.client();
    assert_eq!(client.get_group("g1").await.unwrap_err().status(), Some(404));
    assert_eq!(client.get_group("g1").await.unwrap().data.id, "g1");
    assert_eq!(client.get_group("g2").await.unwrap().data.id, "g2");
}

#[tokio::test]
async fn a_script_has_pages() {
    let script = Script::new().always("ListGroups", |sent: &Sent| {
        let number: u64 = sent.query_value("page[number]").unwrap().parse().unwrap();
        let next = (number < 2).then_some(number + 1);
        Answer::ok(&json!({"data": [number * 10, number * 10 + 1], "meta": {"next": next}}))
    });
    let items: Vec<u64> = script.client().list_groups().stream().try_collect().await.unwrap();
    assert_eq!(items, [0, 1, 10, 11, 20, 21]);
}

#[tokio::test]
async fn a_missing_answer_is_an_error() {
    let script =
        Script::new().on("UpdateGroup", Answer::ok(&payments())).always("DeleteGroup", |_| Answer::status(204));
    let error = script.client().get_group("g1").await.unwrap_err();
    let text = "the script has no answer left for GetGroup; it has DeleteGroup (always), UpdateGroup (1)";
    assert!(error.to_string().contains(text), "{error}");
    assert_eq!((error.attempts(), error.effect()), (1, Effect::No));
    let error = Script::new().client().get_group("g1").await.unwrap_err();
    assert!(error.to_string().contains("it has nothing"), "{error}");
}

/// A program's trait for the client, to be mocked.
trait Groups {
    async fn name(&self, id: &str) -> Result<Response<String>, crate::Error>;
}

struct Mock;

impl Groups for Mock {
    async fn name(&self, id: &str) -> Result<Response<String>, crate::Error> {
        match id {
            "g1" => Ok(testing::response("Payments".to_owned())),
            "busy" => Err(Answer::rate_limited(3).into_error()),
            "lost" => Err(Answer::fault(TransportErrorKind::Timeout, Reached::Unknown, "late").into_error()),
            _ => Err(testing::error(404)),
        }
    }
}

#[tokio::test]
async fn a_mock_creates_responses_and_errors() {
    let found = Mock.name("g1").await.unwrap();
    assert_eq!((found.status(), found.body().as_str(), found.attempts()), (200, "Payments", 1));
    let error = Mock.name("g2").await.unwrap_err();
    assert_eq!((error.status(), error.to_string().as_str()), (Some(404), "Mocked: 404 Not Found"));
    let error = Mock.name("busy").await.unwrap_err();
    assert!(error.to_string().ends_with("try again in 3 s"), "{error}");
    assert!(Mock.name("lost").await.unwrap_err().is_timeout());
}

#[cfg(feature = "blocking")]
#[test]
fn a_blocking_client_uses_a_script() {
    let script = Script::new().on("GetGroup", Answer::ok(&payments()));
    assert_eq!(script.blocking_client().get_group("g1").send().unwrap(), payments());
    assert_eq!(script.sent()[0].operation, "GetGroup");
}

/// A script is a transport like any other, and middleware can wrap it.
#[tokio::test]
async fn a_script_can_be_a_transport() {
    let script = Script::new().on("GetGroup", Answer::ok(&payments()));
    let client = Client::builder().api_key("k").application_key("k").transport(script.clone()).build().unwrap();
    client.get_group("g1").await.unwrap();
    assert_eq!(script.sent()[0].headers["dd-api-key"], "k");
}

#[test]
#[should_panic(expected = "an answer with 204 is not an error")]
fn a_success_is_not_converted_to_an_error() {
    let _ = testing::error(204);
}
