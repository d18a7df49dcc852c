//! References that lead through another reference, and keys beside a `$ref`, which OpenAPI 3.0 ignores although their
//! authors intended them.

use std::collections::BTreeMap;

use super::{Adapting, entry, str_of, text};
use crate::diagnostics::{Code, Place, Span};
use crate::pointer::Pointer;
use crate::source::{Mapping, Node, Value};
use crate::spec::{Object, ObjectKind, seems_ours};

/// Keys that annotate the place where a schema is used.
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

/// The maximum number of references on the way of one.
const MAX_CHAIN: usize = 100;

/// Replaces each reference that leads through another by one to the final target, so that each definition has one name.
pub(super) fn straighten(walk: &mut Adapting<'_>, root: &mut Node) {
    let mut targets = BTreeMap::new();
    collect(root, root, &mut targets);
    let straight = targets.into_iter().filter_map(|(reference, target)| Some((reference.to_owned(), target?)));
    let straight: BTreeMap<String, Pointer> = straight.collect();
    if !straight.is_empty() {
        rename(walk, root, &straight);
    }
}

/// Collects the references, and the final targets of those that lead through another.
fn collect<'t>(root: &Node, node: &'t Node, targets: &mut BTreeMap<&'t str, Option<Pointer>>) {
    match &node.value {
        Value::Sequence(items) => items.iter().for_each(|item| collect(root, item, targets)),
        Value::Mapping(entries) => {
            for entry in entries.iter() {
                match entry.node.value.as_str().filter(|_| entry.key == "$ref") {
                    Some(reference) => {
                        targets.entry(reference).or_insert_with(|| target(root, reference));
                    }
                    None => collect(root, &entry.node, targets),
                }
            }
        }
        _ => {}
    }
}

/// Returns the target of a reference, if another reference is on its way.
fn target(root: &Node, reference: &str) -> Option<Pointer> {
    let mut pointer = Pointer::from_reference(reference)?;
    for passed in 0..MAX_CHAIN {
        let segments: Vec<_> = pointer.keys().collect();
        let mut node = root;
        let mut stop = None;
        for (index, segment) in segments.iter().enumerate() {
            // Keys beside a reference do not count.
            if let Some(next) = node.get("$ref").and_then(|reference| reference.value.as_str()) {
                stop = Some((next, &segments[index..]));
                break;
            }
            node = node.find(&Pointer::root().key(segment))?;
        }
        let Some((next, rest)) = stop else { return (passed > 0).then_some(pointer) };
        pointer = rest.iter().fold(Pointer::from_reference(next)?, |pointer, key| pointer.key(key));
    }
    None
}

fn rename(walk: &mut Adapting<'_>, node: &mut Node, straight: &BTreeMap<String, Pointer>) {
    match &mut node.value {
        Value::Sequence(items) => {
            for (index, item) in items.iter_mut().enumerate() {
                walk.inside(walk.at.index(index), |walk| rename(walk, item, straight));
            }
        }
        Value::Mapping(entries) => {
            for (key, node) in entries.values_mut() {
                let target =
                    node.value.as_str().filter(|_| key == "$ref").and_then(|reference| straight.get(reference));
                if let Some(target) = target {
                    // A reference is decoded before it is followed.
                    let target = target.to_string().replace('%', "%25");
                    let message = format!("this reference leads through another: it is read as `{target}`");
                    node.value = Value::String(target.clone());
                    walk.report_at(Code::ValueForm, Place::Value(walk.at.key(key)), message).help =
                        Some(format!("write `$ref: \"{target}\"`"));
                } else {
                    walk.inside(walk.at.key(key), |walk| rename(walk, node, straight));
                }
            }
        }
        _ => {}
    }
}

/// Converts a reference to a schema, in the place of a response or a request body, to a body with this schema.
fn body(walk: &mut Adapting<'_>, entries: &mut Mapping, object: &Object, span: Span) {
    let is_schema = str_of(entries, "$ref").is_some_and(|reference| reference.starts_with("#/components/schemas/"));
    if !is_schema || !matches!(object.name, "a response" | "a request body") {
        return;
    }
    let message =
        format!("this is a reference to a schema, not to {}: it is read as the schema of a JSON body", object.name);
    walk.report(Code::SchemaAsBody, "$ref", message).help =
        Some("write `content: { application/json: { schema: { $ref: … } } }`".to_owned());
    let reference = std::mem::take(entries);
    let mapping = |key: &str, value: Value| Value::Mapping(Mapping::from_iter([entry(key, value, span)]));
    let schema = mapping("schema", Value::Mapping(reference));
    entries.insert(entry("content", mapping("application/json", schema), span));
    if object.name == "a response" {
        entries.insert(entry("description", text(""), span));
    }
}

/// Converts a reference to a schema with annotations to an `allOf` of one, and removes other keys beside a reference.
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
        walk.report_removed(Code::IgnoredKey, (&key, key_span), message).help =
            Some("move it to the target, or copy the target here".to_owned());
    }
    if entries.len() == 1 {
        body(walk, entries, object, span);
        return;
    }
    let Some(reference) = entries.remove("$ref") else { return };
    let keys: Vec<String> = entries.iter().map(|entry| format!("`{}`", entry.key)).collect();
    let part = Node { span: reference.node.span, value: Value::Mapping(Mapping::from_iter([reference])) };
    entries.insert(entry("allOf", Value::Sequence(vec![part]), span));
    let message = format!("{} beside `$ref`: read as an annotation of the target", keys.join(", "));
    walk.report_here(Code::BesideReference, message).help =
        Some("wrap the reference: other keys are allowed beside `allOf: [{$ref: …}]`".to_owned());
    walk.object(node, object);
}
