//! Requests as received, and responses as scripted.

use std::io::{self, BufRead, Read as _};
use std::time::Duration;

/// The limits of a request: lines of its head, and bytes of a line and of the body.
const MOST_LINES: usize = 1_000;
const MOST_LINE: u64 = 1 << 20;
const MOST_BODY: usize = 64 << 20;

/// A request as it was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The method, such as `GET`.
    pub method: String,
    /// The path, percent-encoded as it was sent.
    pub path: String,
    /// The part after the `?`, percent-encoded as it was sent.
    pub query: Option<String>,
    /// The headers with their names as sent, in the order sent.
    pub headers: Vec<(String, String)>,
    /// The body, without the framing of chunks.
    pub body: Vec<u8>,
}

/// A response to send.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    /// The delay before it is sent.
    pub(super) delay: Duration,
    /// The number of bytes of the body that are sent, if not all.
    cut_after: Option<usize>,
    chunked: bool,
    /// Replaces everything above by these bytes.
    raw: Option<Vec<u8>>,
    /// Whether the connection ends with it.
    pub(super) closes: bool,
}

impl Request {
    /// The path and the query, as they were sent.
    pub fn target(&self) -> String {
        match &self.query {
            Some(query) => format!("{}?{query}", self.path),
            None => self.path.clone(),
        }
    }

    /// Returns the decoded query: names and values in the order in which they were sent.
    ///
    /// # Panics
    /// If it is not a list of names and values in UTF-8, or a `%` is not followed by two digits.
    pub fn pairs(&self) -> Vec<(String, String)> {
        let pairs = self.query.iter().flat_map(|query| query.split('&'));
        let pairs = pairs.map(|pair| pair.split_once('=').expect("a name and a value"));
        pairs.map(|(name, value)| (unescape(name), unescape(value))).collect()
    }

    /// The value of a header, whatever the case of its name; the first one, if there are several.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The body as text.
    ///
    /// # Panics
    ///
    /// If it is not UTF-8.
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("a body in UTF-8")
    }

    /// Reads one request.
    pub(super) fn read(reader: &mut impl BufRead) -> io::Result<Self> {
        let first = line(reader)?;
        let mut parts = first.split(' ');
        let (Some(method), Some(target), Some("HTTP/1.1"), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(malformed("request line", &first));
        };
        let (path, query) = match target.split_once('?') {
            Some((path, query)) => (path, Some(query.to_owned())),
            None => (target, None),
        };
        let mut request = Self {
            method: method.to_owned(),
            path: path.to_owned(),
            query,
            headers: fields(reader)?,
            body: Vec::new(),
        };
        if request.header("transfer-encoding").is_some_and(|value| value.eq_ignore_ascii_case("chunked")) {
            request.body = chunks(reader)?;
        } else if let Some(length) = request.header("content-length") {
            let length: usize = length.parse().map_err(|_| malformed("content-length", length))?;
            append(reader, length, &mut request.body)?;
        }
        Ok(request)
    }
}

impl Answer {
    /// Creates an empty response with this status.
    pub fn new(status: u16) -> Self {
        Self { status, ..Self::default() }
    }

    /// Creates a response with a JSON body.
    pub fn json(status: u16, body: impl Into<String>) -> Self {
        Self::new(status).header("content-type", "application/json").text(body)
    }

