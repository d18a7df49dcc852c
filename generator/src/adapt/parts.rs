//! `allOf` of scalars or lists: keys of objects beside it, which have no effect on its values, and limits beside it,
//! which are those of another part.

use std::collections::BTreeMap;

use super::schemas::{any_items, type_of_values};
use super::{Adapting, entry, str_of, text};
use crate::diagnostics::Code;
use crate::pointer::Pointer;
use crate::source::{Entry, Mapping, Node, Value};
use crate::spec::{COMPOSITIONS, keys_of, keys_of_others};

/// The types whose values have no properties.
const TYPES: [&str; 5] = ["string", "integer", "number", "boolean", "array"];

/// The maximum number of components on the way from an `allOf` to its type.
const MAX_CHAIN: usize = 10;

/// The types of the components that are not objects.
pub(super) type Known = BTreeMap<Pointer, &'static str>;

/// Returns the components that are not objects, by their own type or by that of the parts of their `allOf`.
pub(super) fn known(root: &Node) -> Known {
    let mut known = Known::new();
    let schemas = root.get("components").and_then(|components| components.get("schemas")?.value.as_mapping());
    let at = Pointer::root().key("components").key("schemas");
    for _ in 0..MAX_CHAIN {
        let before = known.len();
        for entry in schemas.into_iter().flat_map(|schemas| schemas.iter()) {
            let at = at.key(&entry.key);
            if !known.contains_key(&at)
                && let Some(name) = entry.node.value.as_mapping().and_then(|schema| type_of(schema, &known))
            {
                known.insert(at, name);
            }
        }
        if known.len() == before {
            break;
        }
    }
    known
}

/// Ignores the keys of objects beside an `allOf` of scalars or lists, and makes its limits a part. Properties contradict
/// it, and stay.
pub(super) fn rewrite(walk: &mut Adapting<'_>, schema: &mut Mapping) {
    let of_parts = of_parts(schema, &walk.scalars);
    let Some(name) = of_parts.or_else(|| own_type(schema)) else { return };
    if schema.entry("properties").is_some() {
        return;
    }
    if str_of(schema, "type") == Some("object")
        && let Some(Entry { key, key_span, .. }) = schema.remove("type")
    {
        let message = format!("`type: object` beside an `allOf` of `type: {name}`: it is ignored");
        walk.report_removed(Code::IgnoredKey, (&key, key_span), message).help =
            Some("remove the key, or change the parts of the `allOf`".to_owned());
    }
    let strangers: Vec<Entry> = keys_of_others(name).filter_map(|key| schema.remove(key)).collect();
    for Entry { key, key_span, .. } in strangers {
        let message = format!("`{key}` has no effect on `type: {name}`, the type of this `allOf`: it is ignored");
        walk.report_removed(Code::KeyOfOtherType, (&key, key_span), message).help = Some("remove the key".to_owned());
    }
    limits_as_part(schema, name, of_parts.is_none());
}

/// Ignores `type: object` beside a union with members of other types, as some tools write it on every schema.
/// Properties, or a list of required ones, show that it is intended: then only objects are members.
pub(super) fn object_beside_union(walk: &mut Adapting<'_>, schema: &mut Mapping) {
    if str_of(schema, "type") != Some("object")
        || ["properties", "required"].iter().any(|key| schema.entry(key).is_some())
    {
        return;
    }
    for key in ["oneOf", "anyOf"] {
        let Some(members) = schema.entry(key).and_then(|entry| entry.node.value.as_sequence()) else { continue };
        let mut types = members.iter().filter_map(|member| type_of(member.value.as_mapping()?, &walk.scalars));
        let Some(name) = types.next() else { continue };
        if let Some(Entry { key: object, key_span, .. }) = schema.remove("type") {
            let message = format!("`type: object` beside `{key}` with `type: {name}`: it is ignored");
            walk.report_removed(Code::IgnoredKey, (&object, key_span), message).help =
                Some(format!("remove the key, or the members of the `{key}` that are not objects"));
        }
        return;
    }
}

