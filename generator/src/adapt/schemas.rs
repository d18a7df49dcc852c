//! Schemas: types that are missing or written differently, and keys of other types.

use std::collections::BTreeSet;

use super::{Adapting, counts, entry, numbers, parts, str_of, text, texts};
use crate::diagnostics::{Code, Span};
use crate::source::{Entry, Mapping, Node, Value};
use crate::spec::{COMPOSITIONS, keys_of_others, type_of_format, types_of_keys};

/// Names of types in other languages.
const OTHER_NAMES: [(&str, &str); 13] = [
    ("int", "integer"),
    ("long", "integer"),
    ("float", "number"),
    ("double", "number"),
    ("bool", "boolean"),
    ("str", "string"),
    ("text", "string"),
    ("list", "array"),
    ("dict", "object"),
    ("map", "object"),
    ("hash", "object"),
    ("char", "string"),
    ("decimal", "number"),
];

/// Formats that some descriptions use as a type, with the type and the format that they represent.
const FORMATS: [(&str, &str, &str); 18] = [
    ("file", "string", "binary"),
    ("binary", "string", "binary"),
    ("byte", "string", "byte"),
    ("date", "string", "date"),
    ("date-time", "string", "date-time"),
    ("datetime", "string", "date-time"),
    ("uuid", "string", "uuid"),
    ("guid", "string", "uuid"),
    ("email", "string", "email"),
    ("uri", "string", "uri"),
    ("url", "string", "uri"),
    ("password", "string", "password"),
    ("int32", "integer", "int32"),
    ("int64", "integer", "int64"),
    ("int128", "integer", "int128"),
    ("uint32", "integer", "uint32"),
    ("uint64", "integer", "uint64"),
    ("uint128", "integer", "uint128"),
];

pub(super) fn rewrite(walk: &mut Adapting<'_>, schema: &mut Mapping, span: Span) {
    later_forms(walk, schema, span);
    type_name(walk, schema);
    type_of_members(schema);
    required_flag(walk, schema);
    discriminator(walk, schema);
    listed_values(walk, schema);
    parts::rewrite(walk, schema);
    parts::object_beside_union(walk, schema);
    parts::union_beside_type(walk, schema);
    implied_type(walk, schema, span);
    limits_without_type(walk, schema);
    implied_type(walk, schema, span);
    keys_of_other_types(walk, schema);
    counts::rewrite(walk, schema);
    numbers::rewrite(walk, schema, span);
    texts::rewrite(walk, schema);
    if is_part(walk) {
        any_items(schema, span);
    } else if str_of(schema, "type") == Some("array") && schema.entry("items").is_none() {
        any_items(schema, span);
        walk.report_here(Code::FilledKey, "a schema with `type: array` has no `items`: its items may be anything")
            .help = Some("add `items: {}`".to_owned());
    }
}

