//! Prose of the spec, laid out and made harmless.

/// Longest line of documentation, without indentation and slashes.
const WIDTH: usize = 96;

/// Prose of the spec as Markdown that rustdoc takes as it is meant: code blocks are never tests, brackets and angle
/// brackets are never links or tags, lone backticks are backticks.
pub(super) fn harmless(text: &str) -> Vec<String> {
    let text = printable(text);
    let mut lines = Vec::new();
    let mut paragraph = Paragraph::default();
    let mut fence: Option<String> = None;
    for line in text.trim().lines() {
        let line = line.trim_end();
        let unindented = line.trim_start();
        if let Some(open) = &fence {
            if unindented.starts_with(open.as_str()) && unindented.trim_start_matches(&open[..1]).is_empty() {
                lines.push(open.clone());
                fence = None;
            } else {
                lines.push(line.to_owned());
            }
        } else if is_fence(unindented) {
            paragraph.end(&mut lines);
            let mark = if unindented.starts_with('`') { '`' } else { '~' };
            let marks = unindented[..unindented.len() - unindented.trim_start_matches(mark).len()].to_owned();
            lines.push(format!("{marks}text"));
            fence = Some(marks);
        } else if line.is_empty() {
            paragraph.end(&mut lines);
            if lines.last().is_some_and(|last: &String| !last.is_empty()) {
                lines.push(String::new());
            }
        } else if is_list_item(unindented) {
            paragraph.end(&mut lines);
            // Four spaces would make it a code block, which rustdoc would compile.
            paragraph.begin(unindented, (line.len() - unindented.len()).min(3));
        } else if is_block_start(unindented) {
            paragraph.end(&mut lines);
            // Several spaces in a quote would make a code block, too.
            lines.push(escape(&words(unindented).join(" ")));
        } else {
            paragraph.go_on(unindented);
        }
    }
    paragraph.end(&mut lines);
    lines.extend(fence);
    lines
}

/// Lines of prose that are laid out anew: a paragraph or an item of a list.
#[derive(Default)]
struct Paragraph {
    text: String,
    indent: usize,
    hanging: usize,
}

impl Paragraph {
    fn begin(&mut self, item: &str, indent: usize) {
        self.text.push_str(item);
        self.indent = indent;
        self.hanging = indent + item.find(' ').map_or(0, |space| space + 1);
    }

    fn go_on(&mut self, line: &str) {
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        self.text.push_str(line);
    }

    fn end(&mut self, lines: &mut Vec<String>) {
        let this = std::mem::take(self);
        if !this.text.is_empty() {
            lines.extend(wrap(&escape(&this.text), this.indent, this.hanging));
        }
    }
}

/// Escapes one line outside of its code spans.
fn escape(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(character) = rest.chars().next() {
        let plain = rest.find(['`', '[', ']', '<', '~', '\\', 'h']).unwrap_or(rest.len());
        if plain > 0 {
            out.push_str(&rest[..plain]);
            rest = &rest[plain..];
            continue;
        }
        if character == '`' {
            let marks = rest.len() - rest.trim_start_matches('`').len();
            match closing(&rest[marks..], marks) {
                Some(length) => {
                    let span = marks + length + marks;
                    out.push_str(&rest[..span]);
                    rest = &rest[span..];
                }
                None => {
                    out.push_str(&"\\`".repeat(marks));
                    rest = &rest[marks..];
                }
            }
            continue;
        }
        if let Some(length) = web_link(rest) {
            out.push_str(&rest[..length]);
            rest = &rest[length..];
            continue;
        }
        if rest.starts_with("https://") || rest.starts_with("http://") {
            let end = rest.find(|c: char| c.is_whitespace() || "<>()[]`\"'".contains(c)).unwrap_or(rest.len());
            let address = rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?']);
            out.push('<');
            out.push_str(address);
            out.push('>');
            rest = &rest[address.len()..];
            continue;
        }
        match character {
            '\\' if rest[1..].starts_with(|c: char| c.is_ascii_punctuation()) => {
                // The spec escapes it already.
                out.push_str(&rest[..2]);
                rest = &rest[2..];
                continue;
            }
            '<' if autolink(rest).is_some() => {
                let length = autolink(rest).unwrap_or(1);
                out.push_str(&rest[..length]);
                rest = &rest[length..];
                continue;
            }
            '[' | ']' | '<' | '~' => {
                out.push('\\');
                out.push(character);
            }
            other => out.push(other),
        }
        rest = &rest[character.len_utf8()..];
    }
    out
}

/// How many bytes behind its beginning the end of a code span is looked for: else a long text of nothing but beginnings
/// would be read again for each of them.
const REACH: usize = 10_000;

/// Bytes up to the run of exactly `marks` backticks that closes a code span.
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

/// Length of a Markdown link to the web: `[words](https://…)`.
fn web_link(text: &str) -> Option<usize> {
    let words = text.strip_prefix('[')?;
    let close = words.find(['[', ']'])?;
    let target = words[close..].strip_prefix("](")?;
    let end = end_of_address(target, ')')?;
    let web = target.starts_with("https://") || target.starts_with("http://");
    web.then_some(1 + close + 2 + end + 1)
}

/// Length of `<https://…>`.
fn autolink(text: &str) -> Option<usize> {
    let address = text.strip_prefix('<')?;
    let end = end_of_address(address, '>')?;
    let web = address.starts_with("https://") || address.starts_with("http://");
    web.then_some(end + 2)
}

