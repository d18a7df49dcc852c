//! Blanks the client's own credentials in all printed texts.
//!
//! A debugging proxy or a careless server can repeat the request in its response. Errors and responses have the keys,
//! passwords and tokens of the request, so that neither `Display` nor `Debug` shows one. All of them are called keys
//! here.

use bytes::Bytes;
use serde_json::Value;
use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

/// The keys of a request. They share the memory of the headers, which is wiped with the last of them.
#[derive(Clone, Default)]
pub(crate) struct Secrets(Option<Arc<[Bytes]>>);

/// The replacement of a key.
const BLANK: &str = "[redacted]";

/// The digits of Base64 (RFC 4648, section 4).
pub(crate) const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// A shorter key is found only as a separate word; below the second length, a text is not a secret.
const LONG: usize = 8;
const SHORT: usize = 4;

impl Secrets {
    /// Adds more keys. An empty key is ignored.
    pub(crate) fn and(&self, more: &[Bytes]) -> Secrets {
        let mut keys = Vec::new();
        for key in self.0.as_deref().unwrap_or_default().iter().chain(more) {
            if key.is_empty() || keys.contains(key) {
                continue;
            }
            // The longest first: one key can be the start of another.
            let mut place = keys.len();
            while place > 0 && keys[place - 1].len() < key.len() {
                place -= 1;
            }
            keys.insert(place, key.clone());
        }
        Secrets((!keys.is_empty()).then(|| keys.into()))
    }

    /// Blanks the keys in a text, even if they are percent-encoded, escaped as in JSON, C or HTML, or in Base64. More
    /// than half of a key, from its start, counts as the key.
    pub(crate) fn blank<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.blanked(text, false)
    }

    /// Like [`blank`](Secrets::blank), for a text that was cut off: its end can be the start of a key.
    #[inline]
    pub(crate) fn blank_start<'t>(&self, start: &'t str) -> Cow<'t, str> {
        self.blanked(start, true)
    }

    /// Blanks the keys in every text of a JSON value, and in the names of its fields.
    pub(crate) fn blank_json(&self, value: &mut Value) {
        match value {
            _ if self.0.is_none() => {}
            Value::String(text) => {
                if let Cow::Owned(blanked) = self.blank(text) {
                    *text = blanked;
                }
            }
            Value::Array(items) => {
                for item in items {
                    self.blank_json(item);
                }
            }
            Value::Object(fields) => {
                for (name, mut field) in std::mem::take(fields) {
                    self.blank_json(&mut field);
                    fields.insert(self.blank(&name).into_owned(), field);
                }
            }
            _ => {}
        }
    }

    /// The `Debug` output of a value, with the keys blanked.
    #[inline]
    pub(crate) fn debug<'v>(&'v self, value: &'v dyn fmt::Debug) -> impl fmt::Debug {
        Blanked { secrets: self, value }
    }

    fn blanked<'t>(&self, text: &'t str, cut: bool) -> Cow<'t, str> {
        let Some(keys) = &self.0 else { return Cow::Borrowed(text) };
        let mut text = Cow::Borrowed(text);
        let mut blank = |form: &[u8], part| {
            if let Some(blanked) = blank_form(&text, form, part) {
                text = Cow::Owned(blanked);
            }
        };
        // Whole keys first: keys can begin alike, and a part of one must not hide the start of another.
        for key in keys.iter() {
            blank(key, Part::Whole);
        }
        for key in keys.iter() {
            blank(key, if cut { Part::CutOff } else { Part::Most });
            if key.len() >= LONG {
                for before in 0..3 {
                    blank(base64(key, before).as_bytes(), Part::Most);
                }
            }
        }
        text
    }
}

struct Blanked<'v> {
    secrets: &'v Secrets,
    value: &'v dyn fmt::Debug,
}

impl fmt::Debug for Blanked<'_> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.secrets.0.is_none() {
            return self.value.fmt(f);
        }
        let value = self.value;
        let printed = if f.alternate() { format!("{value:#?}") } else { format!("{value:?}") };
        f.write_str(&self.secrets.blank(&printed))
    }
}

/// The maximum number of backslashes that represent one letter: a text that was escaped four times has 15 before each
/// quote.
const MOST_SLASHES: usize = 16;

/// The part of a key that is searched for.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    /// All of it.
    Whole,
    /// More than half.
    Most,
    /// More than half, or at the end of the text any start.
    CutOff,
}

