//! Texts for people: lists, and escapes for invisible characters; and a search in texts, and the mark before them.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Appends an item, after a separator unless it is the first.
///
/// `join` of the standard library does the same, but it is compiled into every crate that calls it, and is large.
pub(crate) fn append(list: &mut String, separator: &str, item: &str) {
    if !list.is_empty() {
        list.push_str(separator);
    }
    list.push_str(item);
}

/// Whether a text contains another; like that of the standard library, but small.
pub(crate) fn contains(text: &str, part: &str) -> bool {
    for start in 0..text.len() {
        if text.as_bytes()[start..].starts_with(part.as_bytes()) {
            return true;
        }
    }
    false
}

/// Whether all bytes of a text pass; like `all` of an iterator, but compiled once.
#[inline]
pub(crate) fn is_all(text: &str, passes: fn(u8) -> bool) -> bool {
    for byte in text.as_bytes() {
        if !passes(*byte) {
            return false;
        }
    }
    true
}

/// The bytes with which some servers begin a text in UTF-8. They do not belong to it.
pub(crate) const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// The text after its byte order mark, if it has one.
pub(crate) fn without_mark(text: &[u8]) -> &[u8] {
    text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text)
}

/// Escapes everything in a text that could disturb a terminal or a log, and cuts it off after `max` characters.
#[inline]
pub(crate) fn one_line(text: &str, max: usize) -> Cow<'_, str> {
    if text.len() <= max && !text.contains(disturbs) {
        return Cow::Borrowed(text);
    }
    let mut line = String::new();
    for (index, c) in text.chars().enumerate() {
        if index == max {
            line.push('…');
            break;
        }
        if disturbs(c) {
            // Writing to a string cannot fail.
            let _ = write!(line, "{}", c.escape_default());
        } else {
            line.push(c);
        }
    }
    Cow::Owned(line)
}

/// Control characters; invisible marks; line and paragraph separators; changes of the writing direction.
#[inline]
fn disturbs(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}'
                | '\u{61c}'
                | '\u{180e}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}
