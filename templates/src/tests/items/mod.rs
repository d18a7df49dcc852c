//! Items of streams: their boundaries, and items that cannot be read.

mod events;
mod lines;

use super::double::{Outcome, answer};
use crate::{
    Body, BoxFuture, Client, Effect, ErrorKind, Limits, Operation, Request, Transport, TransportError,
    TransportErrorKind,
};
use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderValue, Method, header};
use serde_json::Value;
use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

static WATCH: Operation = Operation::new("Watch", Method::GET, "/things", true);
static POST: Operation = Operation::new("Post", Method::POST, "/things", false);

/// Responds with a body in these chunks; without an end if the last is an error.
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

/// Splits the text into chunks of this size.
fn cut(text: &[u8], size: usize) -> Vec<Result<Bytes, &'static str>> {
    text.chunks(size).map(|part| Ok(Bytes::copy_from_slice(part))).collect()
}

#[tokio::test]
async fn a_response_of_another_media_type_is_kept_in_the_error() {
    let client = client("application/json", cut(b"{\"a\":1}", 3)).build().unwrap();
    let error = client.send_events::<Value>(Request::new(&POST)).await.unwrap_err();
    let line = error.to_string();
    assert!(line.starts_with("Post: 200 OK, but its body is application/json, not a stream of events"), "{line}");
    assert_eq!((error.kind(), error.effect(), error.body()), (ErrorKind::Decode, Effect::Yes, &b"{\"a\":1}"[..]));
}

#[tokio::test]
async fn items_have_a_maximum_length() {
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
async fn a_truncated_stream_is_an_error() {
    let parts = vec![Ok(Bytes::from_static(b"1\n2")), Err("gone")];
    let client = client("application/x-ndjson", parts).build().unwrap();
    let mut items = client.send_lines::<u64>(Request::new(&POST)).await.unwrap().into_body();
    assert_eq!(items.try_next().await.unwrap(), Some(1));
    let error = items.try_next().await.unwrap_err();
    // Only the API responds with this media type.
    assert_eq!((error.kind(), error.effect()), (ErrorKind::Transport, Effect::Yes));
    let line = error.to_string();
    assert!(
        line.contains("200 OK, but the response did not arrive whole (gone); 1 B of the next item were received"),
        "{line}"
    );
    assert_eq!(error.body(), b"2");
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
    assert!(json.send_events::<u64>(Request::new(&WATCH)).unwrap_err().to_string().contains("not a stream of events"));
}

#[cfg(feature = "blocking")]
fn client_of_json() -> crate::ClientBuilder {
    client("application/json", cut(b"{}", 9))
}
