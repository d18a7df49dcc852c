//! The server that other suites use: it records what was sent, and sends what was scripted.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use tests::server::{Answer, Server};

fn connect(server: &Server) -> TcpStream {
    let stream = TcpStream::connect(server.address()).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    stream
}

/// Sends bytes on a new connection and returns all that is received.
fn exchange(server: &Server, bytes: &str) -> String {
    let mut stream = connect(server);
    stream.write_all(bytes.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

/// Whether the end of a server is a panic.
fn complains(server: Server) -> bool {
    catch_unwind(AssertUnwindSafe(|| server.finish())).is_err()
}

const GET: &str = "GET / HTTP/1.1\r\nconnection: close\r\n\r\n";

#[test]
fn records_requests_as_they_were_sent() {
    let server = Server::start([Answer::new(204), Answer::json(200, "{}").header("x-a", "b")]);
    let answer = exchange(
        &server,
        "POST /a%2Fb?page%5Bsize%5D=1&x HTTP/1.1\r\nDD-API-KEY: k\r\ncontent-length: 4\r\n\r\nbody\
         PUT /c HTTP/1.1\r\nTransfer-Encoding: chunked\r\nconnection: close\r\n\r\n3\r\nchu\r\n3;x=y\r\nnks\r\n0\r\n\r\n",
    );
    assert_eq!(
        answer,
        "HTTP/1.1 204 \r\n\r\n\
         HTTP/1.1 200 \r\ncontent-type: application/json\r\nx-a: b\r\ncontent-length: 2\r\n\r\n{}"
    );
    let requests = server.finish();
    let [first, second] = &requests[..] else { panic!("{requests:#?}") };
    assert_eq!((first.method.as_str(), first.path.as_str()), ("POST", "/a%2Fb"));
    assert_eq!(first.query.as_deref(), Some("page%5Bsize%5D=1&x"));
    assert_eq!(first.target(), "/a%2Fb?page%5Bsize%5D=1&x");
    assert_eq!((first.header("dd-api-key"), first.headers[0].0.as_str()), (Some("k"), "DD-API-KEY"));
    assert_eq!((first.text(), second.text()), ("body", "chunks"));
    assert_eq!(second.query, None);
}

#[test]
fn responses_need_not_be_valid() {
    let server = Server::start([
        Answer::new(200).text("12345").cut_after(2),
        Answer::new(200).text("x".repeat(1_001)).chunked().closing(),
        Answer::none(),
        Answer::raw("nonsense"),
    ]);
    assert_eq!(exchange(&server, GET), "HTTP/1.1 200 \r\ncontent-length: 5\r\n\r\n12");
    let chunked = exchange(&server, GET);
    assert!(chunked.contains("\r\n\r\n3e8\r\nxxx") && chunked.ends_with("x\r\n1\r\nx\r\n0\r\n\r\n"), "{chunked}");
    assert_eq!(exchange(&server, GET), "");
    assert_eq!(exchange(&server, GET), "nonsense");
    assert_eq!(server.finish().len(), 4);
}

#[test]
fn a_function_can_respond() {
    let server = Server::answering(|request| Answer::new(200).text(request.path.clone()));
    assert!(exchange(&server, "GET /echo HTTP/1.1\r\nconnection: close\r\n\r\n").ends_with("\r\n\r\n/echo"));
    assert!(exchange(&server, "HEAD /echo HTTP/1.1\r\nconnection: close\r\n\r\n").ends_with("length: 5\r\n\r\n"));
    assert_eq!(server.wait_for(2).len(), 2);
    assert_eq!(server.requests().len(), 2);
}

#[test]
fn an_unused_response_is_a_fault() {
    assert!(complains(Server::start([Answer::new(200)])));
    assert!(!complains(Server::start([])));
}

#[test]
fn a_request_beyond_the_script_is_a_fault() {
    let server = Server::start([]);
    assert!(exchange(&server, GET).starts_with("HTTP/1.1 599 "));
    assert!(complains(server));
}

#[test]
fn other_protocols_are_a_fault() {
    for bytes in ["hello\r\n\r\n", "GET / HTTP/1.0\r\n\r\n", "GET / HTTP/1.1\r\ncontent-length: x\r\n\r\n"] {
        let server = Server::answering(|_| Answer::new(200));
        assert_eq!(exchange(&server, bytes), "");
        assert!(complains(server), "{bytes}");
    }
}

#[test]
fn stopping_does_not_wait_for_idle_clients_or_late_responses() {
    let started = Instant::now();
    let server = Server::start([Answer::new(200), Answer::new(200).after(Duration::from_secs(50))]);
    let _idle = connect(&server);
    let mut waiting = connect(&server);
    for number in 1..=2 {
        waiting.write_all(b"GET / HTTP/1.1\r\n\r\n").unwrap();
        server.wait_for(number);
    }
    drop(server);
    assert!(started.elapsed() < Duration::from_secs(5));
}
