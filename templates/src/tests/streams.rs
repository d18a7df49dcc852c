//! Bodies that are streams, over the default transport.

use super::peer::{client, serve};
use crate::{Body, Client, Effect, Error, ErrorKind, Operation, Request, RetryPolicy, TransportErrorKind};
use bytes::Bytes;
use futures_core::Stream;
use http::Method;
use std::collections::VecDeque;
use std::io::{self, Read, Seek as _, SeekFrom, Write as _};
use std::pin::Pin;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

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

/// A reader that gives what it is sent.
struct Fed(Receiver<Vec<u8>>);

impl Read for Fed {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Ok(bytes) = self.0.recv() else { return Ok(0) };
        buffer[..bytes.len()].copy_from_slice(&bytes);
        Ok(bytes.len())
    }
}

fn upload(operation: &'static Operation, body: impl Into<Body>) -> Request {
    Request::new(operation).bytes("application/octet-stream", Some(&body.into()))
}

async fn send(client: &Client, operation: &'static Operation, body: impl Into<Body>) -> Result<(), Error> {
    client.send_empty(upload(operation, body)).await.map(drop)
}

/// A peer that keeps the head and the body of each request, and gives one answer to all.
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

#[tokio::test]
async fn chunks_are_given_as_they_come() {
    let (go_on, wait): (Sender<()>, _) = channel();
    let wait = Arc::new(Mutex::new(wait));
    let address = serve(move |mut peer| {
        peer.head()?;
        peer.write("HTTP/1.1 200 OK\r\nX-Kind: a\r\nContent-Length: 6\r\n\r\n")?;
        for part in ["abc", "def"] {
            wait.lock().expect("once").recv_timeout(PATIENCE).expect("the test goes on");
            peer.write(part)?;
        }
        peer.closed()
    });
    let answer = client(address).build().unwrap().send_streamed(Request::new(&GET_FILE)).await.unwrap();
    assert_eq!((answer.status(), answer.attempts(), &answer.headers()["x-kind"]), (200, 1, &"a".parse().unwrap()));
    let mut stream = answer.into_body();
    assert_eq!(stream.length(), Some(6));
    for part in ["abc", "def"] {
        go_on.send(()).unwrap();
        assert_eq!(stream.try_next().await.unwrap().unwrap(), part);
    }
    assert_eq!(stream.try_next().await.unwrap(), None);
    assert_eq!(stream.try_next().await.unwrap(), None);
    assert!(format!("{stream:?}").contains("GetFile"));
}

#[tokio::test]
async fn a_body_that_breaks_off_is_an_error() {
    for (head, length) in [("Content-Length: 9", Some(9)), ("Transfer-Encoding: chunked", None)] {
        let address = serve(move |mut peer| {
            peer.head()?;
            peer.write(format!("HTTP/1.1 200 OK\r\n{head}\r\n\r\n3\r\nabc\r\n"))
        });
        let client = client(address).retry(RetryPolicy::default()).build().unwrap();
        let mut stream = client.send_streamed(Request::new(&GET_FILE)).await.unwrap().into_body();
        assert_eq!(stream.length(), length);
        stream.try_next().await.unwrap().unwrap();
        let error = stream.try_next().await.unwrap_err();
        assert_eq!((error.kind(), error.status()), (ErrorKind::Transport, Some(200)));
        assert!(error.to_string().starts_with("GetFile: 200 OK, but the answer did not arrive whole ("), "{error}");
        assert!(stream.next().await.is_none());
        let error = io::Error::from(error);
        assert_eq!(error.kind(), io::ErrorKind::Other);
        assert!(error.to_string().contains("did not arrive whole"), "{error}");
    }
}

