//! A value of a schema, as YAML to paste.

use super::outline::{Outline, Whole};
use crate::pointer::Pointer;
use crate::source::{Node, Value};

/// The maximum number of values in a sample, and the maximum depth: more would be too much to paste.
const MAX_VALUES: usize = 100;
const MAX_DEPTH: usize = 10;

/// Returns `example:` with a value of a schema: for an object the required properties, or all if none is.
pub(super) fn of<'t>(outline: &Outline<'t>, at: &Pointer, schema: &'t Node) -> String {
    let sample = Sampler { outline, open: Vec::new(), left: MAX_VALUES }
        .value(at, schema)
        .unwrap_or_else(|| Sample::scalar("…"));
    let mut yaml = "example:".to_owned();
    sample.write(&mut yaml, 1);
    yaml
}

enum Sample {
    /// A scalar as written.
    Scalar(String),
    List(Vec<Sample>),
    Map(Vec<(String, Sample)>),
}

struct Sampler<'o, 't> {
    outline: &'o Outline<'t>,
    /// The schemas that contain the value.
    open: Vec<Pointer>,
    /// The number of values that may still be created.
    left: usize,
}

impl<'t> Sampler<'_, 't> {
    /// Returns a value, or `None` if it would contain another of its schema, or be too large.
    fn value(&mut self, at: &Pointer, schema: &'t Node) -> Option<Sample> {
        self.left = self.left.checked_sub(1)?;
        let mut whole = self.outline.whole(at, schema);
        while let Some(first) = self.outline.choices(&whole).into_iter().next() {
            whole = first;
        }
        if let Some(shown) = whole.first("example").or(whole.first("default")) {
            return Some(Sample::copy(shown));
        }
        if let Some([first, ..]) = whole.first("enum").and_then(|values| values.value.as_sequence()) {
            return Some(Sample::copy(first));
        }
        let (name, _) = whole.parts.first()?;
        if self.open.contains(name) || self.open.len() == MAX_DEPTH {
            return None;
        }
        self.open.push(name.clone());
        let sample = match whole.kind() {
            Some("string") => Some(Sample::scalar(text(&whole))),
            Some("integer" | "number") => Some(Sample::Scalar(number(&whole))),
            Some("boolean") => Some(Sample::Scalar("true".to_owned())),
            Some("array") => Some(self.list(&whole)),
            _ => Some(self.object(&whole)),
        };
        self.open.pop();
        sample
    }

    fn list(&mut self, whole: &Whole<'t>) -> Sample {
        let items = whole.all("items").next();
        Sample::List(items.and_then(|(at, items)| self.value(&at, items)).into_iter().collect())
    }

    fn object(&mut self, whole: &Whole<'t>) -> Sample {
        let required = whole.all("required").filter_map(|(_, names)| names.value.as_sequence()).flatten();
        let required: Vec<&str> = required.filter_map(|name| name.value.as_str()).collect();
        let mut fields: Vec<(String, Sample)> = Vec::new();
        for (at, properties) in whole.all("properties") {
            for entry in properties.value.as_mapping().into_iter().flat_map(|entries| entries.iter()) {
                let is_wanted = required.is_empty() || required.contains(&entry.key.as_str());
                if !is_wanted || fields.iter().any(|(name, _)| *name == entry.key) {
                    continue;
                }
                if let Some(value) = self.value(&at.key(&entry.key), &entry.node) {
                    fields.push((entry.key.clone(), value));
                }
            }
        }
        Sample::Map(fields)
    }
}

fn text(whole: &Whole<'_>) -> &'static str {
    match whole.first("format").and_then(|format| format.value.as_str()) {
        Some("uuid") => "00000000-0000-4000-8000-000000000000",
        Some("date-time") => "2025-01-31T12:00:00Z",
        Some("date") => "2025-01-31",
        _ => "text",
    }
}

fn number(whole: &Whole<'_>) -> String {
    match whole.first("minimum").or(whole.first("maximum")).map(|bound| &bound.value) {
        Some(Value::Integer(bound)) => bound.to_string(),
        Some(Value::Float(bound)) => bound.to_string(),
        _ => "1".to_owned(),
    }
}

impl Sample {
    fn scalar(text: &str) -> Self {
        Self::Scalar(quoted(text))
    }

    fn copy(node: &Node) -> Self {
        match &node.value {
            Value::Null => Self::Scalar("null".to_owned()),
            Value::Bool(flag) => Self::Scalar(flag.to_string()),
            Value::Integer(number) => Self::Scalar(number.to_string()),
            Value::Float(number) => Self::Scalar(format!("{number:?}")),
            Value::String(text) => Self::scalar(text),
            Value::Sequence(items) => Self::List(items.iter().map(Self::copy).collect()),
            Value::Mapping(entries) => {
                Self::Map(entries.iter().map(|entry| (entry.key.clone(), Self::copy(&entry.node))).collect())
            }
        }
    }

    /// Writes the value after a key or a dash: on the same line, or on separate lines.
    fn write(&self, yaml: &mut String, indent: usize) {
        match self {
            Self::Scalar(text) => yaml.push_str(&format!(" {text}")),
            Self::List(items) if items.is_empty() => yaml.push_str(" []"),
            Self::Map(fields) if fields.is_empty() => yaml.push_str(" {}"),
            Self::List(items) => {
                for item in items {
                    yaml.push_str(&format!("\n{}-", "  ".repeat(indent)));
                    item.write(yaml, indent.saturating_add(1));
                }
            }
            Self::Map(fields) => {
                for (index, (name, value)) in fields.iter().enumerate() {
                    // The first field may follow a dash.
                    match (index, yaml.ends_with('-')) {
                        (0, true) => yaml.push_str(&format!(" {}:", quoted(name))),
                        _ => yaml.push_str(&format!("\n{}{}:", "  ".repeat(indent), quoted(name))),
                    }
                    value.write(yaml, indent.saturating_add(1));
                }
            }
        }
    }
}

/// Quotes a string so that every version of YAML reads it back.
fn quoted(text: &str) -> String {
    const WORDS: [&str; 10] = ["true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan"];
    let is_plain = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || "_-./".contains(c))
        && !WORDS.contains(&text.to_ascii_lowercase().as_str());
    // A string of JSON is a string of YAML.
    if is_plain { text.to_owned() } else { serde_json::Value::from(text).to_string() }
}
