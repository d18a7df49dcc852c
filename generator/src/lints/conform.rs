//! Checks whether a value in the spec is a value of its schema.
//!
//! It checks the type, `nullable`, `enum`, the limits, the formats that become types, the properties and the items,
//! through `$ref`, `allOf`, `oneOf` and `anyOf`. Three decisions:
//!
//! - A property that the schema does not list is a mismatch, unless `additionalProperties` allows it explicitly.
//!   OpenAPI allows it implicitly; in an example it is a typing error, or a property that the schema lacks.
//! - A value of a `oneOf` can be a value of several members, as in an `anyOf`: the evidence decides how it is read.
//! - A `pattern` is an expression of ECMAScript. `regex-lite` evaluates it, which takes time in proportion to the text
//!   and has ASCII classes as ECMAScript does. A pattern that it does not support, such as one that looks ahead, is not
//!   checked.

use std::collections::{BTreeMap, BTreeSet};

use regex_lite::Regex;

use super::compare::{canonical, compared, is_multiple, scalar, shown};
use super::outline::{Outline, Whole};
use crate::integer::Integer;
use crate::pointer::Pointer;
use crate::source::{Mapping, Node, Value};
use crate::spec::nearest;
use crate::text_formats;

/// The maximum number of values of an enum that are listed.
const MAX_LISTED: usize = 12;

/// The maximum number of mismatches of a value for which a suggestion is searched.
const MAX_SUGGESTIONS: usize = 100;

/// The maximum number of members of unions that are tried for a value: in unions that contain each other, they grow
/// with each level.
const MAX_TRIALS: usize = 10_000;

/// A part of a value that its schema does not allow.
pub(super) struct Mismatch {
    /// The keys on the path to it from the whole value.
    pub(super) path: Vec<String>,
    /// Whether it is the key rather than the value.
    pub(super) is_of_key: bool,
    /// The problem.
    pub(super) message: String,
    /// The rule of the schema.
    pub(super) rule: Pointer,
    /// The way out.
    pub(super) help: Option<String>,
}

/// Returns all parts of a value that its schema does not allow.
pub(super) fn judge<'t>(outline: &Outline<'t>, schema: &Whole<'t>, value: &'t Node) -> Vec<Mismatch> {
    let mut judge = Judge::new(outline);
    judge.value(schema, value);
    judge.found
}

/// Returns the mismatches of each value that an enum lists with the other keys of its schema.
pub(super) fn judge_listed<'t>(outline: &Outline<'t>, schema: &Whole<'t>, values: &'t [Node]) -> Vec<Vec<Mismatch>> {
    let mut judge = Judge::new(outline);
    let judge_one = |value: &'t Node| {
        if value.value != Value::Null && judge.is_of_kind(schema, value) {
            judge.limits(schema, value);
        }
        std::mem::take(&mut judge.found)
    };
    values.iter().map(judge_one).collect()
}

struct Judge<'o, 't> {
    outline: &'o Outline<'t>,
    path: Vec<String>,
    patterns: BTreeMap<&'t str, Option<Regex>>,
    /// The number of members of unions that may still be tried.
    trials: usize,
    found: Vec<Mismatch>,
}

impl<'o, 't> Judge<'o, 't> {
    fn new(outline: &'o Outline<'t>) -> Self {
        Self { outline, path: Vec::new(), patterns: BTreeMap::new(), trials: MAX_TRIALS, found: Vec::new() }
    }

    fn report(&mut self, rule: &Pointer, message: String) -> &mut Mismatch {
        let mismatch = Mismatch { path: self.path.clone(), is_of_key: false, message, rule: rule.clone(), help: None };
        let index = self.found.len();
        self.found.push(mismatch);
        &mut self.found[index]
    }

    fn inside(&mut self, segment: String, judge: impl FnOnce(&mut Self)) {
        self.path.push(segment);
        judge(self);
        self.path.pop();
    }

