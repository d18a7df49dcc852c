//! Items of streams: where they begin and end, and what becomes of those that cannot be read.

use super::double::{Outcome, answer};
use crate::{
    Body, BoxFuture, Client, Effect, ErrorKind, Event, Events, Limits, Operation, Request, Transport, TransportError,
    TransportErrorKind,
};
use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderValue, Method, header};
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

static WATCH: Operation = Operation::new("Watch", Method::GET, "/things", true);
static POST: Operation = Operation::new("Post", Method::POST, "/things", false);

/// Answers with a body in these parts; without an end if the last is an error.
struct Parts {
    media_type: &'static str,
    parts: Vec<Result<Bytes, &'static str>>,
}

struct Chunks(VecDeque<Result<Bytes, &'static str>>);

impl Stream for Chunks {
    type Item = Result<Bytes, &'static str>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.pop_front())
    }
}

impl Transport for Parts {
    fn send(&self, _: http::Request<Bytes>, _: Limits) -> BoxFuture<'_, Outcome> {
        Box::pin(async { Ok(answer(500, &[], "")) })
    }

    fn send_streamed(
        &self,
        _: http::Request<Body>,
        _: Limits,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let mut answer = http::Response::new(Body::from_stream(Chunks(self.parts.iter().cloned().collect())));
        answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(self.media_type));
        Box::pin(async { Ok(answer) })
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async {})
    }
}

fn client(media_type: &'static str, parts: Vec<Result<Bytes, &'static str>>) -> crate::ClientBuilder {
    Client::builder().api_key("k").application_key("k").transport(Parts { media_type, parts })
}

/// The text in parts of so many bytes.
fn cut(text: &[u8], size: usize) -> Vec<Result<Bytes, &'static str>> {
    text.chunks(size).map(|part| Ok(Bytes::copy_from_slice(part))).collect()
}

async fn lines(text: &str, size: usize) -> Vec<Result<Value, String>> {
    let client = client("application/x-ndjson", cut(text.as_bytes(), size)).build().unwrap();
    let mut items = client.send_lines::<Value>(Request::new(&WATCH)).await.unwrap().into_body();
    let mut all = Vec::new();
    while let Some(item) = items.next().await {
        all.push(item.map_err(|error| error.to_string()));
    }
    all
}

#[tokio::test]
async fn lines_are_cut_wherever_the_parts_end() {
    let text = "\u{feff}{\"a\":\"ä\"}\r\n\n  \n[1,\t2] \n\"x\"";
    for size in 1..=text.len() {
        assert_eq!(lines(text, size).await, [Ok(json!({"a": "ä"})), Ok(json!([1, 2])), Ok(json!("x"))], "{size}");
    }
    assert_eq!(lines("", 1).await, []);
    assert_eq!(lines("\n", 1).await, []);
    for size in 1..=20 {
        let records = "\u{1e}{\n\"a\": 1\n}\n\u{1e}\u{1e}2\n";
        assert_eq!(lines(records, size).await, [Ok(json!({"a": 1})), Ok(json!(2))], "{size}");
    }
    let half = lines("1\n{\"a\":", 3).await;
    assert_eq!(half[0], Ok(json!(1)));
    assert!(half[1].as_ref().unwrap_err().contains("item 2 of its body ends too early"), "{half:?}");
    let html = lines("<!doctype html>", 99).await;
    assert!(html[0].as_ref().unwrap_err().contains("item 1 of its body is an HTML page, not JSON"), "{html:?}");
}

type Read = (String, String, String, Option<u64>);

async fn events(text: &[u8], size: usize) -> Vec<Result<Read, String>> {
    let client = client("text/event-stream; charset=utf-8", cut(text, size)).build().unwrap();
    let mut events = of_text(&client).await;
    let mut all = Vec::new();
    while let Some(event) = events.next().await {
        let read = |Event { id, event, data, retry, .. }| (id, event, data, retry.map(|time| time.as_millis() as u64));
        all.push(event.map(read).map_err(|error| error.to_string()));
    }
    all
}

