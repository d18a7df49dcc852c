//! Schemas without a `type`: which one their keys are about.

use openapiv3::AnySchema;
use serde_json::Value;

/// The type to add to a schema that has none, as help.
pub(super) fn help(schema: &AnySchema) -> String {
    match types(schema).as_slice() {
        [only] => format!("add `type: {only}`"),
        several => {
            let listed: Vec<String> = several.iter().map(|name| format!("`{name}`")).collect();
            format!("add the `type` that is meant, and keep only its keys: these are of {}", listed.join(" and "))
        }
    }
}

/// The types that have the schema's keys.
fn types(schema: &AnySchema) -> Vec<&'static str> {
    let is_all = |is_kind: fn(&Value) -> bool| {
        let mut values = schema.enumeration.iter().filter(|value| !value.is_null()).peekable();
        values.peek().is_some() && values.all(is_kind)
    };
    let has_fields =
        !schema.properties.is_empty() || !schema.required.is_empty() || schema.additional_properties.is_some();
    let is_object = has_fields || schema.min_properties.is_some() || schema.max_properties.is_some();
    let is_array = schema.items.is_some()
        || schema.min_items.is_some()
        || schema.max_items.is_some()
        || schema.unique_items.is_some();
    let is_string = schema.pattern.is_some() || schema.min_length.is_some() || schema.max_length.is_some();
    let has_bounds = schema.minimum.is_some() || schema.maximum.is_some() || schema.multiple_of.is_some();
    let has_bounds = has_bounds || schema.exclusive_minimum.is_some() || schema.exclusive_maximum.is_some();
    let format = schema.format.as_deref();
    let is_integer = matches!(format, Some("int32" | "int64")) || is_all(|value| value.is_i64() || value.is_u64());
    let is_number = has_bounds || matches!(format, Some("float" | "double")) || is_all(Value::is_number);
    let is_text = is_string || is_all(Value::is_string) || format.is_some() && !is_integer && !is_number;
    [
        ("object", is_object),
        ("array", is_array),
        ("string", is_text),
        ("integer", is_integer),
        ("number", is_number && !is_integer),
        ("boolean", is_all(Value::is_boolean)),
    ]
    .into_iter()
    .filter_map(|(name, is_of_type)| is_of_type.then_some(name))
    .collect()
}
