//! A small HTTP server on loopback that responds from a script, valid or not.

use crate::{Client, ClientBuilder, RetryPolicy};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// The behaviour of one connection.
pub(super) enum Reply {
    /// These bytes; then the connection is closed.
    Raw(Vec<u8>),
    /// These bytes; then nothing more.
    Stall(Vec<u8>),
    /// These bytes repeatedly, until the client stops reading.
    Forever(Vec<u8>, Vec<u8>),
}

/// Serves one connection per reply, for at most ten seconds.
pub(super) struct Server {
    address: SocketAddr,
    seen: Arc<Mutex<Vec<String>>>,
    task: JoinHandle<()>,
}

impl Reply {
    /// A response with a body of the right length.
    pub(super) fn answer(head: &str, body: &str) -> Reply {
        Reply::Raw(format!("HTTP/1.1 {head}\r\nContent-Length: {}\r\n\r\n{body}", body.len()).into_bytes())
    }

    pub(super) fn raw(text: &str) -> Reply {
        Reply::Raw(text.as_bytes().to_vec())
    }
}

impl Server {
    pub(super) async fn start(replies: Vec<Reply>) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port on loopback");
        let address = listener.local_addr().expect("it is bound");
        let seen = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&seen);
        let serve = async move {
            for reply in replies {
                let (stream, _) = listener.accept().await?;
                // Some of the tests are about clients that go away.
                let _ = Server::reply(stream, reply, &log).await;
            }
            std::io::Result::Ok(())
        };
        let task = tokio::spawn(async move {
            let _ = tokio::time::timeout(Duration::from_secs(10), serve).await;
        });
        Server { address, seen, task }
    }

    async fn reply(mut stream: TcpStream, reply: Reply, log: &Mutex<Vec<String>>) -> std::io::Result<()> {
        let mut request = Vec::new();
        while !is_whole(&request) {
            if stream.read_buf(&mut request).await? == 0 {
                return Ok(());
            }
        }
        log.lock().expect("no test panics with it").push(String::from_utf8_lossy(&request).into_owned());
        match reply {
            Reply::Raw(bytes) => stream.write_all(&bytes).await,
            Reply::Stall(bytes) => {
                stream.write_all(&bytes).await?;
                // Until the client closes.
                stream.read_u8().await.map(drop)
            }
            Reply::Forever(head, bytes) => {
                stream.write_all(&head).await?;
                loop {
                    stream.write_all(&bytes).await?;
                }
            }
        }
    }

    pub(super) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The requests so far.
    pub(super) fn seen(&self) -> Vec<String> {
        self.seen.lock().expect("no test panics with it").clone()
    }

    /// A builder for a client of this server that sends each call once.
    pub(super) fn client(&self) -> ClientBuilder {
        let builder = Client::builder().api_key("k1").application_key("k2").base_url(self.url());
        builder.retry(RetryPolicy::never())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn is_whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request).to_ascii_lowercase();
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    body.len() >= length.map_or(0, |length| length.parse().expect("a length"))
}
