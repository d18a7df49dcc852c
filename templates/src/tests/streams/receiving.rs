//! Responses that are read as they arrive.

use super::*;
use crate::{Effect, ErrorKind, TransportErrorKind};
use std::sync::mpsc::Sender;
use std::time::Instant;

#[tokio::test]
async fn chunks_are_returned_as_they_arrive() {
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
async fn a_truncated_body_is_an_error() {
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
        assert!(error.to_string().starts_with("GetFile: 200 OK, but the response did not arrive whole ("), "{error}");
        assert!(stream.next().await.is_none());
        let error = io::Error::from(error);
        assert_eq!(error.kind(), io::ErrorKind::Other);
        assert!(error.to_string().contains("did not arrive whole"), "{error}");
    }
}

#[tokio::test]
async fn only_an_idle_stream_times_out() {
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
    assert!(error.to_string().ends_with("200 OK, but timed out (no data was transferred for 400ms)"), "{error}");
    assert_eq!(io::Error::from(error).kind(), io::ErrorKind::TimedOut);
}

#[tokio::test]
async fn a_response_that_does_not_begin_times_out() {
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
async fn a_slow_error_body_times_out() {
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
async fn no_more_than_the_limit_is_received() {
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
    assert!(error.to_string().ends_with("200 OK, but the response is too large (more than 1048576 bytes)"), "{error}");
}

#[tokio::test]
async fn dropping_a_stream_ends_the_exchange() {
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
async fn a_response_can_be_passed_on() {
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

#[tokio::test]
async fn a_stalled_error_body_times_out() {
    let address = serve(|mut peer| {
        peer.head()?;
        peer.write("HTTP/1.1 500 Internal Server Error\r\nContent-Length: 9\r\n\r\nabc")?;
        peer.closed()
    });
    let client = client(address).timeout(Duration::from_millis(200)).idle_timeout(PATIENCE).build().unwrap();
    let begun = Instant::now();
    let error = client.send_streamed(Request::new(&GET_FILE)).await.unwrap_err();
    assert!(error.is_timeout() && begun.elapsed() < PATIENCE / 2, "{error}");
    assert_eq!(error.status(), Some(500));
}

#[tokio::test]
async fn a_limit_includes_bytes_that_were_read() {
    let address = serve(|mut peer| {
        peer.head()?;
        peer.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc")?;
        std::thread::sleep(Duration::from_millis(50));
        peer.write("def")?;
        std::thread::sleep(Duration::from_millis(50));
        peer.write("ghi")
    });
    for (limit, more) in [(9, 2), (6, 1), (3, 0), (2, 0), (0, 0)] {
        let answer = client(address).build().unwrap().send_streamed(Request::new(&GET_FILE)).await.unwrap();
        let mut stream = answer.into_body();
        assert_eq!(stream.try_next().await.unwrap().unwrap(), "abc");
        let mut stream = stream.at_most(limit);
        for _ in 0..more {
            stream.try_next().await.unwrap().unwrap();
        }
        match stream.next().await {
            None => assert_eq!(limit, 9),
            Some(outcome) => {
                let error = outcome.unwrap_err();
                assert!(error.to_string().contains(&format!("more than {limit} bytes")), "{error}");
                assert_eq!(error.transport_error().unwrap().kind(), TransportErrorKind::TooLarge);
            }
        }
        assert!(stream.next().await.is_none());
    }
}