/// Rewrites forms of OpenAPI 3.1.
fn later_forms(walk: &mut Adapting<'_>, schema: &mut Mapping, span: Span) {
    if let Some(Value::Sequence(types)) = schema.entry("type").map(|entry| &entry.node.value) {
        let names: Option<Vec<String>> = types.iter().map(|item| item.value.as_str().map(str::to_owned)).collect();
        // Other entries of the list, and a list combined with a union, are for the strict stages to reject.
        let is_union = ["oneOf", "anyOf"].iter().any(|key| schema.entry(key).is_some());
        if let Some(names) = names.filter(|names| !is_union || names.len() < 2) {
            list_of_types(walk, schema, &names, span);
        }
    } else if str_of(schema, "type") == Some("null") {
        list_of_types(walk, schema, &["null".to_owned()], span);
    }
    if let Some(Value::Sequence(items)) = schema.entry("items").map(|entry| &entry.node.value)
        && items.iter().all(|item| matches!(item.value, Value::Mapping(_)))
        && let Some(Entry { key, key_span, node }) = schema.remove("items")
    {
        let any_of = entry("anyOf", node.value, key_span);
        let is_empty = any_of.node.value.as_sequence().is_some_and(<[Node]>::is_empty);
        let any: Mapping = std::iter::once(any_of).filter(|_| !is_empty).collect();
        schema.insert(Entry { key, key_span, node: Node { span: node.span, value: Value::Mapping(any) } });
        later(walk, "items", "items that can each be any of these");
    }
    if let Some(constant) = schema.remove("const") {
        let node = Node { span: constant.node.span, value: Value::Sequence(vec![constant.node]) };
        schema.insert(Entry { key: "enum".to_owned(), key_span: constant.key_span, node });
        later(walk, "const", "an `enum` of one value");
    }
    for (bound, flag) in [("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")] {
        let is_number = |entry: &Entry| matches!(entry.node.value, Value::Integer(_) | Value::Float(_));
        // If both forms are present, the narrower one would decide: the strict stages reject that.
        if schema.entry(bound).is_none()
            && schema.entry(flag).is_some_and(is_number)
            && let Some(exclusive) = schema.remove(flag)
        {
            let key_span = exclusive.key_span;
            schema.insert(Entry { key: bound.to_owned(), key_span, node: exclusive.node });
            schema.insert(entry(flag, Value::Bool(true), key_span));
            later(walk, flag, "a bound and a flag that it is exclusive");
        }
        if schema.entry(bound).is_none()
            && schema.entry(flag).is_some_and(|entry| entry.node.value == Value::Bool(true))
            && let Some(Entry { key, key_span, .. }) = schema.remove(flag)
        {
            let message = format!("`{key}` has no effect without `{bound}`: it is ignored");
            walk.report_removed(Code::IgnoredKey, (&key, key_span), message).help =
                Some(format!("add `{bound}`, or remove the key"));
        }
    }
    if matches!(schema.entry("examples").map(|entry| &entry.node.value), Some(Value::Sequence(_)))
        && let Some(Entry { key_span, node: Node { value: Value::Sequence(examples), .. }, .. }) =
            schema.remove("examples")
    {
        if let (Some(node), None) = (examples.into_iter().next(), schema.entry("example")) {
            schema.insert(Entry { key: "example".to_owned(), key_span, node });
        }
        later(walk, "examples", "the first `example`");
    }
}

fn later(walk: &mut Adapting<'_>, key: &str, what: &str) {
    walk.report(
        Code::LaterForm,
        key,
        format!("`{key}` has the form of a later OpenAPI version: it is read as {what}"),
    )
    .help = Some("write it in the form of OpenAPI 3.0, or use a 3.0 version of the description".to_owned());
}

fn list_of_types(walk: &mut Adapting<'_>, schema: &mut Mapping, names: &[String], span: Span) {
    let types: Vec<&String> = names.iter().filter(|name| *name != "null").collect();
    let key_span = schema.remove("type").map_or(span, |entry| entry.key_span);
    if types.len() < names.len() {
        schema.insert(entry("nullable", Value::Bool(true), key_span));
    }
    match types.as_slice() {
        [] => {}
        [one] => schema.insert(entry("type", text(one), key_span)),
        several => {
            let member = |name: &&String| Node {
                span: key_span,
                value: Value::Mapping(Mapping::from_iter([entry("type", text(name), key_span)])),
            };
            schema.insert(entry("anyOf", Value::Sequence(several.iter().map(member).collect()), key_span));
        }
    }
    later(walk, "type", "one type, `nullable`, or `anyOf`");
}

fn type_name(walk: &mut Adapting<'_>, schema: &mut Mapping) {
    let Some(name) = str_of(schema, "type").map(str::to_owned) else { return };
    let lower = name.to_ascii_lowercase();
    let known = OTHER_NAMES.iter().find(|(other, _)| *other == lower).map(|(_, name)| *name);
    let format = FORMATS.iter().find(|(other, ..)| *other == lower);
    let is_type = |name: &str| matches!(name, "string" | "number" | "integer" | "boolean" | "array" | "object");
    let replacement = match known {
        _ if is_type(&name) => return,
        Some(known) => Some(known),
        None if is_type(&lower) => Some(lower.as_str()),
        None if matches!(lower.as_str(), "any" | "mixed" | "json" | "") => None,
        None => match format {
            Some((_, of_format, _)) => Some(*of_format),
            None => return,
        },
    };
    let Some(node) = schema.get_mut("type") else { return };
    match replacement {
        Some(replacement) => node.value = text(replacement),
        None => drop(schema.remove("type")),
    }
    let read_as = replacement.map_or_else(|| "any type".to_owned(), |name| format!("`{name}`"));
    walk.report(Code::ValueForm, "type", format!("`{name}` is not a type of OpenAPI: it is read as {read_as}"));
    if let (Some((.., format)), Some(span)) = (format, schema.entry("type").map(|entry| entry.key_span))
        && schema.entry("format").is_none()
    {
        schema.insert(entry("format", text(format), span));
    }
}

