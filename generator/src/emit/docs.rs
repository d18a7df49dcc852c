//! Converts the prose of the spec to rustdoc: the same words, but no part of it can break the documentation or run as a
//! test.

mod blocks;
mod inline;
mod prose;

use std::borrow::Cow;

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Value;

use crate::format::LINE;
use crate::hidden;
use crate::integer::{json_text, of_json};
use crate::ir::{Bound, Docs, Limits};
use blocks::Block;
use inline::Inline;

/// Documentation of one item, in Markdown.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Doc {
    blocks: Vec<Block>,
}

impl Doc {
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// Adds a paragraph of the generator, in Markdown.
    pub(super) fn paragraph(mut self, text: impl AsRef<str>) -> Self {
        self.blocks.push(Block::Paragraph(Inline::of_code_spans(text.as_ref())));
        self
    }

    /// Adds an item of a list: a name, and prose of the spec about it.
    pub(super) fn item(mut self, name: &str, about: Doc) -> Self {
        let item = prose::titled(Inline::of_code_spans(&format!("`{name}`:")), about.blocks);
        match self.blocks.last_mut() {
            Some(Block::List { items, .. }) => items.push(item),
            _ => self.blocks.push(Block::List { first: None, is_loose: false, items: vec![item] }),
        }
        self
    }

    /// Ends with an empty line, before another attribute.
    pub(super) fn gap(mut self) -> Self {
        self.blocks.push(Block::Gap);
        self
    }

    /// Adds lines of the generator unchanged: a list, a code block.
    pub(super) fn block(mut self, lines: impl IntoIterator<Item = String>) -> Self {
        self.blocks.push(Block::lines(lines.into_iter().collect()));
        self
    }

    /// Adds prose of the spec.
    pub(super) fn prose(mut self, text: &str) -> Self {
        self.blocks.extend(prose::blocks(text));
        self
    }

    /// Adds prose of the spec, or a paragraph of the generator if there is none.
    pub(super) fn prose_or(mut self, text: &str, without: &str) -> Self {
        let prose = prose::blocks(text);
        if prose.is_empty() {
            return self.paragraph(without);
        }
        self.blocks.extend(prose);
        self
    }

    /// Adds prose of the spec after a title of the generator.
    pub(super) fn titled(mut self, title: &str, text: &str) -> Self {
        self.blocks.extend(prose::titled(Inline::of_code_spans(title), prose::blocks(text)));
        self
    }

    /// Adds the documentation of a value: description, default, bounds.
    pub(super) fn value(mut self, docs: &Docs, without: &str) -> Self {
        self = self.prose_or(&docs.description, without);
        let mut notes = Vec::new();
        if let Some(default) = docs.default.as_ref().filter(|default| !names_default(&docs.description, default)) {
            notes.push(format!("The server's default is {}.", literal(default)));
        }
        if let Some(limits) = limits(&docs.limits) {
            notes.push(limits);
        }
        if let Some(format) = &docs.format {
            notes.push(format!("Format: {}.", code(format)));
        }
        if docs.deprecated {
            notes.push("Deprecated.".to_owned());
        }
        if notes.is_empty() { self } else { self.paragraph(notes.join(" ")) }
    }

    /// Returns the lines.
    pub(super) fn text(&self) -> String {
        blocks::lay_out(&self.blocks).join("\n")
    }

    /// Returns the lines as an attribute of an item, unless there are none.
    pub(super) fn outer(&self) -> TokenStream {
        let value = self.attribute_value().into_iter();
        quote! { #(#[doc = #value])* }
    }

    /// Returns the lines as an attribute of the enclosing module or crate, unless there are none.
    pub(super) fn inner(&self) -> TokenStream {
        let value = self.attribute_value().into_iter();
        quote! { #(#![doc = #value])* }
    }

    fn attribute_value(&self) -> Option<Literal> {
        let lines = blocks::lay_out(&self.blocks);
        let (first, others) = lines.split_first()?;
        let mut value = String::with_capacity(lines.iter().map(|line| line.len() + 2).sum());
        push_spaced(&mut value, first);
        for line in others {
            value.push(LINE);
            push_spaced(&mut value, line);
        }
        Some(as_it_is(&value))
    }
}

/// Returns a raw literal of a text: escaping each character and reading it again would take half as long as formatting.
pub(super) fn as_it_is(text: &str) -> Literal {
    let pounds =
        text.split('"').skip(1).map(|behind| behind.bytes().take_while(|byte| *byte == b'#').count().saturating_add(1));
    let fence = "#".repeat(pounds.max().unwrap_or_default());
    ["r", &fence, "\"", text, "\"", &fence].concat().parse().unwrap_or_else(|_| Literal::string(text))
}

/// Adds a line as it follows the slashes of a comment.
fn push_spaced(text: &mut String, line: &str) {
    if !line.is_empty() {
        text.push(' ');
        text.push_str(line);
    }
}

/// Whether a description states the default itself, possibly with conditions.
fn names_default(description: &str, default: &Value) -> bool {
    let text = plain(default);
    let is_part_of_word = |c: char| c.is_alphanumeric() || c == '_';
    let is_word = |(at, found): (usize, &str)| {
        let (before, behind) = (&description[..at], &description[at + found.len()..]);
        !before.ends_with(is_part_of_word) && !behind.starts_with(is_part_of_word)
    };
    let is_named = !text.is_empty() && description.match_indices(text.as_str()).any(is_word);
    is_named && description.to_lowercase().contains("default")
}

/// Formats a JSON value as inline code.
pub(super) fn literal(value: &Value) -> String {
    code(&plain(value))
}

/// Returns a text without its quotes, and any other value as JSON.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) if of_json(value).is_none() => text.clone(),
        other => json_text(other),
    }
}

