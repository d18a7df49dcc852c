use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd, TextMergeStream};

use super::super::Doc;
use super::super::inline::is_web;
use super::{blocks, is_comment};
use crate::emit::docs::blocks::lay_out;

fn lines(text: &str) -> Vec<String> {
    lay_out(&blocks(text))
}

#[test]
fn code_blocks_are_never_doc_tests() {
    assert_eq!(lines("```\npanic!()\n```"), ["```text", "panic!()", "```"]);
    assert_eq!(lines("```rust\nlet x = 1;"), ["```text", "let x = 1;", "```"]);
    assert_eq!(lines("~~~~\n```\n~~~~"), ["````text", "```", "````"]);
    assert_eq!(lines("a:\n\n    one\n    \ttwo\n\nb"), ["a:", "", "```text", "one", "    two", "```", "", "b"]);
    assert_eq!(lines("- ```\n  a\n  ```\n- b"), ["- ```text", "  a", "  ```", "- b"]);
}

#[test]
fn brackets_and_tags_stay_text() {
    assert_eq!(lines("see [Foo] and Vec<T>"), ["see \\[Foo\\] and Vec\\<T>"]);
    assert_eq!(lines("`[Foo] <T>` stays"), ["`[Foo] <T>` stays"]);
    assert_eq!(lines("<p>a</p>\n\nb<br/>c<!-- d -->"), ["\\<p>a\\</p>", "", "b\\", "c"]);
    assert_eq!(lines("a &lt;b&gt; &amp;lt;"), ["a \\<b> \\&lt;"]);
}

#[test]
fn web_addresses_become_links() {
    assert_eq!(lines("at https://a.example/b."), ["at <https://a.example/b>."]);
    assert_eq!(lines("(https://a.example/b_(c)#d)"), ["(<https://a.example/b_(c)#d>)"]);
    assert_eq!(lines("See **https://a.example/b** first."), ["See **<https://a.example/b>** first."]);
    assert_eq!(
        lines("[here](https://a.example) <https://b.example>"),
        ["[here](https://a.example) <https://b.example>"]
    );
    assert_eq!(lines("[a](https://a.example 'b \"c\"')"), ["[a](https://a.example \"b \\\"c\\\"\")"]);
    assert_eq!(lines("[a][b]\n\n[b]: <https://a.example/(c>"), ["[a](<https://a.example/(c>)"]);
    assert_eq!(lines("[x](javascript:alert)"), ["\\[x\\](javascript:alert)"]);
    assert_eq!(lines("![https://a.example](https://b.example)"), ["![https:\\//a.example](https://b.example)"]);
}

#[test]
fn a_lone_backtick_is_escaped() {
    assert_eq!(lines("it`s"), ["it\\`s"]);
    assert_eq!(lines("\\`[a]`"), ["\\`\\[a\\]\\`"]);
    assert_eq!(lines("``a`b`` c"), ["``a`b`` c"]);
}

#[test]
fn hidden_characters_are_dropped_and_ends_of_lines_are_spaces() {
    assert_eq!(lines("a\u{202E}b\u{0}c\r\nd\u{2028}e\u{200B}f"), ["abc d ef"]);
}

#[test]
fn long_lines_break_between_words_and_never_into_a_list() {
    let text = format!("{} - {}", "word ".repeat(21).trim(), "tail ".repeat(4).trim());
    let wrapped = lines(&text);
    assert!(wrapped.len() == 2 && wrapped.iter().all(|line| !line.starts_with('-')), "{wrapped:?}");
}

#[test]
fn blocks_are_laid_out_again() {
    assert_eq!(lines("a\nb\n\n- c\n  d\n- e\n# f\ng"), ["a b", "", "- c d", "- e", "", "# f", "", "g"]);
    assert_eq!(lines("a\n\n***\n\nb\n***\nc"), ["a", "", "___", "", "b", "", "___", "", "c"]);
    assert_eq!(lines("a\nb\n==="), ["# a b"]);
    assert_eq!(lines("3. a\n4. b\n\n   c"), ["3. a", "", "4. b", "", "   c"]);
    assert_eq!(lines("- a\n  1. b\n     - c\n- d\n* e"), ["- a", "  1. b", "     - c", "- d", "", "* e"]);
    assert_eq!(lines("> a\nb\n> > c"), ["> a b", ">", "> > c"]);
    assert_eq!(lines("| a | b |\n|:-:|---|\n| `c\\|d` |"), ["| a | b |", "| :-: | --- |", "| `c\\|d` |  |"]);
    assert_eq!(lines("- [ ] a\n- [x] b"), ["- [ ] a", "- [x] b"]);
    assert_eq!(lines("a[^1]\n\n[^1]: b"), ["a\\[^1\\]", "", "\\[^1\\]: b"]);
    assert_eq!(lines("1\\. a\n\n\\# b\n\n\\- c"), ["1\\. a", "", "\\# b", "", "\\- c"]);
}

#[test]
fn options_of_a_command_line_are_unchanged() {
    assert_eq!(lines("pass --force -- or not"), ["pass \\--force -- or not"]);
}

#[test]
fn prose_in_a_list_keeps_its_blocks() {
    let about = Doc::new().prose("a\n\n| b |\n|---|\n| c |\n\n1. d\n2. e");
    let doc = Doc::new().item("x", about).item("y", Doc::new().prose("- f"));
    let expected = ["- `x`: a", "", "  | b |", "  | --- |", "  | c |", "", "  1. d", "  2. e", "- `y`:", "  - f"];
    assert_eq!(lay_out(&doc.blocks), expected);
}

