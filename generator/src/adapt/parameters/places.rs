//! References to a parameter by its index in a list, which changes when an earlier parameter is dropped.

use std::collections::BTreeMap;

use crate::diagnostics::Span;
use crate::pointer::Pointer;
use crate::source::Node;

/// The parameter that a reference leads to, or into.
pub(super) struct Referred {
    reference: String,
    list: Pointer,
    index: usize,
    /// The part of the pointer after the index.
    rest: Vec<String>,
    /// The span of the parameter, by which it is found again.
    span: Span,
}

/// Returns the parameters that references lead to by their index.
pub(super) fn referred_to(root: &Node) -> Vec<Referred> {
    let mut found: BTreeMap<&str, Referred> = BTreeMap::new();
    root.each_reference(&mut |node| {
        let Some(reference) = node.value.as_str() else { return };
        if reference.starts_with("#/paths/") && !found.contains_key(reference) {
            found.extend(referred(root, reference).map(|referred| (reference, referred)));
        }
    });
    found.into_values().collect()
}

fn referred(root: &Node, reference: &str) -> Option<Referred> {
    let segments: Vec<String> = Pointer::from_reference(reference)?.segments().collect();
    let before = match segments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["paths", _, "parameters", _, ..] => 3,
        ["paths", _, _, "parameters", _, ..] => 4,
        _ => return None,
    };
    let list = segments.iter().take(before).fold(Pointer::root(), |at, key| at.key(key));
    let index: usize = segments.get(before)?.parse().ok()?;
    let span = root.find(&list.index(index))?.span;
    let rest = segments.into_iter().skip(before.saturating_add(1)).collect();
    Some(Referred { reference: reference.to_owned(), list, index, rest, span })
}

/// Updates the references to parameters that have moved.
pub(super) fn follow(root: &mut Node, referred: Vec<Referred>) {
    let mut moved: BTreeMap<String, String> = BTreeMap::new();
    let mut lists: BTreeMap<Pointer, BTreeMap<Span, usize>> = BTreeMap::new();
    for Referred { reference, list, index, rest, span } in referred {
        let places = lists.entry(list.clone()).or_insert_with(|| {
            let items = root.find(&list).and_then(|list| list.value.as_sequence()).unwrap_or_default();
            items.iter().enumerate().map(|(index, item)| (item.span, index)).collect()
        });
        let Some(now) = places.get(&span).filter(|now| **now != index) else { continue };
        let place = rest.iter().fold(list.index(*now), |at, key| at.key(key));
        moved.insert(reference, place.to_string());
    }
    if !moved.is_empty() {
        root.each_reference_mut(&mut |reference| {
            if let Some(now) = moved.get(reference) {
                now.clone_into(reference);
            }
        });
    }
}
