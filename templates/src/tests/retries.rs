//! Retries, with a transport whose clock the test sets.

use super::double::{GROUP, Outcome, answer};
use crate::{BoxFuture, Client, Effect, ErrorKind, Limits, Reached, RetryPolicy, Transport, TransportError};
use crate::{Operation, Request, TransportErrorKind};
use bytes::Bytes;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// Returns outcomes in their order, each after a time. Its sleep advances its clock.
struct Clocked {
    outcomes: Mutex<VecDeque<Outcome>>,
    takes: Duration,
    begun: Instant,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    passed: Duration,
    slept: Vec<Duration>,
    sent: Vec<http::Request<Bytes>>,
}

impl Transport for Clocked {
    fn send(&self, request: http::Request<Bytes>, _limits: Limits) -> BoxFuture<'_, Outcome> {
        let mut state = self.state.lock().unwrap();
        state.passed += self.takes;
        state.sent.push(request);
        let outcome = self.outcomes.lock().unwrap().pop_front().expect("an outcome for each attempt");
        Box::pin(std::future::ready(outcome))
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        let mut state = self.state.lock().unwrap();
        state.passed += duration;
        state.slept.push(duration);
        Box::pin(std::future::ready(()))
    }

    fn now(&self) -> Instant {
        self.begun + self.state.lock().unwrap().passed
    }
}

/// Only the server's wait.
fn eager() -> RetryPolicy {
    RetryPolicy::default().backoff(Duration::ZERO, Duration::ZERO)
}

fn clocked(takes: u64, outcomes: Vec<Outcome>) -> (Arc<Clocked>, crate::ClientBuilder) {
    let clocked = Arc::new(Clocked {
        outcomes: Mutex::new(outcomes.into()),
        takes: Duration::from_secs(takes),
        begun: Instant::now(),
        state: Mutex::default(),
    });
    // Through a box and an `Arc`, which pass the clock on.
    let transport: Box<dyn Transport> = Box::new(Arc::clone(&clocked));
    let builder = Client::builder().api_key("a").application_key("b").transport(transport).retry(eager());
    (clocked, builder)
}

impl Clocked {
    fn sent(&self) -> usize {
        assert!(self.outcomes.lock().unwrap().is_empty(), "attempts are missing");
        self.state.lock().unwrap().sent.len()
    }

    fn slept(&self) -> Vec<u64> {
        self.state.lock().unwrap().slept.iter().map(Duration::as_secs).collect()
    }
}

fn good() -> Outcome {
    Ok(answer(200, &[], GROUP))
}

fn status(status: u16) -> Outcome {
    Ok(answer(status, &[], ""))
}

fn limited(seconds: &str) -> Outcome {
    Ok(answer(429, &[("x-ratelimit-reset", seconds)], ""))
}

fn failed(reached: Reached) -> Outcome {
    let kind = if reached == Reached::No { TransportErrorKind::Connect } else { TransportErrorKind::Other };
    Err(TransportError::new(kind, reached, "on purpose"))
}

