//! Prints a tree as a text, which [`parse`](super::parse) reads as the same tree.

use serde::ser::{Serialize, SerializeMap as _, Serializer};

use super::{Entry, Node, Tree, Value, parse};

impl Tree {
    /// Prints the tree as YAML.
    ///
    /// The text is JSON if YAML has no form that both its printer and [`parse`] support: for rare characters, such as
    /// unusual line separators.
    ///
    /// # Errors
    /// A defect of the printer.
    pub fn to_yaml(&self) -> Result<String, String> {
        let yaml = serde_yaml::to_string(self.root()).map_err(|error| error.to_string())?;
        match parse(&yaml) {
            Ok(tree) if tree.root().says(self.root()) => Ok(yaml),
            _ => serde_json::to_string_pretty(self.root()).map_err(|error| error.to_string()),
        }
    }
}

impl Node {
    /// Whether both are equal, wherever they are.
    fn says(&self, other: &Node) -> bool {
        match (&self.value, &other.value) {
            (Value::Sequence(items), Value::Sequence(others)) => {
                items.len() == others.len() && items.iter().zip(others).all(|(item, other)| item.says(other))
            }
            (Value::Mapping(entries), Value::Mapping(others)) => {
                let is_same = |(entry, other): (&Entry, &Entry)| entry.key == other.key && entry.node.says(&other.node);
                entries.len() == others.len() && entries.iter().zip(others.iter()).all(is_same)
            }
            (value, other) => value == other,
        }
    }
}

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.value {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(flag) => serializer.serialize_bool(*flag),
            Value::Integer(number) => number.serialize(serializer),
            Value::Float(number) => serializer.serialize_f64(*number),
            Value::String(text) => serializer.serialize_str(text),
            Value::Sequence(items) => serializer.collect_seq(items),
            Value::Mapping(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for entry in entries.iter() {
                    map.serialize_entry(&entry.key, &entry.node)?;
                }
                map.end()
            }
        }
    }
}