    /// Recurses as deep as the value, which [`crate::source::MAX_DEPTH`] limits.
    fn value(&mut self, schema: &Whole<'t>, node: &'t Node) {
        let members = self.outline.choices(schema);
        if !members.is_empty() {
            return self.one_of(&members, node);
        }
        if node.value == Value::Null {
            return self.null(schema);
        }
        if !self.is_of_kind(schema, node) {
            return;
        }
        self.is_in_enum(schema, node);
        self.limits(schema, node);
    }

    fn limits(&mut self, schema: &Whole<'t>, node: &'t Node) {
        match &node.value {
            Value::String(text) => self.text(schema, text),
            Value::Integer(_) | Value::Float(_) => self.number(schema, &node.value),
            Value::Sequence(items) => self.list(schema, items),
            Value::Mapping(entries) => self.object(schema, entries),
            Value::Null | Value::Bool(_) => {}
        }
    }

    /// A value of a union must be a value of a member. If it is of none, the mismatches with the nearest member are
    /// reported.
    fn one_of(&mut self, members: &[Whole<'t>], node: &'t Node) {
        let before = self.found.len();
        let mut nearest: Option<Vec<Mismatch>> = None;
        for member in members {
            let Some(left) = self.trials.checked_sub(1) else { return self.found.truncate(before) };
            self.trials = left;
            self.value(member, node);
            let found = self.found.split_off(before);
            if found.is_empty() {
                return;
            }
            // A mismatch deep inside is nearer than one at the top.
            let depth = |found: &[Mismatch]| found.iter().map(|mismatch| mismatch.path.len()).min();
            let is_nearer = |known: &Vec<Mismatch>| (depth(&found), known.len()) > (depth(known), found.len());
            if nearest.as_ref().is_none_or(is_nearer) {
                nearest = Some(found);
            }
        }
        self.found.extend(nearest.into_iter().flatten());
    }

    fn null(&mut self, schema: &Whole<'t>) {
        let is_nullable = schema.all("nullable").any(|(_, flag)| flag.value == Value::Bool(true));
        if let (false, Some((at, kind))) = (is_nullable, schema.all("type").next()) {
            let message = format!("it is null, not {}", worded(kind.value.as_str().unwrap_or_default()));
            self.report(&at, message).help = Some("allow it with `nullable: true`, if the API sends it".to_owned());
        }
    }

    fn is_of_kind(&mut self, schema: &Whole<'t>, node: &Node) -> bool {
        for (at, kind) in schema.all("type") {
            let kind = kind.value.as_str().unwrap_or_default();
            let is_integer = kind == "integer"
                && node.value.as_integer().is_some_and(|number| !number.is_beyond_64_bits() || is_wide(schema));
            let fits = is_integer
                || matches!(
                    (kind, &node.value),
                    ("string", Value::String(_))
                        | ("number", Value::Integer(_) | Value::Float(_))
                        | ("boolean", Value::Bool(_))
                        | ("array", Value::Sequence(_))
                        | ("object", Value::Mapping(_))
                );
            if !fits {
                let message = format!("expected {}, found {}", worded(kind), node.value.kind());
                self.report(&at, message).help = match (kind, &node.value) {
                    ("string", Value::Bool(_) | Value::Integer(_) | Value::Float(_)) => {
                        Some("put it in quotes".to_owned())
                    }
                    ("integer" | "number" | "boolean", Value::String(text)) if is_json(kind, text) => {
                        Some(format!("remove the quotes: `{text}`"))
                    }
                    _ => None,
                };
                return false;
            }
        }
        true
    }

    fn is_in_enum(&mut self, schema: &Whole<'t>, node: &Node) {
        for (at, list) in schema.all("enum") {
            let values = list.value.as_sequence().unwrap_or_default();
            if values.iter().any(|value| value.value == node.value) {
                continue;
            }
            let texts: Vec<String> = values.iter().filter_map(|value| scalar(&value.value)).collect();
            let found = scalar(&node.value).unwrap_or_else(|| node.value.kind().to_owned());
            let more = if texts.len() > MAX_LISTED { ", …" } else { "" };
            let listed = texts.iter().take(MAX_LISTED).map(|text| format!("`{text}`")).collect::<Vec<_>>().join(", ");
            let texts = texts.iter().map(String::as_str);
            let help = match node.value.as_str().and_then(|found| nearest(found, texts)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "write one of the values of the enum, or add this one to it".to_owned(),
            };
            self.report(&at, format!("`{found}` is not in the enum: {listed}{more}")).help = Some(help);
        }
    }

    fn text(&mut self, schema: &Whole<'t>, text: &'t str) {
        let length = text.chars().count();
        self.count(schema, ("minLength", "maxLength"), length, "character");
        for (at, format) in schema.all("format") {
            if let Some(expected) = format.value.as_str().and_then(|format| text_formats::fault(format, text)) {
                self.report(&at, format!("`{text}` is not {expected}"));
            }
        }
        for (at, pattern) in schema.all("pattern") {
            let Some(pattern) = pattern.value.as_str() else { continue };
            let expression = self.patterns.entry(pattern).or_insert_with(|| Regex::new(pattern).ok());
            if expression.as_ref().is_some_and(|expression| !expression.is_match(text)) {
                self.report(&at, format!("`{text}` does not match the pattern `{pattern}`"));
            }
        }
    }

    fn number(&mut self, schema: &Whole<'t>, number: &Value) {
        for (at, format) in schema.all("format") {
            let (Value::Integer(number), Some(format)) = (number, format.value.as_str()) else { continue };
            let fits = match format {
                "int32" => i32::try_from(*number).is_ok(),
                "int64" => i64::try_from(*number).is_ok(),
                "uint32" => u32::try_from(*number).is_ok(),
                "uint64" => u64::try_from(*number).is_ok(),
                "int128" => i128::try_from(*number).is_ok(),
                "uint128" => u128::try_from(*number).is_ok(),
                _ => true,
            };
            if !fits {
                let (sign, bits) =
                    if format.starts_with('u') { ("without", &format[4..]) } else { ("with", &format[3..]) };
                self.report(&at, format!("{number} does not fit in {bits} bits {sign} a sign"));
            }
        }
        for (key, exclusive, is_minimum) in
            [("minimum", "exclusiveMinimum", true), ("maximum", "exclusiveMaximum", false)]
        {
            for (schema_at, part) in &schema.parts {
                let Some(bound) = part.get(key) else { continue };
                let Some(order) = compared(number, &bound.value) else { continue };
                let is_exclusive = part.get(exclusive).is_some_and(|flag| flag.value == Value::Bool(true));
                let is_beyond = if is_minimum { order.is_lt() } else { order.is_gt() };
                if is_beyond || is_exclusive && order.is_eq() {
                    let than = match (is_minimum, is_exclusive) {
                        (true, false) => "is below the minimum",
                        (true, true) => "is not above",
                        (false, false) => "is above the maximum",
                        (false, true) => "is not below",
                    };
                    let message = format!("{} {than} {}", shown(number), shown(&bound.value));
                    self.report(&schema_at.key(key), message);
                }
            }
        }
        for (at, divisor) in schema.all("multipleOf") {
            if !is_multiple(number, &divisor.value) {
                self.report(&at, format!("{} is not a multiple of {}", shown(number), shown(&divisor.value)));
            }
        }
    }

    fn list(&mut self, schema: &Whole<'t>, items: &'t [Node]) {
        self.count(schema, ("minItems", "maxItems"), items.len(), "item");
        for (at, flag) in schema.all("uniqueItems") {
            let mut seen = BTreeSet::new();
            let again = items.iter().position(|item| !seen.insert(canonical(item)));
            if let (Value::Bool(true), Some(index)) = (&flag.value, again) {
                self.inside(index.to_string(), |judge| {
                    judge.report(&at, "it is already in the list".to_owned());
                });
            }
        }
        let item_schema = self.outline.union(schema.all("items").collect());
        for (index, item) in items.iter().enumerate() {
            self.inside(index.to_string(), |judge| judge.value(&item_schema, item));
        }
    }

    fn object(&mut self, schema: &Whole<'t>, entries: &'t Mapping) {
        self.count(schema, ("minProperties", "maxProperties"), entries.len(), "property");
        for (at, names) in schema.all("required") {
            for (index, name) in names.value.as_sequence().unwrap_or_default().iter().enumerate() {
                let Some(name) = name.value.as_str().filter(|name| entries.entry(name).is_none()) else { continue };
                let rule = at.index(index);
                self.report(&rule, format!("the property `{name}` is required and missing"));
            }
        }
        let lists: Vec<(Pointer, &'t Node)> = schema.all("properties").collect();
        let others: Vec<_> = schema.all("additionalProperties").collect();
        for entry in entries.iter() {
            let listed = lists.iter().filter_map(|(at, list)| Some((at.key(&entry.key), list.get(&entry.key)?)));
            let mut schemas: Vec<_> = listed.collect();
            if schemas.is_empty() {
                schemas.clone_from(&others);
            }
            self.inside(entry.key.clone(), |judge| {
                for (at, _) in schemas.iter().filter(|(_, schema)| schema.value == Value::Bool(false)) {
                    judge.unknown(&entry.key, at, &lists);
                }
                if let (true, Some((at, _))) = (schemas.is_empty(), lists.first()) {
                    judge.unknown(&entry.key, at, &lists);
                }
                schemas.retain(|(_, schema)| !matches!(schema.value, Value::Bool(_)));
                judge.value(&judge.outline.union(schemas), &entry.node);
            });
        }
    }

    /// Reports a key that is not a property. There can be far too many properties to list.
    fn unknown(&mut self, key: &str, rule: &Pointer, lists: &[(Pointer, &'t Node)]) {
        let names = || {
            let properties = lists.iter().filter_map(|(_, list)| list.value.as_mapping());
            properties.flat_map(|properties| properties.iter()).map(|entry| entry.key.as_str())
        };
        // The search takes time: in an example with very many mistakes it is not worth it.
        let near = (self.found.len() < MAX_SUGGESTIONS).then(|| nearest(key, names())).flatten();
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => "remove it, or add it to the schema's `properties`".to_owned(),
        };
        let mismatch = self.report(rule, format!("the schema has no property `{key}`"));
        (mismatch.is_of_key, mismatch.help) = (true, Some(help));
    }

    fn count(&mut self, schema: &Whole<'t>, (fewest, most): (&str, &str), count: usize, what: &str) {
        let plural = |number: Integer| match (number, what) {
            (number, what) if number == 1.into() => what.to_owned(),
            (_, "property") => "properties".to_owned(),
            (_, what) => format!("{what}s"),
        };
        let count = u64::try_from(count).map_or(Integer::MAX, Integer::from);
        for (key, is_fewest) in [(fewest, true), (most, false)] {
            for (at, bound) in schema.all(key) {
                let Value::Integer(bound) = bound.value else { continue };
                if if is_fewest { count < bound } else { count > bound } {
                    let limit = if is_fewest { "fewest" } else { "most" };
                    self.report(&at, format!("it has {count} {}, and {bound} is the {limit}", plural(count)));
                }
            }
        }
    }
}

/// Returns a `type`, in the words for kinds of values.
fn worded(kind: &str) -> &'static str {
    match kind {
        "string" => "a string",
        "integer" => "an integer",
        "number" => "a number",
        "boolean" => "a boolean",
        "array" => "a list",
        _ => "a mapping",
    }
}

/// Whether the integers of a schema have 128 bits.
fn is_wide(schema: &Whole<'_>) -> bool {
    schema.all("format").any(|(_, format)| matches!(format.value.as_str(), Some("int128" | "uint128")))
}

/// Whether a text would be of this kind without its quotes.
fn is_json(kind: &str, text: &str) -> bool {
    match kind {
        "boolean" => matches!(text, "true" | "false"),
        "integer" => text.parse::<Integer>().is_ok_and(|number| !number.is_beyond_64_bits()),
        _ => text.parse::<f64>().is_ok_and(f64::is_finite),
    }
}
