//! Where the items of a body begin and end.

use bytes::{Buf as _, Bytes, BytesMut};
use std::time::Duration;

/// A body that is cut into items as it comes.
pub(crate) trait Framing: Default {
    /// An item whose data was read.
    type Item<T>;
    /// An item as it came.
    type Frame;

    /// Takes what has come.
    fn push(&mut self, bytes: &[u8]);

    /// The next item of what has come. At the end, what is left is one.
    fn next(&mut self, is_end: bool) -> Option<Self::Frame>;

    /// How many bytes are held of an item that is not whole.
    fn held(&self) -> usize;

    /// What is to be read, and whether it is whole.
    fn data(frame: &Self::Frame) -> (&Bytes, bool);

    /// The item, now that it was read.
    fn item<T>(frame: Self::Frame, data: T) -> Self::Item<T>;
}

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Lines of JSON (NDJSON, JSON Lines), and JSON texts behind record separators (RFC 7464), which may hold line breaks: the
/// first byte tells which it is, for JSON cannot begin with a separator.
#[derive(Default)]
pub(crate) struct LineFraming {
    buffer: Buffer,
    in_records: bool,
}

const RECORD: u8 = 0x1e;

impl Framing for LineFraming {
    type Item<T> = T;
    type Frame = Bytes;

    fn push(&mut self, bytes: &[u8]) {
        self.buffer.push(bytes);
    }

    fn next(&mut self, is_end: bool) -> Option<Bytes> {
        if !self.buffer.begin(is_end) {
            return None;
        }
        self.in_records |= self.buffer.first() == Some(RECORD);
        let separator = if self.in_records { RECORD } else { b'\n' };
        loop {
            let line = self.buffer.until(|byte| byte == separator, is_end)?;
            let item = line.slice_ref(line.trim_ascii());
            if !item.is_empty() {
                return Some(item);
            }
        }
    }

    fn held(&self) -> usize {
        self.buffer.bytes.len()
    }

    fn data(frame: &Bytes) -> (&Bytes, bool) {
        (frame, true)
    }

    fn item<T>(_: Bytes, data: T) -> T {
        data
    }
}

/// The event stream format of the HTML standard, `text/event-stream`.
#[derive(Default)]
pub(crate) struct EventFraming {
    buffer: Buffer,
    /// The last line ended with a carriage return, to which a line feed may belong.
    after_return: bool,
    event: String,
    data: Vec<u8>,
    has_data: bool,
    other: Vec<(String, String)>,
    /// How long the fields of the event are so far.
    length: usize,
    /// What the server says, for the event under way.
    delay: Option<Duration>,
    /// The id that the event under way has, unless it says another.
    id: String,
    pub(super) last_id: String,
    /// How long to wait before a client connects again, as the server said last.
    pub(super) retry: Option<Duration>,
}

/// An event as it came.
pub(crate) struct EventFrame {
    id: String,
    event: String,
    data: Bytes,
    retry: Option<Duration>,
    other: Vec<(String, String)>,
    is_whole: bool,
}

/// An item of a `text/event-stream`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event<T> {
    /// The id of the last event that had one, this one included; empty if none had. It goes into the header
    /// `Last-Event-ID` of a request that is to go on from here.
    pub id: String,
    /// The type of the event: `message`, unless the server says otherwise.
    pub event: String,
    /// What it holds.
    pub data: T,
    /// How long the server asks to wait before connecting again, if it says so in this event.
    pub retry: Option<Duration>,
    /// Fields that the standard does not know, which it asks to ignore.
    pub other: Vec<(String, String)>,
}

impl Framing for EventFraming {
    type Item<T> = Event<T>;
    type Frame = EventFrame;

    fn push(&mut self, bytes: &[u8]) {
        self.buffer.push(bytes);
    }

    fn next(&mut self, is_end: bool) -> Option<EventFrame> {
        if !self.buffer.begin(is_end) {
            return None;
        }
        loop {
            if self.after_return
                && let Some(first) = self.buffer.first()
            {
                self.after_return = false;
                if first == b'\n' {
                    self.buffer.skip(1);
                }
            }
            let Some(line) = self.buffer.until(|byte| matches!(byte, b'\n' | b'\r'), is_end) else {
                // The standard drops an event without an empty line behind it. Here it is an error, lest it get lost.
                return if is_end && self.has_data { self.finish(false) } else { None };
            };
            self.after_return = self.buffer.ended_by == Some(b'\r');
            if !line.is_empty() {
                self.field(&line);
            } else if let Some(frame) = self.finish(true) {
                return Some(frame);
            }
        }
    }

