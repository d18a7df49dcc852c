//! Multipart bodies, some of whose parts are streams.

use super::double::{Double, answer};
use super::peer::{client, serve};
use crate::{Body, Effect, ErrorKind, FilePart, Operation, Request, RetryPolicy};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, header};
use std::io::{self, Read};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

static PUT_FORM: Operation = Operation::new("PutForm", Method::PUT, "/form", true);

const PATIENCE: Duration = Duration::from_secs(10);

fn form(files: &[FilePart]) -> Request {
    let form = crate::runtime::client::multipart::PartForm::TEXT;
    let request = Request::new(&PUT_FORM).multipart().part_as(form, "name", Some(&"a".to_owned()));
    let request = files.iter().fold(request, |request, file| request.file("image/png", "file", Some(file)));
    request.part_as(form, "last", Some(&"z".to_owned()))
}

/// A peer that keeps each request and responds with a status.
fn recorder(status: &'static str) -> (crate::ClientBuilder, Receiver<(String, String)>) {
    let (report, seen) = channel();
    let report = Arc::new(Mutex::new(report));
    let address = serve(move |mut peer| {
        loop {
            let head = peer.head()?;
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            let body = match length {
                Some(length) => peer.body(length.parse().expect("a length"))?,
                None => peer.chunked()?,
            };
            let body = String::from_utf8_lossy(&body).into_owned();
            report.lock().expect("no test panics with it").send((head, body)).expect("the test goes on");
            peer.write(format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n"))?;
        }
    });
    (client(address), seen)
}

/// The body with another boundary.
fn expected(boundary: &str, files: &[(&str, &str)]) -> String {
    let mut body = format!("--{boundary}\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\na\r\n");
    for (name, content) in files {
        body += &format!("--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n");
        body += &format!("Content-Type: image/png\r\n\r\n{content}\r\n");
    }
    body + &format!("--{boundary}\r\nContent-Disposition: form-data; name=\"last\"\r\n\r\nz\r\n--{boundary}--\r\n")
}

#[tokio::test]
async fn parts_are_sent_from_memory_and_from_streams() {
    let (builder, seen) = recorder("204 No Content");
    let client = builder.build().unwrap();
    let stream = || Body::from_reader(io::repeat(b'x').take(200_000));
    let large = "x".repeat(200_000);
    for (files, content, framing) in [
        (vec![], vec![], "content-length"),
        (vec![FilePart::from("PNG")], vec![("file", "PNG")], "content-length"),
        (
            vec![FilePart::new(stream()).file_name("x.png")],
            vec![("x.png", large.as_str())],
            "transfer-encoding: chunked",
        ),
        (
            vec![
                stream().with_length(200_000).into(),
                "PNG".into(),
                FilePart::new(Body::from_reader(&b""[..]).with_length(0)),
            ],
            vec![("file", large.as_str()), ("file", "PNG"), ("file", "")],
            "content-length",
        ),
    ] {
        client.send_empty(form(&files)).await.unwrap();
        let (head, body) = seen.recv_timeout(PATIENCE).unwrap();
        let (_, boundary) = head.split_once("content-type: multipart/form-data; boundary=").expect("a media type");
        let boundary = boundary.lines().next().expect("a line");
        assert!(head.contains(framing), "{head}");
        assert!(body == expected(boundary, &content), "{}", &body[..body.len().min(1000)]);
    }
}

#[tokio::test]
async fn only_parts_in_memory_are_retried() {
    let eager = RetryPolicy::default().backoff(Duration::ZERO, Duration::ZERO);
    let (builder, seen) = recorder("503 Service Unavailable");
    let client = builder.retry(eager).build().unwrap();
    let error = client.send_empty(form(&["PNG".into()])).await.unwrap_err();
    assert_eq!((error.attempts(), seen.try_iter().count()), (4, 4));
    let files = [FilePart::new(Body::from_reader(&b"PNG"[..])), "PNG".into()];
    let error = client.send_empty(form(&files)).await.unwrap_err();
    assert_eq!((error.attempts(), error.effect(), seen.try_iter().count()), (1, Effect::Unknown, 1));
    assert!(error.to_string().contains("not sent again, because its stream was already read from"), "{error}");
    let error = client.send_empty(form(&files)).await.unwrap_err();
    assert_eq!((error.kind(), error.argument()), (ErrorKind::Request, Some("file")));
    assert!(error.to_string().contains("only a body in memory can be sent again"), "{error}");
}

#[tokio::test]
async fn a_part_that_fails_is_an_error_of_the_request() {
    let (builder, _seen) = recorder("204 No Content");
    let client = builder.build().unwrap();
    let short = FilePart::new(Body::from_reader(&b"PNG"[..]).with_length(4));
    let error = client.send_empty(form(&[short])).await.unwrap_err();
    assert!(error.to_string().contains("the stream has 3 bytes, not the 4 that were announced"), "{error}");
}

#[tokio::test]
async fn the_media_type_does_not_depend_on_the_order() {
    let sent = async |request: Request| {
        let (double, client) = Double::with(Ok(answer(204, &[], "")));
        client.send_empty(request).await.map(|_| double.seen()[0].0.headers().get(header::CONTENT_TYPE).cloned())
    };
    let put = || Request::new(&PUT_FORM);
    let patch = Some(HeaderValue::from_static("application/merge-patch+json"));
    assert_eq!(sent(put().json(&1).content_type("application/merge-patch+json")).await.unwrap(), patch);
    assert_eq!(sent(put().content_type("application/merge-patch+json").json(&1)).await.unwrap(), patch);
    assert_eq!(sent(put().content_type("application/merge-patch+json")).await.unwrap(), None);
    // The media type of a multipart body contains the boundary.
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("multipart/form-data; boundary=x"));
    for request in [form(&[]).content_type("multipart/form-data"), form(&[]).headers(&headers)] {
        let error = sent(request).await.unwrap_err();
        assert_eq!((error.kind(), error.argument()), (ErrorKind::Request, Some("content-type")), "{error}");
    }
}

#[test]
fn a_request_prints_no_more_of_its_body_than_its_length() {
    let secret = Bytes::from_static(b"a-secret");
    let parts = form(&[FilePart::new(secret.clone()), Body::from_reader(&b"a-secret"[..]).into()]);
    let bytes = Request::new(&PUT_FORM).bytes("text/plain", Some(&secret));
    let json = Request::new(&PUT_FORM).json("a-secret");
    for request in [parts, bytes, json] {
        let printed = format!("{request:?}");
        assert!(!printed.contains("secret") && !printed.contains("115"), "{printed}");
        assert!(printed.contains("length: Some("), "{printed}");
    }
    assert_eq!(
        format!("{:?}", FilePart::new(secret).file_name("a")),
        "FilePart { file_name: Some(\"a\"), media_type: None, is_text: false, content: Body { length: Some(8), .. } }"
    );
}
