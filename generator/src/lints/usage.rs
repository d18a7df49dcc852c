//! `unused-component`: components that no operation reaches.

use std::collections::{BTreeMap, BTreeSet};

use super::outline::{Outline, Reference};
use super::warning;
use crate::diagnostics::{Code, Diagnostic, Place};
use crate::ir::Api;
use crate::pointer::Pointer;

/// A document without operations exists for its schemas: nothing in it is unused. A component that only unused
/// components refer to is unused as well. Security schemes are not checked.
pub(super) fn unused_components(outline: &Outline<'_>, api: &Api) -> Vec<Diagnostic> {
    if api.operations.is_empty() {
        return Vec::new();
    }
    // The components that each component refers to, and under `None` those of the rest of the document; and the
    // reverse.
    let mut uses: BTreeMap<Option<Pointer>, Vec<Pointer>> = BTreeMap::new();
    let mut used_by: BTreeMap<Pointer, &Pointer> = BTreeMap::new();
    let mut children: BTreeMap<Pointer, Vec<Pointer>> = BTreeMap::new();
    for reference in &outline.references {
        let Some(target) = target(outline, reference) else { continue };
        if let Some(child) = child(reference) {
            children.entry(target.clone()).or_default().push(child);
        }
        // A reference into the middle of a component uses it.
        let target = component_around(&target).unwrap_or(target);
        let user = component_around(&reference.at);
        if user.as_ref() != Some(&target) {
            used_by.entry(target.clone()).or_insert(&reference.at);
        }
        uses.entry(user).or_default().push(target);
    }
    for (parent, child) in members_of_families(outline, &children) {
        uses.entry(Some(parent)).or_default().push(child);
    }
    let mut used = BTreeSet::new();
    let mut open = vec![None];
    while let Some(user) = open.pop() {
        for target in uses.get(&user).into_iter().flatten() {
            if used.insert(target.clone()) {
                open.push(Some(target.clone()));
            }
        }
    }

    let components = Pointer::root().key("components");
    let sections = outline.tree.node(&components).and_then(|node| node.value.as_mapping());
    let sections = sections.into_iter().flat_map(|sections| sections.iter());
    let mut warnings = Vec::new();
    for section in sections.filter(|section| section.key != "securitySchemes" && !section.key.starts_with("x-")) {
        for entry in section.node.value.as_mapping().into_iter().flat_map(|entries| entries.iter()) {
            let at = components.key(&section.key).key(&entry.key);
            if used.contains(&at) {
                continue;
            }
            let message = format!("no operation uses `{}`", entry.key);
            let mut unused =
                warning(Code::UnusedComponent, Place::Key(at.clone()), message).help("remove it, or refer to it");
            if let Some(by) = used_by.get(&at) {
                unused =
                    unused.related(Place::Value(by.key("$ref")), "referred to here, which no operation reaches either");
            }
            warnings.push(unused);
        }
    }
    warnings
}

/// Returns the target of a reference, or of the text of a discriminator, which can also be a name.
fn target(outline: &Outline<'_>, reference: &Reference<'_>) -> Option<Pointer> {
    Pointer::from_reference(reference.target).or_else(|| {
        let name = reference.target.rsplit('/').next()?.split('.').next()?;
        let schema = Pointer::root().key("components").key("schemas").key(name);
        outline.tree.node(&schema).map(|_| schema)
    })
}

/// Returns the component that has the target of a reference as a part of its `allOf`.
fn child(reference: &Reference<'_>) -> Option<Pointer> {
    let child = component_around(&reference.at)?;
    let list = reference.at.parent()?;
    (list == child.key("allOf")).then_some(child)
}

/// Returns the objects with a discriminator, and their children, each with a child: where the first is used, each of the
/// others is valid.
fn members_of_families(outline: &Outline<'_>, children: &BTreeMap<Pointer, Vec<Pointer>>) -> Vec<(Pointer, Pointer)> {
    let begins = |at: &&Pointer| {
        let has = |key: &str| outline.tree.node(at).is_some_and(|node| node.get(key).is_some());
        has("discriminator") && !has("oneOf") && !has("anyOf")
    };
    let mut open: Vec<&Pointer> = children.keys().filter(begins).collect();
    let mut seen: BTreeSet<&Pointer> = open.iter().copied().collect();
    let mut pairs = Vec::new();
    while let Some(parent) = open.pop() {
        for child in children.get(parent).into_iter().flatten() {
            pairs.push((parent.clone(), child.clone()));
            if seen.insert(child) {
                open.push(child);
            }
        }
    }
    pairs
}

/// Returns the component that contains a place.
fn component_around(at: &Pointer) -> Option<Pointer> {
    at.is_below("components").then(|| at.first_keys(3)).flatten()
}
