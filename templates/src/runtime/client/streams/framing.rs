//! The boundaries of the items in a body.

use crate::runtime::client::text::BYTE_ORDER_MARK;
use bytes::{Buf as _, Bytes, BytesMut};

/// Splits a body into items as it arrives.
pub(crate) trait Framing: Default {
    /// An item whose data was read.
    type Item<T>;
    /// An item before its data is read.
    type Frame;

    /// Adds a chunk.
    fn push(&mut self, bytes: &[u8]);

    /// Returns the next item of the chunks so far. At the end, the rest is an item.
    fn next(&mut self, is_end: bool) -> Option<Self::Frame>;

    /// The number of bytes of the incomplete item.
    fn held(&self) -> usize;

    /// The data to read, and whether it is complete.
    fn data(frame: &Self::Frame) -> (&Bytes, bool);

    /// Whether data that is not JSON ends the stream.
    #[inline]
    fn is_farewell(_data: &[u8]) -> bool {
        false
    }

    /// Creates the item from its data.
    fn item<T>(frame: Self::Frame, data: T) -> Self::Item<T>;
}

/// The bytes that arrived but were not returned.
#[derive(Default)]
pub(super) struct Buffer {
    bytes: BytesMut,
    /// The number of bytes without the end of a line.
    searched: usize,
    begun: bool,
    /// The byte that ended the last line.
    pub(super) ended_by: Option<u8>,
}

impl Buffer {
    #[inline]
    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    #[inline]
    pub(super) fn first(&self) -> Option<u8> {
        self.bytes.first().copied()
    }

    #[inline]
    pub(super) fn skip(&mut self, count: usize) {
        self.bytes.advance(count.min(self.bytes.len()));
        self.searched = 0;
    }

    /// Skips a byte order mark; returns false if more bytes are needed to detect it.
    #[inline]
    pub(super) fn begin(&mut self, is_end: bool) -> bool {
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

    #[inline]
    pub(super) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// The bytes that were not searched yet.
    #[inline]
    pub(super) fn new_bytes(&self) -> &[u8] {
        self.bytes.get(self.searched..).unwrap_or_default()
    }

    /// Marks all bytes as searched.
    #[inline]
    pub(super) fn set_searched(&mut self) {
        self.searched = self.bytes.len();
    }

    /// Takes the bytes that were searched, and this many new ones.
    #[inline]
    pub(super) fn take(&mut self, new: usize) -> Bytes {
        let length = self.searched.saturating_add(new).min(self.bytes.len());
        self.searched = 0;
        self.bytes.split_to(length).freeze()
    }

    /// Skips the rest of a line, and returns whether the line has ended.
    pub(super) fn pass(&mut self, is_end_of_line: impl Fn(u8) -> bool) -> bool {
        let place = self.bytes.iter().position(|byte| is_end_of_line(*byte));
        self.ended_by = place.and_then(|place| self.bytes.get(place)).copied();
        self.skip(place.map_or(usize::MAX, |place| place + 1));
        place.is_some()
    }

    /// Takes the bytes before the next such byte; at the end, the rest.
    pub(super) fn until(&mut self, is_end_of_line: impl Fn(u8) -> bool, is_end: bool) -> Option<Bytes> {
        let Some(place) = self.new_bytes().iter().position(|byte| is_end_of_line(*byte)) else {
            self.set_searched();
            self.ended_by = None;
            return (is_end && !self.bytes.is_empty()).then(|| self.take(0));
        };
        let mut line = self.take(place + 1);
        self.ended_by = line.last().copied();
        line.truncate(line.len() - 1);
        Some(line)
    }
}
