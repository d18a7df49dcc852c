//! The statements of one schema about its values.

use super::facts::Words;
use super::parts::{Part, Parts, entries, first};
use super::schema::Resolver;
use crate::pointer::Pointer;
use crate::source::{Node, Value};
use crate::spec::type_of_format;

/// The maximum depth of lists in lists that one statement names.
const DEEPEST_LISTS: usize = 8;

/// Keys of a schema that do not concern the wire, or that are read separately.
const ASIDE: [&str; 22] = [
    "$ref",
    "type",
    "format",
    "enum",
    "items",
    "properties",
    "required",
    "additionalProperties",
    "allOf",
    "oneOf",
    "anyOf",
    "not",
    "discriminator",
    "nullable",
    "default",
    "description",
    "title",
    "example",
    "examples",
    "externalDocs",
    "xml",
    "deprecated",
];

impl<'t> Resolver<'t> {
    /// Adds the statements of a schema. Returns its identity, if it has content.
    pub(super) fn describe(&self, parts: &Parts<'t>, words: &mut Words) -> Option<Vec<Pointer>> {
        let (base, at) = self.base(parts, 0);
        words.say(base, &at.unwrap_or_else(|| words.at.clone()));
        values(parts, words);
        if let Some((at, _)) = first(parts, "nullable").filter(|(_, node)| node.value == Value::Bool(true)) {
            words.say("nullable", &at);
        }
        if let Some((at, _)) = first(parts, "deprecated").filter(|(_, node)| node.value == Value::Bool(true)) {
            words.say("deprecated", &at);
        }
        if let Some((at, value)) = first(parts, "default") {
            words.say(format!("default {}", text(value)), &at);
        }
        if let Some((at, name)) =
            first(parts, "discriminator").and_then(|(at, node)| Some((at, node.get("propertyName")?)))
        {
            words.say(format!("identified by {}", text(name)), &at);
        }
        if let Some((at, _)) = first(parts, "not") {
            words.say("not everything", &at);
        }
        additional(parts, words);
        for part in parts {
            for entry in part.node.value.as_mapping().into_iter().flat_map(|mapping| mapping.iter()) {
                if let Some(word) = limit(&entry.key, &entry.node) {
                    words.say(word, &part.at.key(&entry.key));
                }
            }
        }
        let has_more = |part: &&Part<'_>| {
            ["properties", "items", "additionalProperties", "oneOf", "anyOf", "required"]
                .iter()
                .any(|key| part.node.get(key).is_some_and(|node| !matches!(node.value, Value::Bool(_))))
        };
        let whole: Vec<Pointer> = parts.iter().filter(has_more).map(|part| part.at.clone()).collect();
        (!whole.is_empty()).then_some(whole)
    }

    /// Returns the name of the type, and its place.
    pub(super) fn base(&self, parts: &Parts<'t>, depth: usize) -> (String, Option<Pointer>) {
        let of = |key: &str| first(parts, key).map(|(at, node)| (text(node), at));
        let (name, format) = (of("type"), of("format"));
        let at = format.as_ref().or(name.as_ref()).map(|(_, at)| at.clone());
        let word = match (name.map(|(name, _)| name), format.map(|(format, _)| format)) {
            (Some(name), None) if name == "string" && first(parts, "enum").is_some() => "enum".to_owned(),
            (Some(name), None) if name == "array" && depth < DEEPEST_LISTS => match first(parts, "items") {
                Some((at, items)) => {
                    format!("array of {}", self.base(&self.parts(at, items), depth.saturating_add(1)).0)
                }
                None => "array of any value".to_owned(),
            },
            (Some(name), Some(format)) if type_of_format(&format) == Some(name.as_str()) => format,
            (Some(name), Some(format)) => format!("{name} in the format {format}"),
            (Some(name), None) => name,
            (None, Some(format)) => format!("any value in the format {format}"),
            (None, None) => match ["oneOf", "anyOf"].iter().find_map(|key| first(parts, key)) {
                Some((at, members)) => {
                    let number = members.value.as_sequence().unwrap_or_default().len();
                    return (format!("one of {number} shapes"), Some(at));
                }
                None => "any value".to_owned(),
            },
        };
        (word, at)
    }
}

/// Whether a schema has a meaning: `true` and `{}` do not.
pub(super) fn is_schema(node: &Node) -> bool {
    node.value.as_mapping().is_some_and(|mapping| !mapping.is_empty())
}

/// States the values of an enum: those of all parts that have one.
fn values(parts: &[Part<'_>], words: &mut Words) {
    let lists: Vec<(Pointer, &[Node])> = parts
        .iter()
        .filter_map(|part| Some((part.at.key("enum"), part.node.get("enum")?.value.as_sequence()?)))
        .collect();
    let Some(((at, values), others)) = lists.split_first() else { return };
    for (index, value) in values.iter().enumerate() {
        if others.iter().all(|(_, list)| list.iter().any(|other| other.value == value.value)) {
            words.say(format!("value {}", text(value)), &at.index(index));
        }
    }
}

/// States what an object allows for fields that it does not list.
fn additional(parts: &[Part<'_>], words: &mut Words) {
    let is_object = first(parts, "type").is_some_and(|(_, node)| node.value.as_str() == Some("object"));
    match first(parts, "additionalProperties") {
        Some((at, Node { value: Value::Bool(false), .. })) => words.say("no other fields", &at),
        Some((at, node)) if is_schema(node) => words.say("other fields of one shape", &at),
        other => {
            let lists_none = entries(parts, "properties").next().is_none();
            let is_union = ["oneOf", "anyOf"].iter().any(|key| first(parts, key).is_some());
            if is_object && lists_none && !is_union {
                let at = other.map_or_else(|| words.at.clone(), |(at, _)| at);
                words.say("free form", &at);
            }
        }
    }
}

/// Returns the statement of a key that limits values; unknown keys state themselves.
fn limit(key: &str, node: &Node) -> Option<String> {
    if ASIDE.contains(&key) || key.starts_with("x-") || node.value == Value::Bool(false) {
        return None;
    }
    Some(match (key, &node.value) {
        ("maxItems", _) => format!("at most {} items", text(node)),
        ("minItems", _) => format!("at least {} items", text(node)),
        (_, Value::Bool(true)) => key.to_owned(),
        _ => format!("{key} {}", text(node)),
    })
}

/// Prints a value on one line. Equal numbers are printed alike.
pub(super) fn text(node: &Node) -> String {
    match &node.value {
        Value::String(text) => text.clone(),
        Value::Float(number) => {
            crate::source::whole(*number).map_or_else(|| number.to_string(), |whole| whole.to_string())
        }
        Value::Sequence(items) => format!("[{}]", items.iter().map(text).collect::<Vec<_>>().join(", ")),
        Value::Mapping(entries) => {
            let mut entries: Vec<_> =
                entries.iter().map(|entry| format!("{}: {}", entry.key, text(&entry.node))).collect();
            entries.sort();
            format!("{{{}}}", entries.join(", "))
        }
        Value::Null => "null".to_owned(),
        Value::Bool(flag) => flag.to_string(),
        Value::Integer(number) => number.to_string(),
    }
}
