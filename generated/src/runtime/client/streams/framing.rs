//! Where the items of a body begin and end.

use bytes::{Buf as _, Bytes, BytesMut};

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

    /// Whether data that cannot be read says that there is no more.
    fn is_farewell(_data: &[u8]) -> bool {
        false
    }

    /// The item, now that it was read.
    fn item<T>(frame: Self::Frame, data: T) -> Self::Item<T>;
}

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// What has come and was not taken.
#[derive(Default)]
pub(super) struct Buffer {
    bytes: BytesMut,
    /// So many bytes hold no end of a line.
    searched: usize,
    begun: bool,
    /// What ended the last line.
    pub(super) ended_by: Option<u8>,
}

impl Buffer {
    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    pub(super) fn first(&self) -> Option<u8> {
        self.bytes.first().copied()
    }

    pub(super) fn skip(&mut self, count: usize) {
        self.bytes.advance(count.min(self.bytes.len()));
        self.searched = 0;
    }

    /// Passes over a byte order mark, once it is there or cannot come.
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

    pub(super) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// What was not searched yet.
    pub(super) fn new_bytes(&self) -> &[u8] {
        self.bytes.get(self.searched..).unwrap_or_default()
    }

    /// All that is there was searched.
    pub(super) fn set_searched(&mut self) {
        self.searched = self.bytes.len();
    }

    /// The bytes that were searched, and so many new ones.
    pub(super) fn take(&mut self, new: usize) -> Bytes {
        let length = self.searched.saturating_add(new).min(self.bytes.len());
        self.searched = 0;
        self.bytes.split_to(length).freeze()
    }

    /// Passes over the rest of a line, and says whether it has ended.
    pub(super) fn pass(&mut self, is_end_of_line: impl Fn(u8) -> bool) -> bool {
        let place = self.bytes.iter().position(|byte| is_end_of_line(*byte));
        self.ended_by = place.and_then(|place| self.bytes.get(place)).copied();
        self.skip(place.map_or(usize::MAX, |place| place + 1));
        place.is_some()
    }

    /// What stands before the next such byte; at the end, what is left.
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