/// Adds the type of a schema to members of its compositions that only limit it: a value must be of both.
fn type_of_members(schema: &mut Mapping) {
    let Some(name) = str_of(schema, "type").map(str::to_owned) else { return };
    for key in COMPOSITIONS {
        let members = match schema.get_mut(key) {
            Some(Node { value: Value::Sequence(members), .. }) => members.as_mut_slice(),
            Some(member) => std::slice::from_mut(member),
            None => continue,
        };
        for Node { span, value } in members {
            let Value::Mapping(member) = value else { continue };
            let is_like = |implied: &str| implied == name || implied == "number" && name == "integer";
            if !has_type(member) && implied_by(member).is_some_and(is_like) {
                member.insert(entry("type", text(&name), *span));
                any_items(member, *span);
            }
        }
    }
}

/// Whether the current schema is a part of an `allOf`.
fn is_part(walk: &Adapting<'_>) -> bool {
    walk.at.parent().and_then(|list| list.last()).as_deref() == Some("allOf")
}

/// Adds the items of a list of which only the limits are stated: another part of an `allOf` describes them.
pub(super) fn any_items(schema: &mut Mapping, span: Span) {
    if str_of(schema, "type") == Some("array") && schema.entry("items").is_none() {
        schema.insert(entry("items", Value::Mapping(Mapping::default()), span));
    }
}

/// Ignores `required: true` on a property, a habit of older formats.
fn required_flag(walk: &mut Adapting<'_>, schema: &mut Mapping) {
    let is_flag = |value: &Value| match value {
        Value::Bool(_) => true,
        Value::String(text) => text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false"),
        _ => false,
    };
    if schema.entry("required").is_some_and(|entry| is_flag(&entry.node.value))
        && let Some(Entry { key, key_span, .. }) = schema.remove("required")
    {
        let message = "`required` of a schema is a list of properties: this value is ignored";
        walk.report_removed(Code::IgnoredKey, (&key, key_span), message).help =
            Some("list the property in `required` of the object that has it".to_owned());
    }
}

/// Reads a discriminator that is only the name of its property.
fn discriminator(walk: &mut Adapting<'_>, schema: &mut Mapping) {
    let Some(node) = schema.get_mut("discriminator") else { return };
    let Value::String(property) = &node.value else { return };
    let property = entry("propertyName", text(property), node.span);
    node.value = Value::Mapping(Mapping::from_iter([property]));
    walk.report(Code::ValueForm, "discriminator", "a discriminator names its property in `propertyName`");
}

/// Returns the type that is written as a `format`.
fn format_that_is_a_type(schema: &Mapping) -> Option<&'static str> {
    let format = str_of(schema, "format")?;
    ["string", "integer", "number", "boolean", "array", "object"].into_iter().find(|name| *name == format)
}

/// Adds the type that the keys of a schema imply.
fn implied_type(walk: &mut Adapting<'_>, schema: &mut Mapping, span: Span) {
    if has_type(schema) {
        return;
    }
    let Some(implied) = implied_by(schema) else { return };
    schema.insert(entry("type", text(implied), span));
    walk.report_here(Code::ImpliedType, format!("a schema without a `type` whose keys are those of `{implied}`"))
        .help = Some(format!("add `type: {implied}`"));
}

/// Whether a schema has a type, or others that may have one.
fn has_type(schema: &Mapping) -> bool {
    schema.entry("type").is_some() || COMPOSITIONS.iter().any(|key| schema.entry(key).is_some())
}