#[tokio::test]
async fn only_a_stream_that_stands_still_is_given_up() {
    let address = serve(|mut peer| {
        peer.head()?;
        peer.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n")?;
        for part in ["a", "b", "c", "d", "e"] {
            std::thread::sleep(Duration::from_millis(100));
            peer.write(part)?;
        }
        peer.closed()
    });
    let client = client(address).timeout(Duration::from_millis(100)).idle_timeout(Duration::from_millis(400));
    let client = client.build().unwrap();
    let begun = Instant::now();
    let mut stream = client.send_streamed(Request::new(&GET_FILE)).await.unwrap().into_body();
    for part in ["a", "b", "c", "d", "e"] {
        assert_eq!(stream.try_next().await.unwrap().unwrap(), part);
    }
    let error = stream.try_next().await.unwrap_err();
    assert!(error.is_timeout() && begun.elapsed() > Duration::from_millis(850), "{error}");
    assert!(error.to_string().ends_with("200 OK, but timed out (nothing moved for 400ms)"), "{error}");
    assert_eq!(io::Error::from(error).kind(), io::ErrorKind::TimedOut);
}

#[tokio::test]
async fn an_answer_that_does_not_begin_is_given_up() {
    let address = serve(|mut peer| peer.closed());
    let client = client(address).idle_timeout(Duration::from_millis(200)).build().unwrap();
    let error = client.send_streamed(Request::new(&POST_FILE)).await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
    assert_eq!((error.status(), error.effect()), (None, Effect::Unknown));
}

#[tokio::test]
async fn an_error_is_read_whole() {
    let text = r#"{"errors":["no such file"]}"#;
    let answer = format!("HTTP/1.1 404 Not Found\r\nContent-Length: {}\r\n\r\n{text}", text.len());
    let address = serve(move |mut peer| {
        peer.head()?;
        peer.write(&answer)
    });
    let error = client(address).build().unwrap().send_streamed(Request::new(&GET_FILE)).await.unwrap_err();
    assert_eq!(error.to_string(), "GetFile: 404 Not Found: no such file");
    assert_eq!(error.body(), text.as_bytes());
    let limited = client(address).max_response_bytes(10).build().unwrap();
    let error = limited.send_streamed(Request::new(&GET_FILE)).await.unwrap_err();
    assert_eq!(error.transport_error().unwrap().kind(), TransportErrorKind::TooLarge);
    assert_eq!((error.status(), error.effect()), (Some(404), Effect::No));
}

#[tokio::test]
async fn an_error_that_drips_is_given_up() {
    let address = serve(|mut peer| {
        peer.head()?;
        peer.write("HTTP/1.1 500 Internal Server Error\r\n\r\n")?;
        loop {
            std::thread::sleep(Duration::from_millis(20));
            peer.write("x")?;
        }
    });
    let client = client(address).timeout(Duration::from_millis(200)).build().unwrap();
    let error = client.send_streamed(Request::new(&GET_FILE)).await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
    assert_eq!(error.status(), Some(500));
}

#[tokio::test]
async fn no_more_is_taken_than_was_said() {
    let address = serve(|mut peer| {
        peer.head()?;
        peer.write("HTTP/1.1 200 OK\r\n\r\n")?;
        loop {
            peer.write([b'x'; 1000])?;
        }
    });
    let client = client(address).max_response_bytes(10).build().unwrap();
    let stream = client.send_streamed(Request::new(&GET_FILE)).await.unwrap().into_body();
    let mut stream = stream.at_most(1 << 20);
    let mut taken = 0;
    let error = loop {
        match stream.try_next().await {
            Ok(chunk) => taken += chunk.expect("it does not end").len(),
            Err(error) => break error,
        }
    };
    assert!(taken <= 1 << 20 && taken > 10, "{taken}");
    assert!(error.to_string().ends_with("200 OK, but the answer is too large (more than 1048576 bytes)"), "{error}");
}

