//! Places inside JSON values.

use serde_json::{Map, Value};
use std::cmp::Ordering;

/// Returns the value at a place.
pub(super) fn at<'v>(value: &'v Value, place: &[&str]) -> Option<&'v Value> {
    place.iter().try_fold(value, |value, name| value.get(*name))
}

/// Sets the value at a place; a value on the path that is not an object becomes one.
pub(super) fn set(value: &mut Value, place: &[&str], new: Value) {
    let mut value = value;
    for name in place {
        if !value.is_object() {
            *value = Value::Object(Map::new());
        }
        let Value::Object(fields) = value else { return };
        value = fields.entry(*name).or_insert(Value::Null);
    }
    *value = new;
}

/// Sets the fields of the request and keeps the rest, object by object.
pub(super) fn merge(value: &mut Value, sent: Value) {
    match (value, sent) {
        (Value::Object(fields), Value::Object(sent)) => {
            for (name, sent) in sent {
                merge(fields.entry(name).or_insert(Value::Null), sent);
            }
        }
        (value, sent) => *value = sent,
    }
}

/// Returns a scalar as text, as in a path or a query; empty for any other value.
pub(super) fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(flag) => flag.to_string(),
        Value::Null | Value::Array(_) | Value::Object(_) => String::new(),
    }
}

/// Compares two values of a field: numbers by size, others as texts, absent values first.
pub(super) fn order(one: Option<&Value>, other: Option<&Value>) -> Ordering {
    match (one, other) {
        (Some(Value::Number(one)), Some(Value::Number(other))) => {
            one.as_f64().unwrap_or_default().total_cmp(&other.as_f64().unwrap_or_default())
        }
        (one, other) => one.map(text).cmp(&other.map(text)),
    }
}
