//! The parts of a schema: every reference is followed, and every `allOf` is joined.

use std::collections::BTreeSet;

use super::schema::Resolver;
use crate::pointer::Pointer;
use crate::source::Node;

/// A part of a schema: itself, what it refers to, or a member of its `allOf`.
#[derive(Clone, Debug)]
pub(super) struct Part<'t> {
    pub(super) at: Pointer,
    pub(super) node: &'t Node,
}

/// The parts of a schema, the outermost first.
pub(super) type Parts<'t> = Vec<Part<'t>>;

/// The maximum length of a chain of references: longer ones are cycles.
const LONGEST_CHAIN: usize = 128;

impl<'t> Resolver<'t> {
    /// Follows references; returns the target and its place.
    pub(super) fn follow(&self, at: Pointer, node: &'t Node) -> Part<'t> {
        let mut part = Part { at, node };
        for _ in 0..LONGEST_CHAIN {
            let reference = part.node.get("$ref").and_then(|reference| reference.value.as_str());
            let Some(target) = reference.and_then(Pointer::from_reference) else { break };
            match self.tree.node(&target) {
                Some(node) => part = Part { at: target, node },
                None => break,
            }
        }
        part
    }

    /// Splits a schema into its parts.
    pub(super) fn parts(&self, at: Pointer, node: &'t Node) -> Parts<'t> {
        let mut parts = Vec::new();
        self.take_apart(at, node, &mut BTreeSet::new(), &mut parts);
        parts
    }

    /// Appends the parts that are not in `seen`.
    pub(super) fn take_apart(&self, at: Pointer, node: &'t Node, seen: &mut BTreeSet<Pointer>, parts: &mut Parts<'t>) {
        let part = self.follow(at, node);
        if !seen.insert(part.at.clone()) {
            return;
        }
        let members = part.node.get("allOf").and_then(|members| members.value.as_sequence()).unwrap_or_default();
        let at = part.at.key("allOf");
        parts.push(part);
        for (index, member) in members.iter().enumerate() {
            self.take_apart(at.index(index), member, seen, parts);
        }
    }
}

/// Returns the first value of a key.
pub(super) fn first<'t>(parts: &[Part<'t>], key: &str) -> Option<(Pointer, &'t Node)> {
    parts.iter().find_map(|part| Some((part.at.key(key), part.node.get(key)?)))
}

/// The entries of a mapping that each part can have.
pub(super) fn entries<'t>(parts: &[Part<'t>], key: &'static str) -> impl Iterator<Item = (Pointer, &'t str, &'t Node)> {
    parts.iter().flat_map(move |part| {
        let mapping = part.node.get(key).and_then(|node| node.value.as_mapping());
        let at = part.at.key(key);
        mapping
            .into_iter()
            .flat_map(|mapping| mapping.iter())
            .map(move |entry| (at.key(&entry.key), entry.key.as_str(), &entry.node))
    })
}

pub(super) fn required<'t>(parts: &[Part<'t>]) -> Vec<(&'t str, Pointer)> {
    let mut names = Vec::new();
    for part in parts {
        let listed = part.node.get("required").and_then(|names| names.value.as_sequence()).unwrap_or_default();
        let at = part.at.key("required");
        for (index, name) in listed.iter().enumerate() {
            if let Some(name) = name.value.as_str().filter(|name| names.iter().all(|(other, _)| other != name)) {
                names.push((name, at.index(index)));
            }
        }
    }
    names
}
