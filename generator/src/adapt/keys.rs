//! Keys that OpenAPI does not have at their place, keys that exclude each other, missing keys.

use std::collections::BTreeSet;

use super::{Adapting, entry, text};
use crate::diagnostics::{Code, Span};
use crate::source::{Entry, Mapping, Value};
use crate::spec::{Choice, KeyRule, Object, Shape, intended_extension, is_component_name, nearest};

pub(super) fn rewrite(walk: &mut Adapting<'_>, entries: &mut Mapping, object: &'static Object, span: Span) {
    drop_nothings(walk, entries, object);
    drop_namesakes(walk, entries, object);
    drop_strangers(walk, entries, object);
    for choice in object.choices {
        drop_excluded(walk, entries, choice);
    }
    fill(walk, entries, object, span);
}

/// Drops keys whose value has no meaning.
fn drop_nothings(walk: &mut Adapting<'_>, entries: &mut Mapping, object: &'static Object) {
    let mut dropped = Vec::new();
    for entry in entries.iter() {
        let Some(shape) = object.shape_of(entries, &entry.key) else { continue };
        let (code, what) = match (&entry.node.value, shape) {
            (Value::Null, Shape::Json) => continue,
            (Value::Null, _) => (Code::IgnoredNull, "is `null`: it is read as absent"),
            (Value::Sequence(items), Shape::NonEmptyList(_)) if items.is_empty() => {
                (Code::IgnoredEmptyList, "is an empty list: it is read as absent")
            }
            (_, Shape::NotModelled(_)) if entry.key != "$ref" => {
                (Code::IgnoredKey, "has no effect here: it is ignored")
            }
            _ => continue,
        };
        dropped.push((entry.key.clone(), entry.key_span, code, what));
    }
    // Removed at once: each removal costs the length of the mapping.
    let keys: BTreeSet<&str> = dropped.iter().map(|(key, ..)| key.as_str()).collect();
    entries.retain(|entry| !keys.contains(entry.key.as_str()));
    let is_nullable = entries.entry("nullable").is_some_and(|entry| matches!(entry.node.value, Value::Bool(true)));
    for (key, span, code, what) in &dropped {
        // A valid default, which says no more than its absence.
        if key == "default" && is_nullable {
            continue;
        }
        // Reported once: a description that has it has it in every schema.
        if key == "xml" && std::mem::replace(&mut walk.reported_xml, true) {
            continue;
        }
        walk.report_removed(*code, (key, *span), format!("`{key}` {what}")).help = Some("remove the key".to_owned());
    }
}

/// Drops extensions with the name of one of ours, but without its keys: another tool has an extension of that name.
fn drop_namesakes(walk: &mut Adapting<'_>, entries: &mut Mapping, object: &'static Object) {
    let is_namesake = |entry: &Entry| {
        if !entry.key.starts_with("x-") {
            return false;
        }
        let Some(Shape::Object(own)) = object.shape_of(entries, &entry.key) else { return false };
        let Value::Mapping(keys) = &entry.node.value else { return false };
        let is_known = |key: &str| nearest(key, own.fields.iter().map(|field| field.key)).is_some();
        let lacks_one = own.fields.iter().any(|field| field.is_required && keys.entry(field.key).is_none());
        lacks_one && !keys.iter().all(|entry| is_known(&entry.key))
    };
    let namesakes: BTreeSet<String> =
        entries.iter().filter(|entry| is_namesake(entry)).map(|entry| entry.key.clone()).collect();
    walk.foreign_extensions += namesakes.len();
    entries.retain(|entry| !namesakes.contains(&entry.key));
}