/// Bytes up to the bracket that ends an address, before white space or the beginning of another link.
fn end_of_address(text: &str, bracket: char) -> Option<usize> {
    let end = text.find(|c: char| c == bracket || matches!(c, '<' | '[') || c.is_whitespace())?;
    text[end..].starts_with(bracket).then_some(end)
}

/// Breaks text at spaces, outside of code spans and never so that a line would begin a list or heading.
///
/// The first line is indented by `indent` spaces, the others by `hanging`.
pub(super) fn wrap(text: &str, indent: usize, hanging: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut current = " ".repeat(indent);
    let mut width = indent;
    let mut is_empty = true;
    for word in words(text) {
        let word_width = word.chars().count();
        if is_empty {
            width += word_width;
        } else if width + 1 + word_width <= WIDTH || is_block_start(word) {
            current.push(' ');
            width += 1 + word_width;
        } else {
            lines.push(std::mem::replace(&mut current, " ".repeat(hanging)));
            width = hanging + word_width;
        }
        current.push_str(word);
        is_empty = false;
    }
    lines.push(current);
    lines
}

/// The words of a line; a code span with spaces is part of one word.
fn words(line: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let (mut start, mut at) = (0, 0);
    while let Some(found) = line[at..].find([' ', '`']) {
        at += found;
        let rest = &line[at..];
        if rest.starts_with(' ') {
            words.push(&line[start..at]);
            at += 1;
            start = at;
            continue;
        }
        let marks = rest.len() - rest.trim_start_matches('`').len();
        let is_escaped = line[start..at].ends_with('\\');
        let inside = closing(&rest[marks..], marks).filter(|_| !is_escaped);
        at += marks + inside.map_or(0, |inside| inside + marks);
    }
    words.push(&line[start..]);
    words.retain(|word| !word.is_empty());
    words
}

/// Whether a line opens a code block: in a line that begins with code, backticks follow.
pub(super) fn is_fence(line: &str) -> bool {
    let unindented = line.trim_start();
    (unindented.starts_with("```") && !unindented.trim_start_matches('`').contains('`'))
        || unindented.starts_with("~~~")
}

pub(super) fn is_list_item(line: &str) -> bool {
    ["- ", "* ", "+ "].iter().any(|mark| line.starts_with(mark)) || is_numbered(line)
}

fn is_numbered(line: &str) -> bool {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.len() < line.len() && (rest.starts_with('.') || rest.starts_with(')'))
}

fn is_block_start(word: &str) -> bool {
    matches!(word, "-" | "*" | "+" | ">" | "=" | "|")
        || word.starts_with(['#', '>', '=', '|', '~'])
        || word.starts_with("--")
        || is_numbered(word)
}

/// Text without what no reader can see: control characters, and those that turn the direction of reading. Of a text of
/// nothing else a sign is left, or what it documents would have no documentation.
pub(in crate::emit) fn printable(text: &str) -> String {
    let hidden = |c: char| {
        (c.is_control() && c != '\n' && c != '\t')
            || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}' | '\u{FEFF}')
    };
    let seen = text.replace("\r\n", "\n").replace('\t', " ").replace(hidden, "");
    if seen.trim().is_empty() && !text.trim().is_empty() { "\u{FFFD}".to_owned() } else { seen }
}

pub(super) fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        harmless(text)
    }

    #[test]
    fn code_blocks_are_never_doc_tests() {
        assert_eq!(lines("```\npanic!()\n```"), ["```text", "panic!()", "```"]);
        assert_eq!(lines("```rust\nlet x = 1;"), ["```text", "let x = 1;", "```"]);
        assert_eq!(lines("a\n\n        panic!()"), ["a", "", "panic!()"]);
    }

    #[test]
    fn brackets_and_tags_stay_text() {
        assert_eq!(lines("see [Foo] and Vec<T>"), ["see \\[Foo\\] and Vec\\<T>"]);
        assert_eq!(lines("`[Foo] <T>` stays"), ["`[Foo] <T>` stays"]);
    }

    #[test]
    fn web_addresses_become_links() {
        assert_eq!(lines("at https://a.example/b."), ["at <https://a.example/b>."]);
        assert_eq!(
            lines("[here](https://a.example) <https://b.example>"),
            ["[here](https://a.example) <https://b.example>"]
        );
        assert_eq!(lines("[x](javascript:alert)"), ["\\[x\\](javascript:alert)"]);
    }

    #[test]
    fn a_lone_backtick_is_escaped() {
        assert_eq!(lines("it`s"), ["it\\`s"]);
        assert_eq!(lines("\\`[a]`"), ["\\`\\[a\\]\\`"]);
        assert_eq!(lines("``a`b`` c"), ["``a`b`` c"]);
    }

    #[test]
    fn hidden_characters_are_dropped() {
        assert_eq!(lines("a\u{202E}b\u{0}c\r\nd"), ["abc d"]);
    }

    #[test]
    fn long_lines_break_between_words_and_never_into_a_list() {
        let text = format!("{} - {}", "word ".repeat(21).trim(), "tail ".repeat(4).trim());
        let wrapped = lines(&text);
        assert!(wrapped.len() == 2 && wrapped.iter().all(|line| !line.starts_with('-')), "{wrapped:?}");
    }

    #[test]
    fn paragraphs_are_laid_out_anew_and_lists_keep_their_items() {
        assert_eq!(lines("a\nb\n\n- c\n  d\n- e\n# f\ng"), ["a b", "", "- c d", "- e", "# f", "g"]);
    }
}
