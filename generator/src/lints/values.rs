//! `example-mismatch`, `default-mismatch` and `enum-mismatch`: values in the spec that their schemas do not allow.

use super::outline::{Kind, Outline, Part};
use super::{conform, warning};
use crate::diagnostics::{Code, Diagnostic, Place};
use crate::pointer::Pointer;
use crate::source::{Node, Value};

pub(super) fn mismatches(outline: &Outline<'_>) -> Vec<Diagnostic> {
    let mut warnings = Vec::new();
    for part in &outline.parts {
        let (schema_at, schema) = match part.kind {
            Kind::Schema(_) => (part.at.clone(), Some(part.node)),
            Kind::MediaType if !part.is_json() => continue,
            Kind::MediaType | Kind::Parameter | Kind::Header => (part.at.key("schema"), part.node.get("schema")),
            _ => continue,
        };
        let examples = examples(outline, part);
        let default = part.node.get("default").filter(|_| matches!(part.kind, Kind::Schema(_)));
        let Some(schema) = schema.filter(|_| default.is_some() || !examples.is_empty()) else { continue };
        let whole = outline.whole(&schema_at, schema);
        let mut check = |code, what: &str, at: &Pointer, value| {
            for mismatch in conform::judge(outline, &whole, value) {
                warnings.push(report(code, what, at, mismatch));
            }
        };
        for (at, value) in examples {
            check(Code::ExampleMismatch, "this example", &at, value);
        }
        if let Some(value) = default {
            check(Code::DefaultMismatch, "this default", &part.at.key("default"), value);
            warnings.extend(contradiction(part, value));
        }
    }
    warnings
}

/// Reports listed values that another key of the schema excludes.
pub(super) fn excluded(outline: &Outline<'_>) -> Vec<Diagnostic> {
    let mut warnings = Vec::new();
    for part in outline.parts.iter().filter(|part| matches!(part.kind, Kind::Schema(_))) {
        let Some(values) = part.node.get("enum").and_then(|list| list.value.as_sequence()) else { continue };
        let whole = outline.whole(&part.at, part.node);
        let list = part.at.key("enum");
        for (index, found) in conform::judge_listed(outline, &whole, values).into_iter().enumerate() {
            let report = |mismatch| report(Code::EnumMismatch, "this value", &list.index(index), mismatch);
            warnings.extend(found.into_iter().map(report));
        }
    }
    warnings
}

/// Reports a description that names another default.
fn contradiction(part: &Part<'_>, default: &Node) -> Option<Diagnostic> {
    let description = part.text("description")?;
    let default = match &default.value {
        Value::String(text) => text.clone(),
        Value::Bool(flag) => flag.to_string(),
        value => value.as_integer()?.to_string(),
    };
    let named = named_default(description)?;
    (named != default).then(|| {
        let message = format!("the description says that the default is `{named}`, but here it is `{default}`");
        warning(Code::DefaultMismatch, Place::Value(part.at.key("description")), message)
            .related(Place::Value(part.at.key("default")), "the default")
            .help("correct the one that is wrong")
    })
}

/// Returns the value that a description calls the default: a number, or a text in quotes or backticks.
fn named_default(description: &str) -> Option<&str> {
    let mut words = description.split_whitespace();
    while let Some(word) = words.next() {
        let name = word.trim_end_matches(':').to_lowercase();
        if !matches!(name.as_str(), "default" | "defaults") {
            continue;
        }
        let mut behind = words.clone().peekable();
        let mut is_verb = word.ends_with(':');
        while behind.next_if(|word| matches!(*word, "is" | "to" | "value")).is_some() {
            is_verb = true;
        }
        let value = behind.next().filter(|_| is_verb).unwrap_or_default();
        let value = value.trim_matches(['.', ',', ';', ')', '(']);
        let is_quoted = value.len() > 2
            && ['\u{22}', '\u{27}', '`'].iter().any(|mark| value.starts_with(*mark) && value.ends_with(*mark));
        let is_number = value.trim_start_matches('-').starts_with(|c: char| c.is_ascii_digit());
        if is_quoted {
            return value.get(1..value.len() - 1);
        } else if is_number {
            return Some(value);
        }
    }
    None
}

/// Returns the values of `example` and `examples`, each with its place.
fn examples<'t>(outline: &Outline<'t>, part: &Part<'t>) -> Vec<(Pointer, &'t Node)> {
    let mut values: Vec<_> =
        part.node.get("example").map(|value| (part.at.key("example"), value)).into_iter().collect();
    let named = part.node.get("examples").and_then(|examples| examples.value.as_mapping());
    for entry in named.into_iter().flat_map(|examples| examples.iter()) {
        let (at, example) = outline.resolve(&part.at.key("examples").key(&entry.key), &entry.node);
        values.extend(example.get("value").map(|value| (at.key("value"), value)));
    }
    values
}

fn report(code: Code, what: &str, at: &Pointer, mismatch: conform::Mismatch) -> Diagnostic {
    let at = mismatch.path.iter().fold(at.clone(), |at, segment| at.key(segment));
    let place = if mismatch.is_of_key { Place::Key(at) } else { Place::Value(at) };
    let message = format!("{what} does not fit its schema: {}", mismatch.message);
    let help = mismatch.help.unwrap_or_else(|| format!("correct {what}, or the schema if the API allows it"));
    warning(code, place, message).related(Place::Value(mismatch.rule), "according to this rule").help(help)
}
