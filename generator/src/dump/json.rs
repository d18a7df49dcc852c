//! JSON for people: what fits on a line stands on one.

use serde_json::Value;

use crate::hidden::is_hidden;

/// Longest object or list on one line, in characters, whatever the indentation: so an item looks the same by itself.
const WIDTH: usize = 104;

/// A value, with the fields of objects in the order given.
#[derive(Debug)]
pub(super) enum Node {
    /// What has no parts, as JSON writes it.
    Plain(String),
    List(Vec<Node>),
    Object(Vec<(String, Node)>),
}

impl Node {
    /// A text. Characters that a reader would not see, or that change the order in which others are shown, are escaped.
    pub(super) fn text(text: &str) -> Self {
        let mut escaped = String::with_capacity(text.len().saturating_add(2));
        for character in Value::from(text).to_string().chars() {
            if is_hidden(character) {
                escaped.push_str(&format!("\\u{:04x}", u32::from(character)));
            } else {
                escaped.push(character);
            }
        }
        Self::Plain(escaped)
    }

    /// A JSON value.
    pub(super) fn value(value: &Value) -> Self {
        match value {
            Value::String(text) => Self::text(text),
            Value::Array(items) => Self::List(items.iter().map(Self::value).collect()),
            Value::Object(fields) => {
                Self::Object(fields.iter().map(|(key, value)| (key.clone(), Self::value(value))).collect())
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => Self::Plain(value.to_string()),
        }
    }

    /// The text of a document: the whole and the lists in it take a line for each part, everything below as few as fit.
    pub(super) fn print(&self) -> String {
        let mut text = String::new();
        self.print_at(0, &mut text);
        text.push('\n');
        text
    }

    fn print_at(&self, depth: usize, text: &mut String) {
        if depth > 1 && self.fits() || self.is_without_parts() {
            self.print_flat(text);
            return;
        }
        match self {
            Self::Plain(plain) => text.push_str(plain),
            Self::List(items) => print_parts(['[', ']'], depth, items, text, Self::print_at),
            Self::Object(fields) => print_parts(['{', '}'], depth, fields, text, |(key, node), depth, text| {
                print_key(key, text);
                node.print_at(depth, text);
            }),
        }
    }

    fn print_flat(&self, text: &mut String) {
        match self {
            Self::Plain(plain) => text.push_str(plain),
            Self::List(items) => print_flat_parts(["[", "]"], items, text, Self::print_flat),
            Self::Object(fields) => print_flat_parts(["{ ", " }"], fields, text, |(key, node), text| {
                print_key(key, text);
                node.print_flat(text);
            }),
        }
    }

    fn is_without_parts(&self) -> bool {
        match self {
            Self::Plain(_) => true,
            Self::List(items) => items.is_empty(),
            Self::Object(fields) => fields.is_empty(),
        }
    }

    fn fits(&self) -> bool {
        self.take_from(WIDTH).is_some()
    }

    /// What is left of a number of characters after this on one line, if it fits at all.
    fn take_from(&self, width: usize) -> Option<usize> {
        match self {
            Self::Plain(plain) => width.checked_sub(plain.chars().count()),
            Self::List(items) => {
                items.iter().try_fold(width.checked_sub(2)?, |left, item| item.take_from(left)?.checked_sub(2))
            }
            Self::Object(fields) => fields.iter().try_fold(width.checked_sub(4)?, |left, (key, node)| {
                node.take_from(left.checked_sub(key.chars().count())?)?.checked_sub(6)
            }),
        }
    }
}

fn print_parts<T>(
    [open, close]: [char; 2],
    depth: usize,
    parts: &[T],
    text: &mut String,
    print: impl Fn(&T, usize, &mut String),
) {
    let inner = depth.saturating_add(1);
    text.push(open);
    for (index, part) in parts.iter().enumerate() {
        text.push_str(if index == 0 { "\n" } else { ",\n" });
        text.push_str(&"  ".repeat(inner));
        print(part, inner, text);
    }
    text.push('\n');
    text.push_str(&"  ".repeat(depth));
    text.push(close);
}

fn print_flat_parts<T>([open, close]: [&str; 2], parts: &[T], text: &mut String, print: impl Fn(&T, &mut String)) {
    text.push_str(open.trim_end_matches(if parts.is_empty() { " " } else { "" }));
    for (index, part) in parts.iter().enumerate() {
        text.push_str(if index == 0 { "" } else { ", " });
        print(part, text);
    }
    text.push_str(close.trim_start_matches(if parts.is_empty() { " " } else { "" }));
}

fn print_key(key: &str, text: &mut String) {
    Node::text(key).print_flat(text);
    text.push_str(": ");
}