#[tokio::test]
async fn the_same_request_is_sent_until_it_succeeds() {
    let outcomes = vec![status(503), failed(Reached::Unknown), limited("17"), good()];
    let (transport, builder) = clocked(1, outcomes);
    let client = builder.build().unwrap();
    let response = client.get_group("g 1").page_number(2).send_with_response().await.unwrap();
    assert_eq!((response.attempts(), response.body().data.id.as_str()), (4, "g1"));
    assert_eq!((transport.sent(), transport.slept()), (4, vec![0, 0, 17]));
    for request in &transport.state.lock().unwrap().sent {
        assert_eq!(request.uri(), "https://api.datadoghq.com/api/v2/groups/g%201?page%5Bnumber%5D=2");
        assert!(request.headers()["dd-api-key"].is_sensitive());
        assert_eq!(request.extensions().get::<&'static Operation>().unwrap().id, "GetGroup");
    }
}

#[tokio::test]
async fn bodies_are_retried() {
    let (transport, builder) = clocked(0, vec![limited("1"), failed(Reached::No), good()]);
    builder.build().unwrap().update_group("g1", "Payments").send().await.unwrap();
    assert_eq!(transport.sent(), 3);
    let state = transport.state.lock().unwrap();
    assert!(state.sent.iter().all(|request| request.body() == r#"{"name":"Payments"}"#));
}

#[tokio::test]
async fn the_last_error_has_the_number_of_attempts() {
    let (transport, builder) = clocked(0, vec![status(500), status(502), status(503), status(504)]);
    let error = builder.build().unwrap().get_group("g1").send().await.unwrap_err();
    assert_eq!((error.status(), error.attempts(), transport.sent()), (Some(504), 4, 4));
    assert_eq!(error.to_string(), "GetGroup: after 4 attempts: 504 Gateway Timeout");

    let (transport, builder) = clocked(0, vec![status(500)]);
    let error = builder.retry(RetryPolicy::never()).build().unwrap().get_group("g1").send().await.unwrap_err();
    assert_eq!((error.attempts(), transport.sent()), (1, 1));
    assert_eq!(error.to_string(), "GetGroup: 500 Internal Server Error");
}

#[tokio::test]
async fn non_idempotent_calls_are_not_retried_after_a_possible_effect() {
    for last in [status(500), status(503), failed(Reached::Unknown), Ok(answer(408, &[], ""))] {
        let (transport, builder) = clocked(0, vec![limited("1"), failed(Reached::No), last]);
        let client = builder.build().unwrap();
        let error = client.move_groups(vec![1, 2]).send().await.unwrap_err();
        assert_eq!((error.attempts(), transport.sent()), (3, 3), "{error}");
    }
    let (transport, builder) = clocked(0, vec![status(502)]);
    let error = builder.build().unwrap().move_groups(vec![1, 2, 3, 4]).send_in_batches().await.unwrap_err();
    assert_eq!((error.error.effect(), error.untried.len(), transport.sent()), (Effect::Unknown, 1, 1));
}

#[tokio::test]
async fn the_effect_of_all_attempts_counts() {
    // The first attempt took effect, so the second found nothing.
    let (_, builder) = clocked(0, vec![failed(Reached::Unknown), status(404)]);
    let error = builder.build().unwrap().delete_group("g1").send().await.unwrap_err();
    assert_eq!((error.status(), error.effect()), (Some(404), Effect::Unknown));
    assert!(error.to_string().ends_with("; an earlier attempt may have taken effect"), "{error}");
    let (_, builder) = clocked(0, vec![failed(Reached::Unknown), status(404)]);
    assert_eq!(builder.build().unwrap().get_group("g1").send().await.unwrap_err().effect(), Effect::No);
}

#[tokio::test]
async fn attempts_and_their_time_are_bounded() {
    // Attempts that take a minute each: the third would begin after two minutes and a second.
    let (transport, builder) = clocked(60, vec![limited("1"), limited("1")]);
    let error = builder.build().unwrap().get_group("g1").send().await.unwrap_err();
    assert_eq!((error.attempts(), transport.slept()), (2, vec![1]));
    assert!(error.to_string().ends_with("try again in 1 s"), "{error}");
    // The server's wait exceeds the remaining time: so no call waits.
    let (transport, builder) = clocked(0, vec![limited("119"), limited("2")]);
    assert_eq!(builder.build().unwrap().get_group("g1").send().await.unwrap_err().attempts(), 2);
    assert_eq!(transport.slept(), [119]);
    let (transport, builder) = clocked(0, (0..9).map(|_| status(503)).collect());
    let policy = eager().max_attempts(9);
    assert_eq!(builder.retry(policy).build().unwrap().get_group("g1").send().await.unwrap_err().attempts(), 9);
    assert_eq!(transport.sent(), 9);
}

#[tokio::test]
async fn permanent_failures_are_not_retried() {
    let (transport, builder) = clocked(0, vec![]);
    let error = builder.build().unwrap().get_group("..").send().await.unwrap_err();
    assert_eq!((error.kind(), error.attempts(), transport.sent()), (ErrorKind::Request, 0, 0));

    let (_, builder) = clocked(0, vec![status(503), Ok(answer(200, &[], "{}"))]);
    let error = builder.build().unwrap().get_group("g1").send().await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Decode, 2));
    assert!(error.to_string().starts_with("GetGroup: after 2 attempts: 200 OK, but its body"), "{error}");
}

#[tokio::test]
async fn custom_operations_state_whether_they_are_idempotent() {
    static SAFE: Operation = Operation::new("Safe", http::Method::POST, "/x", true);
    static UNSAFE: Operation = Operation::new("Unsafe", http::Method::POST, "/x", false);
    let (transport, builder) = clocked(0, vec![status(500), status(500), Ok(answer(204, &[], ""))]);
    let client = builder.build().unwrap();
    client.send_empty(Request::new(&UNSAFE)).await.unwrap_err();
    client.send_empty(Request::new(&SAFE)).await.unwrap();
    assert_eq!(transport.sent(), 3);
}

#[tokio::test]
async fn pages_are_retried() {
    let page = |body: &'static str| Ok(answer(200, &[], body));
    let outcomes = vec![page(r#"{"data":[1]}"#), status(503), page(r#"{"data":[]}"#)];
    let (transport, builder) = clocked(0, outcomes);
    let client = builder.build().unwrap();
    let items: Vec<u64> = client.list_groups().stream().try_collect().await.unwrap();
    assert_eq!((items, transport.sent()), (vec![1], 3));
}

#[cfg(feature = "blocking")]
#[test]
fn the_blocking_client_retries() {
    let (transport, builder) = clocked(0, vec![status(503), limited("30"), good(), limited("500")]);
    let client = builder.blocking().build().unwrap();
    assert_eq!(client.get_group("g1").send_with_response().unwrap().attempts(), 3);
    assert_eq!(client.get_group("g1").send().unwrap_err().attempts(), 1);
    assert_eq!((transport.sent(), transport.slept()), (4, vec![0, 30]));
}

#[tokio::test]
async fn a_success_has_the_effect_of_earlier_attempts() {
    static PUT: Operation = Operation::new("Put", http::Method::PUT, "/x", true);
    let lost = || {
        let error = TransportError::new(TransportErrorKind::Body, Reached::Unknown, "gone");
        let json = answer(200, &[("content-type", "application/json")], "").into_parts().0;
        Err(error.with_head(json.status, json.headers))
    };
    let put = || Request::new(&PUT).json(&1);
    let (_, builder) = clocked(0, vec![lost(), Ok(answer(200, &[], "{}"))]);
    let answered = builder.retry(eager()).build().unwrap().send_bytes(put()).await.unwrap();
    assert_eq!((answered.attempts(), answered.earlier_effect()), (2, Effect::Yes));
    assert_eq!(answered.map(drop).earlier_effect(), Effect::Yes);
    // A page that is not from the API has no information; the earlier result remains.
    let (_, builder) = clocked(0, vec![lost(), Ok(answer(200, &[], "<html>"))]);
    let error = builder.retry(eager()).build().unwrap().send::<u8>(put()).await.unwrap_err();
    assert_eq!((error.attempts(), error.effect()), (2, Effect::Yes), "{error}");
    let (_, builder) = clocked(0, vec![lost(), Ok(answer(200, &[], "1\n<"))]);
    let client = builder.retry(eager()).build().unwrap();
    let mut items = client.send_lines::<u8>(put()).await.unwrap().into_body();
    assert_eq!(items.try_next().await.unwrap(), Some(1));
    assert_eq!(items.try_next().await.unwrap_err().effect(), Effect::Yes);
    let (_, builder) = clocked(0, vec![Ok(answer(200, &[], "{}"))]);
    assert_eq!(builder.build().unwrap().send_bytes(put()).await.unwrap().earlier_effect(), Effect::No);
}
