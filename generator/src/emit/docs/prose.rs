//! Converts the prose of the spec, which is CommonMark with GitHub's additions, to Markdown with the same meaning in
//! rustdoc.
//!
//! The parser is that of rustdoc, and the text is written again. Constructs that rustdoc would treat differently are
//! changed: code is never a test, links lead only to the web, and HTML tags are text.

use std::borrow::Cow;

use pulldown_cmark::{
    Alignment, CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd, TextMergeStream,
};

use super::blocks::Block;
use super::inline::{self, Addresses, Inline, LINE_END};
use super::{code, printable};

/// The maximum depth of lists and quotations. Deeper ones are moved to this depth: each of their lines would begin with
/// all the marks.
const MAX_DEPTH: usize = 12;

/// Converts prose to blocks.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let text = printable(text);
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS | Options::ENABLE_FOOTNOTES;
    let mut writer = Writer::default();
    if is_plain(&text) {
        writer.push_text(&text);
    } else {
        TextMergeStream::new(Parser::new_ext(&text, options)).for_each(|event| writer.event(event));
    }
    writer.end_paragraph();
    writer.blocks
}

/// Whether a text is a paragraph without markup. Most are, and need no parser, which would take half of their time.
fn is_plain(text: &str) -> bool {
    let is_text = |byte: u8| {
        let is_sign = matches!(byte, b' '..=b'%' | b'\''..=b')' | b','..=b'/' | b':' | b';' | b'?') && byte != b'#';
        byte.is_ascii_alphanumeric() || is_sign
    };
    text.starts_with(|first: char| first.is_ascii_alphabetic()) && text.bytes().all(is_text)
}

/// Converts prose to a part of a line, after a word, where no block can begin.
pub(super) fn line(text: &str) -> String {
    match blocks(&format!("x {text}")).first() {
        Some(Block::Paragraph(words)) => words.on_one_line().split_off(1).trim().to_owned(),
        _ => String::new(),
    }
}

#[derive(Default)]
struct Writer<'t> {
    /// The blocks of the innermost container.
    blocks: Vec<Block>,
    /// The containers around it, outermost first, each with its blocks so far.
    open: Vec<(Container, Vec<Block>)>,
    /// The paragraph, heading or cell that is being read.
    text: String,
    /// The marks of the open emphasis, and their places in the text.
    marks: Vec<(&'static str, usize)>,
    /// The start of the last emphasis, if it has the other mark, and its end.
    other_mark: Option<(usize, usize)>,
    /// The open links and images, each with its start in the text.
    links: Vec<Link<'t>>,
    /// The row of a table that is being read, and those before it.
    row: Vec<String>,
    table: Vec<String>,
    columns: Vec<Alignment>,
    /// The text of the open code block or tags.
    raw: Option<String>,
}

/// A container of blocks.
enum Container {
    List { first: Option<u64>, is_loose: bool, items: Vec<Vec<Block>> },
    Item,
    Quote,
    Footnote(String),
}

struct Link<'t> {
    start: usize,
    kind: LinkType,
    is_image: bool,
    /// Whether it stays a link: a link without a valid target is text.
    is_kept: bool,
    address: CowStr<'t>,
    title: CowStr<'t>,
}

