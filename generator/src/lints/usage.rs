//! `unused-component`: what no operation leads to.

use std::collections::{BTreeMap, BTreeSet};

use super::outline::Outline;
use super::warning;
use crate::diagnostics::{Code, Diagnostic, Place};
use crate::ir::Api;
use crate::pointer::Pointer;

/// A document without operations is there for its schemas: nothing in it is unused. What only unused components refer to
/// is unused as well; security schemes are not looked at, since one without use is an error.
pub(super) fn unused_components(outline: &Outline<'_>, api: &Api) -> Vec<Diagnostic> {
    if api.operations.is_empty() {
        return Vec::new();
    }
    // What each component refers to, and under `None` what the rest of the document does; and back.
    let mut uses: BTreeMap<Option<Pointer>, Vec<Pointer>> = BTreeMap::new();
    let mut used_by: BTreeMap<Pointer, &Pointer> = BTreeMap::new();
    for reference in &outline.references {
        let Some(target) = Pointer::from_reference(reference.target) else { continue };
        // What leads into the middle of a component uses it.
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
            let mut unused = warning(Code::UnusedComponent, Place::Key(at.clone()), message)
                .help("remove it, or refer to it where it belongs");
            if let Some(by) = used_by.get(&at) {
                unused =
                    unused.related(Place::Value(by.key("$ref")), "referred to here, where no operation leads either");
            }
            warnings.push(unused);
        }
    }
    warnings
}

/// The component that a place is in.
fn component_around(at: &Pointer) -> Option<Pointer> {
    let mut segments = at.segments();
    if segments.next()? != "components" {
        return None;
    }
    Some(Pointer::root().key("components").key(segments.next()?).key(segments.next()?))
}
