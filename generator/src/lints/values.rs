//! `example-mismatch` and `default-mismatch`: values in the spec that their schemas do not allow.

use super::outline::{Kind, Outline, Part};
use super::{conform, warning};
use crate::diagnostics::{Code, Diagnostic, Place};
use crate::pointer::Pointer;
use crate::source::Node;

pub(super) fn mismatches(outline: &Outline<'_>) -> Vec<Diagnostic> {
    let mut warnings = Vec::new();
    for part in &outline.parts {
        let (schema_at, schema) = match part.kind {
            Kind::Schema(_) => (part.at.clone(), Some(part.node)),
            Kind::MediaType | Kind::Parameter => (part.at.key("schema"), part.node.get("schema")),
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
        }
    }
    warnings
}

/// The values of `example` and `examples`, each where it stands.
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
    let message = format!("{what} is no value of its schema: {}", mismatch.message);
    let help = mismatch.help.unwrap_or_else(|| format!("mend {what}, or the schema if the API does it so"));
    warning(code, place, message).related(Place::Value(mismatch.rule), "as it says here").help(help)
}
