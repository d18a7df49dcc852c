//! The operations of a description, to choose from.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::diagnostics::count;
use crate::source::{Node, Tree, Value};
use crate::spec::METHODS;

/// An operation to choose from.
#[derive(Clone, Debug)]
pub struct ListedOperation<'t> {
    pub path: &'t str,
    /// The key of the operation in its path item, such as `get`.
    pub method: &'t str,
    /// The operation id; empty, if the document is of a kind whose operations have none.
    pub id: &'t str,
    pub tags: Vec<&'t str>,
    pub deprecated: bool,
}

pub(super) fn is_method(key: &str) -> bool {
    METHODS.contains(&key)
}

/// All operations, in the order of the text.
pub fn operations(tree: &Tree) -> Vec<ListedOperation<'_>> {
    let paths = tree.root().get("paths").and_then(|paths| paths.value.as_mapping());
    let mut listed = Vec::new();
    for path in paths.into_iter().flat_map(|paths| paths.iter()).filter(|path| path.key.starts_with('/')) {
        let methods = path.node.value.as_mapping().into_iter().flat_map(|item| item.iter());
        for method in methods.filter(|entry| is_method(&entry.key) && entry.node.value.as_mapping().is_some()) {
            listed.push(ListedOperation::new(&path.key, &method.key, &method.node));
        }
    }
    listed
}

impl<'t> ListedOperation<'t> {
    fn new(path: &'t str, method: &'t str, operation: &'t Node) -> Self {
        let text = |key: &str| operation.get(key).and_then(|node| node.value.as_str());
        let tags = operation.get("tags").and_then(|tags| tags.value.as_sequence()).unwrap_or_default();
        Self {
            path,
            method,
            id: text("operationId").unwrap_or_default(),
            tags: tags.iter().filter_map(|tag| tag.value.as_str()).collect(),
            deprecated: operation.get("deprecated").is_some_and(|flag| flag.value == Value::Bool(true)),
        }
    }
}

/// Lists the tags with their operations, as `--tag`, `--operation` and `--path` can name them.
///
/// An operation is listed below each of its tags.
pub fn list(tree: &Tree) -> String {
    let operations = operations(tree);
    let mut by_tag: BTreeMap<Option<&str>, Vec<&ListedOperation<'_>>> = BTreeMap::new();
    for operation in &operations {
        if operation.tags.is_empty() {
            by_tag.entry(None).or_default().push(operation);
        }
        let mut tags = operation.tags.clone();
        tags.sort_unstable();
        tags.dedup();
        for tag in tags {
            by_tag.entry(Some(tag)).or_default().push(operation);
        }
    }
    let tags = by_tag.keys().flatten().count();
    let mut text = format!("{} in {}\n", count(operations.len(), "operation"), count(tags, "tag"));
    let id_width = operations.iter().map(|operation| operation.id.chars().count()).max().unwrap_or_default().min(60);
    for (tag, operations) in &by_tag {
        let tag = tag.unwrap_or("(no tag)");
        // Writing to a string cannot fail.
        let _ = writeln!(text, "\n{tag}: {}", count(operations.len(), "operation"));
        for ListedOperation { path, method, id, deprecated, .. } in operations {
            let deprecated = if *deprecated { " (deprecated)" } else { "" };
            let _ = writeln!(text, "  {id:id_width$}  {} {path}{deprecated}", method.to_uppercase());
        }
    }
    text
}
