//! Bodies that are streams, with transports that do not implement streams.

use super::double::{Double, Outcome, answer};
use crate::{
    Body, BoxFuture, Client, Effect, Limits, Operation, Request, Transport, TransportError, TransportErrorKind,
};
use bytes::Bytes;
use http::Method;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

static POST_FILE: Operation = Operation::new("PostFile", Method::POST, "/file", false);

fn stream(parts: &'static [&'static str]) -> Body {
    Body::from_reader(Parts(parts.iter()))
}

/// A reader that returns one part after another, and fails at an empty one.
struct Parts(std::slice::Iter<'static, &'static str>);

impl std::io::Read for Parts {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        match self.0.next() {
            Some(&"") => Err(std::io::Error::other("disk on fire")),
            Some(part) => {
                buffer[..part.len()].copy_from_slice(part.as_bytes());
                Ok(part.len())
            }
            None => Ok(0),
        }
    }
}

fn post(body: Body) -> Request {
    Request::new(&POST_FILE).bytes("application/octet-stream", Some(&body))
}

#[tokio::test]
async fn a_transport_without_streams_sends_streams() {
    let (double, client) = Double::with(Ok(answer(200, &[("x-kind", "a")], "an answer")));
    let answer = client.send_streamed(post(stream(&["a", "bc"]))).await.unwrap();
    assert_eq!(answer.headers()["x-kind"], "a");
    let mut stream = answer.into_body();
    assert_eq!(stream.length(), Some(9));
    assert_eq!(stream.try_next().await.unwrap().unwrap(), "an answer");
    assert_eq!(stream.try_next().await.unwrap(), None);
    assert_eq!(double.seen()[0].0.body(), "abc");
}

#[tokio::test]
async fn a_stream_that_fails_while_it_is_collected_is_not_sent() {
    let (double, client) = Double::with(Ok(answer(200, &[], "{}")));
    let error = client.send_empty(post(stream(&["a", ""]))).await.unwrap_err();
    assert_eq!(error.transport_error().unwrap().kind(), TransportErrorKind::RequestBody);
    assert_eq!((error.effect(), double.seen().len()), (Effect::No, 0));
    assert!(error.to_string().ends_with("could not be read (disk on fire); nothing was sent"), "{error}");
}

/// Middleware that does not implement streams.
struct Counting(Box<dyn Transport>, Arc<AtomicUsize>);

impl Transport for Counting {
    fn send(&self, request: http::Request<Bytes>, limits: Limits) -> BoxFuture<'_, Outcome> {
        self.1.fetch_add(1, Ordering::SeqCst);
        self.0.send(request, limits)
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        self.0.sleep(duration)
    }
}

/// A transport that responds with a stream.
struct Streaming;

impl Transport for Streaming {
    fn send(&self, _: http::Request<Bytes>, _: Limits) -> BoxFuture<'_, Outcome> {
        Box::pin(async { Ok(answer(200, &[], "whole")) })
    }

    fn send_streamed(
        &self,
        request: http::Request<Body>,
        _: Limits,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async {
            let sent = request.into_body().into_bytes(100).await.expect("it is short");
            assert_eq!(sent, "abc");
            Ok(http::Response::new(stream(&["in ", "parts"])))
        })
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async {})
    }
}

#[tokio::test]
async fn middleware_sees_every_call() {
    let client = |transport: Box<dyn Transport>| {
        Client::builder().api_key("k").application_key("k").transport(transport).build().unwrap()
    };
    let seen = Arc::<AtomicUsize>::default();
    let outside = client(Box::new(Counting(Box::new(Streaming), Arc::clone(&seen))));
    assert_eq!(outside.send_bytes(post(stream(&["abc"]))).await.unwrap().body(), "whole");
    assert_eq!(seen.load(Ordering::SeqCst), 1);
    let plain = client(Box::new(Streaming));
    assert_eq!(plain.send_bytes(post(stream(&["abc"]))).await.unwrap().body(), "in parts");
    assert_eq!(plain.send_bytes(post("abc".into())).await.unwrap().body(), "whole");
    let mut parts = plain.send_streamed(post("abc".into())).await.unwrap().into_body();
    assert_eq!(parts.try_next().await.unwrap().unwrap(), "in ");
    assert_eq!(parts.try_next().await.unwrap().unwrap(), "parts");
}

