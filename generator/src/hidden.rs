//! Characters that are invisible, or that change how the text around them is read.
//!
//! A spec can contain any of them. They are removed from prose, and escaped in names and values, so that neither an
//! emitted file nor a terminal hides anything.

/// Whether a character is hidden: a control character, the end of a line or a paragraph, a mark of the writing
/// direction, or one that Unicode lets a font leave out (`Default_Ignorable_Code_Point`), such as a zero-width space.
pub fn is_hidden(character: char) -> bool {
    if character.is_ascii() {
        return character.is_ascii_control();
    }
    character.is_control()
        || matches!(
            character,
            '\u{AD}'
                | '\u{34F}'
                | '\u{61C}'
                | '\u{115F}'..='\u{1160}'
                | '\u{17B4}'..='\u{17B5}'
                | '\u{180B}'..='\u{180F}'
                | '\u{200B}'..='\u{200F}'
                | '\u{2028}'..='\u{202E}'
                | '\u{2060}'..='\u{206F}'
                | '\u{3164}'
                | '\u{FE00}'..='\u{FE0F}'
                | '\u{FEFF}'
                | '\u{FFA0}'
                | '\u{FFF0}'..='\u{FFFB}'
                | '\u{1BCA0}'..='\u{1BCA3}'
                | '\u{1D173}'..='\u{1D17A}'
                | '\u{E0000}'..='\u{E0FFF}'
        )
}

/// Whether some program takes the character for the end of a line.
pub fn ends_line(character: char) -> bool {
    matches!(character, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Whether a text consists of visible ASCII characters. This is fast, and true of almost all texts.
pub fn is_plain(text: &str) -> bool {
    all(text, |byte| matches!(byte, b' '..=b'~'))
}

/// Whether the lines of a text do.
pub fn is_plain_in_lines(text: &str) -> bool {
    all(text, is_plain_in_line)
}

/// The characters of a text that are neither visible ASCII nor the end of a line, with their offsets in bytes.
pub fn unusual(text: &str) -> impl Iterator<Item = (usize, char)> {
    let parts = text.as_bytes().chunks(PART).zip((0..).step_by(PART));
    let unusual = parts.filter(|(part, _)| !all_of(part, is_plain_in_line));
    let places = unusual.flat_map(|(part, start)| start..start + part.len());
    places
        .filter_map(|at| Some((at, text.get(at..)?.chars().next()?)))
        .filter(|(_, character)| !u8::try_from(*character).is_ok_and(is_plain_in_line))
}

fn is_plain_in_line(byte: u8) -> bool {
    matches!(byte, b' '..=b'~' | b'\n')
}

/// The number of bytes that are tested at once.
const PART: usize = 64;

fn all(text: &str, test: impl Fn(u8) -> bool) -> bool {
    text.as_bytes().chunks(PART).all(|part| all_of(part, &test))
}

/// Without an exit in the middle, the compiler tests the bytes of a part at once.
fn all_of(part: &[u8], test: impl Fn(u8) -> bool) -> bool {
    part.iter().fold(true, |all, byte| all & test(*byte))
}

/// Replaces each hidden character by an escape in the form of Rust, such as `\u{202e}`.
pub fn escaped(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' | '\r' | '\t' => escaped.extend(character.escape_default()),
            character if is_hidden(character) => escaped.extend(character.escape_unicode()),
            character => escaped.push(character),
        }
    }
    escaped
}

/// The same for at most `most` characters of a text, with a mark if there are more.
pub fn shown(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => escaped(&text[..end]) + "…",
        None => escaped(text),
    }
}

/// Returns a code span that no backtick in the text can end.
pub fn code_span(text: &str) -> String {
    let longest = text.split(|character| character != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest.saturating_add(1));
    let apart = if text.starts_with('`') || text.ends_with('`') || text.trim().is_empty() { " " } else { "" };
    format!("{fence}{apart}{text}{apart}{fence}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn visible_characters_are_unchanged() {
        let seen = "a é 名前 שלום 😀 e\u{301} \u{A0}";
        assert_eq!(escaped(seen), seen);
        assert_eq!((shown("né\n", 3), shown("né\n!", 3)), ("né\\n".to_owned(), "né\\n…".to_owned()));
        assert_eq!(escaped("a\n\u{202E}b\u{200B}\u{9B}"), "a\\n\\u{202e}b\\u{200b}\\u{9b}");
    }

    #[test]
    fn unusual_characters_are_found_at_their_places() {
        for padding in [0, 1, 62, 63, 64, 127, 200] {
            let plain = "a\n".repeat(padding);
            let text = format!("{plain}é{plain}\t😀{plain}");
            let expected = text.char_indices().filter(|(_, c)| !matches!(c, ' '..='~' | '\n'));
            assert_eq!(unusual(&text).collect::<Vec<_>>(), expected.collect::<Vec<_>>());
        }
    }
}
