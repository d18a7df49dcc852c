//! Which keys and formats of a schema are about values of which types.

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
    ("integer", &["int32", "int64", "uint32", "uint64"]),
    ("number", &["float", "double"]),
    (
        "string",
        &["byte", "binary", "date", "date-time", "email", "hostname", "ipv4", "ipv6", "password", "uri", "url", "uuid"],
    ),
];

/// Formats of the registry of OpenAPI, of JSON Schema and of common use that say nothing of the type of a value, or whose
/// values are read as if they had none.
const OTHER_FORMATS: [&str; 35] = [
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
    "int128",
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
    "uint128",
    "uri-reference",
    "uri-template",
];

/// The keys that make a schema of others.
pub(crate) const COMPOSITIONS: [&str; 4] = ["allOf", "oneOf", "anyOf", "not"];

/// The groups of types that a schema with these keys is about. Limits of numbers do not say which, so that integers and
/// numbers are one group.
pub(crate) fn types_of_keys(has: impl Fn(&str) -> bool) -> Vec<&'static [&'static str]> {
    KEYS.iter().filter(|(_, keys)| keys.iter().any(|key| has(key))).map(|(types, _)| *types).collect()
}

/// The type whose values have a format, if that is one of OpenAPI or of its registry.
pub(crate) fn type_of_format(format: &str) -> Option<&'static str> {
    FORMATS.iter().find(|(_, formats)| formats.contains(&format)).map(|(name, _)| *name)
}

/// The format that an unknown one is likely a misspelling of: it is near, and has the same first letter.
pub(crate) fn nearest_format(format: &str) -> Option<&'static str> {
    if type_of_format(format).is_some() || OTHER_FORMATS.contains(&format) {
        return None;
    }
    let has_first = |near: &&str| near.chars().next().is_some_and(|first| format.to_lowercase().starts_with(first));
    nearest(format, FORMATS.iter().flat_map(|(_, formats)| formats.iter().copied())).filter(has_first)
}

/// The keys that mean nothing to values of a type.
pub(crate) fn keys_of_others(name: &str) -> impl Iterator<Item = &'static str> {
    KEYS.iter().filter(move |(types, _)| !types.contains(&name)).flat_map(|(_, keys)| keys.iter().copied())
}
