//! Converts JSON to a form that YAML reads in the same way.

use std::borrow::Cow;

use serde::de::IgnoredAny;

/// A text for the parser, and the mapping of its offsets to those of the original.
pub(super) struct Readable<'t> {
    pub(super) text: Cow<'t, str>,
    /// The ends of replacements, and how many bytes the original is ahead from there on. Sorted.
    shifts: Vec<(usize, isize)>,
    is_json: bool,
}

impl<'t> Readable<'t> {
    /// The text; or for JSON the same with a single escape for each character that JSON escapes by a pair (beyond
    /// U+FFFF), and with escapes for the control characters that are valid in JSON but not in YAML.
    pub(super) fn new(text: &'t str) -> Self {
        let json = text.trim_start_matches('\u{FEFF}');
        let is_json = json.trim_start().starts_with(['{', '[']) && serde_json::from_str::<IgnoredAny>(json).is_ok();
        if !is_json || !needs_change(text) {
            return Self { text: Cow::Borrowed(text), shifts: Vec::new(), is_json };
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
        Self { text: Cow::Owned(readable), shifts, is_json }
    }

    /// Returns the place where the text has more than `most` marks of JSON's lists and mappings, if it has. The parser
    /// keeps everything between the outermost brackets in memory.
    pub(super) fn beyond(&self, most: usize) -> Option<usize> {
        // Counting all marks is fast, and enough for almost every text.
        let is_mark = |byte: &u8| u8::from(matches!(byte, b'[' | b'{' | b',' | b':'));
        let parts = self.text.as_bytes().chunks(64);
        if parts.map(|part| usize::from(part.iter().map(is_mark).sum::<u8>())).sum::<usize>() <= most {
            return None;
        }
        let (mut marks, mut depth) = (0_usize, 0_usize);
        let (mut is_string, mut is_escaped) = (false, false);
        for (at, byte) in self.text.bytes().enumerate() {
            match byte {
                _ if is_escaped => is_escaped = false,
                b'\\' if is_string => is_escaped = true,
                // Strings are only recognized in JSON.
                b'"' if self.is_json => is_string = !is_string,
                _ if is_string => {}
                b'[' | b'{' => (depth, marks) = (depth + 1, marks + 1),
                b']' | b'}' => depth = depth.saturating_sub(1),
                b',' | b':' if depth > 0 => marks += 1,
                _ => {}
            }
            if marks > most {
                return Some(self.original(at));
            }
        }
        None
    }

    /// Returns the offset in the original of an offset in the text.
    pub(super) fn original(&self, offset: usize) -> usize {
        let passed = self.shifts.partition_point(|(end, _)| *end <= offset);
        let ahead = passed.checked_sub(1).and_then(|last| self.shifts.get(last)).map_or(0, |(_, ahead)| *ahead);
        offset.saturating_add_signed(ahead)
    }
}

/// The length of two escapes such as `\ud83d\ude80`.
const PAIR: usize = 12;

/// Returns the character that a text begins with as a pair of escapes.
fn pair(text: &str) -> Option<char> {
    let unit = |at: usize| {
        let digits = text.get(at..at + 6)?.strip_prefix("\\u")?;
        digits.bytes().all(|b| b.is_ascii_hexdigit()).then(|| u16::from_str_radix(digits, 16).ok()).flatten()
    };
    let units = [unit(0)?, unit(6)?];
    char::decode_utf16(units).next()?.ok().filter(|character| character.len_utf16() == 2)
}

/// Whether a character is valid in a string of JSON, but not in YAML.
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
    fn other_text_is_unchanged() {
        for text in [r#"{"a": "\ud83d", "b": "\ude80\ud83d"}"#, r"{a: '\ud83d\ude80'}", r#"a: "\ud83d\ude80""#] {
            assert_eq!(Readable::new(text).text, text);
        }
    }
}
