//! Values in the spec, compared as JSON.

use crate::source::{Node, Value};

/// Returns the order of two numbers.
pub(super) fn compared(a: &Value, b: &Value) -> Option<std::cmp::Ordering> {
    match (a, b) {
        (Value::Integer(a), Value::Integer(b)) => Some(a.cmp(b)),
        (a, b) => float(a)?.partial_cmp(&float(b)?),
    }
}

/// Whether a number is a multiple of another.
pub(super) fn is_multiple(number: &Value, divisor: &Value) -> bool {
    match (number, divisor) {
        (Value::Integer(number), Value::Integer(divisor)) => number.is_multiple_of(*divisor),
        (number, divisor) => {
            let (Some(number), Some(divisor)) = (float(number), float(divisor)) else { return true };
            // Decimal fractions are not exact in base two: 0.3 / 0.1 is not exactly 3.
            let times = number / divisor;
            (times - times.round()).abs() <= 1e-9 * times.abs().max(1.0)
        }
    }
}

fn float(value: &Value) -> Option<f64> {
    match value {
        Value::Integer(number) => Some(number.to_f64()),
        Value::Float(number) => Some(*number),
        _ => None,
    }
}

/// Returns a number as a text.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        _ => String::new(),
    }
}

/// Returns a text, a number or a boolean as a text.
pub(super) fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Integer(_) | Value::Float(_) => Some(shown(value)),
        Value::Null | Value::Sequence(_) | Value::Mapping(_) => None,
    }
}

/// Returns a text that is equal for equal values.
pub(super) fn canonical(node: &Node) -> String {
    match &node.value {
        Value::Sequence(items) => format!("[{}]", items.iter().map(canonical).collect::<Vec<_>>().join(",")),
        Value::Mapping(entries) => {
            let mut entries: Vec<String> =
                entries.iter().map(|entry| format!("{:?}:{}", entry.key, canonical(&entry.node))).collect();
            entries.sort_unstable();
            format!("{{{}}}", entries.join(","))
        }
        scalar => format!("{scalar:?}"),
    }
}
