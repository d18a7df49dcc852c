//! `unused-component`: components that no operation reaches.

use std::collections::{BTreeMap, BTreeSet};

use super::outline::Outline;
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
    for reference in &outline.references {
        let Some(target) = Pointer::from_reference(reference.target) else { continue };
        // A reference into the middle of a component uses it.
        let target = component_around(&target).unwrap_or(target);
        let user = component_around(&reference.at);
        if user.as_ref() != Some(&target) {
            used_by.entry(target.clone()).or_insert(&reference.at);
        }
        uses.entry(user).or_default().push(target);
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

/// Returns the component that contains a place.
fn component_around(at: &Pointer) -> Option<Pointer> {
    at.is_below("components").then(|| at.first_keys(3)).flatten()
}
