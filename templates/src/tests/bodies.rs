//! Bodies that are streams, over transports that know none.

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

/// A reader that gives one part after another, and fails at an empty one.
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
async fn what_is_written_for_whole_bodies_carries_streams() {
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
async fn a_stream_that_fails_there_was_never_sent() {
    let (double, client) = Double::with(Ok(answer(200, &[], "{}")));
    let error = client.send_empty(post(stream(&["a", ""]))).await.unwrap_err();
    assert_eq!(error.transport_error().unwrap().kind(), TransportErrorKind::RequestBody);
    assert_eq!((error.effect(), double.seen().len()), (Effect::No, 0));
    assert!(error.to_string().ends_with("could not be read (disk on fire); nothing was sent"), "{error}");
}

/// Middleware that knows of no streams.
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

/// A transport that answers with a stream.
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
async fn clones_of_a_stream_share_it() {
    let mut one = stream(&["a", "b"]);
    let mut other = one.clone();
    assert_eq!(one.next().await.unwrap().unwrap(), "a");
    assert_eq!(other.next().await.unwrap().unwrap(), "b");
    assert!(one.next().await.is_none() && other.next().await.is_none());
    let mut memory = Body::from("a");
    assert_eq!(memory.clone().next().await.unwrap().unwrap(), memory.next().await.unwrap().unwrap());
    let error = stream(&["ab"]).into_bytes(1).await.unwrap_err();
    assert_eq!(error.downcast::<TransportError>().unwrap().kind(), TransportErrorKind::TooLarge);
    assert_eq!(
        format!("{:?} {:?}", Body::from("a"), stream(&["a"]).with_length(1)),
        "b\"a\" Body { length: Some(1), .. }"
    );
    fn shared<T: Send + Sync + Clone + 'static>() {}
    shared::<Body>();
    fn movable<T: Send + Sync + 'static>() {}
    movable::<crate::ByteStream>();
    #[cfg(feature = "blocking")]
    movable::<crate::blocking::ByteStream>();
}