async fn of_text(client: &Client) -> Events<String> {
    let read = crate::runtime::client::streams::items::text;
    client.send_for_events(Request::new(&WATCH), read).await.unwrap().into_body()
}

fn event(id: &str, event: &str, data: &str) -> Result<Read, String> {
    Ok((id.to_owned(), event.to_owned(), data.to_owned(), None))
}

/// The examples of the HTML standard, and what its algorithm says of the rest.
#[tokio::test]
async fn events_are_read_as_the_standard_has_them() {
    let cases: &[(&str, Vec<Result<Read, String>>)] = &[
        ("data: YHOO\ndata: +2\ndata: 10\n\n", vec![event("", "message", "YHOO\n+2\n10")]),
        (
            ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n",
            vec![
                event("1", "message", "first event"),
                event("", "message", "second event"),
                event("", "message", " third event"),
            ],
        ),
        ("data\n\ndata\ndata\n\n", vec![event("", "message", ""), event("", "message", "\n")]),
        ("data:test\n\ndata: test\n\n", vec![event("", "message", "test"), event("", "message", "test")]),
        // Line ends of every kind.
        (
            "data: a\rdata: b\r\n\r\ndata: c\n\r\ndata: d\r\r",
            vec![event("", "message", "a\nb"), event("", "message", "c"), event("", "message", "d")],
        ),
        ("\u{feff}data: a\n\n", vec![event("", "message", "a")]),
        // An event without data is none, and leaves nothing behind but its id.
        ("event: add\nid: 7\n\ndata: a\n\n", vec![event("7", "message", "a")]),
        ("event: add\ndata: a\n\ndata: b\n\n", vec![event("", "add", "a"), event("", "message", "b")]),
        // An id with a NUL is passed over.
        ("id: 1\ndata: a\n\nid: 2\u{0}\ndata: b\n\n", vec![event("1", "message", "a"), event("1", "message", "b")]),
        ("Data: a\ndata : b\n\n", vec![]),
        ("", vec![]),
        ("\n\n\n", vec![]),
    ];
    for (text, expected) in cases {
        for size in 1..=text.len().max(1) {
            assert_eq!(events(text.as_bytes(), size).await, *expected, "{text:?} in parts of {size}");
        }
    }
    assert_eq!(events(b"data: \xff\n\n", 9).await, [event("", "message", "\u{fffd}")]);
    let retry = events(b"retry: 1500\ndata: a\n\nretry: 1x\ndata: b\n\n", 4).await;
    let times: Vec<_> = retry.iter().map(|event| event.as_ref().unwrap().3).collect();
    assert_eq!(times, [Some(1500), None]);
}

