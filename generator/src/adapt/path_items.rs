//! Path items behind a `$ref`: each is replaced by a copy of its target within the document.

use std::collections::BTreeMap;

use super::Adapting;
use crate::diagnostics::Code;
use crate::pointer::Pointer;
use crate::source::{Mapping, Node, Value};

/// The maximum number of values in all copies: a text of a few lines could otherwise create any number.
const MAX_COPIED: usize = 100_000;

/// The maximum number of references between a path and its item.
const MAX_CHAIN: usize = 100;

/// Replaces references under `paths` by copies of their targets. A reference without a target, or to another
/// document, stays.
pub(super) fn write_out(walk: &mut Adapting<'_>, root: &mut Node) {
    let referring: Vec<(String, Node)> = root
        .get("paths")
        .and_then(|paths| paths.value.as_mapping())
        .into_iter()
        .flat_map(|paths| paths.iter())
        .filter(|path| path.node.get("$ref").is_some())
        .filter_map(|path| Some((path.key.clone(), target(root, &path.node)?.clone())))
        .scan(0_usize, |copied, (key, item)| {
            *copied = copied.saturating_add(item.size());
            (*copied <= MAX_COPIED).then_some((key, item))
        })
        .collect();
    let mut items: BTreeMap<String, Node> = referring.into_iter().collect();
    let Value::Mapping(document) = &mut root.value else { return };
    let Some(Node { value: Value::Mapping(paths), .. }) = document.get_mut("paths") else { return };
    for (path, node) in paths.values_mut() {
        let (Some(item), Value::Mapping(own)) = (items.remove(path), &mut node.value) else { continue };
        own.remove("$ref");
        walk.inside(Pointer::root().key("paths").key(path), |walk| merge(walk, own, item));
    }
}

/// Adds the keys to a path item that it does not have itself.
fn merge(walk: &mut Adapting<'_>, own: &mut Mapping, item: Node) {
    let Value::Mapping(item) = item.value else { return };
    for entry in item.into_entries() {
        if own.entry(&entry.key).is_none() {
            own.insert(entry);
            continue;
        }
        let message =
            format!("both this path item and the target of its `$ref` have `{}`: the one here is read", entry.key);
        walk.report(Code::IgnoredKey, &entry.key, message).help = Some("remove one of the two".to_owned());
    }
}

/// Returns the path item that a reference leads to.
fn target<'t>(root: &'t Node, referring: &'t Node) -> Option<&'t Node> {
    let mut node = referring;
    for _ in 0..MAX_CHAIN {
        let Some(reference) = node.get("$ref") else { return node.value.as_mapping().is_some().then_some(node) };
        let pointer = Pointer::from_reference(reference.value.as_str()?)?;
        node = pointer.segments().try_fold(root, |node, segment| node.get(&segment))?;
    }
    None
}
