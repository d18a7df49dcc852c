//! Calls: storing them, awaiting them, and their own settings.

use super::double::{API_KEY, Double, GROUP, answer, answering};
use super::operations::{GetGroup, GroupResponse, ListGroups};
use crate::{Client, ErrorKind, Response, RetryPolicy, Sending};
use http::header::{ACCEPT, HeaderName, HeaderValue, USER_AGENT};
use std::collections::VecDeque;
use std::future::Future;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A call outlives the client that began it.
fn call() -> GetGroup {
    let client = Double::answering(200, &[], GROUP);
    client.get_group("g1").header("x-team", "payments")
}

#[tokio::test]
async fn a_call_owns_what_it_needs() {
    let group = tokio::spawn(call().send()).await.unwrap().unwrap();
    assert_eq!(group.data.id, "g1");
    let answer: Response<GroupResponse> = tokio::spawn(call().send_with_response()).await.unwrap().unwrap();
    assert_eq!(answer.status(), 200);
    let mut on_their_way: Vec<Sending<GroupResponse>> = vec![call().send(), call().into_future()];
    assert_eq!((&mut on_their_way[1]).await.unwrap().data.id, "g1");
    assert_eq!(format!("{:?}", on_their_way[0]), "Sending { operation: \"GetGroup\", .. }");
}

#[tokio::test]
async fn awaiting_a_call_sends_it() {
    assert_eq!(call().await.unwrap().data.attributes.name, "Payments");
    Double::answering(204, &[], "").delete_group("g1").await.unwrap();
    let error = Double::answering(404, &[], "").delete_group("g1").await.unwrap_err();
    assert_eq!(error.status(), Some(404));
}

#[tokio::test]
async fn nothing_is_sent_before_it_is_awaited() {
    let (double, client) = Double::with(Ok(answer(200, &[], GROUP)));
    drop(client.get_group("g1").send());
    assert!(double.seen().is_empty());
}

#[tokio::test]
async fn a_call_can_have_its_own_limits() {
    let (double, client) = Double::with(Ok(answer(200, &[], GROUP)));
    client.get_group("g1").with_timeout(Duration::from_secs(3)).await.unwrap();
    let seen = double.seen();
    assert_eq!(seen[0].1.timeout, Duration::from_secs(3));
    assert_eq!(seen[0].1.idle_timeout, Duration::from_secs(60), "the other limits are the client's");

    let error = client.get_group("g1").with_timeout(Duration::ZERO).await.unwrap_err();
    assert_eq!((error.kind(), error.argument()), (ErrorKind::Request, Some("timeout")));
    assert!(double.seen().is_empty());
}

#[tokio::test]
async fn a_call_can_have_its_own_retry_policy() {
    let count = Arc::new(Mutex::new(0));
    let counted = Arc::clone(&count);
    let client = answering(move |_| {
        *counted.lock().unwrap() += 1;
        Ok(answer(503, &[], ""))
    });
    let client = client.retry(RetryPolicy::never()).build().unwrap();
    let tries = async |call: GetGroup| {
        let error = call.await.unwrap_err();
        (error.attempts(), std::mem::take(&mut *count.lock().unwrap()))
    };
    assert_eq!(tries(client.get_group("g1")).await, (1, 1));
    assert_eq!(tries(client.get_group("g1").with_retry(RetryPolicy::default().max_attempts(3))).await, (3, 3));
    assert_eq!(tries(client.get_group("g1").with_retry(RetryPolicy::default())).await, (4, 4));
}

#[tokio::test]
async fn headers_are_accepted_as_texts() {
    let (double, client) = Double::with(Ok(answer(200, &[], GROUP)));
    let name = String::from("X-Depth");
    let call = client.get_group("g1").header("X-Team", "a b").header(&name, 5).header(ACCEPT, "application/x-team");
    call.await.unwrap();
    let headers = double.seen()[0].0.headers().clone();
    assert_eq!((&headers["x-team"], &headers["x-depth"]), (&HeaderValue::from_static("a b"), &HeaderValue::from(5)));
    assert_eq!(headers["accept"], "application/x-team");
}

