//! JSON as YAML reads it: what the two write differently, written as both read it.

use std::borrow::Cow;

use serde::de::IgnoredAny;

/// A text for the parser, and how its offsets are those of the text as it is.
pub(super) struct Readable<'t> {
    pub(super) text: Cow<'t, str>,
    /// Where a replacement ends, and how many bytes the original is ahead from there on. Sorted.
    shifts: Vec<(usize, isize)>,
}

impl<'t> Readable<'t> {
    /// The text, or for JSON the same with a single escape for each character that JSON can only escape by a pair of
    /// them (beyond U+FFFF), and with escapes for the control characters that may stand in JSON but not in YAML.
    pub(super) fn new(text: &'t str) -> Self {
        let as_it_is = Self { text: Cow::Borrowed(text), shifts: Vec::new() };
        let starts_as_json = text.trim_start_matches('\u{FEFF}').trim_start().starts_with(['{', '[']);
        let json = text.trim_start_matches('\u{FEFF}');
        if !starts_as_json || !needs_change(text) || serde_json::from_str::<IgnoredAny>(json).is_err() {
            return as_it_is;
        }
        let mut readable = String::with_capacity(text.len());
        let mut shifts = Vec::new();
        let mut ahead = 0_isize;
        let mut rest = text;
        while let Some(start) = rest.find(|c: char| c == '\\' || is_escaped_in_yaml(c)) {
            let (before, at) = rest.split_at(start);
            readable.push_str(before);
            let (length, replacement) = match pair(at) {
                Some(character) => (PAIR, Some(character)),
                None if at.starts_with('\\') => (2, None),
                None => (at.chars().next().map_or(1, char::len_utf8), at.chars().next()),
            };
            match replacement {
                Some(character) => {
                    let escape = format!("\\U{:08x}", u32::from(character));
                    ahead += length.cast_signed() - escape.len().cast_signed();
                    readable.push_str(&escape);
                    shifts.push((readable.len(), ahead));
                }
                None => readable.push_str(&at[..length]),
            }
            rest = &at[length..];
        }
        readable.push_str(rest);
        Self { text: Cow::Owned(readable), shifts }
    }

    /// The offset in the original of an offset in the text.
    pub(super) fn original(&self, offset: usize) -> usize {
        let passed = self.shifts.partition_point(|(end, _)| *end <= offset);
        let ahead = passed.checked_sub(1).and_then(|last| self.shifts.get(last)).map_or(0, |(_, ahead)| *ahead);
        offset.saturating_add_signed(ahead)
    }
}

/// Bytes of two escapes such as `\ud83d\ude80`.
const PAIR: usize = 12;

/// The character that a text begins with as a pair of escapes.
fn pair(text: &str) -> Option<char> {
    let unit = |at: usize| {
        let digits = text.get(at..at + 6)?.strip_prefix("\\u")?;
        digits.bytes().all(|b| b.is_ascii_hexdigit()).then(|| u16::from_str_radix(digits, 16).ok()).flatten()
    };
    let units = [unit(0)?, unit(6)?];
    char::decode_utf16(units).next()?.ok().filter(|character| character.len_utf16() == 2)
}

/// Whether a character may stand in a string of JSON, but not in YAML.
fn is_escaped_in_yaml(character: char) -> bool {
    matches!(character, '\u{7F}'..='\u{84}' | '\u{86}'..='\u{9F}' | '\u{FFFE}' | '\u{FFFF}')
}

fn needs_change(text: &str) -> bool {
    let surrogate = |(at, _): (usize, &str)| matches!(text.as_bytes().get(at + 2), Some(b'd' | b'D'));
    text.match_indices("\\u").any(surrogate) || text.contains(is_escaped_in_yaml)
}

#[cfg(test)]
mod tests {
    use super::Readable;

    #[test]
    fn pairs_become_one_escape_and_offsets_stay() {
        let text = r#"{"a": "\ud83d\ude80x\\ud83d\\ude80", "b": 1}"#;
        let readable = Readable::new(text);
        assert_eq!(readable.text, r#"{"a": "\U0001f680x\\ud83d\\ude80", "b": 1}"#);
        for found in ["x", "\"b\"", "1}"] {
            let at = |text: &str| text.find(found).expect("it is there");
            assert_eq!(readable.original(at(&readable.text)), at(text), "{found}");
        }
        assert_eq!(Readable::new("{\"a\": \"\u{7F}\"}").text, r#"{"a": "\U0000007f"}"#);
    }

    #[test]
    fn what_is_no_json_or_no_pair_stays() {
        for text in [r#"{"a": "\ud83d", "b": "\ude80\ud83d"}"#, r"{a: '\ud83d\ude80'}", r#"a: "\ud83d\ude80""#] {
            assert_eq!(Readable::new(text).text, text);
        }
    }
}
