//! Rules that the tables cannot express: relations between keys, and values that the model would change.

use std::ops::RangeInclusive;

use crate::diagnostics::Code;
use crate::integer::Integer;
use crate::source::{Entry, Node, Value};
use crate::spec::ranges;
use crate::spec::types::{COMPOSITIONS, keys_of_others};
use crate::spec::walk::Walk;

/// An operation needs a response.
pub(super) fn responses(walk: &mut Walk<'_>, responses: &[Entry]) {
    if responses.iter().all(|entry| entry.key.starts_with("x-")) {
        let help = "describe a response:\n\"200\":\n  description: What it means.".to_owned();
        walk.report(Code::MissingKey, "`responses` must have at least one response", Some(help));
    }
}

/// Rules between the keys of a schema.
pub(super) fn schema(walk: &mut Walk<'_>, schema: &[Entry]) {
    let kind = value(schema, "type").and_then(|node| node.value.as_str());
    if kind == Some("array") && value(schema, "items").is_none() {
        let help = "`items: {}` allows items of any kind".to_owned();
        walk.report(Code::MissingKey, "a schema with `type: array` must have the key `items`", Some(help));
    }
    for extension in ["x-enum-varnames", "x-enum-descriptions"] {
        let length = |key| Some(value(schema, key)?.value.as_sequence()?.len());
        let Some(texts) = length(extension) else { continue };
        match length("enum") {
            Some(values) if values == texts => {}
            Some(values) => {
                let message = format!("`{extension}` has {texts} items for the {values} values of `enum`");
                let help = "write one item per value, in the same order".to_owned();
                walk.report_at(extension, Code::LengthMismatch, message, Some(help));
                walk.relate("enum", "the values");
            }
            None => {
                let help = "list the values in `enum`, or remove the key".to_owned();
                let message = format!("`{extension}` needs an `enum`");
                walk.report_at(extension, Code::LengthMismatch, message, Some(help));
            }
        }
    }
    values_of_other_types(walk, schema, kind);
    ranges::check(walk, schema, kind);
    for (key, number) in rounded_numbers(schema, kind) {
        let message = format!("the model of this schema would round {number}");
        let help = "`type: integer` without keys of other types keeps integers up to `i64::MAX`".to_owned();
        walk.report_at(key, Code::NotModelled, message, Some(help));
    }
}

/// Reports values and bounds that no value of the schema's type can have. `openapiv3` would give up its model of the
/// schema because of them, and could not name the key.
fn values_of_other_types(walk: &mut Walk<'_>, schema: &[Entry], kind: Option<&str>) {
    const REMOVE: &str = "remove it, or change the `type`";
    let values = value(schema, "enum").and_then(|node| node.value.as_sequence()).unwrap_or_default();
    for (index, item) in values.iter().enumerate() {
        let (expected, help) = match (kind, &item.value) {
            (_, Value::Null) => continue,
            (Some("string"), Value::String(_)) => continue,
            (Some("integer"), value) if value.as_integer().is_some() => continue,
            (Some("number"), Value::Integer(_) | Value::Float(_)) | (Some("boolean"), Value::Bool(_)) => continue,
            (Some("string"), Value::Bool(_) | Value::Integer(_) | Value::Float(_)) => ("a string", "put it in quotes"),
            (Some("string"), _) => ("a string", REMOVE),
            (Some("integer"), _) => ("an integer", REMOVE),
            (Some("number"), _) => ("a number", REMOVE),
            (Some("boolean"), _) => ("a boolean", REMOVE),
            _ => continue,
        };
        let message = format!("expected {expected}, as `type` says, found {}", item.value.kind());
        walk.report_in("enum", index, Code::WrongKind, message, Some(help.to_owned()));
        walk.relate("type", "the type");
    }
    if kind == Some("integer") {
        for key in ["multipleOf", "minimum", "maximum"] {
            let Some(node) = value(schema, key) else { continue };
            match node.value.as_integer() {
                Some(number) if i64::try_from(number).is_err() => {
                    let held = held(schema);
                    let help = match value(schema, "format").and_then(|node| node.value.as_str()) {
                        _ if held.contains(&number) && (key != "multipleOf" || is_wide(schema)) => continue,
                        None => {
                            "if no value is negative, add `minimum: 0`; otherwise remove the key: the type is `i64`"
                        }
                        Some(_) => "remove the key: the server checks the value",
                    };
                    let message = format!("{number} is beyond `i64`, the type of integers in the generated crate");
                    walk.report_at(key, Code::NumberValue, message, Some(help.to_owned()));
                }
                None if matches!(node.value, Value::Float(_)) => {
                    let help = "use `type: number` for fractions".to_owned();
                    walk.report_at(key, Code::NumberValue, "a bound of an integer must be an integer", Some(help));
                }
                _ => {}
            }
        }
    }
}

/// Returns the integers that the type of a schema of integers can have, apart from those of 32 bits.
pub(crate) fn held(schema: &[Entry]) -> RangeInclusive<Integer> {
    let least = || value(schema, "minimum").and_then(|node| node.value.as_integer());
    match value(schema, "format").map(|node| node.value.as_str()) {
        Some(Some("int128")) => Integer::MIN..=i128::MAX.into(),
        Some(Some("uint128")) => 0.into()..=Integer::MAX,
        Some(Some("uint64")) => 0.into()..=u64::MAX.into(),
        None if least().is_some_and(|least| !least.is_negative()) => 0.into()..=u64::MAX.into(),
        _ => i64::MIN.into()..=i64::MAX.into(),
    }
}

/// Whether the integers of a schema have 128 bits.
fn is_wide(schema: &[Entry]) -> bool {
    matches!(value(schema, "format").and_then(|node| node.value.as_str()), Some("int128" | "uint128"))
}

/// Returns the integers in a schema that the model would convert to `f64` and thereby change: in a schema of numbers,
/// and in one of integers with a key for which `openapiv3` gives up its model of an integer.
fn rounded_numbers(schema: &[Entry], kind: Option<&str>) -> Vec<(&'static str, Integer)> {
    let bounds = ["multipleOf", "minimum", "maximum"].map(|key| (key, value(schema, key)));
    let values = value(schema, "enum").and_then(|node| node.value.as_sequence()).unwrap_or_default();
    let held = held(schema);
    let fits = |node: &Node| match &node.value {
        Value::Null => true,
        value => value.as_integer().is_some_and(|number| i64::try_from(number).is_ok() || held.contains(&number)),
    };
    let is_integer = kind == Some("integer")
        && bounds.iter().filter_map(|(_, node)| *node).chain(values).all(fits)
        && keys_of_others("integer").chain(COMPOSITIONS).all(|key| value(schema, key).is_none());
    if is_integer {
        return Vec::new();
    }
    let values = if kind == Some("number") { values } else { &[] };
    let bounds = bounds.into_iter().filter_map(|(key, node)| Some((key, node?)));
    bounds
        .chain(values.iter().map(|node| ("enum", node)))
        .filter_map(|(key, node)| match node.value {
            // An integer beyond 64 bits has no other form in the model.
            Value::Integer(number) if !number.is_beyond_64_bits() && !survives_as_f64(number) => Some((key, number)),
            _ => None,
        })
        .collect()
}

fn survives_as_f64(number: Integer) -> bool {
    Integer::from_f64(number.to_f64()) == Some(number)
}

pub(super) fn value<'t>(entries: &'t [Entry], key: &str) -> Option<&'t Node> {
    entries.iter().find(|entry| entry.key == key).map(|entry| &entry.node)
}
