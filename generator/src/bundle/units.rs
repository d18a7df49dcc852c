//! The targets of references in other files.

use std::collections::BTreeMap;

use super::Unread;
use super::address::Address;
use super::visit;
use crate::diagnostics::{Diagnostic, Sources};
use crate::pointer::Pointer;
use crate::source::{self, Node, Tree};
use crate::spec::{DOCUMENT, Object, nearest};

/// The maximum number of references between a place and its definition.
const MAX_CHAIN: usize = 100;

/// The maximum number of values in all definitions: one can be inside another, and is copied with it.
const MAX_VALUES: usize = source::MAX_VALUES;

/// A definition, whose references are relative to the description.
pub(super) struct Unit {
    pub(super) node: Node,
    pub(super) kind: &'static Object,
}

/// The definitions that were taken from the files.
pub(super) struct Units<'s> {
    sources: &'s Sources,
    /// The name of the description.
    description: String,
    /// The files that were needed so far; one that is not a document has no tree.
    trees: BTreeMap<String, Option<Tree>>,
    pub(super) units: BTreeMap<Address, Unit>,
    /// In the order in which they were found.
    pub(super) order: Vec<Address>,
    /// The outermost definition around each place that a reference could lead to.
    pub(super) around: BTreeMap<Address, Pointer>,
    pub(super) unread: Unread,
    /// The final targets of references in the description.
    targets: BTreeMap<String, Address>,
    pub(super) problems: Vec<Diagnostic>,
    values: usize,
}

impl<'s> Units<'s> {
    pub(super) fn new(sources: &'s Sources) -> Self {
        Self {
            sources,
            description: sources.description.file_name().to_owned(),
            trees: BTreeMap::new(),
            units: BTreeMap::new(),
            order: Vec::new(),
            around: BTreeMap::new(),
            unread: Unread::new(),
            targets: BTreeMap::new(),
            problems: Vec::new(),
            values: 0,
        }
    }

    /// Collects all definitions that the description leads to.
    pub(super) fn collect(&mut self, root: &mut Node) {
        let mut found: Vec<(String, &'static Object)> = Vec::new();
        visit::references(root, &DOCUMENT, &mut |reference, kind| found.push((reference.clone(), kind)));
        found.reverse();
        while let Some((reference, kind)) = found.pop() {
            let Some(target) = self.target(&reference, kind) else { continue };
            if target.file.is_empty() || self.units.contains_key(&target) {
                continue;
            }
            let Some(mut node) = self.tree(&target.file).and_then(|tree| tree.root().find(&target.pointer)).cloned()
            else {
                continue;
            };
            self.values = self.values.saturating_add(node.size());
            if self.values > MAX_VALUES {
                self.unread.insert(reference, format!("all definitions together have more than {MAX_VALUES} values"));
                continue;
            }
            let mut inside = Vec::new();
            let description = self.description.clone();
            let places = visit::referable(&mut node, kind, &target.pointer, &mut |reference, kind| {
                if let Ok(address) = Address::of(reference, &target.file, &description) {
                    *reference = address.reference();
                }
                inside.push((reference.clone(), kind));
            });
            for place in places {
                let around = self.around.entry(Address { file: target.file.clone(), pointer: place });
                let around = around.or_insert_with(|| target.pointer.clone());
                if target.pointer.segments().count() < around.segments().count() {
                    around.clone_from(&target.pointer);
                }
            }
            found.extend(inside.into_iter().rev());
            self.order.push(target.clone());
            self.units.insert(target, Unit { node, kind });
        }
    }

    /// Returns the final target of a reference in the description. The reason why there is none is recorded.
    pub(super) fn target(&mut self, reference: &str, kind: &'static Object) -> Option<Address> {
        if reference.starts_with('#') || self.unread.contains_key(reference) {
            return None;
        }
        if let Some(target) = self.targets.get(reference) {
            return Some(target.clone());
        }
        match self.followed(reference, kind) {
            Ok(target) => {
                self.targets.insert(reference.to_owned(), target.clone());
                Some(target)
            }
            Err(why) => {
                self.unread.insert(reference.to_owned(), why);
                None
            }
        }
    }

    /// Returns the final target of a reference that was followed before.
    pub(super) fn known(&self, reference: &str) -> Option<Address> {
        self.targets.get(reference).cloned()
    }

    fn followed(&mut self, reference: &str, kind: &'static Object) -> Result<Address, String> {
        let description = self.description.clone();
        let mut target = Address::of(reference, "", &description)?;
        let mut passed: Vec<Address> = Vec::new();
        while !target.file.is_empty() {
            if let Some(why) = self.sources.unread(&target.file) {
                return Err(why.to_owned());
            }
            let Some(tree) = self.tree(&target.file) else { return Err("the file is not a document".to_owned()) };
            let Some(node) = tree.root().find(&target.pointer) else {
                return Err(nowhere(tree, &target));
            };
            let entries = node.value.as_mapping();
            let entries =
                entries.ok_or_else(|| format!("{} is expected there, but it is {}", kind.name, node.value.kind()))?;
            let next = entries.entry("$ref").filter(|_| entries.len() == 1);
            let Some(next) = next.and_then(|next| next.node.value.as_str()).map(str::to_owned) else {
                return Ok(target);
            };
            if passed.contains(&target) {
                return Err("it leads back to itself, and never to a definition".to_owned());
            }
            if passed.len() == MAX_CHAIN {
                return Err(format!("there are more than {MAX_CHAIN} references on its way"));
            }
            let behind = Address::of(&next, &target.file, &description)?;
            passed.push(std::mem::replace(&mut target, behind));
        }
        Ok(target)
    }

    fn tree(&mut self, file: &str) -> Option<&Tree> {
        if !self.trees.contains_key(file) {
            let tree = self.sources.file(file).and_then(|(id, source)| match source::parse_of(id, &source.text) {
                Ok(tree) => Some(tree),
                Err(problems) => {
                    self.problems.extend(problems);
                    None
                }
            });
            self.trees.insert(file.to_owned(), tree);
        }
        self.trees.get(file)?.as_ref()
    }
}

/// Says that there is nothing at a place of a file, and suggests a similar place.
fn nowhere(tree: &Tree, target: &Address) -> String {
    let near = || {
        let parent = tree.root().find(&target.pointer.parent()?)?.value.as_mapping()?;
        let last = target.pointer.last()?;
        let near = nearest(&last, parent.iter().map(|entry| entry.key.as_str()))?;
        Some(target.pointer.parent()?.key(near))
    };
    match near() {
        Some(near) => format!("`{}` has nothing there; did you mean `{near}`?", target.file),
        None => format!("`{}` has nothing there", target.file),
    }
}