/// Blanks this form of a key in a text; `None` if the text does not contain it.
fn blank_form(text: &str, key: &[u8], part: Part) -> Option<String> {
    if key.len() < SHORT {
        return None;
    }
    let bytes = text.as_bytes();
    let mut blanked = String::new();
    let (mut kept, mut at) = (0, 0);
    while at < bytes.len() {
        // A password need not be ASCII: a match begins between characters, and is extended to end between characters.
        match found(bytes, at, key, part).filter(|_| text.is_char_boundary(at)) {
            Some(mut end) => {
                while !text.is_char_boundary(end) {
                    end += 1;
                }
                blanked.push_str(&text[kept..at]);
                blanked.push_str(BLANK);
                (kept, at) = (end, end);
            }
            None => at += 1,
        }
    }
    if kept == 0 {
        return None;
    }
    blanked.push_str(&text[kept..]);
    Some(blanked)
}

/// Returns the end of the key that begins here, if one does.
fn found(text: &[u8], start: usize, key: &[u8], part: Part) -> Option<usize> {
    let (mut at, mut matched) = (start, 0);
    while let Some(length) = key.get(matched).and_then(|letter| unit(&text[at..], *letter)) {
        at += length;
        matched += 1;
    }
    if matched == 0 {
        return None;
    }
    let cut_off = part == Part::CutOff && at == text.len();
    let whole = matched == key.len();
    if key.len() < LONG {
        let word = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
        let alone = !word(start.checked_sub(1).and_then(|before| text.get(before))) && !word(text.get(at));
        return (alone && (whole || cut_off)).then_some(at);
    }
    let most = part != Part::Whole && matched >= LONG && matched * 2 > key.len();
    (whole || most || cut_off).then_some(at)
}

/// Returns how many bytes at the start of the text represent this letter.
fn unit(text: &[u8], letter: u8) -> Option<usize> {
    let is_hex = |digits: Option<&[u8]>| digits.is_some_and(|digits| code(digits, 16) == Some(letter.into()));
    match *text.first()? {
        b'%' => {
            // An encoded `%` can begin another encoding.
            let mut at = 1;
            while text.get(at..at + 2) == Some(b"25") {
                at += 2;
            }
            if letter == b'%' && at > 1 {
                return Some(at);
            }
            if is_hex(text.get(at..at + 2)) {
                return Some(at + 2);
            }
        }
        b'\\' => {
            // No escape has more than these; the end of a longer run is checked too.
            let mut slashes = 1;
            while slashes < MOST_SLASHES && text.get(slashes) == Some(&b'\\') {
                slashes += 1;
            }
            match text.get(slashes) {
                Some(b'u') if is_hex(text.get(slashes + 3..slashes + 5)) && text[slashes + 1..].starts_with(b"00") => {
                    return Some(slashes + 5);
                }
                Some(b'x') if is_hex(text.get(slashes + 1..slashes + 3)) => return Some(slashes + 3),
                Some(escaped) if *escaped == letter && matches!(letter, b'"' | b'\'' | b'/') => {
                    return Some(slashes + 1);
                }
                _ if letter == b'\\' => return Some(slashes),
                _ => {}
            }
        }
        b'&' => {
            if let Some(length) = entity(text, letter) {
                return Some(length);
            }
        }
        _ => {}
    }
    let first = text[0];
    let same = first.eq_ignore_ascii_case(&letter) || matches!((first, letter), (b'-', b'+') | (b'_', b'/'));
    same.then_some(1)
}

/// Returns the length of the HTML entity for this letter, if the text begins with it.
fn entity(text: &[u8], letter: u8) -> Option<usize> {
    let mut end = 1;
    while *text.get(end)? != b';' {
        end += 1;
        if end == 8 {
            return None;
        }
    }
    let code = match &text[1..end] {
        [b'#', b'x' | b'X', digits @ ..] => code(digits, 16)?,
        [b'#', digits @ ..] => code(digits, 10)?,
        b"amp" => b'&'.into(),
        b"lt" => b'<'.into(),
        b"gt" => b'>'.into(),
        b"quot" => b'"'.into(),
        b"apos" => b'\''.into(),
        _ => return None,
    };
    (code == u16::from(letter)).then_some(end + 1)
}

/// Parses the code of a letter.
fn code(digits: &[u8], radix: u32) -> Option<u16> {
    u16::from_str_radix(str::from_utf8(digits).ok()?, radix).ok()
}

/// Returns the Base64 digits that every text has in which this many bytes, modulo three, precede the key: without the
/// digits at both ends, which also depend on the neighbours.
fn base64(key: &[u8], before: usize) -> String {
    let bits = key.len() * 8;
    // The first bit of the key that begins a digit.
    let mut bit = [0, 4, 2][before % 3];
    let mut digits = String::new();
    while bit + 6 <= bits {
        let pair = u16::from(key[bit / 8]) << 8 | u16::from(key.get(bit / 8 + 1).copied().unwrap_or(0));
        let digit = (pair >> (10 - bit % 8)) & 63;
        digits.push(char::from(BASE64[usize::from(digit)]));
        bit += 6;
    }
    digits
}
