//! A server on loopback that treats each attempt of each call as its numbers determine.

use std::collections::BTreeMap;
use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

use crate::faults::Fault;

/// The header with a call's number.
pub(crate) const CALL: &str = "x-call";

/// The maximum lifetime of a connection.
const PATIENCE: Duration = Duration::from_secs(30);

const SPACES: usize = 64 << 20;

/// A running server; it ends when dropped.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

struct Shared {
    /// Selects the fault of a call's attempt.
    choose: Box<dyn Fn(u64, u64) -> Fault + Send + Sync>,
    /// Returns the body of a good response to a request line.
    good: fn(&str) -> (u16, String),
    /// The target of redirects.
    elsewhere: SocketAddr,
    seen: Mutex<BTreeMap<u64, Vec<Fault>>>,
    spaces: Vec<u8>,
}

impl Server {
    pub(crate) async fn start(
        elsewhere: SocketAddr,
        good: fn(&str) -> (u16, String),
        choose: impl Fn(u64, u64) -> Fault + Send + Sync + 'static,
    ) -> io::Result<Server> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let seen = Mutex::default();
        let shared = Arc::new(Shared { choose: Box::new(choose), good, elsewhere, seen, spaces: vec![b' '; 64 << 10] });
        let task = tokio::spawn({
            let shared = Arc::clone(&shared);
            async move {
                let mut connections = JoinSet::new();
                while let Ok((stream, _)) = listener.accept().await {
                    let shared = Arc::clone(&shared);
                    // Connections break here on purpose.
                    connections.spawn(async move {
                        let _ = tokio::time::timeout(PATIENCE, shared.serve(stream)).await;
                    });
                    while connections.try_join_next().is_some() {}
                }
            }
        });
        Ok(Server { address, shared, task })
    }

    /// The faults that the received attempts of each call met.
    pub(crate) fn seen(&self) -> BTreeMap<u64, Vec<Fault>> {
        self.shared.seen.lock().expect("nothing panics with it").clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// What to do with a connection after a response.
enum Then {
    Keep,
    Close,
    Reset,
    /// Nothing, until the client disconnects.
    Stall,
    /// Send this many more spaces.
    Spaces(usize),
}

impl Shared {
    async fn serve(&self, mut stream: TcpStream) -> io::Result<()> {
        stream.set_nodelay(true)?;
        loop {
            let Some(head) = peek(&stream).await? else { return Ok(()) };
            let field = |name: &str| head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
            let call = field(CALL).and_then(|number| number.parse().ok()).expect("every call has a number");
            let fault = {
                let mut seen = self.seen.lock().expect("nothing panics with it");
                let attempts: &mut Vec<Fault> = seen.entry(call).or_default();
                let fault = (self.choose)(call, attempts.len() as u64);
                attempts.push(fault);
                fault
            };
            if fault == Fault::ResetUnread {
                return stream.set_zero_linger();
            }
            let length = field("content-length").map_or(0, |length| length.parse().expect("a length"));
            let mut request = vec![0; head.len() + length];
            stream.read_exact(&mut request).await?;

            let (pieces, then) = self.answer(fault, &head);
            for (index, piece) in pieces.iter().enumerate() {
                if index > 0 {
                    tokio::time::sleep(Duration::from_millis(1)).await;
                }
                stream.write_all(piece).await?;
            }
            match then {
                Then::Keep => {}
                Then::Close => return Ok(()),
                Then::Reset => return stream.set_zero_linger(),
                Then::Stall => return stream.read_u8().await.map(drop),
                Then::Spaces(number) => {
                    for _ in 0..number / self.spaces.len() {
                        stream.write_all(&self.spaces).await?;
                    }
                    return Ok(());
                }
            }
        }
    }

    /// Returns the response, in pieces with a pause between them.
    fn answer(&self, fault: Fault, head: &str) -> (Vec<Vec<u8>>, Then) {
        let (status, body) = (self.good)(head.lines().next().unwrap_or_default());
        let words = r#"{"errors": ["words of the server"]}"#;
        let good = whole(status, "Content-Type: application/json\r\n", body.as_bytes());
        let limited = |headers: &str| whole(429, headers, words.as_bytes());
        let ok = |headers: &str, body: &[u8]| whole(200, headers, body);
        let raw = |text: &str| text.as_bytes().to_vec();
        let (pieces, then): (Vec<Vec<u8>>, Then) = match fault {
            Fault::Good => (vec![good], Then::Keep),
            Fault::GoodThenClosed => (vec![good], Then::Close),
            Fault::GoodInPieces => (good.chunks(good.len() / 8 + 1).map(<[u8]>::to_vec).collect(), Then::Keep),
            Fault::GoodInChunks => (vec![chunked(status, body.as_bytes(), "0\r\n\r\n")], Then::Keep),
            Fault::GoodAfterHints => {
                let hints = "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n";
                (vec![raw(hints), good], Then::Keep)
            }
            Fault::GoodWithHeadersTwice => {
                let twice = "Content-Type: text/html\r\nContent-Type: application/json\r\nRetry-After: 1\r\n\
                             Retry-After: 2\r\nX-RateLimit-Reset: 5\r\nX-RateLimit-Reset: x\r\n";
                (vec![whole(status, twice, body.as_bytes())], Then::Keep)
            }
            Fault::LimitedUntilNow => (vec![limited("X-RateLimit-Reset: 0\r\n")], Then::Keep),
            Fault::LimitedForZeroSeconds => (vec![limited("Retry-After: 0\r\nRetry-After: 9\r\n")], Then::Keep),
            Fault::LimitedUntilYesterday => {
                (vec![limited("Retry-After: Sun, 06 Nov 1994 08:49:37 GMT\r\n")], Then::Keep)
            }
            Fault::LimitedForAnHour => (vec![limited("X-RateLimit-Reset: 3600\r\n")], Then::Keep),
            Fault::Limited => (vec![limited("")], Then::Keep),
            Fault::BadRequest => (vec![whole(400, "", br#"{"errors": [{"title": "Bad"}]}"#)], Then::Keep),
            Fault::Forbidden => (vec![whole(403, "", words.as_bytes())], Then::Close),
            Fault::NotFound => (vec![whole(404, "", b"")], Then::Keep),
            Fault::InternalError => (vec![whole(500, "", words.as_bytes())], Then::Keep),
            Fault::BadGatewayInHtml => (vec![whole(502, "Content-Type: text/html\r\n", b"<html>Bad")], Then::Close),
            Fault::Unavailable => (vec![whole(503, "Retry-After: 0\r\n", b"")], Then::Keep),
            Fault::NotImplemented => (vec![whole(501, "", b"no")], Then::Keep),
            Fault::ResetUnread | Fault::ResetRead => (Vec::new(), Then::Reset),
            Fault::Closed => (Vec::new(), Then::Close),
            Fault::NotHttp => (vec![raw("220 mail.example ESMTP\r\n\r\n")], Then::Close),
            Fault::HalfAHead => (vec![raw("HTTP/1.1 200 OK\r\nContent-Le")], Then::Close),
            Fault::HugeHead => {
                let header = format!("X-Long: {}\r\n", "x".repeat(2 << 20));
                (vec![ok(&header, body.as_bytes())], Then::Close)
            }
            Fault::TwoLengths => (vec![ok("Content-Length: 7\r\n", body.as_bytes())], Then::Close),
            Fault::HalfABody => (vec![good[..good.len() - 5].to_vec()], Then::Close),
            Fault::HalfAChunk => (vec![chunked(200, body.as_bytes(), "50\r\n{")], Then::Reset),
            Fault::NoChunk => (vec![chunked(200, body.as_bytes(), "one more\r\n")], Then::Close),
            Fault::Stalled => (Vec::new(), Then::Stall),
            Fault::StalledInBody => (vec![good[..good.len() - 5].to_vec()], Then::Stall),
            Fault::Spaces => (vec![raw("HTTP/1.1 200 OK\r\n\r\n")], Then::Spaces(SPACES)),
            Fault::AnnouncedSpaces => {
                let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {SPACES}\r\n\r\n");
                (vec![head.into_bytes()], Then::Spaces(SPACES))
            }
            Fault::Redirect => {
                let location = format!("Location: http://{}/api/v2/org_groups\r\n", self.elsewhere);
                (vec![whole(307, &location, b"")], Then::Keep)
            }
            Fault::Html => (vec![ok("Content-Type: text/html\r\n", b"<!doctype html><p>Sign in")], Then::Keep),
            Fault::InvalidJson => (vec![ok("", b"{data: 1}")], Then::Keep),
            Fault::CutJson => (vec![ok("", b"{\"data\": [")], Then::Keep),
            Fault::Empty => (vec![ok("", b"")], Then::Keep),
            Fault::NotUtf8 => (vec![ok("", b"{\"data\": \"\xff\"}")], Then::Keep),
            Fault::OtherJson => (vec![ok("", b"{\"data\": 5}")], Then::Keep),
            Fault::Gzip => (vec![ok("Content-Encoding: gzip\r\n", b"\x1f\x8b\x08\0\0\0\0\0")], Then::Keep),
        };
        (pieces, then)
    }
}

/// Returns a response whose body has the announced length.
fn whole(status: u16, headers: &str, body: &[u8]) -> Vec<u8> {
    let length = if status == 204 { String::new() } else { format!("Content-Length: {}\r\n", body.len()) };
    let mut bytes = format!("HTTP/1.1 {status} X\r\n{headers}{length}\r\n").into_bytes();
    bytes.extend(body);
    bytes
}

fn chunked(status: u16, body: &[u8], end: &str) -> Vec<u8> {
    if status == 204 {
        return whole(status, "", b"");
    }
    let mut bytes = format!("HTTP/1.1 {status} X\r\nTransfer-Encoding: chunked\r\n\r\n").into_bytes();
    for chunk in body.chunks(100) {
        bytes.extend(format!("{:x}\r\n", chunk.len()).bytes());
        bytes.extend(chunk);
        bytes.extend(b"\r\n");
    }
    bytes.extend(end.bytes());
    bytes
}

/// Returns the head of the next request, without consuming it; `None` if there is none.
async fn peek(stream: &TcpStream) -> io::Result<Option<String>> {
    let mut bytes = vec![0; 16 << 10];
    loop {
        let number = stream.peek(&mut bytes).await?;
        let text = String::from_utf8_lossy(&bytes[..number]);
        if let Some(end) = text.find("\r\n\r\n") {
            return Ok(Some(text[..end + 4].to_ascii_lowercase()));
        }
        if number == 0 || number == bytes.len() {
            return Ok(None);
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

/// A listener that should never be connected to, and the number of its connections.
pub(crate) struct Elsewhere {
    pub(crate) address: SocketAddr,
    count: Arc<AtomicUsize>,
    task: JoinHandle<()>,
}

impl Elsewhere {
    pub(crate) async fn start() -> io::Result<Elsewhere> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let count = Arc::new(AtomicUsize::new(0));
        let task = tokio::spawn({
            let count = Arc::clone(&count);
            async move {
                while listener.accept().await.is_ok() {
                    count.fetch_add(1, Ordering::Relaxed);
                }
            }
        });
        Ok(Elsewhere { address, count, task })
    }

    pub(crate) fn connections(&self) -> usize {
        self.count.load(Ordering::Relaxed)
    }
}

impl Drop for Elsewhere {
    fn drop(&mut self) {
        self.task.abort();
    }
}
