//! Bodies that are streams, over the default transport.

#[cfg(feature = "blocking")]
mod blocking;
mod receiving;
mod sending;
mod sources;

use super::peer::{client, serve};
use crate::{Body, Client, Error, Operation, Request, RetryPolicy};
use bytes::Bytes;
use futures_core::Stream;
use http::Method;
use std::collections::VecDeque;
use std::io;
use std::pin::Pin;
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

static GET_FILE: Operation = Operation::new("GetFile", Method::GET, "/file", true);
static PUT_FILE: Operation = Operation::new("PutFile", Method::PUT, "/file", true);
static POST_FILE: Operation = Operation::new("PostFile", Method::POST, "/file", false);

const PATIENCE: Duration = Duration::from_secs(10);
const OK: &str = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";

/// A stream of these chunks.
struct Chunks(VecDeque<Result<Bytes, io::Error>>);

fn chunks(chunks: &[&'static str]) -> Chunks {
    Chunks(chunks.iter().map(|chunk| Ok(Bytes::from_static(chunk.as_bytes()))).collect())
}

impl Stream for Chunks {
    type Item = Result<Bytes, io::Error>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.pop_front())
    }
}

fn upload(operation: &'static Operation, body: impl Into<Body>) -> Request {
    Request::new(operation).bytes("application/octet-stream", Some(&body.into()))
}

async fn send(client: &Client, operation: &'static Operation, body: impl Into<Body>) -> Result<(), Error> {
    client.send_empty(upload(operation, body)).await.map(drop)
}

/// A peer that keeps the head and the body of each request, and sends the same response to all.
fn recorder(answer: &'static str) -> (crate::ClientBuilder, Receiver<(String, String)>) {
    let (report, seen) = channel();
    let report = Arc::new(Mutex::new(report));
    let address = serve(move |mut peer| {
        loop {
            let head = peer.head()?;
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            let body = match length {
                Some(length) => peer.body(length.parse().expect("a length"))?,
                None if head.contains("transfer-encoding: chunked") => peer.chunked()?,
                None => Vec::new(),
            };
            let body = String::from_utf8_lossy(&body).into_owned();
            report.lock().expect("no test panics with it").send((head, body)).expect("the test goes on");
            peer.write(answer)?;
        }
    });
    (client(address), seen)
}

fn eager() -> RetryPolicy {
    RetryPolicy::default().backoff(Duration::from_millis(1), Duration::from_millis(1))
}
