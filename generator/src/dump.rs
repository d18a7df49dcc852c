//! The [intermediate representation](crate::ir) as JSON: for a maintainer who wants to see what a change of the spec
//! means, and for other tools.
//!
//! Every field is there under its own name, in the order in which the representation declares it:
//!
//! - What is absent, empty or `false` is left out.
//! - A variant without content is a text, one with content an object with one key.
//! - A type is named as in the spec, a place by its JSON pointer, a field path by the names of its fields.

use serde_yaml::{Mapping, Value};

use crate::hidden::is_hidden;
use crate::ir::{Api, Shape, TypeId, Types};

/// Keys whose values the spec writes itself: they stand as they are.
const VERBATIM: [&str; 2] = ["default", "example"];

/// The text of a representation. It ends with a line break.
///
/// # Errors
///
/// A mistake of the generator: the representation has no form in JSON.
pub fn dump(api: &Api) -> Result<String, String> {
    // Unlike `serde_json::Value`, this one keeps the order of fields and tells variants from objects.
    let value = serde_yaml::to_value(api).map_err(|error| error.to_string())?;
    let text = serde_json::to_string_pretty(&readable(value, &api.types)).map_err(|error| error.to_string())?;
    Ok(escaped(&text) + "\n")
}

/// A value without what says nothing, with names in the place of ids.
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

/// The name of the field that a step of a path leads to, if that is what these fields are.
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

/// JSON whose characters can all be seen. Other than line breaks, those that cannot stand in texts only.
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
