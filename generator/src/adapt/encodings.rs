//! `encoding`, which only has an effect in forms, and less in multipart forms.

use std::collections::BTreeSet;

use super::Adapting;
use crate::diagnostics::{Code, Span};
use crate::media_types::{essence, is_json};
use crate::source::{Entry, Mapping, Value};
use crate::spec::Object;

const FORM: &str = "application/x-www-form-urlencoded";
const PARTS: [&str; 3] = ["multipart/form-data", "multipart/mixed", "multipart/related"];

/// Drops entries without effect from the `encoding` of a media type.
pub(super) fn rewrite(walk: &mut Adapting<'_>, media_type: &mut Mapping, object: &'static Object) {
    if object.name != "a media type" || media_type.entry("encoding").is_none() {
        return;
    }
    let name = walk.at.last().map(|name| essence(&name)).unwrap_or_default();
    if !(name == FORM || PARTS.contains(&name.as_str())) || !is_sent(walk) {
        let Some(removed) = media_type.remove("encoding") else { return };
        let message = "`encoding` only has an effect in forms of requests: it is ignored";
        walk.report_removed(Code::IgnoredKey, ("encoding", removed.key_span), message).help =
            Some("remove it".to_owned());
        return;
    }
    let properties = properties(media_type);
    let Some(Value::Mapping(encodings)) = media_type.get_mut("encoding").map(|node| &mut node.value) else { return };
    let at = walk.at.key("encoding");
    let is_strange = |entry: &Entry| properties.as_ref().is_some_and(|known| !known.contains(&entry.key));
    let strangers = encodings.iter().filter(|entry| is_strange(entry));
    let strangers: Vec<(String, Span)> = strangers.map(|entry| (entry.key.clone(), entry.key_span)).collect();
    encodings.retain(|entry| !is_strange(entry));
    for (property, encoding) in encodings.values_mut() {
        let Value::Mapping(encoding) = &mut encoding.value else { continue };
        walk.inside(at.key(property), |walk| self::encoding(walk, encoding, &name));
    }
    walk.inside(at, |walk| {
        for (property, span) in &strangers {
            let message = format!("the schema has no property `{property}`: its encoding is ignored");
            walk.report_removed(Code::IgnoredKey, (property, *span), message).help = Some("remove it".to_owned());
        }
    });
}

/// Whether the current place is in a request body.
fn is_sent(walk: &Adapting<'_>) -> bool {
    let body = walk.at.parent().and_then(|content| content.parent());
    let Some(body) = body else { return false };
    body.last().as_deref() == Some("requestBody")
        || body.parent().and_then(|section| section.last()).as_deref() == Some("requestBodies")
}

/// Returns the properties of a schema that lists them all.
fn properties(media_type: &Mapping) -> Option<BTreeSet<String>> {
    let Value::Mapping(schema) = &media_type.entry("schema")?.node.value else { return None };
    let is_open = ["$ref", "allOf", "anyOf", "oneOf", "additionalProperties"];
    if is_open.iter().any(|key| schema.entry(key).is_some()) {
        return None;
    }
    let Value::Mapping(properties) = &schema.entry("properties")?.node.value else { return None };
    Some(properties.iter().map(|entry| entry.key.clone()).collect())
}

fn encoding(walk: &mut Adapting<'_>, encoding: &mut Mapping, media_type: &str) {
    let mut dropped: Vec<(&str, &str)> = Vec::new();
    if PARTS.contains(&media_type) {
        let without = "has no effect in a multipart body: it is ignored";
        dropped.extend(["style", "explode", "allowReserved"].map(|key| (key, without)));
        dropped.push(("headers", "of a part are not sent"));
    } else {
        dropped.push(("headers", "only has an effect in a multipart body: it is ignored"));
        let names_text = |name: &str| is_json(name) || essence(name) == "text/plain";
        let names_other = |node: &Value| node.as_str().is_some_and(|name| !name.split(',').any(names_text));
        if encoding.entry("contentType").is_some_and(|entry| names_other(&entry.node.value)) {
            dropped.push(("contentType", "is not a part of a form: the value is sent as a text or as JSON"));
        }
    }
    for (key, what) in dropped {
        if let Some(removed) = encoding.remove(key) {
            let message = format!("`{key}` {what}");
            walk.report_removed(Code::IgnoredKey, (key, removed.key_span), message).help =
                Some("remove the key".to_owned());
        }
    }
}
