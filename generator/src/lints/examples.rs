//! `missing-example`: values that callers write or read, without an example.
//!
//! Examples are required for the body of each request and each response, at the media type; for each named string or
//! number that is not an enum; and for each parameter whose own schema is such a scalar, unless it has a default. All
//! other parts of a body are shown there.

use super::outline::{Kind, Outline, Part, Role, reference};
use super::{sample, warning};
use crate::diagnostics::{Code, Diagnostic, Place};

pub(super) fn missing(outline: &Outline<'_>) -> Vec<Diagnostic> {
    let has_example = |part: &Part<'_>| ["example", "examples"].iter().any(|key| part.node.get(key).is_some());
    let parts = outline.parts.iter().filter(|part| !has_example(part));
    parts.filter_map(|part| judge(outline, part)).collect()
}

fn judge(outline: &Outline<'_>, part: &Part<'_>) -> Option<Diagnostic> {
    let key = part.at.last().unwrap_or_default();
    match part.kind {
        Kind::MediaType if part.is_json() => {
            let of = if part.at.segments().any(|segment| matches!(segment.as_str(), "requestBody" | "requestBodies")) {
                "this request body"
            } else {
                "this response"
            };
            let schema = part.node.get("schema")?;
            let sample = sample::of(outline, &part.at.key("schema"), schema);
            Some(lacks(Place::Key(part.at.clone()), of, &sample))
        }
        Kind::Schema(Role::Component) if is_scalar(part) => {
            let sample = sample::of(outline, &part.at, part.node);
            Some(lacks(Place::Key(part.at.clone()), &format!("`{key}`"), &sample))
        }
        Kind::Parameter => {
            let schema = part.node.get("schema").filter(|schema| reference(schema).is_none())?;
            let schema = Part { kind: Kind::Schema(Role::Parameter), at: part.at.key("schema"), node: schema };
            let is_shown = ["example", "default"].iter().any(|key| schema.node.get(key).is_some());
            if is_shown || !is_scalar(&schema) {
                return None;
            }
            let of = format!("the parameter `{}`", part.text("name").unwrap_or_default());
            let sample = sample::of(outline, &schema.at, schema.node);
            Some(lacks(Place::Value(part.at.key("name")), &of, &sample))
        }
        _ => None,
    }
}

/// A string or number with more values than a caller could list.
fn is_scalar(part: &Part<'_>) -> bool {
    let kind = part.node.get("type").and_then(|kind| kind.value.as_str());
    matches!(kind, Some("string" | "integer" | "number")) && part.node.get("enum").is_none()
}

fn lacks(place: Place, of: &str, sample: &str) -> Diagnostic {
    let help = format!("add a realistic one, beginning with this:\n{sample}");
    warning(Code::MissingExample, place, format!("{of} has no example")).help(help)
}
