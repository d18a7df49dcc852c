//! The types of values to which keys and formats of a schema apply.

use crate::spec::keys::nearest;

/// The types whose values the keys limit.
const KEYS: [(&[&str], &[&str]); 4] = [
    (&["string"], &["minLength", "maxLength", "pattern"]),
    (&["integer", "number"], &["multipleOf", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"]),
    (&["array"], &["items", "minItems", "maxItems", "uniqueItems"]),
    (&["object"], &["properties", "required", "additionalProperties", "minProperties", "maxProperties"]),
];

/// The formats that values of one type have.
const FORMATS: [(&str, &[&str]); 3] = [
    ("integer", &["int32", "int64", "int128", "uint32", "uint64", "uint128"]),
    ("number", &["float", "double"]),
    (
        "string",
        &["byte", "binary", "date", "date-time", "email", "hostname", "ipv4", "ipv6", "password", "uri", "url", "uuid"],
    ),
];

/// Formats of the registry of OpenAPI, of JSON Schema and of common use that do not determine the type of a value, or
/// whose values are read as if they had no format.
const OTHER_FORMATS: [&str; 33] = [
    "base64url",
    "char",
    "commonmark",
    "decimal",
    "decimal128",
    "double-int",
    "duration",
    "etag",
    "html",
    "http-date",
    "idn-email",
    "idn-hostname",
    "int8",
    "int16",
    "iri",
    "iri-reference",
    "json-pointer",
    "media-range",
    "regex",
    "relative-json-pointer",
    "sf-binary",
    "sf-boolean",
    "sf-decimal",
    "sf-integer",
    "sf-string",
    "sf-token",
    "time",
    "time-local",
    "date-time-local",
    "uint8",
    "uint16",
    "uri-reference",
    "uri-template",
];

/// The keys that compose a schema from others.
pub(crate) const COMPOSITIONS: [&str; 4] = ["allOf", "oneOf", "anyOf", "not"];

/// Returns the groups of types to which a schema with these keys applies. Limits of numbers do not determine one, so
/// integers and numbers are one group.
pub(crate) fn types_of_keys(has: impl Fn(&str) -> bool) -> Vec<&'static [&'static str]> {
    KEYS.iter().filter(|(_, keys)| keys.iter().any(|key| has(key))).map(|(types, _)| *types).collect()
}

/// Returns the type whose values have a format, if that is one of OpenAPI or of its registry.
pub(crate) fn type_of_format(format: &str) -> Option<&'static str> {
    FORMATS.iter().find(|(_, formats)| formats.contains(&format)).map(|(name, _)| *name)
}

/// Returns the format of which an unknown one is probably a misspelling: it is near, and has the same first letter.
pub(crate) fn nearest_format(format: &str) -> Option<&'static str> {
    if type_of_format(format).is_some() || OTHER_FORMATS.contains(&format) {
        return None;
    }
    let has_first = |near: &&str| near.chars().next().is_some_and(|first| format.to_lowercase().starts_with(first));
    nearest(format, FORMATS.iter().flat_map(|(_, formats)| formats.iter().copied())).filter(has_first)
}

/// The keys that limit values of a type.
pub(crate) fn keys_of(name: &str) -> impl Iterator<Item = &'static str> {
    KEYS.iter().filter(move |(types, _)| types.contains(&name)).flat_map(|(_, keys)| keys.iter().copied())
}

/// The keys without effect on values of a type.
pub(crate) fn keys_of_others(name: &str) -> impl Iterator<Item = &'static str> {
    KEYS.iter().filter(move |(types, _)| !types.contains(&name)).flat_map(|(_, keys)| keys.iter().copied())
}