/// Ignores a union beside a type that no member has.
pub(super) fn union_beside_type(walk: &mut Adapting<'_>, schema: &mut Mapping) {
    let Some(own) = str_of(schema, "type").and_then(|own| TYPES.into_iter().find(|name| *name == own)) else { return };
    let is_other = |member: &Node| {
        let Some(member) = member.value.as_mapping() else { return false };
        let is_object = str_of(member, "type") == Some("object") || member.entry("properties").is_some();
        let is_number = |name: &str| matches!(name, "integer" | "number");
        is_object
            || type_of(member, &walk.scalars).is_some_and(|name| name != own && !(is_number(name) && is_number(own)))
    };
    let is_apart = |entry: &Entry| {
        let members = entry.node.value.as_sequence().unwrap_or_default();
        matches!(entry.key.as_str(), "oneOf" | "anyOf") && !members.is_empty() && members.iter().all(is_other)
    };
    let keys: Vec<String> = schema.iter().filter(|entry| is_apart(entry)).map(|entry| entry.key.clone()).collect();
    for Entry { key, key_span, .. } in keys.iter().filter_map(|key| schema.remove(key)) {
        let message = format!("no member of `{key}` has `type: {own}`, the type beside it: it is ignored");
        walk.report_removed(Code::IgnoredKey, (&key, key_span), message).help =
            Some("remove one of the two".to_owned());
    }
}

/// Returns the type beside an `allOf`, if that is not one of objects.
fn own_type(schema: &Mapping) -> Option<&'static str> {
    schema.entry("allOf")?;
    let own = str_of(schema, "type")?;
    TYPES.into_iter().find(|name| *name == own)
}

/// Moves the limits beside an `allOf` into a part of it, where they have the same effect, and with them the type. A type
/// without limits is only moved if the parts do not state it.
fn limits_as_part(schema: &mut Mapping, name: &str, is_untyped: bool) {
    let keys = keys_of(name).chain(["format"]);
    let mut part: Mapping = keys.filter_map(|key| schema.remove(key)).collect();
    let limit = part.iter().next().map(|entry| entry.key_span);
    let own = schema.entry("type").map(|entry| entry.key_span).filter(|_| is_untyped);
    let Some(span) = limit.or(own) else { return };
    part.insert(schema.remove("type").unwrap_or_else(|| entry("type", text(name), span)));
    any_items(&mut part, span);
    if let Some(Node { value: Value::Sequence(parts), .. }) = schema.get_mut("allOf") {
        parts.push(Node { span, value: Value::Mapping(part) });
    }
}

/// Returns the type of a schema that is not an object.
fn type_of(schema: &Mapping, known: &Known) -> Option<&'static str> {
    if let Some(reference) = str_of(schema, "$ref") {
        return known.get(&Pointer::from_reference(reference)?).copied();
    }
    if let Some(own) = str_of(schema, "type").and_then(|own| TYPES.into_iter().find(|name| *name == own)) {
        return Some(own);
    }
    of_parts(schema, known).or_else(|| {
        let has = |key: &str| schema.entry(key).is_some();
        let is_open = !has("type") && !COMPOSITIONS.iter().any(|key| has(key));
        type_of_values(schema.entry("enum").filter(|_| is_open)?.node.value.as_sequence()?)
    })
}

/// Returns the type of all parts of an `allOf` that have one, if the other parts do not describe the value.
fn of_parts(schema: &Mapping, known: &Known) -> Option<&'static str> {
    let parts = schema.entry("allOf")?.node.value.as_sequence()?;
    if COMPOSITIONS.iter().any(|key| *key != "allOf" && schema.entry(key).is_some()) {
        return None;
    }
    let mut all = None;
    for part in parts {
        let Value::Mapping(part) = &part.value else { return None };
        match (type_of(part, known), all) {
            (Some(name), None) => all = Some(name),
            (Some(name), Some(before)) if name == before => {}
            (None, _) if describes_nothing(part) => {}
            _ => return None,
        }
    }
    all
}

/// Whether a schema has neither a type nor the keys of an object.
fn describes_nothing(schema: &Mapping) -> bool {
    let keys = ["$ref", "type", "properties", "required", "additionalProperties"];
    keys.iter().chain(&COMPOSITIONS).all(|key| schema.entry(key).is_none())
}