    fn held(&self) -> usize {
        self.buffer.bytes.len() + self.length
    }

    fn data(frame: &EventFrame) -> (&Bytes, bool) {
        (&frame.data, frame.is_whole)
    }

    fn item<T>(frame: EventFrame, data: T) -> Event<T> {
        let EventFrame { id, event, data: _, retry, other, is_whole: _ } = frame;
        Event { id, event, data, retry, other }
    }
}

impl EventFraming {
    fn field(&mut self, line: &[u8]) {
        let line = String::from_utf8_lossy(line);
        let (name, value) = line.split_once(':').unwrap_or((&*line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match name {
            // A comment.
            "" if line.starts_with(':') => return,
            "event" => value.clone_into(&mut self.event),
            "data" => {
                self.data.extend_from_slice(value.as_bytes());
                self.data.push(b'\n');
                self.has_data = true;
            }
            "id" if !value.contains('\0') => value.clone_into(&mut self.id),
            "id" => {}
            "retry" => {
                let is_number = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
                if let (true, Ok(millis)) = (is_number, value.parse()) {
                    self.delay = Some(Duration::from_millis(millis));
                    self.retry = self.delay;
                }
            }
            _ => self.other.push((name.to_owned(), value.to_owned())),
        }
        self.length += line.len() + 1;
    }

    /// The event that ends here, if it has data: others mean nothing by themselves.
    fn finish(&mut self, is_whole: bool) -> Option<EventFrame> {
        self.length = 0;
        let (mut event, mut data) = (std::mem::take(&mut self.event), std::mem::take(&mut self.data));
        let (other, retry) = (std::mem::take(&mut self.other), self.delay.take());
        if is_whole {
            self.id.clone_into(&mut self.last_id);
        }
        if !std::mem::take(&mut self.has_data) {
            return None;
        }
        data.pop();
        if event.is_empty() {
            event.push_str("message");
        }
        Some(EventFrame { id: self.id.clone(), event, data: data.into(), retry, other, is_whole })
    }
}

/// What has come and was not taken.
#[derive(Default)]
struct Buffer {
    bytes: BytesMut,
    /// So many bytes hold no end of a line.
    searched: usize,
    begun: bool,
    /// What ended the last line.
    ended_by: Option<u8>,
}

impl Buffer {
    fn push(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    fn first(&self) -> Option<u8> {
        self.bytes.first().copied()
    }

    fn skip(&mut self, count: usize) {
        self.bytes.advance(count.min(self.bytes.len()));
        self.searched = 0;
    }

    /// Passes over a byte order mark, once it is there or cannot come.
    fn begin(&mut self, is_end: bool) -> bool {
        if !self.begun {
            let may_come = self.bytes.len() < BYTE_ORDER_MARK.len() && BYTE_ORDER_MARK.starts_with(&self.bytes);
            if may_come && !is_end {
                return false;
            }
            if self.bytes.starts_with(BYTE_ORDER_MARK) {
                self.skip(BYTE_ORDER_MARK.len());
            }
            self.begun = true;
        }
        true
    }

    /// What stands before the next such byte; at the end, what is left.
    fn until(&mut self, is_end_of_line: impl Fn(u8) -> bool, is_end: bool) -> Option<Bytes> {
        let new = self.bytes.get(self.searched..).unwrap_or_default();
        let Some(place) = new.iter().position(|byte| is_end_of_line(*byte)) else {
            self.searched = self.bytes.len();
            self.ended_by = None;
            return (is_end && !self.bytes.is_empty()).then(|| {
                self.searched = 0;
                self.bytes.split().freeze()
            });
        };
        let mut line = self.bytes.split_to(self.searched + place + 1).freeze();
        self.searched = 0;
        self.ended_by = line.last().copied();
        line.truncate(line.len() - 1);
        Some(line)
    }
}
