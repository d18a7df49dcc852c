//! `encoding`, which means something in forms alone, and less in those with parts.

use std::collections::BTreeSet;

use super::Adapting;
use crate::diagnostics::Code;
use crate::media_types::{essence, is_json};
use crate::source::{Mapping, Value};
use crate::spec::Object;

const FORM: &str = "application/x-www-form-urlencoded";
const PARTS: &str = "multipart/form-data";

/// Drops what has no effect from the `encoding` of a media type.
pub(super) fn rewrite(walk: &mut Adapting<'_>, media_type: &mut Mapping, object: &'static Object) {
    if object.name != "a media type" || media_type.entry("encoding").is_none() {
        return;
    }
    let name = walk.at.last().map(|name| essence(&name)).unwrap_or_default();
    if !matches!(name.as_str(), FORM | PARTS) || !is_sent(walk) {
        media_type.remove("encoding");
        let message = "`encoding` has an effect in forms that are sent alone: it is ignored";
        walk.tell(Code::IgnoredKey, "encoding", message).help = Some("remove it".to_owned());
        return;
    }
    let properties = properties(media_type);
    let Some(Value::Mapping(encodings)) = media_type.get_mut("encoding").map(|node| &mut node.value) else { return };
    let at = walk.at.key("encoding");
    let mut strangers = BTreeSet::new();
    for (property, encoding) in encodings.values_mut() {
        if properties.as_ref().is_some_and(|known| !known.contains(property)) {
            strangers.insert(property.to_owned());
            continue;
        }
        let Value::Mapping(encoding) = &mut encoding.value else { continue };
        walk.inside(at.key(property), |walk| self::encoding(walk, encoding, &name));
    }
    walk.inside(at, |walk| {
        for property in &strangers {
            let message = format!("the schema has no property `{property}`: its encoding is ignored");
            walk.tell(Code::IgnoredKey, property, message).help = Some("remove it".to_owned());
        }
    });
    encodings.retain(|entry| !strangers.contains(&entry.key));
}

/// Whether the walk stands in a request body.
fn is_sent(walk: &Adapting<'_>) -> bool {
    let body = walk.at.parent().and_then(|content| content.parent());
    let Some(body) = body else { return false };
    body.last().as_deref() == Some("requestBody")
        || body.parent().and_then(|section| section.last()).as_deref() == Some("requestBodies")
}

/// The properties of a schema that lists them all.
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
    if media_type == PARTS {
        let without = "changes nothing in a body with parts: it is ignored";
        dropped.extend(["style", "explode", "allowReserved"].map(|key| (key, without)));
        dropped.push(("headers", "of a part are not sent: a form has no others (RFC 7578)"));
    } else {
        dropped.push(("headers", "has an effect in a body with parts alone: it is ignored"));
        let names_text = |name: &str| is_json(name) || essence(name) == "text/plain";
        let names_other = |node: &Value| node.as_str().is_some_and(|name| !name.split(',').any(names_text));
        if encoding.entry("contentType").is_some_and(|entry| names_other(&entry.node.value)) {
            dropped.push(("contentType", "is not written in a form: the value is sent as a text or as JSON"));
        }
    }
    for (key, what) in dropped {
        if encoding.remove(key).is_some() {
            walk.tell(Code::IgnoredKey, key, format!("`{key}` {what}")).help = Some("remove the key".to_owned());
        }
    }
}
