//! Keys beside a `$ref`, which OpenAPI 3.0 ignores and whose authors meant them.

use super::{Adapting, entry};
use crate::diagnostics::{Code, Span};
use crate::source::{Mapping, Node, Value};
use crate::spec::{Object, ObjectKind, seems_ours};

/// Keys that say something about the place where a schema is used.
const ANNOTATIONS: [&str; 10] = [
    "title",
    "description",
    "nullable",
    "readOnly",
    "writeOnly",
    "deprecated",
    "default",
    "example",
    "x-rust-name",
    "x-argument-name",
];

/// Makes an `allOf` of one out of a reference to a schema with annotations, and removes other keys from beside a
/// reference.
pub(super) fn siblings(walk: &mut Adapting<'_>, node: &mut Node, object: &'static Object) {
    let span = node.span;
    let Value::Mapping(entries) = &mut node.value else { return };
    let takes_annotations = object.kind == ObjectKind::Schema;
    let is_kept = |key: &str| key == "$ref" || takes_annotations && ANNOTATIONS.contains(&key);
    let strangers = entries.iter().filter(|entry| !is_kept(&entry.key));
    let strangers: Vec<(String, Span)> = strangers.map(|entry| (entry.key.clone(), entry.key_span)).collect();
    entries.retain(|entry| is_kept(&entry.key));
    for (key, key_span) in strangers {
        if key.starts_with("x-") && !seems_ours(object, &key) {
            walk.foreign_extensions += 1;
            continue;
        }
        let message = format!("`{key}` has no effect beside `$ref`: it is ignored");
        walk.tell_removed(Code::IgnoredKey, (&key, key_span), message).help =
            Some("move it to what is referred to, or write that out here".to_owned());
    }
    if entries.len() == 1 {
        return;
    }
    let Some(reference) = entries.remove("$ref") else { return };
    let keys: Vec<String> = entries.iter().map(|entry| format!("`{}`", entry.key)).collect();
    let part = Node { span: reference.node.span, value: Value::Mapping(Mapping::from_iter([reference])) };
    entries.insert(entry("allOf", Value::Sequence(vec![part]), span));
    let message = format!("{} beside `$ref`: read as an annotation of what it refers to", keys.join(", "));
    walk.tell_here(Code::BesideReference, message).help =
        Some("wrap the reference: `allOf: [{$ref: …}]` may have other keys beside it".to_owned());
    walk.object(node, object);
}
