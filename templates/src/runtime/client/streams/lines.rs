//! Items in JSON, one per line or after each record separator.

use super::framing::{Buffer, Framing};
use bytes::Bytes;

/// Lines of JSON (NDJSON, JSON Lines), and JSON texts after record separators (RFC 7464): the first byte of an item
/// determines which it is, because JSON cannot begin with a separator.
#[derive(Default)]
pub(crate) struct LineFraming {
    buffer: Buffer,
    in_records: bool,
    record: Record,
}

/// A line or a record, without the space around it.
pub(crate) struct Line {
    data: Bytes,
    is_whole: bool,
}

const RECORD: u8 = 0x1e;

impl Framing for LineFraming {
    type Item<T> = T;
    type Frame = Line;

    #[inline]
    fn push(&mut self, bytes: &[u8]) {
        self.buffer.push(bytes);
    }

    #[inline]
    fn next(&mut self, is_end: bool) -> Option<Line> {
        if !self.buffer.begin(is_end) {
            return None;
        }
        // An incomplete item has no end of a line.
        while let Some(first) = self.buffer.first()
            && (first == RECORD || first.is_ascii_whitespace())
        {
            self.in_records |= first == RECORD;
            self.buffer.skip(1);
        }
        if self.in_records {
            return self.record(is_end);
        }
        let line = self.buffer.until(|byte| byte == b'\n', is_end)?;
        Some(Line { data: line.slice_ref(line.trim_ascii()), is_whole: true })
    }

    #[inline]
    fn held(&self) -> usize {
        self.buffer.len()
    }

    #[inline]
    fn data(line: &Line) -> (&Bytes, bool) {
        (&line.data, line.is_whole)
    }

    fn item<T>(_: Line, data: T) -> T {
        data
    }
}

impl LineFraming {
    /// Returns the next record: up to a line break after its JSON, a separator, or the end.
    #[inline]
    fn record(&mut self, is_end: bool) -> Option<Line> {
        let place = self.buffer.new_bytes().iter().position(|byte| self.record.ends_at(*byte));
        if place.is_none() {
            self.buffer.set_searched();
            if !is_end || self.buffer.len() == 0 {
                return None;
            }
        }
        self.record = Record::default();
        let record = self.buffer.take(place.unwrap_or(0));
        let has_space = self.buffer.first() == Some(b'\n') || record.last().is_some_and(u8::is_ascii_whitespace);
        let data = record.slice_ref(record.trim_ascii());
        // A number or a word can continue, unless a space follows.
        let is_whole = has_space || data.first().is_some_and(|first| b"{[\"".contains(first));
        Some(Line { data, is_whole })
    }
}

/// The state of a JSON text: only the part of JSON that determines where it ends.
#[derive(Default)]
struct Record {
    depth: usize,
    in_string: bool,
    is_escaped: bool,
}

impl Record {
    /// Adds the next byte, and returns whether the text ends before it.
    #[inline]
    fn ends_at(&mut self, byte: u8) -> bool {
        match byte {
            RECORD => return true,
            _ if self.is_escaped => self.is_escaped = false,
            b'\\' if self.in_string => self.is_escaped = true,
            b'"' => self.in_string = !self.in_string,
            _ if self.in_string => {}
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => self.depth = self.depth.saturating_sub(1),
            b'\n' => return self.depth == 0,
            _ => {}
        }
        false
    }
}
