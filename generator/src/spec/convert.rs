//! Converts the tree to that of `serde_yaml`, so that the model is read from the same scalars that were checked.

use std::borrow::Cow;

use serde_yaml::{Mapping, Value as Yaml};

use super::constraints::is_constraint;
use crate::source::{Entry, Node, Value};

/// Recurses as deep as the tree, which [`crate::source::MAX_DEPTH`] limits.
pub(super) fn to_yaml(node: &Node) -> Yaml {
    match &node.value {
        Value::Null => Yaml::Null,
        Value::Bool(flag) => Yaml::Bool(*flag),
        Value::Integer(number) => integer(*number),
        Value::Float(number) => Yaml::Number((*number).into()),
        Value::String(text) => Yaml::String(text.clone()),
        Value::Sequence(items) => Yaml::Sequence(items.iter().map(to_yaml).collect()),
        Value::Mapping(entries) => {
            let is_of_integers = node.get("type").is_some_and(|kind| kind.value.as_str() == Some("integer"));
            let pair = |entry: &Entry| {
                if let Some((key, number)) = wide_bound(entry).filter(|_| is_of_integers) {
                    return (Yaml::String(key.to_owned()), Yaml::String(number.to_string()));
                }
                let is_integer = COUNTS.contains(&entry.key.as_str()) || is_of_integers && is_bound(&entry.key);
                let node = if is_integer { whole(&entry.node) } else { Cow::Borrowed(&entry.node) };
                (Yaml::String(entry.key.clone()), to_yaml(&node))
            };
            Yaml::Mapping(entries.iter().filter(|entry| !is_constraint(entries, entry)).map(pair).collect::<Mapping>())
        }
    }
}

/// The keys under which bounds of integers beyond `i64` are kept, as texts: `openapiv3` has no room for them. No
/// document has these keys, since the grammar rejects them.
pub(crate) const WIDE_MINIMUM: &str = "x-wide-minimum";
pub(crate) const WIDE_MAXIMUM: &str = "x-wide-maximum";

/// Returns such a bound, and its key.
fn wide_bound(entry: &Entry) -> Option<(&'static str, i128)> {
    let key = match entry.key.as_str() {
        "minimum" => WIDE_MINIMUM,
        "maximum" => WIDE_MAXIMUM,
        _ => return None,
    };
    let number = entry.node.value.as_integer()?;
    i64::try_from(number).is_err().then_some((key, number))
}

/// Keys of schemas whose values are counts.
const COUNTS: [&str; 6] = ["minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"];

/// Keys of a schema whose values are of its type.
fn is_bound(key: &str) -> bool {
    matches!(key, "minimum" | "maximum" | "multipleOf" | "enum")
}

/// Returns a number or a list of them, with integers as the model reads them: without a point or an exponent.
fn whole(node: &Node) -> Cow<'_, Node> {
    let number = |node: &Node| {
        let value = node.value.as_integer().map_or_else(|| node.value.clone(), Value::Integer);
        Node { span: node.span, value }
    };
    match &node.value {
        Value::Float(_) => Cow::Owned(number(node)),
        Value::Sequence(items) => {
            Cow::Owned(Node { span: node.span, value: Value::Sequence(items.iter().map(number).collect()) })
        }
        _ => Cow::Borrowed(node),
    }
}

fn integer(number: i128) -> Yaml {
    match (i64::try_from(number), u64::try_from(number)) {
        (Ok(number), _) => Yaml::Number(number.into()),
        (_, Ok(number)) => Yaml::Number(number.into()),
        // A tree contains no other integers.
        _ => Yaml::Null,
    }
}
