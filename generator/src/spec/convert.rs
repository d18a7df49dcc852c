//! Converts the tree to that of `serde_yaml`, so that the model is read from the same scalars that were checked.

use std::borrow::Cow;

use serde_yaml::{Mapping, Value as Yaml};

use super::constraints::is_constraint;
use crate::integer::{Integer, marked};
use crate::source::{Entry, Node, Value};

/// Converts a document.
pub(super) fn to_yaml(node: &Node) -> Yaml {
    converted(node, false)
}

/// Recurses as deep as the tree, which [`crate::source::MAX_DEPTH`] limits. In an example, an integer that
/// `serde_json` would round is a [marked] text.
fn converted(node: &Node, is_example: bool) -> Yaml {
    match &node.value {
        Value::Null => Yaml::Null,
        Value::Bool(flag) => Yaml::Bool(*flag),
        Value::Integer(number) => integer(*number, is_example),
        Value::Float(number) => Yaml::Number((*number).into()),
        Value::String(text) => Yaml::String(text.clone()),
        Value::Sequence(items) => Yaml::Sequence(items.iter().map(|item| converted(item, is_example)).collect()),
        Value::Mapping(entries) => {
            let kind = node.get("type").and_then(|kind| kind.value.as_str());
            let is_of_integers = kind == Some("integer");
            let pair = |entry: &Entry| {
                if let Some((key, value)) = Some(entry).filter(|_| is_of_integers).and_then(wide) {
                    return (Yaml::String(key.to_owned()), value);
                }
                let is_integer = COUNTS.contains(&entry.key.as_str()) || is_of_integers && is_bound(&entry.key);
                let node = if is_integer { whole(&entry.node) } else { Cow::Borrowed(&entry.node) };
                let is_example = match entry.key.as_str() {
                    "example" | "default" | "value" => kind != Some("number"),
                    // Values of any type are documented like examples.
                    "enum" => kind.is_none(),
                    "minimum" | "maximum" | "multipleOf" => false,
                    _ => is_example,
                };
                (Yaml::String(entry.key.clone()), converted(&node, is_example))
            };
            Yaml::Mapping(entries.iter().filter(|entry| !is_constraint(entries, entry)).map(pair).collect::<Mapping>())
        }
    }
}

/// The keys under which bounds and values of integers beyond `i64` are kept, as texts: `openapiv3` has no room for them.
/// No document has these keys, since the grammar rejects them.
pub(crate) const WIDE_MINIMUM: &str = "x-wide-minimum";
pub(crate) const WIDE_MAXIMUM: &str = "x-wide-maximum";
pub(crate) const WIDE_MULTIPLE: &str = "x-wide-multiple";
/// All values of an enum, if one of them is beyond `i64`.
pub(crate) const WIDE_ENUM: &str = "x-wide-enum";

/// Returns such a key and its value.
fn wide(entry: &Entry) -> Option<(&'static str, Yaml)> {
    let is_wide = |number: Integer| i64::try_from(number).is_err();
    let key = match entry.key.as_str() {
        "minimum" => WIDE_MINIMUM,
        "maximum" => WIDE_MAXIMUM,
        "multipleOf" => WIDE_MULTIPLE,
        "enum" => {
            let items = entry.node.value.as_sequence()?;
            items.iter().filter_map(|item| item.value.as_integer()).any(is_wide).then_some(())?;
            let text =
                |item: &Node| item.value.as_integer().map_or(Yaml::Null, |number| Yaml::String(number.to_string()));
            return Some((WIDE_ENUM, Yaml::Sequence(items.iter().map(text).collect())));
        }
        _ => return None,
    };
    let number = entry.node.value.as_integer().filter(|number| is_wide(*number))?;
    Some((key, Yaml::String(number.to_string())))
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

fn integer(number: Integer, is_example: bool) -> Yaml {
    match (i64::try_from(number), u64::try_from(number)) {
        (Ok(number), _) => Yaml::Number(number.into()),
        (_, Ok(number)) => Yaml::Number(number.into()),
        _ if is_example => Yaml::String(marked(number)),
        _ => Yaml::Number(number.to_f64().into()),
    }
}
