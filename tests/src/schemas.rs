//! The description's schemas and examples, as plain JSON.

use serde_json::Value;

use crate::spec;

/// The description.
pub struct Spec(Value);

/// The shape of a schema's values.
pub enum Shape<'a> {
    /// An object: its properties, and the names of the required ones.
    Object {
        /// Name and schema of each.
        properties: Vec<(&'a str, &'a Value)>,
        /// Names.
        required: Vec<&'a str>,
    },
    /// An array of such items.
    Array(&'a Value),
    /// One of these texts.
    Enum(Vec<&'a str>),
    /// A uuid.
    Uuid,
    /// A timestamp.
    Time,
    /// Any text.
    Text,
    /// An integer of 64 bits.
    Integer,
    /// A number of 64 bits, and its minimum and maximum, if they are stated.
    Number(Option<f64>, Option<f64>),
    /// Any value.
    Any,
}

impl Spec {
    /// Reads it.
    ///
    /// # Panics
    ///
    /// If it cannot be read.
    pub fn read() -> Self {
        Self(serde_json::to_value(spec::read()).expect("the description is JSON too"))
    }

    /// Every schema under its name.
    ///
    /// # Panics
    ///
    /// If there are none.
    pub fn schemas(&self) -> impl Iterator<Item = (&str, &Value)> {
        let schemas = self.0["components"]["schemas"].as_object().expect("schemas");
        schemas.iter().map(|(name, schema)| (name.as_str(), schema))
    }

    /// Returns the examples of whole bodies: the place, the name of the schema, and the example.
    pub fn examples(&self) -> Vec<(String, &str, &Value)> {
        let mut found = Vec::new();
        collect(&self.0, "#", &mut found);
        found
    }

    fn follow<'a>(&'a self, schema: &'a Value) -> &'a Value {
        let target = match schema["allOf"].as_array().map(Vec::as_slice) {
            Some([one]) => one,
            Some(more) => panic!("{} parts of allOf: teach this test what they mean", more.len()),
            None => schema,
        };
        match target["$ref"].as_str() {
            Some(reference) => self.follow(self.0.pointer(&reference[1..]).expect("a reference leads somewhere")),
            None => target,
        }
    }

    /// Whether null is a valid value.
    pub fn is_nullable(&self, schema: &Value) -> bool {
        schema["nullable"] == true || self.follow(schema)["nullable"] == true
    }

    /// Returns the shape of a schema, after following references.
    ///
    /// # Panics
    /// If the schema has an unknown shape.
    pub fn shape<'a>(&'a self, schema: &'a Value) -> Shape<'a> {
        let schema = self.follow(schema);
        if let Some(values) = schema["enum"].as_array() {
            return Shape::Enum(values.iter().filter_map(Value::as_str).collect());
        }
        match (schema["type"].as_str(), schema["format"].as_str()) {
            (Some("object"), None) => {
                let properties = schema["properties"].as_object().into_iter().flatten();
                let required = schema["required"].as_array().into_iter().flatten();
                Shape::Object {
                    properties: properties.map(|(name, schema)| (name.as_str(), schema)).collect(),
                    required: required.filter_map(Value::as_str).collect(),
                }
            }
            (Some("array"), None) => Shape::Array(&schema["items"]),
            (Some("string"), Some("uuid")) => Shape::Uuid,
            (Some("string"), Some("date-time")) => Shape::Time,
            (Some("string"), None) => Shape::Text,
            (Some("integer"), Some("int64")) => Shape::Integer,
            (Some("number"), None | Some("double")) => {
                Shape::Number(schema["minimum"].as_f64(), schema["maximum"].as_f64())
            }
            (None, None) => Shape::Any,
            other => panic!("{other:?}: teach this test what it means"),
        }
    }
}

fn collect<'a>(node: &'a Value, place: &str, found: &mut Vec<(String, &'a str, &'a Value)>) {
    match node {
        Value::Object(object) => {
            let name = node["schema"]["$ref"].as_str().and_then(|reference| reference.rsplit('/').next());
            let example = object.get("example").filter(|example| example.is_object());
            found.extend(name.zip(example).map(|(name, example)| (place.to_owned(), name, example)));
            for (key, value) in object {
                collect(value, &format!("{place}/{key}"), found);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                collect(item, &format!("{place}/{index}"), found);
            }
        }
        _ => {}
    }
}
