//! The tree as `serde_yaml` has it, so that the model is read from the very scalars that were judged.

use serde_yaml::{Mapping, Value as Yaml};

use crate::source::{Entry, Node, Value};

/// The keys under which bounds of integers that do not fit in an `i64` are kept, as texts: `openapiv3` has no room for
/// them. No document has these keys, since the grammar does not know them.
pub(crate) const WIDE_MINIMUM: &str = "x-wide-minimum";
pub(crate) const WIDE_MAXIMUM: &str = "x-wide-maximum";

/// Recurses as deep as the tree, which [`crate::source::MAX_DEPTH`] bounds.
pub(super) fn to_yaml(node: &Node) -> Yaml {
    match &node.value {
        Value::Null => Yaml::Null,
        Value::Bool(flag) => Yaml::Bool(*flag),
        Value::Integer(number) => integer(*number),
        Value::Float(number) => Yaml::Number((*number).into()),
        Value::String(text) => Yaml::String(text.clone()),
        Value::Sequence(items) => Yaml::Sequence(items.iter().map(to_yaml).collect()),
        Value::Mapping(entries) => {
            let pair = |entry: &Entry| match wide_bound(entries, entry) {
                Some((key, number)) => (Yaml::String(key.to_owned()), Yaml::String(number.to_string())),
                None => (Yaml::String(entry.key.clone()), to_yaml(&entry.node)),
            };
            Yaml::Mapping(entries.iter().map(pair).collect::<Mapping>())
        }
    }
}

/// Such a bound, and its key.
fn wide_bound(schema: &[Entry], entry: &Entry) -> Option<(&'static str, i128)> {
    let key = match entry.key.as_str() {
        "minimum" => WIDE_MINIMUM,
        "maximum" => WIDE_MAXIMUM,
        _ => return None,
    };
    let Value::Integer(number) = entry.node.value else { return None };
    let is_integer = |entry: &Entry| entry.key == "type" && entry.node.value.as_str() == Some("integer");
    (i64::try_from(number).is_err() && schema.iter().any(is_integer)).then_some((key, number))
}

fn integer(number: i128) -> Yaml {
    match (i64::try_from(number), u64::try_from(number)) {
        (Ok(number), _) => Yaml::Number(number.into()),
        (_, Ok(number)) => Yaml::Number(number.into()),
        // A tree holds no other integers.
        _ => Yaml::Null,
    }
}