/// Returns the type of the listed values, or else of the limits.
fn implied_by(schema: &Mapping) -> Option<&'static str> {
    let of_enum = schema.entry("enum").and_then(|entry| type_of_values(entry.node.value.as_sequence()?));
    of_enum.or_else(|| type_of_keys(schema))
}

/// Returns the type that all values of an enum have.
pub(super) fn type_of_values(values: &[Node]) -> Option<&'static str> {
    let mut types: BTreeSet<&str> = values
        .iter()
        .filter_map(|value| match &value.value {
            Value::String(_) => Some("string"),
            Value::Integer(_) => Some("integer"),
            Value::Float(_) => Some("number"),
            Value::Bool(_) => Some("boolean"),
            Value::Null => None,
            Value::Sequence(_) | Value::Mapping(_) => Some("other"),
        })
        .collect();
    if types.contains("number") {
        types.remove("integer");
    }
    ["string", "integer", "number", "boolean"].into_iter().find(|ty| types.len() == 1 && types.contains(ty))
}

/// Returns the type that the keys and the format of a schema imply, if they agree.
fn type_of_keys(schema: &Mapping) -> Option<&'static str> {
    let of_format = str_of(schema, "format").and_then(type_of_format).or_else(|| format_that_is_a_type(schema));
    let limits = |key: &str| schema.entry(key).is_some_and(|entry| !allows_all(key, &entry.node.value));
    match (types_of_keys(limits).as_slice(), of_format) {
        ([], of_format) => of_format,
        ([types], None) => types.last().copied(),
        ([types], Some(of_format)) => types.contains(&of_format).then_some(of_format),
        _ => None,
    }
}

/// Whether a limit has the value that it has by default, as some tools write it on schemas of every type.
fn allows_all(key: &str, value: &Value) -> bool {
    match key {
        "uniqueItems" | "exclusiveMinimum" | "exclusiveMaximum" => *value == Value::Bool(false),
        "minLength" | "minItems" | "minProperties" => *value == Value::Integer(0.into()),
        _ => false,
    }
}

/// Ignores limits of texts, numbers or lists if the type is unknown: beside a composition, beside one another, or a
/// format that values of several types have.
fn limits_without_type(walk: &mut Adapting<'_>, schema: &mut Mapping) {
    if schema.entry("type").is_some() {
        return;
    }
    let limits = keys_of_others("object").chain(["format"]);
    let limits: Vec<Entry> = limits.filter_map(|key| schema.remove(key)).collect();
    for Entry { key, key_span, .. } in limits {
        let message = format!("`{key}` limits values of one type, and this schema has no `type`: it is ignored");
        walk.report_removed(Code::KeyOfOtherType, (&key, key_span), message).help =
            Some(format!("add the intended `type`, or move `{key}` beside the `type`"));
    }
}

/// Reads values that are listed beside an `allOf` as all possible values: the parts of the `allOf` can only agree.
fn listed_values(walk: &mut Adapting<'_>, schema: &mut Mapping) {
    let is_listed = schema.entry("enum").and_then(|entry| type_of_values(entry.node.value.as_sequence()?)).is_some();
    if is_listed && let Some(Entry { key, key_span, .. }) = schema.remove("allOf") {
        let message = "`allOf` adds nothing to the values that `enum` lists: it is ignored";
        walk.report_removed(Code::IgnoredKey, (&key, key_span), message).help =
            Some("remove one of the two".to_owned());
    }
}

fn keys_of_other_types(walk: &mut Adapting<'_>, schema: &mut Mapping) {
    let Some(name) = str_of(schema, "type").map(str::to_owned) else { return };
    let has_format = matches!(name.as_str(), "object" | "array" | "boolean").then_some("format");
    let strangers = keys_of_others(&name).chain(has_format);
    let strangers: Vec<Entry> = strangers.filter_map(|key| schema.remove(key)).collect();
    for Entry { key, key_span, .. } in strangers {
        let message = format!("`{key}` has no effect on `type: {name}`: it is ignored");
        walk.report_removed(Code::KeyOfOtherType, (&key, key_span), message).help =
            Some("remove the key, or change the `type`".to_owned());
    }
}