/// Drops keys that the object does not have: those of other tools, and those without meaning.
fn drop_strangers(walk: &mut Adapting<'_>, entries: &mut Mapping, object: &'static Object) {
    let strangers: Vec<(String, Span)> = entries
        .iter()
        .filter(|entry| entry.key != "$ref" && object.shape_of(entries, &entry.key).is_none())
        .map(|entry| (entry.key.clone(), entry.key_span))
        .collect();
    let mut dropped = BTreeSet::new();
    for (key, span) in strangers {
        let help = if key.starts_with("x-") {
            intended_extension(object, &key)
        } else if nearest(&key, object.fields(object.variant(entries)).map(|field| field.key)).is_some() {
            // A misspelt key was intended: the strict stage reports the right spelling.
            continue;
        } else {
            Some(stray_help(walk, entries, &key))
        };
        if key.starts_with("x-") && object.is_extensible {
            match help {
                Some(help) => {
                    let message = format!("`{key}` is not an extension of {} that the generator reads", object.name);
                    walk.report_removed(Code::OddExtension, (&key, span), message).help = Some(help);
                }
                None => walk.foreign_extensions += 1,
            }
        } else {
            let message = format!("{} has no key `{key}`: it is ignored", object.name);
            walk.report_removed(Code::IgnoredKey, (&key, span), message).help = help;
        }
        dropped.insert(key);
    }
    entries.retain(|entry| !dropped.contains(&entry.key));
}

/// Suggests what to do about a key that the object does not have: a property that is indented too deep is a key of the
/// property above it.
fn stray_help(walk: &Adapting<'_>, entries: &Mapping, key: &str) -> String {
    let is_object = entries.entry(key).is_some_and(|entry| matches!(entry.node.value, Value::Mapping(_)));
    let owner = walk.at.parent().and_then(|parent| parent.last());
    match walk.at.last() {
        Some(above) if is_object && owner.as_deref() == Some("properties") => {
            format!("if it is a property, indent it like `{above}`; otherwise remove it")
        }
        _ => "remove it".to_owned(),
    }
}

/// Keeps the first of keys that exclude each other.
fn drop_excluded(walk: &mut Adapting<'_>, entries: &mut Mapping, choice: &'static Choice) {
    let mut present = choice.keys.iter().filter(|key| entries.entry(key).is_some());
    let Some(first) = present.next() else { return };
    let rest: Vec<&str> = present.copied().collect();
    for key in rest {
        let Some(removed) = entries.remove(key) else { continue };
        let message = format!("`{key}` and `{first}` exclude each other: `{key}` is ignored");
        walk.report_removed(Code::ExcludedKey, (key, removed.key_span), message).help =
            Some(format!("remove `{key}` or `{first}`"));
    }
}

/// Fills in required keys whose absence does not matter to callers.
fn fill(walk: &mut Adapting<'_>, entries: &mut Mapping, object: &'static Object, span: Span) {
    let selected = object.variant(entries).map_or(&[][..], |variant| variant.fields);
    for field in object.fields.iter().chain(selected).filter(|field| field.is_required) {
        if entries.entry(field.key).is_some() {
            continue;
        }
        let value = match (object.name, field.key) {
            ("a response", "description") => text(""),
            ("a parameter with `in: path`" | "a parameter", "required") => Value::Bool(true),
            ("`info`", "version") => text("0.0.0"),
            ("`info`", "title") => text("API"),
            ("the document", "paths") => Value::Mapping(Mapping::default()),
            ("a request body", "content") | ("an operation", "responses") => Value::Mapping(Mapping::default()),
            ("a license", "name") => text("unknown"),
            ("a security scheme", "flows") | (_, "scopes") => Value::Mapping(Mapping::default()),
            _ => continue,
        };
        entries.insert(entry(field.key, value, span));
        walk.report_here(Code::FilledKey, format!("{} has no `{}`", object.name, field.key)).help =
            Some(format!("add it: `{}: {}`", field.key, field.shape.stub()));
    }
}

/// Reports components with names that OpenAPI does not allow. Other tools derive such names from generic types, and
/// they are unambiguous.
pub(super) fn name(walk: &mut Adapting<'_>, entries: &Mapping, rule: KeyRule) {
    if !matches!(rule, KeyRule::Component) {
        return;
    }
    for entry in entries.iter().filter(|entry| !is_component_name(&entry.key)) {
        let message = format!("`{}` is not a valid component name: it is accepted", entry.key);
        walk.report(Code::OddComponentName, &entry.key, message).help =
            Some("use only letters, digits, `.`, `-` and `_`".to_owned());
    }
}
