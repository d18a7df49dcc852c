//! `missing-description`: parts that callers see, without a description.
//!
//! A description is required for: `info`; each tag, and each tag that an operation names; each operation (a `summary`
//! and a `description`, which its path can supply); each parameter, request body, response and security scheme; each
//! named schema and each property; and the values of an enum that has several. A reference has the description of its
//! target, whether it is alone or the single entry of an `allOf`. Items, values of maps and the schemas of parameters
//! and bodies need none.

use std::collections::BTreeSet;

use super::outline::{Kind, Outline, Part, Role, reference};
use super::warning;
use crate::diagnostics::{Code, Diagnostic, Place};
use crate::spec::nearest;

pub(super) fn missing(outline: &Outline<'_>) -> Vec<Diagnostic> {
    let mut warnings = undeclared_tags(outline);
    for part in &outline.parts {
        match part.kind {
            Kind::Operation => warnings.extend(operation(outline, part)),
            Kind::Schema(role) => warnings.extend(schema(role, part)),
            Kind::Info
            | Kind::Tag
            | Kind::SecurityScheme
            | Kind::Parameter
            | Kind::RequestBody
            | Kind::Response
            | Kind::Header => {
                if part.text("description").is_none() {
                    warnings.push(lacks(part, "description", &titled(part)));
                }
            }
            Kind::Document | Kind::PathItem | Kind::MediaType | Kind::Example => {}
        }
    }
    warnings
}

fn operation(outline: &Outline<'_>, part: &Part<'_>) -> Vec<Diagnostic> {
    let path_item = part.at.parent().and_then(|at| outline.tree.node(&at));
    let shared = |key: &str| path_item.and_then(|item| item.get(key)?.value.as_str());
    let is_given = |key: &&str| part.text(key).or(shared(key)).is_some_and(|text| !text.trim().is_empty());
    let missing = ["summary", "description"].into_iter().filter(|key| !is_given(key));
    missing.map(|key| lacks(part, key, &titled(part))).collect()
}

fn schema(role: Role, part: &Part<'_>) -> Vec<Diagnostic> {
    let mut warnings = Vec::new();
    let all_of = part.node.get("allOf").and_then(|parts| parts.value.as_sequence()).unwrap_or_default();
    let is_reference = matches!(all_of, [only] if reference(only).is_some());
    let is_described = part.text("description").or(part.text("title")).is_some() || is_reference;
    if !is_described && matches!(role, Role::Component | Role::Property) {
        warnings.push(lacks(part, "description", &titled(part)));
    }
    let values = part.node.get("enum").and_then(|values| values.value.as_sequence()).unwrap_or_default();
    // Numbers and booleans are listed in the documentation, but are not variants, which have documentation of their own.
    let is_plain = matches!(part.text("type"), Some("number" | "boolean"));
    if values.len() > 1 && !is_plain && part.node.get("x-enum-descriptions").is_none() {
        let texts = values.iter().map(|value| {
            let integer = value.value.as_integer().map(|integer| integer.to_string());
            let shown = value.value.as_str().or(integer.as_deref()).unwrap_or("null");
            format!("\n  - What `{shown}` means.")
        });
        let help = format!("describe each value:\nx-enum-descriptions:{}", texts.collect::<String>());
        let place = Place::Value(part.at.key("enum"));
        let message = "the values of this enum have no descriptions";
        warnings.push(warning(Code::MissingDescription, place, message).help(help));
    }
    warnings
}

/// A tag without an entry in `tags` has no description either. Reported once, at the first operation that names it.
fn undeclared_tags(outline: &Outline<'_>) -> Vec<Diagnostic> {
    let described: Vec<&str> = outline.all(Kind::Tag).filter_map(|tag| tag.text("name")).collect();
    let mut known: BTreeSet<&str> = described.iter().copied().collect();
    let mut warnings = Vec::new();
    for operation in outline.all(Kind::Operation) {
        let tags = operation.node.get("tags").and_then(|tags| tags.value.as_sequence()).unwrap_or_default();
        for (index, tag) in tags.iter().enumerate() {
            let Some(name) = tag.value.as_str().filter(|name| known.insert(name)) else { continue };
            let place = Place::Value(operation.at.key("tags").index(index));
            let message = format!("the tag `{name}` is not described in `tags`");
            let help = match nearest(name, described.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("describe it at the top level:\ntags:\n  - name: {name}\n    description: …"),
            };
            warnings.push(warning(Code::MissingDescription, place, message).help(help));
        }
    }
    warnings
}

fn lacks(part: &Part<'_>, key: &str, titled: &str) -> Diagnostic {
    // A blank text is shown itself.
    let place = if part.node.get(key).is_some() { Place::Value(part.at.key(key)) } else { place(part) };
    let text = if key == "summary" { "One line." } else { "What callers need to know." };
    let help = format!("add `{key}: {text}`, in your own words");
    warning(Code::MissingDescription, place, format!("{titled} has no {key}")).help(help)
}

/// A list has no keys for its items: the keys that identify an item are inside.
fn place(part: &Part<'_>) -> Place {
    match part.node.get("name") {
        Some(_) if matches!(part.kind, Kind::Tag | Kind::Parameter) => Place::Value(part.at.key("name")),
        _ => Place::Key(part.at.clone()),
    }
}

/// Returns the name of a part in messages.
fn titled(part: &Part<'_>) -> String {
    let key = part.at.last().unwrap_or_default();
    let name = |of: &str| part.text(of).unwrap_or_default();
    match part.kind {
        Kind::Tag => format!("the tag `{}`", name("name")),
        Kind::Parameter => format!("the parameter `{}`", name("name")),
        Kind::Operation => format!("the operation `{}`", name("operationId")),
        Kind::Response => format!("the response `{key}`"),
        Kind::Header => format!("the header `{key}`"),
        Kind::SecurityScheme => format!("the security scheme `{key}`"),
        Kind::Schema(Role::Property) => format!("the property `{key}`"),
        Kind::Schema(_) => format!("the schema `{key}`"),
        Kind::RequestBody => "the request body".to_owned(),
        Kind::Info => "the API".to_owned(),
        Kind::Document | Kind::PathItem | Kind::MediaType | Kind::Example => format!("`{key}`"),
    }
}
