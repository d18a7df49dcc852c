//! Server-sent events.

use super::*;
use crate::runtime::client::streams::Wanted;
use crate::{Event, Events};

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
    let answer =
        client.begin(Request::new(&WATCH), Wanted::Events, |operation, received| Ok(received.stream(operation)));
    Events::of(answer.await.unwrap(), read).into_body()
}

fn event(id: &str, event: &str, data: &str) -> Result<Read, String> {
    Ok((id.to_owned(), event.to_owned(), data.to_owned(), None))
}

/// The examples of the HTML standard, and other cases of its algorithm.
#[tokio::test]
async fn events_follow_the_html_standard() {
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
        // An event without data is dropped, except for its id.
        ("event: add\nid: 7\n\ndata: a\n\n", vec![event("7", "message", "a")]),
        ("event: add\ndata: a\n\ndata: b\n\n", vec![event("", "add", "a"), event("", "message", "b")]),
        // An id with a NUL is ignored.
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
async fn done_ends_a_stream_of_json() {
    for text in ["data: 1\n\ndata: [DONE]\n\n", "data: 1\n\ndata: [DONE]\n"] {
        let client = client("text/event-stream", cut(text.as_bytes(), 5)).build().unwrap();
        let mut events = client.send_events::<u64>(Request::new(&WATCH)).await.unwrap().into_body();
        assert_eq!(events.try_next().await.unwrap().unwrap().data, 1);
        assert_eq!(events.try_next().await.unwrap(), None);
        assert!(events.next().await.is_none());
    }
}

#[tokio::test]
async fn an_id_that_no_header_can_have_is_ignored() {
    let longest = "i".repeat(8 << 10);
    let text = format!("id: {longest}\ndata: a\n\nid: {longest}i\ndata: b\n\nid: x\0\ndata: c\n\n\n");
    let client = client("text/event-stream", cut(text.as_bytes(), 1000)).build().unwrap();
    let mut events = of_text(&client).await;
    for other in [vec![], vec![("id".to_owned(), format!("{longest}i"))], vec![("id".to_owned(), "x\0".to_owned())]] {
        let event = events.try_next().await.unwrap().unwrap();
        assert_eq!((event.id.len(), event.other), (8 << 10, other));
    }
    assert_eq!(events.last_event_id(), longest);
}

/// Returns how many of these lines are read before an event is too large, with a limit of 64 KiB.
async fn taken(line: &'static str, count: usize) -> Result<u64, TransportErrorKind> {
    let mut parts = vec![Ok(Bytes::from_static(b"data: 1\n")); 1];
    parts.extend(std::iter::repeat_n(Ok(Bytes::from_static(line.as_bytes())), count));
    parts.push(Ok(Bytes::from_static(b"\n\n")));
    let client = client("text/event-stream", parts).max_response_bytes(64 << 10).build().unwrap();
    let mut events = client.send_events::<u64>(Request::new(&WATCH)).await.unwrap().into_body();
    match events.try_next().await {
        Ok(event) => Ok(event.expect("an event").data),
        Err(error) => Err(error.transport_error().expect("a limit").kind()),
    }
}

#[tokio::test]
async fn the_memory_of_an_event_is_limited() {
    // Comments take no memory, in many lines or in one.
    assert_eq!(taken(": alive\n", 20_000).await, Ok(1));
    assert_eq!(taken(":alive ", 20_000).await, Ok(1));
    // Unknown fields take more than their bytes.
    assert_eq!(taken("a\n", 100).await, Ok(1));
    assert_eq!(taken("a\n", 600).await, Err(TransportErrorKind::TooLarge));
    // A line without an end.
    assert_eq!(taken("x-more ", 10_000).await, Err(TransportErrorKind::TooLarge));
    assert_eq!(taken("event: a\n", 10_000).await, Err(TransportErrorKind::TooLarge));
}

#[tokio::test]
async fn comments_end_like_other_lines() {
    for size in 1..=40 {
        let read = events(b":a\r\n: b\rdata: 1\n:\n:data: x\ndata: 2\r\n\r\n:", size).await;
        assert_eq!(read, [event("", "message", "1\n2")], "{size}");
    }
}

#[tokio::test]
async fn an_error_has_the_received_part_of_an_event() {
    let parts = vec![Ok(Bytes::from_static(b"id: 1\ndata: a\n\nid: 2\ndata: b\ndata: c")), Err("gone")];
    let client = client("text/event-stream", parts).build().unwrap();
    let mut events = of_text(&client).await;
    assert_eq!(events.try_next().await.unwrap().unwrap().data, "a");
    let error = events.try_next().await.unwrap_err();
    assert_eq!((error.kind(), error.body(), events.last_event_id()), (ErrorKind::Transport, &b"b\nc"[..], "1"));
}
