//! Walks over JSON text that a parser has accepted, without building a tree.

use std::cell::Cell;

/// The kind of a value, by its first character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Null,
    Bool,
    Number,
    String,
    Array,
    Object,
}

#[inline]
pub(crate) fn kind(text: &str) -> Kind {
    match text.as_bytes().first() {
        Some(b'{') => Kind::Object,
        Some(b'[') => Kind::Array,
        Some(b'"') => Kind::String,
        Some(b't' | b'f') => Kind::Bool,
        Some(b'n') | None => Kind::Null,
        Some(_) => Kind::Number,
    }
}

/// The items of an array, or the alternating names and values of an object; nothing for another value.
pub(super) struct Parts<'a> {
    text: &'a str,
    /// Where the next one can start.
    at: usize,
}

impl<'a> Parts<'a> {
    #[inline]
    pub(super) fn of(text: &'a str) -> Parts<'a> {
        let at = match kind(text) {
            Kind::Array | Kind::Object => 1,
            _ => text.len(),
        };
        Parts { text, at }
    }
}

impl<'a> Iterator for Parts<'a> {
    type Item = &'a str;

    #[inline]
    fn next(&mut self) -> Option<&'a str> {
        let bytes = self.text.as_bytes();
        let start = part_start(bytes, self.at);
        self.at = end(bytes, start);
        self.text.get(start..self.at).filter(|part| !part.is_empty())
    }
}

/// The members of an object: the quoted name and the value of each. Nothing for another value.
pub(crate) struct Members<'a>(Parts<'a>);

impl<'a> Members<'a> {
    #[inline]
    pub(crate) fn of(text: &'a str) -> Members<'a> {
        match kind(text) {
            Kind::Object => Members(Parts::of(text)),
            _ => Members(Parts::of("")),
        }
    }
}

impl<'a> Iterator for Members<'a> {
    type Item = (&'a str, &'a str);

    #[inline]
    fn next(&mut self) -> Option<(&'a str, &'a str)> {
        Some((self.0.next()?, self.0.next()?))
    }
}

/// A position in the text of a value, which moves from part to part.
pub(super) struct Cursor<'a> {
    text: &'a str,
    at: Cell<usize>,
}

impl<'a> Cursor<'a> {
    #[inline]
    pub(super) fn of(text: &'a str) -> Cursor<'a> {
        Cursor { text, at: Cell::new(0) }
    }

    /// The kind of the next value.
    #[inline]
    pub(crate) fn kind(&self) -> Kind {
        kind(self.text.get(self.at.get()..).unwrap_or_default())
    }

    /// Enters a list or an object.
    #[inline]
    pub(super) fn enter(&self) {
        self.at.set(self.at.get() + 1);
    }

    /// Moves to the next part, or out of the list or object if there is none, or to the end of the text.
    #[inline]
    pub(super) fn leave(&self) -> bool {
        self.skip();
        match self.text.as_bytes().get(self.at.get()) {
            Some(b']' | b'}') => {
                self.at.set(self.at.get() + 1);
                true
            }
            next => next.is_none(),
        }
    }

    /// Skips the text between two parts.
    #[inline]
    pub(super) fn skip(&self) {
        self.at.set(part_start(self.text.as_bytes(), self.at.get()));
    }

    /// Reads a scalar.
    #[inline]
    pub(super) fn scalar(&self) -> &'a str {
        let start = self.at.get();
        self.at.set(end(self.text.as_bytes(), start));
        self.text.get(start..self.at.get()).unwrap_or_default()
    }
}

/// Whether lists and objects are nested deeper than this.
#[inline]
pub(crate) fn is_deeper_than(text: &str, limit: usize) -> bool {
    let bytes = text.as_bytes();
    let (mut at, mut depth) = (0, 0_usize);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => {
                at = string_end(bytes, at);
                continue;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > limit {
            return true;
        }
        at += 1;
    }
    false
}

/// Returns the index after spaces and separators.
#[inline]
fn part_start(bytes: &[u8], mut at: usize) -> usize {
    while matches!(bytes.get(at), Some(b' ' | b'\t' | b'\n' | b'\r' | b',' | b':')) {
        at += 1;
    }
    at
}

/// Returns the index after the value that starts at `start`. It does not recurse, because the text can have any depth.
#[inline]
fn end(bytes: &[u8], start: usize) -> usize {
    if bytes.get(start) == Some(&b'"') {
        return string_end(bytes, start);
    }
    let (mut at, mut depth) = (start, 0_usize);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => {
                at = string_end(bytes, at);
            }
            b'{' | b'[' => {
                (at, depth) = (at + 1, depth + 1);
            }
            b'}' | b']' if depth <= 1 => return at + depth,
            b'}' | b']' => {
                (at, depth) = (at + 1, depth - 1);
            }
            b' ' | b'\t' | b'\n' | b'\r' | b',' | b':' if depth == 0 => return at,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// Returns the index after the string that starts at `start`.
#[inline]
fn string_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    loop {
        while let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
            let found = (places_of(b'"', *chunk) | places_of(b'\\', *chunk)).trailing_zeros() as usize / 8;
            at += found;
            if found < chunk.len() {
                break;
            }
        }
        match bytes.get(at) {
            Some(b'"') => return at + 1,
            Some(b'\\') => at += 2,
            Some(_) => at += 1,
            None => return bytes.len(),
        }
    }
}

/// Returns the highest bit of each byte that is `wanted`, and possibly of bytes after the first of them.
#[inline]
fn places_of(wanted: u8, chunk: [u8; 8]) -> u64 {
    const ONES: u64 = u64::MAX / 255;
    let differs = u64::from_le_bytes(chunk) ^ (ONES * u64::from(wanted));
    differs.wrapping_sub(ONES) & !differs & (ONES << 7)
}