#[tokio::test]
async fn a_stream_that_is_dropped_ends_the_exchange() {
    let (report, closed) = channel();
    let report = Arc::new(Mutex::new(report));
    let address = serve(move |mut peer| {
        peer.head()?;
        peer.write("HTTP/1.1 200 OK\r\n\r\nabc")?;
        let end = peer.closed();
        report.lock().expect("once").send(()).expect("the test goes on");
        end
    });
    let client = client(address).build().unwrap();
    let mut stream = client.send_streamed(Request::new(&GET_FILE)).await.unwrap().into_body();
    stream.try_next().await.unwrap().unwrap();
    drop(stream);
    let closed = tokio::task::spawn_blocking(move || closed.recv_timeout(PATIENCE));
    closed.await.unwrap().unwrap();
}

#[tokio::test]
async fn a_stream_is_sent_with_or_without_its_length() {
    let (builder, seen) = recorder(OK);
    let client = builder.build().unwrap();
    send(&client, &PUT_FILE, Body::from_stream(chunks(&["ab", "", "c"]))).await.unwrap();
    let (head, body) = seen.recv_timeout(PATIENCE).unwrap();
    assert!(head.contains("transfer-encoding: chunked") && !head.contains("content-length"), "{head}");
    assert!(head.contains("content-type: application/octet-stream"), "{head}");
    assert_eq!(body, "abc");
    send(&client, &PUT_FILE, Body::from_stream(chunks(&["ab", "c"])).with_length(3)).await.unwrap();
    let (head, body) = seen.recv_timeout(PATIENCE).unwrap();
    assert!(head.contains("content-length: 3") && !head.contains("transfer-encoding"), "{head}");
    assert_eq!(body, "abc");
    send(&client, &PUT_FILE, Body::from_reader(&b"abc"[..])).await.unwrap();
    assert_eq!(seen.recv_timeout(PATIENCE).unwrap().1, "abc");
    // From memory, with an answer that is a stream.
    let large = "x".repeat(300_000);
    client.send_streamed(upload(&PUT_FILE, large.clone())).await.unwrap();
    let (head, body) = seen.recv_timeout(PATIENCE).unwrap();
    assert!(head.contains("content-length: 300000"), "{head}");
    assert!(body == large);
    client.send_streamed(Request::new(&GET_FILE)).await.unwrap();
    let (head, _) = seen.recv_timeout(PATIENCE).unwrap();
    assert!(!head.contains("content-length") && !head.contains("transfer-encoding"), "{head}");
}

#[tokio::test]
async fn what_is_left_of_a_file_is_sent() {
    let path = std::env::temp_dir().join(format!("streams-{}", std::process::id()));
    let mut file = std::fs::File::options().read(true).write(true).create(true).truncate(true).open(&path).unwrap();
    file.write_all(&[b'x'; 200_000]).unwrap();
    file.write_all(b"end").unwrap();
    file.seek(SeekFrom::Start(5)).unwrap();
    let body = Body::from(file.try_clone().unwrap());
    assert_eq!(body.length(), Some(199_998));
    // What is added later is not sent.
    std::fs::File::options().append(true).open(&path).unwrap().write_all(b" and more").unwrap();
    let (builder, seen) = recorder(OK);
    send(&builder.build().unwrap(), &PUT_FILE, body).await.unwrap();
    let (head, body) = seen.recv_timeout(PATIENCE).unwrap();
    assert!(head.contains("content-length: 199998"), "{head}");
    assert!(body.ends_with("xend"));
    std::fs::remove_file(&path).unwrap();
    #[cfg(target_os = "linux")]
    assert_eq!(Body::from(std::fs::File::open("/proc/self/status").unwrap()).length(), None);
}

