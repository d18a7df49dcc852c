//! The tree as `serde_yaml` has it, so that the model is read from the very scalars that were judged.

use serde_yaml::{Mapping, Value as Yaml};

use crate::source::{Node, Value};

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
            let pair = |entry: &crate::source::Entry| (Yaml::String(entry.key.clone()), to_yaml(&entry.node));
            Yaml::Mapping(entries.iter().map(pair).collect::<Mapping>())
        }
    }
}

fn integer(number: i128) -> Yaml {
    match (i64::try_from(number), u64::try_from(number)) {
        (Ok(number), _) => Yaml::Number(number.into()),
        (_, Ok(number)) => Yaml::Number(number.into()),
        // A tree holds no other integers.
        _ => Yaml::Null,
    }
}