#[tokio::test]
async fn an_event_that_is_cut_off_is_an_error() {
    let read = events(b"id: 1\ndata: a\n\nid: 2\ndata: b\n", 3).await;
    assert_eq!(read[0], event("1", "message", "a"));
    assert!(read[1].as_ref().unwrap_err().contains("200 OK, but item 2 of its body is cut off"), "{read:?}");
    let text = b"id: 1\nretry: 5\nx-more: b\ndata: a\n\nid: 2\ndata: b";
    let client = client("text/event-stream", cut(text, 7)).build().unwrap();
    let mut events = of_text(&client).await;
    let first = events.try_next().await.unwrap().unwrap();
    assert_eq!(first.other, [("x-more".to_owned(), "b".to_owned())]);
    let error = events.try_next().await.unwrap_err();
    assert_eq!((error.kind(), error.body()), (ErrorKind::Decode, &b"b"[..]));
    assert_eq!((events.last_event_id(), events.retry()), ("1", Some(Duration::from_millis(5))));
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn the_habit_of_ending_with_done_is_known() {
    for text in ["data: 1\n\ndata: [DONE]\n\n", "data: 1\n\ndata: [DONE]\n"] {
        let client = client("text/event-stream", cut(text.as_bytes(), 5)).build().unwrap();
        let mut events = client.send_events::<u64>(Request::new(&WATCH)).await.unwrap().into_body();
        assert_eq!(events.try_next().await.unwrap().unwrap().data, 1);
        assert_eq!(events.try_next().await.unwrap(), None);
        assert!(events.next().await.is_none());
    }
}

#[tokio::test]
async fn an_answer_that_is_no_stream_of_events_is_an_error_that_keeps_it() {
    let client = client("application/json", cut(b"{\"a\":1}", 3)).build().unwrap();
    let error = client.send_events::<Value>(Request::new(&POST)).await.unwrap_err();
    let line = error.to_string();
    assert!(line.starts_with("Post: 200 OK, but its body is application/json, no stream of events"), "{line}");
    assert_eq!((error.kind(), error.effect(), error.body()), (ErrorKind::Decode, Effect::Yes, &b"{\"a\":1}"[..]));
}

#[tokio::test]
async fn an_item_may_not_be_too_long() {
    for (media_type, text) in
        [("application/jsonl", "1\n\"too long\"\n2\n"), ("text/event-stream", "data: 1\n\ndata: \"too long\"\n\n")]
    {
        for size in [1, 99] {
            let client = client(media_type, cut(text.as_bytes(), size)).max_response_bytes(9).build().unwrap();
            let mut count = 0;
            let error = if media_type == "text/event-stream" {
                let mut events = client.send_events::<Value>(Request::new(&WATCH)).await.unwrap().into_body();
                loop {
                    match events.try_next().await {
                        Ok(event) => count += usize::from(event.is_some()),
                        Err(error) => break error,
                    }
                }
            } else {
                let mut items = client.send_lines::<Value>(Request::new(&WATCH)).await.unwrap().into_body();
                loop {
                    match items.try_next().await {
                        Ok(item) => count += usize::from(item.is_some()),
                        Err(error) => break error,
                    }
                }
            };
            assert_eq!((count, error.transport_error().unwrap().kind()), (1, TransportErrorKind::TooLarge), "{text}");
        }
    }
}

#[tokio::test]
async fn a_stream_that_breaks_off_says_so() {
    let parts = vec![Ok(Bytes::from_static(b"1\n2")), Err("gone")];
    let client = client("application/x-ndjson", parts).build().unwrap();
    let mut items = client.send_lines::<u64>(Request::new(&POST)).await.unwrap().into_body();
    assert_eq!(items.try_next().await.unwrap(), Some(1));
    let error = items.try_next().await.unwrap_err();
    // The API alone answers in this media type.
    assert_eq!((error.kind(), error.effect()), (ErrorKind::Transport, Effect::Yes));
    assert!(error.to_string().contains("200 OK, but the answer did not arrive whole (gone)"), "{error}");
    assert_eq!(items.try_next().await.unwrap(), None);
    assert!(format!("{items:?}").contains("Post"));
}

#[cfg(feature = "blocking")]
#[test]
fn items_are_iterators() {
    let builder = client("application/x-ndjson", cut(b"1\n2\n", 3));
    let items = builder.blocking().build().unwrap().send_lines::<u64>(Request::new(&WATCH)).unwrap().into_body();
    assert_eq!(items.collect::<Result<Vec<_>, _>>().unwrap(), [1, 2]);
    let builder = client("text/event-stream", cut(b"id: 3\nretry: 1\ndata: 1\n\ndata: 2\n\n", 3));
    let client = builder.blocking().build().unwrap();
    let mut events = client.send_events::<u64>(Request::new(&WATCH)).unwrap().into_body();
    assert_eq!(events.next().unwrap().unwrap().data, 1);
    assert_eq!((events.last_event_id(), events.retry()), ("3", Some(Duration::from_millis(1))));
    assert_eq!(events.next().unwrap().unwrap().data, 2);
    assert!(events.next().is_none());
    let json = client_of_json().blocking().build().unwrap();
    assert!(json.send_events::<u64>(Request::new(&WATCH)).unwrap_err().to_string().contains("no stream of events"));
}

#[cfg(feature = "blocking")]
fn client_of_json() -> crate::ClientBuilder {
    client("application/json", cut(b"{}", 9))
}
