//! The content of a paragraph: words, and escapes for characters that would be markup.

use std::borrow::Cow;

/// Words that can be wrapped.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Inline {
    /// The words, each with a space or the end of a line behind it, except for the last.
    text: String,
}

/// A space at which no line is broken, and the end of a line that the text sets. Neither is a character of text.
pub(super) const FIXED_SPACE: char = '\u{1}';
pub(super) const LINE_END: char = '\u{2}';

impl Inline {
    /// Splits Markdown into words.
    pub(super) fn new(markdown: &str) -> Self {
        Self::of_lines(markdown.split(LINE_END))
    }

    /// The same for lines.
    pub(super) fn of_lines(lines: impl Iterator<Item = impl AsRef<str>>) -> Self {
        let mut text = String::new();
        for line in lines {
            let line = line.as_ref();
            text.reserve(line.len() + 1);
            let start = text.len();
            // Most lines need no change.
            if is_spaced_once(line) {
                text.push_str(line);
            } else {
                for word in line.split([' ', '\n']).filter(|word| !word.is_empty()) {
                    if text.len() > start {
                        text.push(' ');
                    }
                    text.push_str(word);
                }
            }
            if start > 0 && text.len() > start {
                text.insert(start, LINE_END);
            }
        }
        Self { text }
    }

    /// Splits Markdown of the generator, without breaking code spans.
    pub(super) fn of_code_spans(markdown: &str) -> Self {
        let mut fixed = String::with_capacity(markdown.len());
        let mut rest = markdown;
        while let Some(start) = rest.find('`') {
            let (before, span) = rest.split_at(start);
            let marks = span.len() - span.trim_start_matches('`').len();
            let inside = (!before.ends_with('\\')).then(|| closing(&span[marks..], marks)).flatten();
            let length = inside.map_or(marks, |inside| marks + inside + marks);
            fixed.push_str(before);
            fixed.push_str(&span[..length].replace(' ', "\u{1}"));
            rest = &span[length..];
        }
        fixed.push_str(rest);
        Self::new(&fixed)
    }

    /// The words of each line that the text itself ends.
    pub(super) fn lines(&self) -> impl Iterator<Item = impl Iterator<Item = &str>> {
        self.text.split_terminator(LINE_END).map(|line| line.split(' '))
    }

    /// Returns the words as one line, unless they are several or none.
    pub(super) fn single_line(&self) -> Option<&str> {
        (!self.text.is_empty() && !self.text.contains(LINE_END)).then_some(&self.text)
    }

    /// Prepends other words.
    pub(super) fn behind(self, words: Inline) -> Self {
        let mut text = words.text;
        if !text.is_empty() && !self.text.is_empty() {
            text.push(' ');
        }
        Self { text: text + &self.text }
    }

    /// Returns all words on one line.
    pub(super) fn on_one_line(&self) -> String {
        self.text.replace([LINE_END, FIXED_SPACE], " ")
    }
}

/// Whether a line is its words with a single space between them.
fn is_spaced_once(line: &str) -> bool {
    let bytes = line.as_bytes();
    let is_doubled = |pair: &[u8]| pair == b"  ";
    !line.starts_with(' ') && !line.ends_with(' ') && !bytes.contains(&b'\n') && !bytes.windows(2).any(is_doubled)
}

/// The maximum distance from the start of a code span at which its end is searched.
const REACH: usize = 10_000;

/// Returns the number of bytes up to the run of exactly `marks` backticks that closes a code span.
fn closing(text: &str, marks: usize) -> Option<usize> {
    let mut at = 0;
    while let Some(found) = text[at..].find('`').filter(|_| at < REACH) {
        let start = at + found;
        let run = text[start..].len() - text[start..].trim_start_matches('`').len();
        if run == marks {
            return Some(start);
        }
        at = start + run;
    }
    None
}

/// Whether a word at the beginning of a line would begin a block.
pub(super) fn is_block_start(word: &str) -> bool {
    matches!(word, "-" | "*" | "+" | ">" | "=" | "|")
        || word.starts_with(['#', '>', '=', '|', '~', ':'])
        || word.starts_with("--")
        || is_numbered(word)
}

fn is_numbered(word: &str) -> bool {
    let rest = word.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.len() < word.len() && (rest.starts_with('.') || rest.starts_with(')'))
}

/// The treatment of addresses in a text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Addresses {
    /// They become links.
    Link,
    /// They stay text, inside of a link.
    Keep,
    /// They stay text that is not recognized as a link.
    Break,
}

/// Converts text after a certain character to Markdown that has no meaning but the text.
pub(super) fn text(text: &str, before: char, addresses: Addresses) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = before;
    let mut rest = text;
    loop {
        // Most characters are letters.
        let ordinary = ordinary(rest);
        let (letters, others) = rest.split_at(ordinary);
        out.push_str(letters);
        before = letters.chars().next_back().unwrap_or(before);
        rest = others;
        let Some(character) = rest.chars().next() else { break };
        if addresses == Addresses::Link
            && let Some(address) = web_address(rest)
        {
            out.push('<');
            out.push_str(address);
            out.push('>');
            before = '>';
            rest = &rest[address.len()..];
            continue;
        }
        let behind = &rest[character.len_utf8()..];
        let is_broken = addresses == Addresses::Break && character == '/' && before == ':';
        if is_broken || needs_escape(character, before, behind) {
            out.push('\\');
        }
        out.push(character);
        before = character;
        rest = behind;
    }
    out
}