#[tokio::test]
async fn a_stream_that_fails_is_an_error_of_the_request() {
    let broken = || Chunks([Ok(Bytes::from_static(b"ab")), Err(io::Error::other("disk on fire"))].into());
    let address = serve(|mut peer| peer.closed());
    let client = client(address).retry(RetryPolicy::default()).build().unwrap();
    for (body, reason) in [
        (Body::from_stream(broken()), "disk on fire"),
        (
            Body::from_stream(chunks(&["a", "b"])).with_length(3),
            "the stream has 2 bytes, not the 3 that were announced",
        ),
        (Body::from_stream(chunks(&["ab", "c"])).with_length(1), "at least 2 bytes, not the 1 that were announced"),
        (Body::from_reader((&b"ab"[..]).chain(Panics)), "the reader panicked"),
    ] {
        let error = send(&client, &POST_FILE, body).await.unwrap_err();
        let cause = error.transport_error().unwrap();
        assert_eq!(
            (cause.kind(), error.effect()),
            (TransportErrorKind::RequestBody, Effect::Unknown),
            "{reason}: {error}"
        );
        assert!(error.to_string().contains("PostFile: the body to be sent could not be read ("), "{error}");
        assert!(error.to_string().contains(reason), "{error}");
        assert_eq!(error.attempts(), 1);
    }
}

/// A reader that does not know what it does.
struct Panics;

impl Read for Panics {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        panic!("on purpose")
    }
}

fn eager() -> RetryPolicy {
    RetryPolicy::default().backoff(Duration::from_millis(1), Duration::from_millis(1))
}

#[tokio::test]
async fn a_stream_is_not_sent_again() {
    let (builder, seen) = recorder("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");
    let client = builder.retry(eager()).build().unwrap();
    let body = Body::from_stream(chunks(&["abc"]));
    let error = send(&client, &PUT_FILE, body.clone()).await.unwrap_err();
    assert_eq!((error.attempts(), error.effect()), (1, Effect::Unknown));
    let line = error.to_string();
    assert!(line.contains("503 Service Unavailable; not sent again, because a part of its stream is gone"), "{line}");
    assert_eq!(seen.try_iter().count(), 1);
    // Nor by another call.
    let error = send(&client, &PUT_FILE, body).await.unwrap_err();
    assert_eq!((error.kind(), error.argument()), (ErrorKind::Request, Some("body")));
    assert!(error.to_string().contains("only a body in memory can be sent again"), "{error}");
    assert_eq!(seen.try_iter().count(), 0);
    // From memory, it is.
    let error = send(&client, &PUT_FILE, "abc").await.unwrap_err();
    assert_eq!((error.attempts(), seen.try_iter().count()), (4, 4));
    assert!(!error.to_string().contains("not sent again"), "{error}");
}

#[tokio::test]
async fn a_stream_that_nobody_took_from_is_tried_again() {
    let client = Client::builder().api_key("k1").application_key("k2").base_url("http://127.0.0.1:1");
    let client = client.retry(eager()).build().unwrap();
    let body = Body::from_stream(chunks(&["abc"]));
    let error = send(&client, &POST_FILE, body.clone()).await.unwrap_err();
    assert_eq!((error.attempts(), error.effect()), (4, Effect::No));
    let (builder, seen) = recorder(OK);
    send(&builder.build().unwrap(), &POST_FILE, body).await.unwrap();
    assert_eq!(seen.recv_timeout(PATIENCE).unwrap().1, "abc");
}

#[tokio::test]
async fn a_source_may_take_its_time_and_a_server_may_not() {
    let (builder, seen) = recorder(OK);
    let client = builder.idle_timeout(Duration::from_millis(200)).build().unwrap();
    let (feed, fed) = channel();
    std::thread::spawn(move || {
        for part in ["a", "b"] {
            std::thread::sleep(Duration::from_millis(500));
            feed.send(part.as_bytes().to_vec()).expect("it is read");
        }
    });
    send(&client, &POST_FILE, Body::from_reader(Fed(fed))).await.unwrap();
    assert_eq!(seen.recv_timeout(PATIENCE).unwrap().1, "ab");

    let address = serve(|mut peer| {
        peer.head()?;
        std::thread::sleep(PATIENCE);
        Ok(())
    });
    let client = super::peer::client(address).idle_timeout(Duration::from_millis(200)).build().unwrap();
    let begun = Instant::now();
    let error = send(&client, &POST_FILE, Body::from_reader(io::repeat(0))).await.unwrap_err();
    assert!(error.is_timeout() && begun.elapsed() < PATIENCE / 2, "{error}");
    assert_eq!(error.effect(), Effect::Unknown);
}

