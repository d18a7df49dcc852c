//! Anchors, aliases and merge keys: a part of the text that is used in several places.
//!
//! An alias becomes a copy of its target. The places of the copy are those of the text, so that a problem is shown
//! where it has to be fixed. Copies count as values: aliases that a few lines could expand to billions of values are
//! rejected.

use std::collections::{BTreeMap, BTreeSet};

use super::{Entry, Node, Value};

/// The values with anchors, by the parser's numbers.
#[derive(Default)]
pub(super) struct Anchors {
    known: BTreeMap<usize, Anchored>,
}

/// A value with an anchor.
struct Anchored {
    node: Node,
    size: usize,
    depth: usize,
}

/// The copy for an alias.
pub(super) enum Copy {
    /// The value.
    Of(Node),
    /// The alias leads into the value that contains it, or nowhere.
    Endless,
    /// The value would nest deeper than the remaining depth.
    TooDeep,
    /// There would be too many values.
    TooLarge,
}

impl Anchors {
    /// Stores the value of an anchor; returns how many values were copied for it. A later anchor of the same name has
    /// another number.
    pub(super) fn note(&mut self, anchor: usize, node: &Node) -> usize {
        if anchor == 0 {
            return 0;
        }
        let size = values(node);
        self.known.insert(anchor, Anchored { node: node.clone(), size, depth: depth(node) });
        size
    }

    /// Copies the target of an alias, if it has at most this depth and this many values; also returns how many it has.
    pub(super) fn copy(&self, anchor: usize, levels: usize, room: usize) -> (Copy, usize) {
        let Some(anchored) = self.known.get(&anchor) else { return (Copy::Endless, 0) };
        if anchored.depth > levels {
            return (Copy::TooDeep, 0);
        }
        if anchored.size > room {
            return (Copy::TooLarge, 0);
        }
        (Copy::Of(anchored.node.clone()), anchored.size)
    }
}

/// Appends the entries that a mapping gets from others by `<<`. Its own entries come first, then those of the first
/// mapping.
pub(super) fn merge(entries: &mut Vec<Entry>, merged: Vec<Entry>) {
    if merged.is_empty() {
        return;
    }
    let mut known: BTreeSet<String> = entries.iter().map(|entry| entry.key.clone()).collect();
    entries.extend(merged.into_iter().filter(|entry| known.insert(entry.key.clone())));
}

/// Returns the entries that a value of `<<` adds, unless it is neither a mapping nor a list of mappings.
pub(super) fn merged(node: Node) -> Option<Vec<Entry>> {
    match node.value {
        Value::Mapping(mapping) => Some(mapping.into_entries()),
        Value::Sequence(items) => {
            let mappings = items.into_iter().map(|item| match item.value {
                Value::Mapping(mapping) => Some(mapping.into_entries()),
                _ => None,
            });
            Some(mappings.collect::<Option<Vec<_>>>()?.into_iter().flatten().collect())
        }
        _ => None,
    }
}

/// Returns the number of values and keys, as the parser counts them; a long text counts as several, because of its
/// memory.
fn values(node: &Node) -> usize {
    const SHORT: usize = 64;
    match &node.value {
        Value::Sequence(items) => items.iter().map(values).sum::<usize>() + 2,
        Value::Mapping(entries) => {
            let weight = |entry: &Entry| values(&entry.node) + entry.key.len() / SHORT + 1;
            entries.iter().map(weight).sum::<usize>() + 2
        }
        Value::String(text) => text.len() / SHORT + 1,
        _ => 1,
    }
}

/// Returns the depth of lists and mappings.
fn depth(node: &Node) -> usize {
    match &node.value {
        Value::Sequence(items) => items.iter().map(depth).max().unwrap_or_default() + 1,
        Value::Mapping(entries) => entries.iter().map(|entry| depth(&entry.node)).max().unwrap_or_default() + 1,
        _ => 0,
    }
}