#[tokio::test]
async fn a_header_that_cannot_be_sent_is_an_error_of_the_call() {
    let client = Double::answering(200, &[], GROUP);
    let said = async |call: GetGroup| {
        let error = call.await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Request);
        (error.argument().unwrap().to_owned(), error.to_string())
    };
    let (argument, text) = said(client.get_group("g1").header("x team", "a").header("also\n", "b")).await;
    assert_eq!(argument, "x team", "the first of them");
    assert_eq!(text, "GetGroup: the request was not sent: x team: this is not the name of a header");
    let (argument, text) = said(client.get_group("g1").header("x-team", "a\nb")).await;
    assert_eq!((argument.as_str(), text.contains("visible ASCII")), ("x-team", true), "{text}");
    let (argument, text) = said(client.get_group("g1").header("Host", "x")).await;
    assert_eq!((argument.as_str(), text.contains("the client sets this header itself")), ("host", true), "{text}");
    let (_, text) = said(client.get_group("g1").header("DD-API-KEY", "x")).await;
    assert!(text.contains("is for a key of the client"), "{text}");
}

#[tokio::test]
async fn a_client_has_headers_for_all_its_calls() {
    let outcomes = Arc::new(Mutex::new(VecDeque::new()));
    let seen = Arc::clone(&outcomes);
    let builder = answering(move |request| {
        seen.lock().unwrap().push_back(request.headers().clone());
        Ok(answer(200, &[], GROUP))
    });
    let builder = builder.default_header("X-Team", "payments").default_header("x-team", "core");
    let client = builder.default_header(USER_AGENT, "tool/1").default_header("cookie", "a=1").build().unwrap();
    client.get_group("g1").await.unwrap();
    client.get_group("g1").header("x-team", "mine").header("cookie", "b=2").await.unwrap();
    let outcomes = outcomes.lock().unwrap();
    let values = |index: usize, name: &str| {
        let values = outcomes[index].get_all(HeaderName::from_bytes(name.as_bytes()).unwrap()).iter();
        values.map(|value| value.to_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(values(0, "x-team"), ["payments", "core"]);
    assert_eq!((values(0, "user-agent"), values(0, "cookie")), (vec!["tool/1".into()], vec!["a=1".into()]));
    assert_eq!((values(1, "x-team"), values(1, "cookie")), (vec!["mine".into()], vec!["a=1; b=2".into()]));
}

#[test]
fn an_invalid_default_header_is_an_error_of_the_client() {
    let builder = || Client::builder().api_key(API_KEY).application_key("k").transport(Double::default());
    let said = |name: &str, value: &str| builder().default_header(name, value).build().unwrap_err().to_string();
    let begin = "the client cannot be set up: the default header";
    assert_eq!(said("x team", "a"), format!("{begin} \"x team\": this is not the name of a header"));
    assert_eq!(said("Content-Length", "1"), format!("{begin} content-length: the client sets this header itself"));
    assert_eq!(said("content-type", "a/b"), format!("{begin} content-type: it describes the body of a single call"));
    assert_eq!(said("dd-api-key", "k"), format!("{begin} dd-api-key: this header is for a key of the client"));
    assert!(builder().default_header("authorization", "Bearer x").build().is_ok(), "no credential goes there");
}

#[tokio::test]
async fn a_setter_is_skipped_without_a_value() {
    let query = async |number: Option<i64>| {
        let (double, client) = Double::with(Ok(answer(200, &[], GROUP)));
        let call = client.get_group("g1").with_optional(number, GetGroup::page_number);
        call.await.unwrap();
        double.seen()[0].0.uri().query().map(str::to_owned)
    };
    assert_eq!(query(None).await, None);
    assert_eq!(query(Some(2)).await.as_deref(), Some("page%5Bnumber%5D=2"));
}

#[tokio::test]
async fn streams_request_large_pages() {
    let query = async |call: fn(ListGroups) -> ListGroups, all: bool| {
        let (double, client) = Double::with(Ok(answer(200, &[], r#"{"data": [1], "meta": {"next": null}}"#)));
        let call = call(client.list_groups());
        if all {
            assert_eq!(call.stream().try_collect::<Vec<u64>>().await.unwrap(), [1]);
        } else {
            call.await.unwrap();
        }
        double.seen()[0].0.uri().query().unwrap_or_default().to_owned()
    };
    assert_eq!(query(|call| call, true).await, "page%5Bsize%5D=1000&page%5Bnumber%5D=0");
    assert_eq!(query(|call| call.page_size(7), true).await, "page%5Bsize%5D=7&page%5Bnumber%5D=0");
    assert_eq!(query(|call| call, false).await, "", "one page is what the server makes of it");
}

/// The types have no borrows, and can move to another thread.
#[test]
fn running_calls_can_move_between_threads() {
    fn anywhere<T: Send + Unpin + 'static>(_: &T) {}
    let sending = call().send();
    anywhere(&sending);
    fn future<T: Future<Output = Result<GroupResponse, crate::Error>>>(_: T) {}
    future(sending);
}
