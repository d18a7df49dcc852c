//! The statements of schemas, with every reference followed and every `allOf` joined.

use std::collections::BTreeSet;

use super::facts::{Facts, ITEMS, OTHERS, Place, Words};
use crate::pointer::Pointer;
use crate::source::{Node, Tree, Value};
use crate::spec::type_of_format;

/// Derives facts from the objects of a description.
pub(super) struct Resolver<'t> {
    pub(super) tree: &'t Tree,
    pub(super) facts: Facts,
    /// Whether there was more to say than is noted of one operation.
    pub(super) is_full: bool,
    /// Whether an operation has more facts than the maximum.
    open: Vec<(Vec<Pointer>, String)>,
    /// The maximum number of open objects.
    deepest: usize,
}

/// A part of a schema: itself, what it refers to, or a member of its `allOf`.
#[derive(Clone, Debug)]
pub(super) struct Part<'t> {
    at: Pointer,
    node: &'t Node,
}

/// The parts of a schema, the outermost first.
type Parts<'t> = Vec<Part<'t>>;

/// The maximum length of a chain of references: longer ones are cycles.
const LONGEST_CHAIN: usize = 128;

/// The maximum depth of lists in lists that one statement names.
const DEEPEST_LISTS: usize = 8;

/// The maximum number of facts of an operation: a real one has hundreds, or thousands.
const MOST_FACTS: usize = 5_000;

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
    pub(super) fn new(tree: &'t Tree, deepest: usize) -> Self {
        Self { tree, facts: Facts::new(), is_full: false, open: Vec::new(), deepest }
    }

    /// Follows references; returns the target and its place.
    pub(super) fn follow(&self, at: Pointer, node: &'t Node) -> Part<'t> {
        let mut part = Part { at, node };
        for _ in 0..LONGEST_CHAIN {
            let reference = part.node.get("$ref").and_then(|reference| reference.value.as_str());
            let Some(target) = reference.and_then(Pointer::from_reference) else { break };
            match self.tree.node(&target) {
                Some(node) => part = Part { at: target, node },
                None => break,
            }
        }
        part
    }

    /// Splits a schema into its parts.
    pub(super) fn parts(&self, at: Pointer, node: &'t Node) -> Parts<'t> {
        let mut parts = Vec::new();
        self.take_apart(at, node, &mut BTreeSet::new(), &mut parts);
        parts
    }

    fn take_apart(&self, at: Pointer, node: &'t Node, seen: &mut BTreeSet<Pointer>, parts: &mut Parts<'t>) {
        let part = self.follow(at, node);
        if !seen.insert(part.at.clone()) {
            return;
        }
        let members = part.node.get("allOf").and_then(|members| members.value.as_sequence()).unwrap_or_default();
        let at = part.at.key("allOf");
        parts.push(part);
        for (index, member) in members.iter().enumerate() {
            self.take_apart(at.index(index), member, seen, parts);
        }
    }

    /// Adds the statements of a schema about the value at a place, and about all fields in it.
    pub(super) fn schema(&mut self, place: &Place, parts: &Parts<'t>, mut words: Words) {
        if self.facts.len() >= MOST_FACTS {
            self.is_full = true;
            return;
        }
        let inner = self.describe(parts, &mut words);
        self.record(place, words);
        if let Some(whole) = inner {
            self.inside(place, parts, whole);
        }
    }

    /// Adds statements about a place to those that are known.
    pub(super) fn record(&mut self, place: &Place, words: Words) {
        match self.facts.get_mut(place) {
            Some(known) => known.words.extend(words.words),
            None => {
                self.facts.insert(place.clone(), words);
            }
        }
    }

    fn inside(&mut self, place: &Place, parts: &Parts<'t>, whole: Vec<Pointer>) {
        if let Some((_, above)) = self.open.iter().find(|(open, _)| *open == whole) {
            let word = if above.is_empty() { "as the whole".to_owned() } else { format!("as {above}") };
            let mut words = Words::new(whole.first().cloned().unwrap_or_default());
            let at = words.at.clone();
            words.say(word, &at);
            self.record(place, words);
            return;
        }
        if self.open.len() >= self.deepest {
            let mut words = Words::new(whole.first().cloned().unwrap_or_default());
            let at = words.at.clone();
            words.say("more below", &at);
            self.record(place, words);
            return;
        }
        self.open.push((whole, place.path()));
        self.fields(place, parts);
        self.open.pop();
    }

    fn fields(&mut self, place: &Place, parts: &Parts<'t>) {
        let required = required(parts);
        let mut names: Vec<&str> = Vec::new();
        for entry in entries(parts, "properties") {
            if !names.contains(&entry.1) {
                names.push(entry.1);
            }
        }
        for name in names {
            let mut field: Parts<'t> = Vec::new();
            let mut seen = BTreeSet::new();
            let mut first = None;
            for (at, _, node) in entries(parts, "properties").filter(|(_, other, _)| *other == name) {
                first.get_or_insert_with(|| at.clone());
                self.take_apart(at, node, &mut seen, &mut field);
            }
            let mut words = Words::new(first.unwrap_or_default());
            if let Some(at) = required.iter().find(|(other, _)| *other == name).map(|(_, at)| at) {
                words.say("required", at);
            }
            self.schema(&place.field(name), &field, words);
        }
        for (name, at) in &required {
            if !entries(parts, "properties").any(|(_, other, _)| other == *name) {
                let mut words = Words::new(at.clone());
                words.say("required", at);
                words.say("any value", at);
                self.record(&place.field(*name), words);
            }
        }
        if let Some((at, items)) = first(parts, "items") {
            let items = self.parts(at, items);
            self.item(place, &items);
        }
        if let Some((at, others)) = first(parts, "additionalProperties").filter(|(_, node)| is_schema(node)) {
            let others = self.parts(at.clone(), others);
            self.schema(&place.field(OTHERS), &others, Words::new(at));
        }
        self.members(place, parts);
    }

    /// Items usually have no statement but their type, which the list already states.
    fn item(&mut self, place: &Place, items: &Parts<'t>) {
        let at = items.first().map(|part| part.at.clone()).unwrap_or_default();
        let mut words = Words::new(at);
        let whole = self.describe(items, &mut words);
        let place = place.field(ITEMS);
        let (base, _) = self.base(items, 0);
        words.words.remove(&base);
        if !words.words.is_empty() {
            self.record(&place, words);
        }
        if let Some(whole) = whole {
            self.inside(&place, items, whole);
        }
    }

    /// Adds the members of a union, by the discriminator's value or else by their order.
    fn members(&mut self, place: &Place, parts: &Parts<'t>) {
        let mapping: Vec<(&str, Option<&str>)> = first(parts, "discriminator")
            .and_then(|(_, node)| node.get("mapping")?.value.as_mapping())
            .into_iter()
            .flat_map(|mapping| mapping.iter().map(|entry| (entry.key.as_str(), entry.node.value.as_str())))
            .collect();
        for key in ["oneOf", "anyOf"] {
            let Some((at, node)) = first(parts, key) else { continue };
            for (index, member) in node.value.as_sequence().unwrap_or_default().iter().enumerate() {
                let reference = member.get("$ref").and_then(|reference| reference.value.as_str());
                let leads_here = |target: &str| {
                    reference
                        .is_some_and(|reference| reference == target || reference.rsplit('/').next() == Some(target))
                };
                let named = mapping.iter().find(|(_, target)| target.is_some_and(leads_here)).map(|(name, _)| *name);
                let label = named.map_or_else(|| format!("<{}>", index.saturating_add(1)), |name| format!("<{name}>"));
                let at = at.index(index);
                let member = self.parts(at.clone(), member);
                self.schema(&place.field(label), &member, Words::new(at));
            }
        }
    }

    /// Adds the statements of a schema. Returns its identity, if it has content.
    fn describe(&self, parts: &Parts<'t>, words: &mut Words) -> Option<Vec<Pointer>> {
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
    fn base(&self, parts: &Parts<'t>, depth: usize) -> (String, Option<Pointer>) {
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

impl<'t> Part<'t> {
    pub(super) fn at(&self) -> &Pointer {
        &self.at
    }

    pub(super) fn node(&self) -> &'t Node {
        self.node
    }
}

/// Returns the first value of a key.
fn first<'t>(parts: &[Part<'t>], key: &str) -> Option<(Pointer, &'t Node)> {
    parts.iter().find_map(|part| Some((part.at.key(key), part.node.get(key)?)))
}

/// The entries of a mapping that each part can have.
fn entries<'t>(parts: &[Part<'t>], key: &'static str) -> impl Iterator<Item = (Pointer, &'t str, &'t Node)> {
    parts.iter().flat_map(move |part| {
        let mapping = part.node.get(key).and_then(|node| node.value.as_mapping());
        let at = part.at.key(key);
        mapping
            .into_iter()
            .flat_map(|mapping| mapping.iter())
            .map(move |entry| (at.key(&entry.key), entry.key.as_str(), &entry.node))
    })
}

fn required<'t>(parts: &[Part<'t>]) -> Vec<(&'t str, Pointer)> {
    let mut names = Vec::new();
    for part in parts {
        let listed = part.node.get("required").and_then(|names| names.value.as_sequence()).unwrap_or_default();
        let at = part.at.key("required");
        for (index, name) in listed.iter().enumerate() {
            if let Some(name) = name.value.as_str().filter(|name| names.iter().all(|(other, _)| other != name)) {
                names.push((name, at.index(index)));
            }
        }
    }
    names
}

/// Whether a schema has a meaning: `true` and `{}` do not.
fn is_schema(node: &Node) -> bool {
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
