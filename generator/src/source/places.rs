//! The bytes of the text to show for a place of the document.

use super::{Node, Tree, Value};
use crate::diagnostics::{Place, Span};
use crate::pointer::Pointer;

impl Tree {
    /// The bytes to underline for `place`.
    ///
    /// A scalar is underlined itself; a list or a mapping is shown by its key, or else by the first part of it. If a
    /// pointer has no target, its nearest existing ancestor is used.
    pub fn span(&self, place: &Place) -> Span {
        match place {
            Place::Text(span) | Place::Removed(_, span) => *span,
            Place::Value(pointer) => self.follow(pointer).value_span(),
            Place::Key(pointer) => {
                let trail = self.follow(pointer);
                trail.key.filter(|_| trail.complete).unwrap_or_else(|| trail.value_span())
            }
        }
    }

    fn follow(&self, pointer: &Pointer) -> Trail<'_> {
        let mut trail = Trail { node: &self.root, key: None, complete: true };
        for segment in pointer.keys() {
            let step = match &trail.node.value {
                Value::Mapping(mapping) => mapping.entry(&segment).map(|entry| (&entry.node, Some(entry.key_span))),
                Value::Sequence(items) => {
                    segment.parse().ok().and_then(|index: usize| items.get(index)).map(|item| (item, None))
                }
                _ => None,
            };
            let Some((node, key)) = step else {
                trail.complete = false;
                break;
            };
            (trail.node, trail.key) = (node, key);
        }
        trail
    }
}

/// How far a pointer led.
struct Trail<'t> {
    /// The last value that exists.
    node: &'t Node,
    /// The key that led to it, unless it is the root or an item of a list.
    key: Option<Span>,
    /// Whether the pointer ends there.
    complete: bool,
}

impl Trail<'_> {
    fn value_span(&self) -> Span {
        let is_scalar = !matches!(self.node.value, Value::Sequence(_) | Value::Mapping(_));
        if is_scalar && self.node.span.start < self.node.span.end {
            return self.node.span;
        }
        self.key.unwrap_or_else(|| first_span(self.node))
    }
}

fn first_span(node: &Node) -> Span {
    let mut node = node;
    loop {
        node = match &node.value {
            Value::Mapping(mapping) => match mapping.first() {
                Some(entry) => return entry.key_span,
                None => return node.span,
            },
            Value::Sequence(items) => match items.first() {
                Some(item) => item,
                None => return node.span,
            },
            _ => return node.span,
        };
    }
}
