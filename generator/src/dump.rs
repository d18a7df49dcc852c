//! The [intermediate representation](crate::ir) as JSON: for a maintainer who wants to see the effect of a change of
//! the spec, and for other tools.
//!
//! Every field has its own name and the order of the declaration:
//!
//! - Values that are absent, empty or `false` are left out.
//! - A variant without content is a text, one with content an object with one key.
//! - A type is named as in the spec, a place by its JSON pointer, a field path by the names of its fields.

use serde_yaml::{Mapping, Value};

use crate::hidden::is_hidden;
use crate::integer::unmarked;
use crate::ir::{Api, Shape, TypeId, Types};

/// Keys whose values come from the spec: they are unchanged.
const VERBATIM: [&str; 2] = ["default", "example"];

/// Prints a representation. The text ends with a line break.
///
/// # Errors
/// An internal error of the generator: the representation has no form in JSON.
pub fn dump(api: &Api) -> Result<String, String> {
    // Unlike `serde_json::Value`, this type keeps the order of fields and distinguishes variants from objects.
    let value = serde_yaml::to_value(api).map_err(|error| error.to_string())?;
    let text = serde_json::to_string_pretty(&readable(value, &api.types)).map_err(|error| error.to_string())?;
    Ok(escaped(&unmarked(&text)) + "\n")
}

/// Removes values without a meaning, and replaces ids by names.
fn readable(value: Value, types: &Types) -> Value {
    match value {
        Value::Tagged(variant) => {
            let name = variant.tag.to_string().trim_start_matches('!').to_owned();
            let content = match type_id(&variant.value) {
                Some(id) if name == "named" => types[id].name.as_str().into(),
                _ => readable(variant.value, types),
            };
            Value::Mapping(Mapping::from_iter([(name.into(), content)]))
        }
        Value::Mapping(fields) => match field_name(&fields, types) {
            Some(name) => name.into(),
            None => {
                let fields = fields.into_iter().map(|(key, value)| {
                    let is_verbatim = VERBATIM.iter().any(|verbatim| key == *verbatim);
                    let value = if is_verbatim { value } else { readable(value, types) };
                    (is_verbatim || says_something(&value)).then_some((key, value))
                });
                Value::Mapping(fields.flatten().collect())
            }
        },
        Value::Sequence(items) => items.into_iter().map(|item| readable(item, types)).collect(),
        other => other,
    }
}

fn type_id(value: &Value) -> Option<TypeId> {
    value.as_u64().and_then(|id| usize::try_from(id).ok()).map(TypeId)
}

/// Returns the name of the field of a step in a path, if these are the fields of one.
fn field_name<'t>(step: &Mapping, types: &'t Types) -> Option<&'t str> {
    let (object, field) = (type_id(step.get("object")?)?, type_id(step.get("field")?)?);
    match &types[object].shape {
        Shape::Object { fields, .. } => fields.get(field.0).map(|field| field.name.as_str()),
        Shape::Enum(_) | Shape::IntegerEnum(..) | Shape::Union(_) | Shape::Scalar(_) | Shape::Alias(_) => None,
    }
}

fn says_something(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => false,
        Value::String(text) => !text.is_empty(),
        Value::Sequence(items) => !items.is_empty(),
        Value::Mapping(fields) => !fields.is_empty(),
        _ => true,
    }
}

/// Escapes the invisible characters of JSON. Except for line breaks, they only occur in texts.
fn escaped(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for character in json.chars() {
        if is_hidden(character) && character != '\n' {
            for unit in character.encode_utf16(&mut [0; 2]) {
                escaped.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            escaped.push(character);
        }
    }
    escaped
}
