//! Anchors, aliases and merge keys: a part of the text that stands in several places.
//!
//! An alias becomes a copy of the value that it leads to, whose places stay those of the text, so that a problem in it is
//! shown where it is to be mended. Copies count as values: what a few lines could blow up to billions is refused.

use std::collections::{BTreeMap, BTreeSet};

use super::{Entry, Node, Value};

/// The values that anchors stand on, by the parser's numbers.
#[derive(Default)]
pub(super) struct Anchors {
    known: BTreeMap<usize, Anchored>,
}

/// A value that an anchor stands on.
struct Anchored {
    node: Node,
    size: usize,
    depth: usize,
}

/// What an alias leads to.
pub(super) enum Copy {
    /// The value.
    Of(Node),
    /// It leads into the value in which it stands, or nowhere.
    Endless,
    /// The value would nest deeper than this leaves room for.
    TooDeep,
    /// There would be too many values.
    TooLarge,
}

impl Anchors {
    /// Notes the value behind an anchor; gives how many values were copied for it. A later anchor of the same name has a
    /// number of its own.
    pub(super) fn note(&mut self, anchor: usize, node: &Node) -> usize {
        if anchor == 0 {
            return 0;
        }
        let size = values(node);
        self.known.insert(anchor, Anchored { node: node.clone(), size, depth: depth(node) });
        size
    }

    /// A copy of what an alias leads to, if it may nest that deep and have that many values, and how many it has.
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

/// Adds what a mapping takes over from others by `<<` behind its own entries. Its own come first, then those of the
/// mapping that was named first.
pub(super) fn merge(entries: &mut Vec<Entry>, merged: Vec<Entry>) {
    let mut known: BTreeSet<String> = entries.iter().map(|entry| entry.key.clone()).collect();
    entries.extend(merged.into_iter().filter(|entry| known.insert(entry.key.clone())));
}

/// The entries that a value of `<<` adds, unless it is neither a mapping nor a list of some.
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

/// How many values and keys there are, as the parser counts them; a long text counts as several, for what it weighs.
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

/// How many lists and mappings are in one another.
fn depth(node: &Node) -> usize {
    match &node.value {
        Value::Sequence(items) => items.iter().map(depth).max().unwrap_or_default() + 1,
        Value::Mapping(entries) => entries.iter().map(|entry| depth(&entry.node)).max().unwrap_or_default() + 1,
        _ => 0,
    }
}