    /// Sends these bytes unchanged, then closes the connection.
    pub fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self { raw: Some(bytes.into()), closes: true, ..Self::default() }
    }

    /// Sends no response, and closes the connection.
    pub fn none() -> Self {
        Self::raw([])
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Sets the body.
    #[must_use]
    pub fn text(self, body: impl Into<String>) -> Self {
        self.bytes(body.into())
    }

    /// Sets the body.
    #[must_use]
    pub fn bytes(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    /// Sets a delay before the response.
    #[must_use]
    pub fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// Sends only this many bytes of the body, although the whole length is announced, and closes the connection.
    #[must_use]
    pub fn cut_after(mut self, bytes: usize) -> Self {
        self.cut_after = Some(bytes);
        self.closes = true;
        self
    }

    /// Sends the body in chunks, without announcing its length.
    #[must_use]
    pub fn chunked(mut self) -> Self {
        self.chunked = true;
        self
    }

    /// Closes the connection afterwards, and announces it.
    #[must_use]
    pub fn closing(mut self) -> Self {
        self.closes = true;
        self.header("connection", "close")
    }

    /// Returns the bytes of the response to a request with this method.
    pub(super) fn to_bytes(&self, method: &str) -> Vec<u8> {
        if let Some(raw) = &self.raw {
            return raw.clone();
        }
        let mut head = format!("HTTP/1.1 {} \r\n", self.status);
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        let has_no_body = matches!(self.status, 100..=199 | 204 | 304);
        if self.chunked {
            head.push_str("transfer-encoding: chunked\r\n");
        } else if !has_no_body {
            head.push_str(&format!("content-length: {}\r\n", self.body.len()));
        }
        head.push_str("\r\n");
        let mut bytes = head.into_bytes();
        if has_no_body || method == "HEAD" {
            return bytes;
        }
        let sent = &self.body[..self.cut_after.unwrap_or(usize::MAX).min(self.body.len())];
        if self.chunked {
            for chunk in sent.chunks(1_000) {
                bytes.extend(format!("{:x}\r\n", chunk.len()).bytes());
                bytes.extend(chunk);
                bytes.extend(b"\r\n");
            }
            if self.cut_after.is_none() {
                bytes.extend(b"0\r\n\r\n");
            }
        } else {
            bytes.extend(sent);
        }
        bytes
    }
}

/// Reads the header lines up to the empty one.
fn fields(reader: &mut impl BufRead) -> io::Result<Vec<(String, String)>> {
    let mut fields = Vec::new();
    while fields.len() < MOST_LINES {
        let line = line(reader)?;
        if line.is_empty() {
            return Ok(fields);
        }
        let (name, value) = line.split_once(':').ok_or_else(|| malformed("header", &line))?;
        fields.push((name.to_owned(), value.trim().to_owned()));
    }
    Err(malformed("head", "too many headers"))
}

/// Reads a chunked body.
fn chunks(reader: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let size = line(reader)?;
        let digits = size.split(';').next().unwrap_or_default().trim();
        let size = usize::from_str_radix(digits, 16).map_err(|_| malformed("size of a chunk", &size))?;
        if size == 0 {
            fields(reader)?;
            return Ok(body);
        }
        append(reader, size, &mut body)?;
        line(reader)?;
    }
}

/// Reads this many more bytes of a body.
fn append(reader: &mut impl BufRead, number: usize, body: &mut Vec<u8>) -> io::Result<()> {
    let start = body.len();
    let end = start.checked_add(number).filter(|end| *end <= MOST_BODY).ok_or_else(|| malformed("body", "too long"))?;
    body.resize(end, 0);
    reader.read_exact(&mut body[start..])
}

/// Reads a line without its end.
fn line(reader: &mut impl BufRead) -> io::Result<String> {
    let mut bytes = Vec::new();
    reader.take(MOST_LINE).read_until(b'\n', &mut bytes)?;
    let text = String::from_utf8(bytes).map_err(|_| malformed("line", "not UTF-8"))?;
    match text.strip_suffix("\r\n") {
        Some(line) => Ok(line.to_owned()),
        None => Err(malformed("line", &text)),
    }
}

fn malformed(what: &str, text: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("malformed {what}: {text:?}"))
}

fn unescape(text: &str) -> String {
    let (mut bytes, mut rest) = (Vec::new(), text.as_bytes());
    while let [first, tail @ ..] = rest {
        rest = tail;
        match (first, tail) {
            (b'%', [high, low, after @ ..]) => {
                let digits = [*high, *low];
                let digits = std::str::from_utf8(&digits).ok().and_then(|digits| u8::from_str_radix(digits, 16).ok());
                bytes.push(digits.expect("two hex digits after a %"));
                rest = after;
            }
            _ => bytes.push(*first),
        }
    }
    String::from_utf8(bytes).expect("UTF-8")
}
