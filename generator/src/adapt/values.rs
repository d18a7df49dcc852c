//! Values of another kind than their key requires.

use super::Adapting;
use crate::diagnostics::Code;
use crate::source::{Mapping, Node, Value};
use crate::spec::Shape;

/// Converts a value to the kind that its key requires, if its meaning is unambiguous.
pub(super) fn coerce(walk: &mut Adapting<'_>, node: &mut Node, shape: &'static Shape) {
    let Some((value, what)) = coerced(walk, node, shape) else { return };
    node.value = value;
    walk.report_here(Code::ValueForm, format!("this is read as {what}"));
}

fn coerced(walk: &Adapting<'_>, node: &Node, shape: &'static Shape) -> Option<(Value, &'static str)> {
    let value = &node.value;
    match (shape, value) {
        (Shape::Text | Shape::OneOf(_), Value::Bool(_) | Value::Integer(_) | Value::Float(_)) => {
            Some((Value::String(walk.written(node)?), "a text"))
        }
        (Shape::Flag | Shape::True | Shape::FlagOr(_), Value::String(text)) => {
            let flag = match text.to_ascii_lowercase().as_str() {
                "true" | "yes" | "on" => true,
                "false" | "no" | "off" => false,
                _ => return None,
            };
            Some((Value::Bool(flag), "a boolean"))
        }
        (Shape::True, Value::Bool(false)) => Some((Value::Bool(true), "`true`, the only valid value")),
        (Shape::Number | Shape::PositiveNumber | Shape::Count, Value::String(text)) => {
            Some((number(text)?, "a number"))
        }
        (Shape::Count, Value::Float(_)) => Some((Value::Integer(value.as_integer()?), "an integer")),
        (Shape::List(of) | Shape::NonEmptyList(of), Value::String(_)) if matches!(of, Shape::Text) => {
            let item = Node { span: Default::default(), value: value.clone() };
            Some((Value::Sequence(vec![item]), "a list of one text"))
        }
        // PHP writes an empty mapping in this way.
        (Shape::Map(..) | Shape::Object(_) | Shape::Referable(_), Value::Sequence(items)) if items.is_empty() => {
            Some((Value::Mapping(Mapping::default()), "a mapping without entries"))
        }
        _ => None,
    }
}

/// Parses a number in quotes.
pub(super) fn number(text: &str) -> Option<Value> {
    let text = text.trim();
    text.parse()
        .ok()
        .map(Value::Integer)
        .or_else(|| text.parse().ok().filter(|number: &f64| number.is_finite()).map(Value::Float))
}
