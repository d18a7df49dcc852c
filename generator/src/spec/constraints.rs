//! Keys that only limit a value: they do not change its type, so they are removed before the model is read.

use super::types::keys_of;
use crate::source::{Entry, Node, Value};

/// Keys of schemas that limit a value without determining its type.
const LIMITS: [&str; 8] =
    ["required", "not", "minProperties", "maxProperties", "description", "title", "type", "additionalProperties"];

/// The types whose values have no properties.
const SCALARS: [&str; 5] = ["string", "integer", "number", "boolean", "array"];

/// Whether a key of a schema only limits its values: `not` beside other keys; a choice whose members only list required
/// properties; a choice beside the type of a scalar or a list, whose members are narrower; an enum of lists or objects,
/// which has no type; the type of a scalar beside `allOf`, whose parts also state it, or beside a choice between the
/// values of an enum, whose members do.
pub(super) fn is_constraint(schema: &[Entry], entry: &Entry) -> bool {
    match entry.key.as_str() {
        "type" => is_of(schema, &SCALARS) && (has(schema, "allOf") || lists_values(schema)),
        "enum" => is_of(schema, &["array", "object"]) && !has(schema, "allOf"),
        "not" => schema.iter().any(|other| other.key != "not" && !other.key.starts_with("x-")),
        "oneOf" | "anyOf" => {
            let members = entry.node.value.as_sequence().unwrap_or_default();
            let only_limit = !members.is_empty() && members.iter().all(|member| limits(member, 0));
            only_limit && has_other_type(schema) || is_of(schema, &SCALARS) && !lists_values(schema)
        }
        _ => false,
    }
}

/// Whether each member of a choice lists texts or integers, as the type beside it says, which nothing else limits.
fn lists_values(schema: &[Entry]) -> bool {
    let Some(name @ ("string" | "integer")) = text(schema, "type") else { return false };
    let lists = |member: &Node| {
        let member = member.value.as_mapping();
        member.is_some_and(|member| member.entry("enum").is_some() && text_of(member.entry("type")) == Some(name))
    };
    let is_limit =
        |entry: &Entry| entry.key == "format" || entry.key == "enum" || keys_of(name).any(|key| key == entry.key);
    let mut choices = schema.iter().filter(|entry| matches!(entry.key.as_str(), "oneOf" | "anyOf"));
    let choice = choices.next().and_then(|entry| entry.node.value.as_sequence());
    choice.is_some_and(|members| !members.is_empty() && members.iter().all(lists))
        && choices.next().is_none()
        && !schema.iter().any(is_limit)
}

/// Whether a member of a choice only limits a value.
fn limits(member: &Node, depth: usize) -> bool {
    const MAX_DEPTH: usize = 8;
    let Some(entries) = member.value.as_mapping() else { return false };
    depth < MAX_DEPTH
        && entries.iter().any(|entry| matches!(entry.key.as_str(), "required" | "not" | "oneOf" | "anyOf" | "allOf"))
        && entries.iter().all(|entry| match entry.key.as_str() {
            "type" => entry.node.value.as_str() == Some("object"),
            "additionalProperties" => matches!(entry.node.value, Value::Bool(_)),
            "oneOf" | "anyOf" | "allOf" => {
                entry.node.value.as_sequence().unwrap_or_default().iter().all(|member| limits(member, depth + 1))
            }
            key => LIMITS.contains(&key) || key.starts_with("x-"),
        })
}

/// Whether another key than the choice determines the type.
fn has_other_type(schema: &[Entry]) -> bool {
    schema.iter().any(|entry| matches!(entry.key.as_str(), "type" | "properties" | "allOf"))
}

fn has(schema: &[Entry], key: &str) -> bool {
    schema.iter().any(|entry| entry.key == key)
}

fn is_of(schema: &[Entry], types: &[&str]) -> bool {
    text(schema, "type").is_some_and(|kind| types.contains(&kind))
}

fn text<'s>(schema: &'s [Entry], key: &str) -> Option<&'s str> {
    text_of(schema.iter().find(|entry| entry.key == key))
}

fn text_of(entry: Option<&Entry>) -> Option<&str> {
    entry?.node.value.as_str()
}
