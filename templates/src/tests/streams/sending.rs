//! Requests whose body is a stream: the bytes that are sent, and retries.

use super::*;
use crate::{Effect, ErrorKind};
use std::io::Read;
use std::time::Instant;

/// A reader that returns the bytes that it is sent.
struct Fed(Receiver<Vec<u8>>);

impl Read for Fed {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Ok(bytes) = self.0.recv() else { return Ok(0) };
        buffer[..bytes.len()].copy_from_slice(&bytes);
        Ok(bytes.len())
    }
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
    // From memory, with a streamed response.
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
async fn a_stream_is_not_retried() {
    let (builder, seen) = recorder("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");
    let client = builder.retry(eager()).build().unwrap();
    let body = Body::from_stream(chunks(&["abc"]));
    let error = send(&client, &PUT_FILE, body.clone()).await.unwrap_err();
    assert_eq!((error.attempts(), error.effect()), (1, Effect::Unknown));
    let line = error.to_string();
    assert!(
        line.contains("503 Service Unavailable; not sent again, because its stream was already read from"),
        "{line}"
    );
    assert_eq!(seen.try_iter().count(), 1);
    // Nor by another call.
    let error = send(&client, &PUT_FILE, body).await.unwrap_err();
    assert_eq!((error.kind(), error.argument()), (ErrorKind::Request, Some("body")));
    assert!(error.to_string().contains("only a body in memory can be sent again"), "{error}");
    assert_eq!(seen.try_iter().count(), 0);
    // From memory, it is retried.
    let error = send(&client, &PUT_FILE, "abc").await.unwrap_err();
    assert_eq!((error.attempts(), seen.try_iter().count()), (4, 4));
    assert!(!error.to_string().contains("not sent again"), "{error}");
}

#[tokio::test]
async fn an_unread_stream_is_retried() {
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
async fn only_the_server_is_subject_to_the_idle_timeout() {
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
    let client = crate::tests::peer::client(address).idle_timeout(Duration::from_millis(200)).build().unwrap();
    let begun = Instant::now();
    let error = send(&client, &POST_FILE, Body::from_reader(io::repeat(0))).await.unwrap_err();
    assert!(error.is_timeout() && begun.elapsed() < PATIENCE / 2, "{error}");
    assert_eq!(error.effect(), Effect::Unknown);
}

#[tokio::test]
async fn an_early_response_is_read() {
    let address = serve(|mut peer| {
        peer.head()?;
        peer.write("HTTP/1.1 413 Content Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")?;
        peer.closed()
    });
    let client = client(address).build().unwrap();
    let error = send(&client, &POST_FILE, Body::from_reader(io::repeat(0))).await.unwrap_err();
    assert_eq!((error.status(), error.effect()), (Some(413), Effect::No), "{error}");
}