/// Pieces of prose with a meaning in combination.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    "word", "two words", " ", " ", "\n", "\n", "\n\n", "\n\n", "  \n", "- ", "* ", "+ ", "1. ", "7) ", "> ", "    ", "  ", "\t", "# ",
    "## ", "***", "---", "===", "```", "~~~", " **", "** ", " _", "_ ", " *", "* ", "~~", "`", "``", "[", "]", "(", ")", "![", "](", "[a](https://a.example/b_c)",
    "[a](<https://a.example/b c> \"t\")", "[a][b]", "\n\n[b]: https://b.example\n\n", "https://c.example/d_(e)", "<https://f.example>",
    "<b>", "</b>", "<br>", "&amp;", "&lt;", "\\", "\\*", "|", "\n| a | b |\n|---|---|\n| c |\n", "- [ ] ", "!", ".", ":", "é", "1", "Vec<T>",
    "`a|b`", "`` ` ``", " *a* ", " **b** ", " _c_ ", "a_b", " 2 * 3 ", "--flag",
];

/// Every combination of these pieces has the same meaning in rustdoc.
#[test]
fn written_markdown_means_the_same() {
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut random = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % u64::try_from(below).expect("small")).expect("small")
    };
    let mut failures = Vec::new();
    for _ in 0..20_000 {
        let count = 1 + random(12);
        let text: String = (0..count).map(|_| PIECES[random(PIECES.len())]).collect();
        let written = lines(&text).join("\n");
        let (read, again) = (meaning(&text), meaning(&written));
        if read != again {
            failures.push(format!("{text:?}\nbecomes\n{written:?}\n{read}\n{again}\n"));
        }
    }
    failures.sort_by_key(String::len);
    failures.truncate(10);
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// The meaning of Markdown for a reader: blocks, words and marks, without intended differences.
fn meaning(text: &str) -> String {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let mut seen = String::new();
    let mut links: Vec<(usize, String, bool, bool)> = Vec::new();
    let mut html = String::new();
    for event in TextMergeStream::new(Parser::new_ext(text, options)) {
        match event {
            Event::Text(text) => seen.push_str(&text),
            Event::Html(text) => html.push_str(&text),
            Event::InlineHtml(tag) if tag.starts_with("<br") => seen.push('⏎'),
            Event::InlineHtml(tag) => seen.push_str(&tag),
            Event::Code(code) => seen.push_str(&format!("‹{code}›")),
            Event::SoftBreak => seen.push(' '),
            Event::HardBreak => seen.push('⏎'),
            Event::Rule => seen.push_str("¶___¶"),
            Event::TaskListMarker(is_done) => seen.push_str(if is_done { "[x] " } else { "[ ] " }),
            Event::Start(Tag::Link { link_type, dest_url, title, .. }) => {
                let is_address = matches!(link_type, LinkType::Autolink | LinkType::Email);
                links.push((seen.len(), format!("({dest_url}|{title})"), is_web(&dest_url), is_address));
            }
            Event::Start(Tag::Image { dest_url, title, .. }) => {
                links.push((seen.len(), format!("!({dest_url}|{title})"), is_web(&dest_url), false));
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                let (start, target, is_web, is_address) = links.pop().expect("it began");
                let words = seen.split_off(start);
                let image = if target.starts_with('!') { "!" } else { "" };
                let plain = target.trim_start_matches('!');
                seen.push_str(&match (is_address, is_web) {
                    (true, true) => words,
                    (true, false) => format!("<{words}>"),
                    (false, true) => format!("⟦{words}{target}⟧"),
                    (false, false) => format!("{image}[{words}]{}", plain.replace("|)", ")")),
                });
            }
            Event::Start(Tag::CodeBlock(_)) => seen.push_str("¶```¶"),
            Event::End(TagEnd::CodeBlock) => seen.push_str("¶```¶"),
            Event::End(TagEnd::HtmlBlock) => {
                let html = std::mem::take(&mut html);
                if !is_comment(html.trim()) {
                    seen.push_str(&format!("¶{html}¶"));
                }
            }
            Event::Start(Tag::Paragraph | Tag::HtmlBlock) | Event::End(TagEnd::Paragraph) => seen.push('¶'),
            Event::Start(Tag::Emphasis) => seen.push('⟨'),
            Event::End(TagEnd::Emphasis) => seen.push('⟩'),
            Event::Start(Tag::Table(columns)) => seen.push_str(&format!("¶{columns:?}")),
            Event::Start(tag) => seen.push_str(&format!("¶{tag:?}¶")),
            Event::End(tag) => seen.push_str(&format!("¶/{tag:?}¶")),
            _ => {}
        }
    }
    // Spaces around blocks and between words do not matter, nor does a paragraph in a tight list.
    let one = |text: &str, mark: char| {
        let parts = text.split(mark).map(|part| part.trim_matches([' ', '⏎'])).filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join(&mark.to_string())
    };
    let words = seen.split_whitespace().collect::<Vec<_>>().join(" ");
    one(&words.split('¶').map(|part| one(part, '⏎')).collect::<Vec<_>>().join("¶"), '¶')
}
