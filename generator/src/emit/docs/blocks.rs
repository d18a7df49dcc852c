//! Blocks of Markdown, and their layout as lines of a comment.

use std::borrow::Cow;

use super::inline::{FIXED_SPACE, Inline, is_block_start};

/// Longest line of documentation, without indentation and slashes.
const WIDTH: usize = 96;

/// A block of Markdown.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Block {
    /// Words that are wrapped.
    Paragraph(Inline),
    /// Lines that are unchanged: a heading, a table, a code block, a rule, lines of the generator.
    Lines { lines: Vec<String>, ends_paragraph: bool },
    /// A list, numbered from `first` if it is numbered.
    List { first: Option<u64>, is_loose: bool, items: Vec<Vec<Block>> },
    /// A quotation.
    Quote(Vec<Block>),
    /// An empty line, if text precedes it.
    Gap,
}

impl Block {
    /// Creates lines of the generator, or a block that needs an empty line before it.
    pub(super) fn lines(lines: Vec<String>) -> Self {
        Self::Lines { lines, ends_paragraph: false }
    }

    /// Creates a code block that is never run, whatever its content.
    pub(super) fn code(code: &str) -> Self {
        let fence = "`".repeat(super::longest_run(code).saturating_add(1).max(3));
        let mut lines = vec![format!("{fence}text")];
        lines.extend(code.lines().map(|line| line.trim_end().to_owned()));
        lines.push(fence);
        Self::Lines { lines, ends_paragraph: true }
    }

    /// Whether it begins directly after a paragraph, without an empty line.
    fn ends_paragraph(&self) -> bool {
        match self {
            Self::Lines { ends_paragraph, .. } => *ends_paragraph,
            Self::List { first, items, .. } => {
                matches!(first, None | Some(1)) && items.first().is_some_and(|item| !item.is_empty())
            }
            Self::Paragraph(_) | Self::Quote(_) | Self::Gap => false,
        }
    }
}

/// Lays blocks out, separated by empty lines.
pub(super) fn lay_out(blocks: &[Block]) -> Vec<String> {
    let mut layout = Layout { lines: Vec::new(), first: None, prefix: String::new() };
    layout.blocks(blocks, true);
    layout.lines
}

struct Layout {
    lines: Vec<String>,
    /// The prefix of the next line only: the marks of the lists and quotations that begin there.
    first: Option<String>,
    /// The prefix of each line: the indentation and marks of the lists and quotations around it.
    prefix: String,
}

impl Layout {
    fn blocks(&mut self, blocks: &[Block], is_loose: bool) {
        let mut before: Option<&Block> = None;
        // The mark of the previous list, to which the next list would otherwise belong.
        let mut is_other_mark = false;
        for block in blocks {
            if let Some(before) = before
                && (is_loose || !block.ends_paragraph() || !matches!(before, Block::Paragraph(_)))
            {
                self.separate();
            }
            let follows_list = matches!(
                (before, block),
                (Some(Block::List { first: a, .. }), Block::List { first: b, .. }) if a.is_some() == b.is_some()
            );
            is_other_mark = follows_list && !is_other_mark;
            self.block(block, is_other_mark);
            before = Some(block);
        }
    }

    fn block(&mut self, block: &Block, is_other_mark: bool) {
        match block {
            Block::Paragraph(inline) => self.paragraph(inline),
            Block::Lines { lines, .. } => lines.iter().for_each(|line| self.line(line)),
            Block::Gap => self.separate(),
            Block::Quote(blocks) => {
                self.inside("> ", "> ", |layout| layout.blocks(blocks, true));
            }
            Block::List { first, is_loose, items } => {
                // Several marks of the same kind in one line would be a rule.
                let is_other_mark = is_other_mark || self.first.as_ref().is_some_and(|first| first.ends_with("- "));
                for (index, item) in (0_u64..).zip(items) {
                    if index > 0 && *is_loose {
                        self.separate();
                    }
                    let mark = match (first, is_other_mark) {
                        (None, false) => "- ".to_owned(),
                        (None, true) => "* ".to_owned(),
                        (Some(first), false) => format!("{}. ", first.saturating_add(index)),
                        (Some(first), true) => format!("{}) ", first.saturating_add(index)),
                    };
                    let indentation = " ".repeat(mark.len());
                    self.inside(&mark, &indentation, |layout| layout.blocks(item, *is_loose));
                }
            }
        }
    }

    fn inside(&mut self, first: &str, others: &str, blocks: impl FnOnce(&mut Self)) {
        let length = self.prefix.len();
        self.first = Some(self.first.take().unwrap_or_else(|| self.prefix.clone()) + first);
        self.prefix.push_str(others);
        blocks(self);
        if self.first.is_some() {
            // The item is empty, and consists of its mark.
            self.line("");
        }
        self.prefix.truncate(length);
    }

    /// Adds an empty line, unless there is one, or no text, before it.
    fn separate(&mut self) {
        let empty = self.prefix.trim_end();
        if self.first.is_none() && self.lines.last().is_some_and(|last| last != empty) {
            self.lines.push(empty.to_owned());
        }
    }

    fn line(&mut self, line: &str) {
        let mut whole = self.first.take().unwrap_or_else(|| self.prefix.clone());
        whole.push_str(line);
        whole.truncate(whole.trim_end().len());
        self.lines.push(whole);
    }

    /// Wraps words, so that no line begins a list or a heading.
    fn paragraph(&mut self, inline: &Inline) {
        if let Some(line) = inline.single_line()
            && self.prefix.len() + line.len() <= WIDTH
        {
            return self.line(&unfixed(line));
        }
        let mut line = String::with_capacity(2 * WIDTH);
        let mut lines = inline.lines().peekable();
        while let Some(words) = lines.next() {
            let mut width = self.prefix.chars().count();
            for word in words {
                let word_width = word.chars().count();
                if line.is_empty() {
                    width += word_width;
                } else if width + 1 + word_width <= WIDTH || is_block_start(word) {
                    line.push(' ');
                    width += 1 + word_width;
                } else {
                    self.line(&unfixed(&line));
                    line.clear();
                    width = self.prefix.chars().count() + word_width;
                }
                line.push_str(word);
            }
            if lines.peek().is_some() {
                line.push('\\');
            }
            self.line(&unfixed(&line));
            line.clear();
        }
    }
}

/// Replaces the spaces at which no line is broken by usual ones.
fn unfixed(line: &str) -> Cow<'_, str> {
    if line.contains(FIXED_SPACE) { Cow::Owned(line.replace(FIXED_SPACE, " ")) } else { Cow::Borrowed(line) }
}