#[tokio::test]
async fn an_answer_that_comes_before_the_end_of_a_stream_is_read() {
    let address = serve(|mut peer| {
        peer.head()?;
        peer.write("HTTP/1.1 413 Content Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")?;
        peer.closed()
    });
    let client = client(address).build().unwrap();
    let error = send(&client, &POST_FILE, Body::from_reader(io::repeat(0))).await.unwrap_err();
    assert_eq!((error.status(), error.effect()), (Some(413), Effect::No), "{error}");
}

#[tokio::test]
async fn an_answer_can_be_sent_on() {
    let address = serve(|mut peer| {
        peer.head()?;
        peer.write("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nabcdef")?;
        peer.closed()
    });
    let stream = client(address).build().unwrap().send_streamed(Request::new(&GET_FILE)).await.unwrap().into_body();
    let length = stream.length().unwrap();
    let (builder, seen) = recorder(OK);
    send(&builder.build().unwrap(), &PUT_FILE, Body::from_stream(stream).with_length(length)).await.unwrap();
    let (head, body) = seen.recv_timeout(PATIENCE).unwrap();
    assert!(head.contains("content-length: 6") && body == "abcdef", "{head}");
}

#[test]
fn a_reader_ends_with_its_body() {
    struct Watched(Sender<()>);
    impl Read for Watched {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            Ok(buffer.len())
        }
    }
    impl Drop for Watched {
        fn drop(&mut self) {
            let _ = self.0.send(());
        }
    }
    let (ended, end) = channel();
    let mut body = Body::from_reader(Watched(ended));
    let mut context = Context::from_waker(std::task::Waker::noop());
    while Pin::new(&mut body).poll_next(&mut context).is_pending() {
        std::thread::yield_now();
    }
    assert!(end.recv_timeout(Duration::from_millis(50)).is_err());
    drop(body);
    end.recv_timeout(PATIENCE).unwrap();
}

#[cfg(feature = "blocking")]
#[test]
fn a_blocking_client_sends_and_reads_streams() {
    let large = "0123456789".repeat(100_000);
    let answer = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{large}", large.len());
    let address = serve(move |mut peer| {
        peer.head()?;
        peer.write(&answer)
    });
    let client = super::peer::client(address).blocking().build().unwrap();
    let mut read = String::new();
    let mut stream = client.send_streamed(Request::new(&GET_FILE)).unwrap().into_body();
    assert_eq!(stream.length(), Some(1_000_000));
    let mut start = [0; 5];
    stream.read_exact(&mut start).unwrap();
    assert_eq!(&start, b"01234");
    stream.read_to_string(&mut read).unwrap();
    assert!(large[5..] == read);
    let chunks = client.send_streamed(Request::new(&GET_FILE)).unwrap().into_body();
    let chunks = chunks.collect::<Result<Vec<_>, _>>().unwrap();
    assert!(chunks.len() > 1 && chunks.concat() == large.as_bytes());
    let mut short = client.send_streamed(Request::new(&GET_FILE)).unwrap().into_body().at_most(3);
    assert!(short.next().unwrap().unwrap_err().to_string().contains("too large"));
    assert!(short.next().is_none());

    let (builder, seen) = recorder(OK);
    let client = builder.blocking().build().unwrap();
    client.send_empty(upload(&PUT_FILE, Body::from_reader(io::Cursor::new(large.clone())))).unwrap();
    assert!(seen.recv_timeout(PATIENCE).unwrap().1 == large);
}
