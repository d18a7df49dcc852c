//! Problems of a text that is not YAML, or not the part of YAML that is read.

use super::MAX_DEPTH;
use crate::diagnostics::{Code, Diagnostic, Place, Span};
use crate::hidden;

/// These bytes of the text that is being read.
pub(super) fn span(start: usize, end: usize) -> Span {
    Span { start, end, ..Span::default() }
}

/// The maximum number of invalid characters that are reported one by one: a file with more is not a text.
const MOST_CONTROL_CHARACTERS: usize = 100;

/// Reports the characters that are not valid in YAML.
pub(super) fn control_characters(text: &str) -> Vec<Diagnostic> {
    let allowed = |character: char| match character {
        '\t' | '\n' | '\r' | '\u{85}' => true,
        '\u{FFFE}' | '\u{FFFF}' => false,
        other => !other.is_control(),
    };
    hidden::unusual(text)
        .filter(|(_, character)| !allowed(*character))
        .take(MOST_CONTROL_CHARACTERS)
        .map(|(start, character)| {
            let place = Place::Text(span(start, start + character.len_utf8()));
            let message = format!("the character U+{:04X} is not valid in YAML", u32::from(character));
            Diagnostic::new(Code::ControlCharacter, place, message)
                .help("in a double-quoted string, write it as an escape such as `\\u0007`")
        })
        .collect()
}

pub(super) fn too_deep(span: Span) -> Diagnostic {
    let message = format!("lists and mappings nest deeper than {MAX_DEPTH} levels");
    let help = "move an inner part to `components` and refer to it";
    Diagnostic::new(Code::TooDeep, Place::Text(span), message).help(help)
}

/// Reports an alias that leads into the value that contains it, or nowhere.
pub(super) fn endless_alias(alias: &str, span: Span) -> Diagnostic {
    let message = format!("the alias `{alias}` has no anchor on a value that ends before it");
    let help = "use the anchor of a value that ends above, or use `$ref`";
    Diagnostic::new(Code::Alias, Place::Text(span), message).help(help)
}

/// Returns the problem that the parser found at a place of the text.
pub(super) fn problem(text: &str, mut start: usize, message: &str) -> Diagnostic {
    let rest = text.get(start..).unwrap_or_default();
    if message.ends_with("unknown anchor") {
        let alias = rest.split(char::is_whitespace).next().unwrap_or_default();
        return endless_alias(alias, span(start, start + alias.len()));
    }
    if message == "recursion limit exceeded" {
        // The parser reads ahead, and has its own limit for brackets.
        return too_deep(span(start, start));
    }
    if message.ends_with("found a tab") {
        // The parser names the scalar that ends on the line before.
        start += rest.find('\t').unwrap_or(0);
    }
    let next = text.get(start..).and_then(|rest| rest.chars().next());
    let end = start + next.filter(|next| !matches!(next, '\r' | '\n')).map_or(0, char::len_utf8);
    let help = if message.ends_with("invalid Unicode character escape code") {
        "write the character itself: YAML has no pairs of `\\u` escapes, and half of a pair is not a character in JSON"
    } else if is_indented_with_tab(text, start) {
        "YAML is indented with spaces: replace the tab"
    } else {
        "check the indentation, quotes and brackets of this line and the previous one"
    };
    Diagnostic::new(Code::Syntax, Place::Text(span(start, end)), message).help(help)
}

/// Whether the line of `offset` begins with a tab, and the text is not JSON, in which tabs are valid.
fn is_indented_with_tab(text: &str, offset: usize) -> bool {
    let line_start = text.get(..offset).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1);
    let line = text.get(line_start..).unwrap_or_default();
    let indentation = line.len() - line.trim_start_matches([' ', '\t']).len();
    line.get(..indentation).unwrap_or_default().contains('\t') && !text.trim_start().starts_with(['{', '['])
}
