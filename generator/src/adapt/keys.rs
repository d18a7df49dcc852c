//! Keys that OpenAPI does not have at their place, keys that exclude each other, keys that are missing.

use std::collections::BTreeSet;

use super::{Adapting, entry, text};
use crate::diagnostics::{Code, Span};
use crate::source::{Entry, Mapping, Value};
use crate::spec::{Choice, Object, Shape, meant_extension, nearest};

pub(super) fn rewrite(walk: &mut Adapting<'_>, entries: &mut Mapping, object: &'static Object, span: Span) {
    drop_nothings(walk, entries, object);
    drop_namesakes(walk, entries, object);
    drop_strangers(walk, entries, object);
    for choice in object.choices {
        drop_excluded(walk, entries, choice);
    }
    fill(walk, entries, object, span);
}

/// Drops keys whose value says nothing.
fn drop_nothings(walk: &mut Adapting<'_>, entries: &mut Mapping, object: &'static Object) {
    let mut dropped = Vec::new();
    for entry in entries.iter() {
        let Some(shape) = object.shape_of(entries, &entry.key) else { continue };
        let (code, what) = match (&entry.node.value, shape) {
            (Value::Null, Shape::Json) => continue,
            (Value::Null, _) => (Code::IgnoredNull, "is `null`: it is read as if it were not there"),
            (Value::Sequence(items), Shape::NonEmptyList(_)) if items.is_empty() => {
                (Code::IgnoredEmptyList, "is an empty list: it is read as if it were not there")
            }
            (_, Shape::NotModelled(_)) if entry.key != "$ref" => {
                (Code::IgnoredKey, "changes nothing here: it is ignored")
            }
            _ => continue,
        };
        dropped.push((entry.key.clone(), code, what));
    }
    // All at once: each removal costs the length of the mapping.
    let keys: BTreeSet<&str> = dropped.iter().map(|(key, ..)| key.as_str()).collect();
    entries.retain(|entry| !keys.contains(entry.key.as_str()));
    for (key, code, what) in &dropped {
        // Said once: descriptions that have it have it in every schema.
        if key == "xml" && std::mem::replace(&mut walk.told_of_xml, true) {
            continue;
        }
        walk.tell(*code, key, format!("`{key}` {what}")).help = Some("remove the key".to_owned());
    }
}

/// Drops extensions that have the name of one of ours, but not its keys: another tool has one of that name.
fn drop_namesakes(walk: &mut Adapting<'_>, entries: &mut Mapping, object: &'static Object) {
    let is_namesake = |entry: &Entry| {
        let Some(Shape::Object(own)) = object.shape_of(entries, &entry.key) else { return false };
        let Value::Mapping(keys) = &entry.node.value else { return false };
        let is_known = |key: &str| nearest(key, own.fields.iter().map(|field| field.key)).is_some();
        let lacks_one = own.fields.iter().any(|field| field.is_required && keys.entry(field.key).is_none());
        entry.key.starts_with("x-") && lacks_one && !keys.iter().all(|entry| is_known(&entry.key))
    };
    let namesakes: BTreeSet<String> =
        entries.iter().filter(|entry| is_namesake(entry)).map(|entry| entry.key.clone()).collect();
    walk.foreign_extensions += namesakes.len();
    entries.retain(|entry| !namesakes.contains(&entry.key));
}

/// Drops keys that the object does not have: those of other tools, and those that mean nothing.
fn drop_strangers(walk: &mut Adapting<'_>, entries: &mut Mapping, object: &'static Object) {
    let strangers: Vec<String> = entries
        .iter()
        .filter(|entry| entry.key != "$ref" && object.shape_of(entries, &entry.key).is_none())
        .map(|entry| entry.key.clone())
        .collect();
    let mut dropped = BTreeSet::new();
    for key in strangers {
        let help = if key.starts_with("x-") {
            meant_extension(object, &key)
        } else if nearest(&key, object.fields(object.variant(entries)).map(|field| field.key)).is_some() {
            // A key that is misspelt was meant: the strict stage says how it is spelt.
            continue;
        } else {
            Some("remove it".to_owned())
        };
        if key.starts_with("x-") && object.is_extensible {
            match help {
                Some(help) => {
                    let message = format!("`{key}` is not an extension of {} that the generator reads", object.name);
                    walk.tell(Code::OddExtension, &key, message).help = Some(help);
                }
                None => walk.foreign_extensions += 1,
            }
        } else {
            walk.tell(Code::IgnoredKey, &key, format!("{} has no key `{key}`: it is ignored", object.name)).help = help;
        }
        dropped.insert(key);
    }
    entries.retain(|entry| !dropped.contains(&entry.key));
}

/// Of keys that exclude each other, the first is kept.
fn drop_excluded(walk: &mut Adapting<'_>, entries: &mut Mapping, choice: &'static Choice) {
    let mut present = choice.keys.iter().filter(|key| entries.entry(key).is_some());
    let Some(first) = present.next() else { return };
    let rest: Vec<&str> = present.copied().collect();
    for key in rest {
        entries.remove(key);
        walk.tell(Code::ExcludedKey, key, format!("`{key}` cannot stand beside `{first}`: it is ignored")).help =
            Some(format!("remove `{key}` or `{first}`"));
    }
}

/// Fills in keys that must be there, where what is missing says nothing to callers.
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
            ("a request body", "content") => Value::Mapping(Mapping::default()),
            ("a license", "name") => text("unknown"),
            (_, "scopes") => Value::Mapping(Mapping::default()),
            _ => continue,
        };
        entries.insert(entry(field.key, value, span));
        walk.tell_here(Code::FilledKey, format!("{} has no `{}`", object.name, field.key)).help =
            Some(format!("add it: `{}: {}`", field.key, field.shape.stub()));
    }
}