/// Formats text as inline code, whatever backticks it contains. Invisible characters are escaped.
pub(super) fn code(text: &str) -> String {
    let text = hidden::escaped(text);
    let fence = "`".repeat(longest_run(&text) + 1);
    let loses_spaces = text.starts_with(' ') && text.ends_with(' ') && !text.trim().is_empty();
    let pad = if text.starts_with('`') || text.ends_with('`') || text.is_empty() || loses_spaces { " " } else { "" };
    [&fence, pad, &text, pad, &fence].concat()
}

/// Formats prose of the spec as a part of a line of the generator.
pub(super) fn line(text: &str) -> String {
    prose::line(&one_line(text))
}

/// Joins words in a sentence: `a, b and c`.
pub(super) fn enumeration(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [word] => word.clone(),
        [words @ .., last] => format!("{} and {last}", words.join(", ")),
    }
}

/// Joins the lines of a text.
pub(super) fn one_line(text: &str) -> String {
    printable(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Removes invisible characters from a text, and converts everything that ends a line to a line break. If nothing else
/// is left, it returns one visible character, so that the item has documentation.
pub(super) fn printable(text: &str) -> Cow<'_, str> {
    let is_plain = |c: char| matches!(c, '\n' | '\t') || !hidden::is_hidden(c);
    if hidden::is_plain(text) || text.chars().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let text = text.replace("\r\n", "\n").replace(hidden::ends_line, "\n").replace(|c| !is_plain(c), "");
    Cow::Owned(if text.trim().is_empty() { "\u{FFFD}".to_owned() } else { text })
}

fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

/// Describes the bounds of a value in one sentence.
pub(super) fn limits(limits: &Limits) -> Option<String> {
    let mut parts = Vec::new();
    let number = |bound: &Bound, inside: &str, outside: &str| {
        format!("{} `{}`", if bound.exclusive { outside } else { inside }, bound.value)
    };
    if let Some(minimum) = &limits.minimum {
        parts.push(number(minimum, "at least", "more than"));
    }
    if let Some(maximum) = &limits.maximum {
        parts.push(number(maximum, "at most", "less than"));
    }
    if let Some(factor) = &limits.multiple_of {
        parts.push(format!("a multiple of `{factor}`"));
    }
    let counted = |count: usize, one: &str| format!("{count} {one}{}", if count == 1 { "" } else { "s" });
    if let Some(fewest) = limits.min_length {
        parts.push(format!("at least {}", counted(fewest, "character")));
    }
    if let Some(most) = limits.max_length {
        parts.push(format!("at most {}", counted(most, "character")));
    }
    if let Some(fewest) = limits.min_items {
        parts.push(format!("at least {}", counted(fewest, "item")));
    }
    if let Some(most) = limits.max_items {
        parts.push(format!("at most {}", counted(most, "item")));
    }
    if !limits.one_of.is_empty() {
        const MOST: usize = 20;
        let values: Vec<String> = limits.one_of.iter().take(MOST).map(|value| code(value)).collect();
        let more = if limits.one_of.len() > MOST { ", …" } else { "" };
        parts.push(format!("one of {}{more}", values.join(", ")));
    }
    if limits.unique_items {
        parts.push("no item twice".to_owned());
    }
    if let Some(pattern) = &limits.pattern {
        parts.push(format!("matching {}", code(pattern)));
    }
    let mut sentence = parts.join(", ");
    let first = sentence.get(..1)?.to_ascii_uppercase();
    sentence.replace_range(..1, &first);
    sentence.push('.');
    Some(sentence)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_default_is_documented_once() {
        for (description, default) in
            [("The default for a new thing is `low`.", json!("low")), ("Defaults to 50, at most 100.", json!(50))]
        {
            assert!(names_default(description, &default), "{description}");
        }
        for (description, default) in [
            ("How low.", json!("low")),
            ("The default applies below 500.", json!(50)),
            ("Slow by default.", json!("low")),
        ] {
            assert!(!names_default(description, &default), "{description}");
        }
    }

    #[test]
    fn inline_code_can_contain_backticks() {
        assert_eq!(code("a`b"), "``a`b``");
        assert_eq!(code("`a"), "`` `a ``");
        assert_eq!(code(" a "), "`  a  `");
    }
}