#[tokio::test]
async fn a_stream_belongs_to_the_first_clone_that_is_read() {
    let mut one = stream(&["a", "b"]);
    let mut other = one.clone();
    assert_eq!(one.next().await.unwrap().unwrap(), "a");
    let error = other.next().await.unwrap().unwrap_err();
    assert_eq!(error.to_string(), "a clone of this body has taken its stream");
    assert!(other.next().await.is_none());
    assert_eq!(one.next().await.unwrap().unwrap(), "b");
    assert!(one.next().await.is_none());
    assert!(other.clone().next().await.unwrap().is_err());
    let error = stream(&["ab"]).into_bytes(1).await.unwrap_err();
    assert_eq!(error.downcast::<TransportError>().unwrap().kind(), TransportErrorKind::TooLarge);
}

#[tokio::test]
async fn two_calls_do_not_share_a_stream() {
    let client = Client::builder().api_key("k").application_key("k").transport(Streaming).build().unwrap();
    let body = stream(&["abc"]);
    let (one, other) = (post(body.clone()), post(body));
    let (one, other) = (client.send_empty(one), client.send_bytes(other));
    one.await.unwrap();
    let error = other.await.unwrap_err();
    assert_eq!((error.argument(), error.effect()), (Some("body"), Effect::No), "{error}");
}

#[tokio::test]
async fn a_body_in_memory_keeps_its_content_when_it_is_read() {
    let large = vec![7; 100_000];
    let mut body = Body::from(large.clone());
    assert_eq!(body.next().await.unwrap().unwrap().len(), 65_536);
    assert_eq!((body.length(), body.as_bytes().map(Bytes::len)), (Some(100_000), Some(100_000)));
    assert_eq!(body.clone().into_bytes(100_000).await.unwrap(), large);
    assert_eq!(body.into_bytes(40_000).await.unwrap().len(), 34_464);
}

/// A stream that returns one chunk and panics.
struct Panics(bool);

impl futures_core::Stream for Panics {
    type Item = std::io::Result<Bytes>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        assert!(!std::mem::replace(&mut self.0, true), "on purpose");
        std::task::Poll::Ready(Some(Ok(Bytes::from_static(b"a"))))
    }
}

/// Rejects requests after reading their bodies, and counts them.
struct Refusing(Arc<AtomicUsize>);

impl Transport for Refusing {
    fn send(&self, _: http::Request<Bytes>, _: Limits) -> BoxFuture<'_, Outcome> {
        self.0.fetch_add(1, Ordering::SeqCst);
        Box::pin(async { Ok(answer(503, &[], "")) })
    }

    fn send_streamed(
        &self,
        request: http::Request<Body>,
        _: Limits,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        self.0.fetch_add(1, Ordering::SeqCst);
        Box::pin(async {
            let mut body = request.into_body();
            while let Some(chunk) = body.next().await {
                if let Err(error) = chunk {
                    // Like a transport that does not name the cause.
                    return Err(TransportError::new(TransportErrorKind::Other, crate::Reached::Unknown, error));
                }
            }
            Ok(http::Response::builder().status(503).body(Body::default()).expect("a response"))
        })
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async {})
    }
}

static PUT_FILE: Operation = Operation::new("PutFile", Method::PUT, "/file", true);

#[tokio::test]
async fn a_failing_source_fails_the_call() {
    for (body, reason) in [
        (Body::from_stream(Panics(false)), "the stream panicked"),
        (Body::from_stream(Panics(true)), "the stream panicked"),
        (stream(&["a", ""]), "disk on fire"),
        (stream(&[""]), "disk on fire"),
        (stream(&["a"]), "503 Service Unavailable"),
    ] {
        let requested = Arc::<AtomicUsize>::default();
        let client = Client::builder().api_key("k").application_key("k").transport(Refusing(Arc::clone(&requested)));
        let request = Request::new(&PUT_FILE).bytes("application/octet-stream", Some(&body));
        let error = client.build().unwrap().send_empty(request).await.unwrap_err();
        assert!(error.to_string().contains(reason), "{error}");
        assert!(error.to_string().contains("not sent again, because its stream was already read from"), "{error}");
        assert_eq!((requested.load(Ordering::SeqCst), error.attempts()), (1, 1));
    }
}

#[test]
fn a_body_prints_no_more_than_its_length() {
    assert_eq!(
        format!("{:?} {:?}", Body::from("a"), stream(&["a"]).with_length(2)),
        "Body { length: Some(1), .. } Body { length: Some(2), .. }"
    );
    fn shared<T: Send + Sync + Clone + 'static>() {}
    shared::<Body>();
    fn movable<T: Send + Sync + 'static>() {}
    movable::<crate::ByteStream>();
    #[cfg(feature = "blocking")]
    movable::<crate::blocking::ByteStream>();
}