/// Returns the number of bytes that are written unchanged, up to a character that can be markup or begin an address.
fn ordinary(text: &str) -> usize {
    let mut behind = text.bytes().skip(1);
    let is_ordinary = |byte: &u8| match (*byte, behind.next()) {
        (b'h' | b'H', next) => !matches!(next, Some(b't' | b'T')),
        (b'`' | b'[' | b']' | b'<' | b'~' | b'\\' | b'*' | b'_' | b'&' | b'-' | b'/', _) => false,
        _ => true,
    };
    text.bytes().take_while(is_ordinary).count()
}

/// Whether a character can be a part of markup between the texts before and after it.
fn needs_escape(character: char, before: char, behind: &str) -> bool {
    let after = behind.chars().next();
    let is_apart = |c: Option<char>| c.is_some_and(char::is_whitespace);
    match character {
        '`' | '[' | ']' | '<' | '~' => true,
        // An address gets a bracket, and a line can end at a space.
        '\\' => after.is_none_or(|after| after.is_ascii_punctuation() || after == ' ') || is_web(behind),
        '*' => !(before.is_whitespace() && is_apart(after)),
        '_' => {
            let is_inside_word = before.is_alphanumeric() && after.is_some_and(char::is_alphanumeric);
            !(is_inside_word || before.is_whitespace() && is_apart(after))
        }
        '&' => is_entity(behind),
        // Two of them would become a dash.
        '-' => before.is_whitespace() && after == Some('-') && behind[1..].starts_with(char::is_alphanumeric),
        _ => false,
    }
}

/// Whether a text is a character reference after its `&`.
fn is_entity(behind: &str) -> bool {
    let name = behind.strip_prefix('#').unwrap_or(behind);
    let length = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    length > 0 && name[length..].starts_with(';')
}

/// Returns the address at the start of a text, by the rules of GitHub's Markdown: punctuation at its end is not a part
/// of it, and a closing bracket only if it has the opening one.
fn web_address(text: &str) -> Option<&str> {
    if !is_web(text) {
        return None;
    }
    let end = text.find(|c: char| c.is_whitespace() || "<>`\"".contains(c)).unwrap_or(text.len());
    let mut address = &text[..end];
    let count = |bracket: char| address.matches(bracket).count();
    let (mut round, mut square) = (count(')').saturating_sub(count('(')), count(']').saturating_sub(count('[')));
    while let Some(last) = address.chars().next_back() {
        match last {
            ')' if round > 0 => round -= 1,
            ']' if square > 0 => square -= 1,
            last if ".,;:!?*_~'".contains(last) => {}
            _ => break,
        }
        address = &address[..address.len() - last.len_utf8()];
    }
    let (_, host) = address.split_once("://")?;
    (!host.is_empty()).then_some(address)
}

/// Whether an address leads to the web.
pub(super) fn is_web(address: &str) -> bool {
    let has = |scheme: &str| address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    has("https://") || has("http://")
}

/// Escapes the first word of a line in a paragraph, if it would begin another kind of block.
pub(super) fn at_start(markdown: &str) -> Cow<'_, str> {
    let word = markdown.split(' ').next().unwrap_or_default();
    let marks = word.len() - word.trim_start_matches('#').len();
    let is_heading = (1..=6).contains(&marks) && marks == word.len();
    let digits = word.len() - word.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if is_heading || matches!(word, "-" | "+" | "*") || word.starts_with('>') || is_underline(markdown) {
        Cow::Owned(format!("\\{markdown}"))
    } else if (1..=9).contains(&digits) && matches!(&word[digits..], "." | ")") {
        Cow::Owned(format!("{}\\{}", &markdown[..digits], &markdown[digits..]))
    } else {
        Cow::Borrowed(markdown)
    }
}

/// Whether a line would be a rule, or would make the previous line a heading.
fn is_underline(line: &str) -> bool {
    ['-', '='].iter().any(|mark| line.starts_with(*mark) && line.chars().all(|c| c == *mark || c.is_whitespace()))
}

/// Formats an address as the target of a link.
pub(super) fn target(address: &str, title: &str) -> String {
    let mut depth = 0_usize;
    let is_balanced = address.chars().all(|c| {
        match c {
            '(' => depth += 1,
            ')' if depth == 0 => return false,
            ')' => depth -= 1,
            _ => {}
        }
        depth < 16
    }) && depth == 0;
    let is_plain =
        is_balanced && !address.is_empty() && !address.contains(|c: char| c.is_whitespace() || "<>".contains(c));
    let mut escaped = String::with_capacity(address.len());
    for (index, character) in address.char_indices() {
        let is_entity = character == '&' && is_entity(&address[index + 1..]);
        if is_entity || matches!(character, '\\' | '<' | '>') {
            escaped.push('\\');
        }
        escaped.push(if character == ' ' { FIXED_SPACE } else { character });
    }
    let mut target = if is_plain { escaped } else { format!("<{escaped}>") };
    if !title.is_empty() {
        let title = title.replace('\\', "\\\\").replace('"', "\\\"").replace('&', "\\&");
        let title: Vec<&str> = title.split_whitespace().collect();
        target.push_str(&format!("{FIXED_SPACE}\"{}\"", title.join("\u{1}")));
    }
    target
}
