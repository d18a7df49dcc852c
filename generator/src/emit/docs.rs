//! From the spec's prose to rustdoc: the same words, but nothing in them may break the documentation or run as a test.

mod prose;

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use crate::format::LINE;
use crate::ir::{Bound, Docs, Limits};

pub(super) use prose::printable;
use prose::{harmless, is_fence, is_list_item, longest_run, wrap};

/// Documentation of one item, in Markdown, a string a line.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Doc {
    lines: Vec<String>,
}

impl Doc {
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// Adds a paragraph of our own, already Markdown.
    pub(super) fn paragraph(mut self, text: impl AsRef<str>) -> Self {
        self.separate();
        for line in text.as_ref().lines() {
            self.lines.extend(wrap(line, 0, 0));
        }
        self
    }

    /// Adds an item of a list: a name, and prose of the spec about it.
    pub(super) fn item(mut self, name: &str, about: &Doc) -> Self {
        let mut text = format!("- `{name}`:");
        let mut indent = 0;
        let mut fence = "";
        for line in &about.lines {
            let is_fence = is_fence(line);
            let begins = is_fence || is_list_item(line.trim_start());
            if (line.is_empty() || begins) && !text.is_empty() {
                self.lines.extend(wrap(&std::mem::take(&mut text), indent, 2));
                indent = 2;
            }
            if fence.is_empty() && is_fence {
                fence = line.trim_end_matches("text");
            } else if !fence.is_empty() {
                fence = if line == fence { "" } else { fence };
            } else if !line.is_empty() {
                text = if text.is_empty() { line.clone() } else { format!("{text} {line}") };
                continue;
            }
            self.lines.push(if line.is_empty() { String::new() } else { format!("  {line}") });
        }
        if !text.is_empty() {
            self.lines.extend(wrap(&text, indent, 2));
        }
        self
    }

    /// Begins a list or another block of its own.
    pub(super) fn gap(mut self) -> Self {
        self.separate();
        self
    }

    /// Adds lines of our own as they are: a list, a code block.
    pub(super) fn block(mut self, lines: impl IntoIterator<Item = String>) -> Self {
        self.separate();
        self.lines.extend(lines);
        self
    }

    /// Adds prose of the spec.
    pub(super) fn prose(mut self, text: &str) -> Self {
        if !text.trim().is_empty() {
            self.separate();
            self.lines.extend(harmless(text));
        }
        self
    }

    /// Adds what the spec says about a value: description, default, bounds.
    pub(super) fn value(mut self, docs: &Docs, without: &str) -> Self {
        self = if docs.description.trim().is_empty() { self.paragraph(without) } else { self.prose(&docs.description) };
        let mut notes = Vec::new();
        if let Some(default) = &docs.default {
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

    /// The lines as an attribute of an item, unless there are none.
    pub(super) fn outer(&self) -> TokenStream {
        let value = self.attribute_value().into_iter();
        quote! { #(#[doc = #value])* }
    }

    /// The lines as an attribute of the module or crate they stand in, unless there are none.
    pub(super) fn inner(&self) -> TokenStream {
        let value = self.attribute_value().into_iter();
        quote! { #(#![doc = #value])* }
    }

    fn attribute_value(&self) -> Option<String> {
        let (first, others) = self.lines.split_first()?;
        let mut value = String::new();
        push_spaced(&mut value, first);
        for line in others {
            value.push(LINE);
            push_spaced(&mut value, line);
        }
        Some(value)
    }

    fn separate(&mut self) {
        if !self.lines.is_empty() {
            self.lines.push(String::new());
        }
    }
}

/// Adds a line as it stands behind the slashes of a comment.
fn push_spaced(text: &mut String, line: &str) {
    if !line.is_empty() {
        text.push(' ');
        text.push_str(line);
    }
}

/// A JSON value as inline code.
pub(super) fn literal(value: &Value) -> String {
    match value {
        Value::String(text) => code(text),
        other => code(&other.to_string()),
    }
}

/// Text as inline code, whatever backticks it has itself.
pub(super) fn code(text: &str) -> String {
    let text = printable(text).replace('\n', " ");
    let fence = "`".repeat(longest_run(&text) + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') || text.is_empty() { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// Prose of the spec as part of one of our own lines: made one line before it is looked at, and behind a word, where nothing
/// begins a block of code, a list or a heading.
pub(super) fn line(text: &str) -> String {
    let words: Vec<&str> = ["x"].into_iter().chain(text.split_whitespace()).collect();
    let line = harmless(&words.join(" ")).join(" ");
    line.strip_prefix('x').unwrap_or(&line).trim().to_owned()
}

/// The bounds of a value in one sentence.
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
    use super::*;

    #[test]
    fn inline_code_holds_backticks() {
        assert_eq!(code("a`b"), "``a`b``");
        assert_eq!(code("`a"), "`` `a ``");
    }
}
