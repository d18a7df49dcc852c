//! A peer on loopback that a test controls: what it reads and writes, and when.

use crate::{Client, ClientBuilder, RetryPolicy};
use std::io::{self, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

/// One connection.
pub(super) struct Peer {
    stream: TcpStream,
    /// The bytes that were read but not used yet.
    read: Vec<u8>,
}

/// Serves one connection after another, each by a function on a separate thread.
pub(super) fn serve(f: impl Fn(Peer) -> io::Result<()> + Clone + Send + 'static) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port on loopback");
    let address = listener.local_addr().expect("it is bound");
    thread::spawn(move || {
        while let Ok((stream, _)) = listener.accept() {
            let f = f.clone();
            stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a time limit");
            thread::spawn(move || f(Peer { stream, read: Vec::new() }));
        }
    });
    address
}

/// A builder for a client of the peer that sends each call once.
pub(super) fn client(address: SocketAddr) -> ClientBuilder {
    let builder = Client::builder().api_key("k1").application_key("k2").base_url(format!("http://{address}"));
    builder.retry(RetryPolicy::never())
}

impl Peer {
    /// The head of a request, in lower case.
    pub(super) fn head(&mut self) -> io::Result<String> {
        loop {
            if let Some(end) = self.read.windows(4).position(|bytes| bytes == b"\r\n\r\n") {
                let head = self.read.drain(..end + 4).collect::<Vec<_>>();
                return Ok(String::from_utf8_lossy(&head).to_ascii_lowercase());
            }
            self.more()?;
        }
    }

    /// Reads this many bytes of a body.
    pub(super) fn body(&mut self, length: usize) -> io::Result<Vec<u8>> {
        while self.read.len() < length {
            self.more()?;
        }
        Ok(self.read.drain(..length).collect())
    }

    /// Reads a chunked body.
    pub(super) fn chunked(&mut self) -> io::Result<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let end = loop {
                match self.read.windows(2).position(|bytes| bytes == b"\r\n") {
                    Some(end) => break end,
                    None => self.more()?,
                }
            };
            let line = self.body(end + 2)?;
            let length = usize::from_str_radix(String::from_utf8_lossy(&line).trim(), 16);
            let length = length.map_err(io::Error::other)?;
            let chunk = self.body(length + 2)?;
            if length == 0 {
                return Ok(body);
            }
            body.extend_from_slice(&chunk[..length]);
        }
    }

    pub(super) fn write(&mut self, bytes: impl AsRef<[u8]>) -> io::Result<()> {
        self.stream.write_all(bytes.as_ref())
    }

    /// Writes this many bytes.
    pub(super) fn pour(&mut self, length: u64) -> io::Result<()> {
        io::copy(&mut io::repeat(b'x').take(length), &mut self.stream).map(drop)
    }

    /// Reads this many bytes of a body.
    pub(super) fn swallow(&mut self, length: u64) -> io::Result<()> {
        let mut left = length.saturating_sub(self.read.len() as u64);
        self.read.clear();
        let mut buffer = [0; 64 << 10];
        while left > 0 {
            match self.stream.read(&mut buffer)? {
                0 => return Err(io::ErrorKind::UnexpectedEof.into()),
                count => left = left.saturating_sub(count as u64),
            }
        }
        Ok(())
    }

    /// Waits until the client closes.
    pub(super) fn closed(&mut self) -> io::Result<()> {
        loop {
            self.more()?;
        }
    }

    fn more(&mut self) -> io::Result<()> {
        let mut buffer = [0; 64 << 10];
        match self.stream.read(&mut buffer)? {
            0 => Err(io::ErrorKind::UnexpectedEof.into()),
            length => {
                self.read.extend_from_slice(&buffer[..length]);
                Ok(())
            }
        }
    }
}
