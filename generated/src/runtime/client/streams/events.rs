//! The events of a `text/event-stream`.

use super::framing::{Buffer, Framing};
use bytes::Bytes;
use std::time::Duration;

/// The event stream format of the HTML standard, `text/event-stream`.
#[derive(Default)]
pub(crate) struct EventFraming {
    buffer: Buffer,
    /// The last line ended with a carriage return, so a following line feed belongs to the same line end.
    after_return: bool,
    /// The current line is a comment, which is not kept.
    in_comment: bool,
    event: String,
    data: Vec<u8>,
    has_data: bool,
    other: Vec<(String, String)>,
    /// The length of the fields of the event so far.
    length: usize,
    /// The delay that the server sets in the current event.
    delay: Option<Duration>,
    /// The id of the current event, if it has one.
    id: Option<String>,
    pub(super) last_id: String,
    /// The last delay that the server set for a new connection.
    pub(super) retry: Option<Duration>,
}

/// The maximum length of an id: a request that resumes from there must send it in a header.
const MAX_ID: usize = 8 << 10;

/// The size that an unknown field counts in addition to its text, so that many short fields cannot take much more
/// memory than they have bytes.
const FIELD: usize = 128;

/// The end of a stream of events, by a widespread convention for JSON data.
const DONE: &[u8] = b"[DONE]";

/// An event before its data is read.
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
    /// The id of the last event with an id, including this one; empty if there was none. A request that resumes from
    /// here has it in the header `Last-Event-ID`. An id that contains a NUL or is longer than 8 KiB is ignored, and is
    /// among the [other](Event::other) fields.
    pub id: String,
    /// The type of the event; `message` by default.
    pub event: String,
    /// The data of the event.
    pub data: T,
    /// The delay before a new connection, if the server sets it in this event.
    pub retry: Option<Duration>,
    /// Unknown fields, which the standard ignores.
    pub other: Vec<(String, String)>,
}

impl Framing for EventFraming {
    type Item<T> = Event<T>;
    type Frame = EventFrame;

    #[inline]
    fn push(&mut self, bytes: &[u8]) {
        self.buffer.push(bytes);
    }

    #[inline]
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
            self.in_comment |= self.buffer.first() == Some(b':');
            if self.in_comment && self.buffer.pass(is_line_end) {
                self.in_comment = false;
                self.after_return = self.buffer.ended_by == Some(b'\r');
                continue;
            }
            let Some(line) = self.buffer.until(is_line_end, is_end) else {
                // The standard drops an event without an empty line after it. Here it is an error, so that it is not
                // lost.
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

    #[inline]
    fn held(&self) -> usize {
        self.buffer.len().saturating_add(self.length)
    }

    #[inline]
    fn data(frame: &EventFrame) -> (&Bytes, bool) {
        (&frame.data, frame.is_whole)
    }

    #[inline]
    fn is_farewell(data: &[u8]) -> bool {
        data.trim_ascii() == DONE
    }

    fn item<T>(frame: EventFrame, data: T) -> Event<T> {
        let EventFrame { id, event, data: _, retry, other, is_whole: _ } = frame;
        Event { id, event, data, retry, other }
    }
}

impl EventFraming {
    #[inline]
    fn field(&mut self, line: &[u8]) {
        let colon = line.iter().position(|byte| *byte == b':');
        let (name, value) = colon.and_then(|colon| line.split_at_checked(colon)).unwrap_or((line, b""));
        let value = value.strip_prefix(b":").unwrap_or(value);
        let value = value.strip_prefix(b" ").unwrap_or(value);
        let text = || String::from_utf8_lossy(value).into_owned();
        let mut length = line.len() + 1;
        match name {
            b"event" => self.event = text(),
            b"data" => {
                let before = self.data.len();
                for chunk in value.utf8_chunks() {
                    self.data.extend_from_slice(chunk.valid().as_bytes());
                    if !chunk.invalid().is_empty() {
                        self.data.extend_from_slice("\u{fffd}".as_bytes());
                    }
                }
                self.data.push(b'\n');
                self.has_data = true;
                length = self.data.len() - before;
            }
            b"id" if value.len() <= MAX_ID && !value.contains(&0) => self.id = Some(text()),
            b"retry" => {
                let number = str::from_utf8(value).ok().filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
                if let Some(millis) = number.and_then(|number| number.parse().ok()) {
                    self.delay = Some(Duration::from_millis(millis));
                    self.retry = self.delay;
                }
            }
            _ => {
                self.other.push((String::from_utf8_lossy(name).into_owned(), text()));
                length += FIELD;
            }
        }
        self.length = self.length.saturating_add(length);
    }

    /// Returns the event that ends here, if it has data: an event without data has no meaning.
    #[inline]
    fn finish(&mut self, is_whole: bool) -> Option<EventFrame> {
        self.length = 0;
        let (mut event, mut data) = (std::mem::take(&mut self.event), std::mem::take(&mut self.data));
        let (other, retry) = (std::mem::take(&mut self.other), self.delay.take());
        let own = self.id.take();
        if let (true, Some(id)) = (is_whole, &own) {
            id.clone_into(&mut self.last_id);
        }
        if !std::mem::take(&mut self.has_data) {
            return None;
        }
        data.pop();
        if event.is_empty() {
            event.push_str("message");
        }
        let id = own.unwrap_or_else(|| self.last_id.clone());
        Some(EventFrame { id, event, data: data.into(), retry, other, is_whole })
    }
}

#[inline]
fn is_line_end(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}
