//! Unpaired surrogates: `\ud83d` without the `\ude00` that belongs to it.
//!
//! The grammar of JSON allows them (RFC 8259, section 8.2), and servers that cut texts at 16-bit units send them. A
//! `String` cannot contain them.

use std::borrow::Cow;

/// The replacement of an unpaired surrogate: U+FFFD, as an escape of the same length.
const REPLACEMENT: &str = "\\ufffd";

/// Replaces every unpaired surrogate in a JSON text by U+FFFD. The length of the text does not change.
#[must_use]
pub(crate) fn mend(json: &str) -> Cow<'_, str> {
    let mut mended = Cow::Borrowed(json);
    let mut at = 0;
    while let Some(escape) = json.get(at..).and_then(|rest| rest.find('\\')) {
        at += escape;
        let (unit, length) = match (unit(json, at), unit(json, at + 6)) {
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => (None, 12),
            (Some(unit @ 0xd800..=0xdfff), _) => (Some(unit), 6),
            (Some(_), _) => (None, 6),
            (None, _) => (None, 2),
        };
        if unit.is_some() {
            mended.to_mut().replace_range(at..at + length, REPLACEMENT);
        }
        at += length;
        // An escape is ASCII, so only a text that is not JSON can end inside a character.
        while !json.is_char_boundary(at.min(json.len())) {
            at += 1;
        }
    }
    mended
}

/// Returns the 16-bit unit that is written as `\uXXXX` at `at`.
fn unit(json: &str, at: usize) -> Option<u16> {
    let digits = json.get(at..at + 6)?.strip_prefix("\\u")?;
    // The parser of numbers would accept a sign.
    (!digits.starts_with('+')).then(|| u16::from_str_radix(digits, 16).ok())?
}