impl<'t> Writer<'t> {
    fn event(&mut self, event: Event<'t>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => match &mut self.raw {
                Some(raw) => raw.push_str(&text),
                None => self.push_text(&text),
            },
            Event::Html(html) => {
                if let Some(raw) = &mut self.raw {
                    raw.push_str(&html);
                }
            }
            Event::InlineHtml(tag) => self.tag(&tag),
            Event::Code(code) | Event::InlineMath(code) | Event::DisplayMath(code) => {
                let span = self::code(&code.replace('\t', " ")).replace(' ', "\u{1}");
                self.text.push_str(&span);
            }
            Event::FootnoteReference(name) => self.push_text(&format!("[^{name}]")),
            Event::SoftBreak => self.text.push(' '),
            Event::HardBreak => self.text.push(LINE_END),
            Event::Rule => self.push(Block::lines(vec!["___".to_owned()])),
            Event::TaskListMarker(is_done) => self.text.push_str(if is_done { "[x] " } else { "[ ] " }),
        }
    }

    fn start(&mut self, tag: Tag<'t>) {
        match tag {
            Tag::Paragraph => {
                self.end_paragraph();
                if let [.., (Container::List { is_loose, .. }, _), (Container::Item, _)] = self.open.as_mut_slice() {
                    *is_loose = true;
                }
            }
            Tag::Heading { .. } => self.end_paragraph(),
            Tag::BlockQuote(_) => self.begin(Container::Quote),
            Tag::List(first) => self.begin(Container::List { first, is_loose: false, items: Vec::new() }),
            Tag::Item => self.begin(Container::Item),
            Tag::FootnoteDefinition(name) => self.begin(Container::Footnote(name.to_string())),
            Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) | Tag::HtmlBlock => {
                self.end_paragraph();
                self.raw = Some(String::new());
            }
            Tag::Table(columns) => {
                self.end_paragraph();
                self.columns = columns;
            }
            Tag::Emphasis => self.mark("*", "_"),
            Tag::Strong => self.mark("**", "__"),
            Tag::Strikethrough => self.mark("~~", "~~"),
            Tag::Link { link_type, dest_url, title, .. } => self.link(link_type, false, dest_url, title),
            Tag::Image { link_type, dest_url, title, .. } => self.link(link_type, true, dest_url, title),
            // Parts of tables, and events that the parser is not configured to emit.
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.end_paragraph(),
            TagEnd::Heading(level) => self.heading(level),
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item | TagEnd::FootnoteDefinition => {
                self.end_paragraph();
                self.close();
            }
            TagEnd::CodeBlock => {
                let code = self.raw.take().unwrap_or_default().replace('\t', "    ");
                self.push(Block::code(&code));
            }
            TagEnd::HtmlBlock => {
                let html = self.raw.take().unwrap_or_default();
                if !is_comment(html.trim()) {
                    self.push_text(&html);
                }
                self.end_paragraph();
            }
            TagEnd::TableCell => {
                let cell = std::mem::take(&mut self.text).replace(LINE_END, "<br>");
                self.row.push(Inline::new(&cell).on_one_line().replace('|', "\\|"));
            }
            TagEnd::TableHead => {
                self.end_row();
                let marks = self.columns.iter().map(|alignment| match alignment {
                    Alignment::None => "---",
                    Alignment::Left => ":--",
                    Alignment::Center => ":-:",
                    Alignment::Right => "--:",
                });
                self.table.push(format!("| {} |", marks.collect::<Vec<_>>().join(" | ")));
            }
            TagEnd::TableRow => self.end_row(),
            TagEnd::Table => {
                let table = std::mem::take(&mut self.table);
                self.push(Block::lines(table));
            }
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => {
                let (mark, start) = self.marks.pop().unwrap_or_default();
                self.text.push_str(mark);
                self.other_mark = mark.starts_with('_').then_some((start, self.text.len()));
            }
            TagEnd::Link | TagEnd::Image => self.end_link(),
            _ => {}
        }
    }

    fn begin(&mut self, container: Container) {
        self.end_paragraph();
        self.open.push((container, std::mem::take(&mut self.blocks)));
    }

    fn close(&mut self) {
        let Some((container, around)) = self.open.pop() else { return };
        let inside = std::mem::replace(&mut self.blocks, around);
        let is_too_deep = self.open.len() > MAX_DEPTH;
        match container {
            Container::Item => match self.open.last_mut() {
                Some((Container::List { items, .. }, _)) => items.push(inside),
                _ => self.blocks.extend(inside),
            },
            Container::List { items, .. } if is_too_deep => self.blocks.extend(items.into_iter().flatten()),
            Container::List { first, is_loose, items } => self.blocks.push(Block::List { first, is_loose, items }),
            Container::Quote if is_too_deep => self.blocks.extend(inside),
            Container::Quote => self.blocks.push(Block::Quote(inside)),
            Container::Footnote(name) => {
                let label = Inline::new(&inline::text(&format!("[^{name}]:"), ' ', Addresses::Keep));
                self.blocks.extend(titled(label, inside));
            }
        }
    }

    fn push(&mut self, block: Block) {
        self.end_paragraph();
        self.blocks.push(block);
    }

    fn end_paragraph(&mut self) {
        let text = std::mem::take(&mut self.text);
        let text = text.trim_matches([' ', '\n', LINE_END]);
        if !text.is_empty() {
            let lines = text.split(LINE_END).map(|line| inline::at_start(line.trim()));
            self.blocks.push(Block::Paragraph(Inline::of_lines(lines)));
        }
    }

    fn heading(&mut self, level: HeadingLevel) {
        let text = std::mem::take(&mut self.text).replace(LINE_END, "<br>");
        let mut text = Inline::new(&text).on_one_line();
        if text.ends_with('#') {
            text.insert(text.len() - 1, '\\');
        }
        let marks = "#".repeat(level as usize);
        self.blocks.push(Block::lines(vec![format!("{marks} {text}")]));
    }

    fn end_row(&mut self) {
        let row = std::mem::take(&mut self.row);
        self.table.push(format!("| {} |", row.join(" | ")));
    }

    fn push_text(&mut self, text: &str) {
        let mut around = self.links.iter().filter(|link| link.is_kept);
        let addresses = match around.next_back() {
            None => Addresses::Link,
            Some(link) if link.is_image => Addresses::Break,
            Some(_) => Addresses::Keep,
        };
        self.end_other_mark(text);
        let before = self.text.chars().next_back().unwrap_or(' ');
        let is_one_line = !text.bytes().any(|byte| matches!(byte, b'\t' | b'\n'));
        let text = if is_one_line { Cow::Borrowed(text) } else { Cow::Owned(text.replace(['\t', '\n'], " ")) };
        self.text.push_str(&inline::text(&text, before, addresses));
    }

    /// Begins emphasis, with the other mark if the usual one would become a part of an emphasis before it or around it.
    fn mark(&mut self, usual: &'static str, other: &'static str) {
        let (around, _) = self.marks.last().copied().unwrap_or_default();
        let is_around = around.starts_with('*');
        let before = self.text.chars().next_back().unwrap_or(' ');
        let is_behind = before == '*' && !self.text.ends_with("\\*");
        // `***` is parsed as strong text inside emphasis.
        let is_both = around == "*" && usual == "**" && is_behind;
        let is_met = !is_both && (is_behind || is_around && !before.is_alphanumeric());
        let mark = if is_met { other } else { usual };
        self.marks.push((mark, self.text.len()));
        self.text.push_str(mark);
    }

    /// Restores the usual mark of emphasis if a word continues after it, since the other mark has no effect inside a
    /// word.
    fn end_other_mark(&mut self, behind: &str) {
        let Some((start, end)) = self.other_mark.take() else { return };
        if end == self.text.len() && behind.starts_with(char::is_alphanumeric) {
            let length = if self.text.ends_with("__") { 2 } else { 1 };
            let mark = if length == 2 { "**" } else { "*" };
            self.text.replace_range(end - length.., mark);
            self.text.replace_range(start..start + length, mark);
        }
    }

    /// Converts an HTML tag to text, except for line breaks and comments.
    fn tag(&mut self, tag: &str) {
        let name = tag.trim_matches(['<', '>', '/', ' ']);
        if name.eq_ignore_ascii_case("br") {
            // Emphasis neither begins nor ends at the end of a line.
            if self.marks.is_empty() {
                self.text.push(LINE_END);
            } else {
                self.text.push_str("<br>");
            }
        } else if !is_comment(tag) {
            self.push_text(tag);
        }
    }

    fn link(&mut self, kind: LinkType, is_image: bool, address: CowStr<'t>, title: CowStr<'t>) {
        if !is_image && self.text.ends_with('!') {
            self.text.insert(self.text.len() - 1, '\\');
        }
        let is_kept = inline::is_web(&address) || address.starts_with("mailto:") || kind == LinkType::Email;
        self.links.push(Link { start: self.text.len(), kind, is_image, is_kept, address, title });
    }

    fn end_link(&mut self) {
        let Some(Link { start, kind, is_image, is_kept, address, title }) = self.links.pop() else { return };
        let words = self.text.split_off(start);
        let mark = if is_image { "!" } else { "" };
        match (kind, is_kept) {
            (LinkType::Autolink | LinkType::Email, true) => self.text.push_str(&format!("<{address}>")),
            (LinkType::Autolink | LinkType::Email, false) => self.push_text(&format!("<{address}>")),
            (_, true) => self.text.push_str(&format!("{mark}[{words}]({})", inline::target(&address, &title))),
            (_, false) => {
                let title = if title.is_empty() { String::new() } else { format!(" \"{title}\"") };
                self.text.push_str(&format!("{mark}\\[{words}\\]"));
                self.push_text(&format!("({address}{title})"));
            }
        }
    }
}

/// Whether a piece of HTML consists of comments.
fn is_comment(html: &str) -> bool {
    let inside = html.strip_prefix("<!--").and_then(|html| html.strip_suffix("-->"));
    inside.is_some_and(|inside| !inside.contains("-->"))
}

/// Prepends a title to blocks, on their first line if that is a paragraph.
pub(super) fn titled(title: Inline, mut blocks: Vec<Block>) -> Vec<Block> {
    match blocks.first_mut() {
        Some(Block::Paragraph(first)) => *first = std::mem::take(first).behind(title),
        _ => blocks.insert(0, Block::Paragraph(title)),
    }
    blocks
}

#[cfg(test)]
mod tests;
