//! Random schemas: scalars with limits, enums, lists, maps, objects, merges, aliases, and cycles of them.

use serde_json::{Map, Value, json};

use crate::combinations::random::Random;
use crate::combinations::sample::{Schemas, sample};
use crate::combinations::words::{Daring, Scope, prose};

/// The kind of a schema, as far as it determines where the schema may be used.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A scalar or enum that is not nullable: it can be a parameter.
    Plain,
    /// An enum of one value.
    Constant,
    /// A list of plain values.
    List,
    /// An object with fields.
    Object,
    /// Anything else that is not nullable.
    Other,
    /// Anything that is nullable.
    Nullable,
}

/// A spec under construction.
pub(crate) struct Maker {
    pub(crate) random: Random,
    pub(crate) daring: Daring,
    pub(crate) schemas: Schemas,
    /// The schemas by name that may be referred to.
    known: Vec<(String, Kind)>,
    /// Objects that are created later: references to them must not be required.
    later: Vec<String>,
    pub(crate) type_names: Scope,
}

pub(crate) fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

impl Maker {
    pub(crate) fn new(seed: u64) -> Self {
        let mut random = Random::new(seed);
        let daring = Daring { odd: random.pick(&[5, 25, 60]), hazards: random.percent(12) };
        let schemas = Schemas::new();
        Self { random, daring, schemas, known: Vec::new(), later: Vec::new(), type_names: Scope::default() }
    }

    /// Returns a new name for a schema.
    pub(crate) fn type_name(&mut self) -> String {
        self.daring.schema(&mut self.random, &mut self.type_names)
    }

    pub(crate) fn add(&mut self, name: &str, kind: Kind, schema: Value) {
        self.schemas.insert(name.to_owned(), schema);
        self.known.push((name.to_owned(), kind));
    }

    /// Returns the name of a schema of certain kinds.
    pub(crate) fn of(&mut self, kinds: &[Kind]) -> Option<String> {
        let names: Vec<&String> =
            self.known.iter().filter(|(_, kind)| kinds.contains(kind)).map(|(name, _)| name).collect();
        (!names.is_empty()).then(|| names[self.random.below(names.len())].clone())
    }

    /// Creates all schemas that do not belong to an operation.
    pub(crate) fn pool(&mut self) {
        for _ in 0..self.random.between(3, 6) {
            let name = self.type_name();
            let nullable = self.random.percent(20);
            let schema = self.scalar();
            self.add_described(&name, if nullable { Kind::Nullable } else { Kind::Plain }, schema, nullable);
        }
        for _ in 0..self.random.between(1, 4) {
            let name = self.type_name();
            let nullable = self.random.percent(15);
            let (schema, is_constant) = self.enumeration(nullable);
            let kind = match (nullable, is_constant) {
                (true, _) => Kind::Nullable,
                (false, true) => Kind::Constant,
                (false, false) => Kind::Plain,
            };
            self.add_described(&name, kind, schema, nullable);
        }
        let objects: Vec<String> = (0..self.random.between(2, 6)).map(|_| self.type_name()).collect();
        self.later.clone_from(&objects);
        for _ in 0..self.random.between(1, 5) {
            self.named_compound();
        }
        for name in objects {
            self.later.retain(|later| *later != name);
            // Its own name must not be required.
            self.later.push(name.clone());
            let nullable = self.random.percent(10);
            let schema = self.object(&mut Scope::default(), 7);
            self.later.retain(|later| *later != name);
            self.add_described(&name, if nullable { Kind::Nullable } else { Kind::Object }, schema, nullable);
        }
        for _ in 0..self.random.below(3) {
            self.merge();
        }
    }

    fn add_described(&mut self, name: &str, kind: Kind, mut schema: Value, nullable: bool) {
        if nullable {
            schema["nullable"] = json!(true);
        }
        self.describe(&mut schema);
        self.add(name, kind, schema);
    }

    /// Adds a description, an example and a default, each in half of the cases.
    fn describe(&mut self, schema: &mut Value) {
        if schema.get("$ref").is_some() {
            return;
        }
        if self.random.percent(50) {
            schema["description"] = json!(prose(&mut self.random));
        }
        if self.random.percent(5) {
            schema["deprecated"] = json!(true);
        }
        // A description that names a default is only right if there is none.
        let names_default = schema["description"].as_str().is_some_and(|words| words.contains("Defaults to"));
        for (key, share) in [("example", 25), ("default", if names_default { 0 } else { 10 })] {
            if self.random.percent(share)
                && let Some(value) = sample(&self.schemas, schema, self.random.below(6))
                && !value.is_null()
            {
                schema[key] = value;
            }
        }
    }

    /// Creates a named list, map, alias, or value of any kind.
    fn named_compound(&mut self) {
        let name = self.type_name();
        match self.random.below(7) {
            0 => {
                let items = self.plain();
                let schema = self.list_of(items);
                self.add_described(&name, Kind::List, schema, false);
            }
            1 => {
                let items = self.value(1);
                let nullable = self.random.percent(25);
                let schema = self.list_of(items);
                self.add_described(&name, if nullable { Kind::Nullable } else { Kind::Other }, schema, nullable);
            }
            2 => {
                let values = self.value(1);
                let nullable = self.random.percent(25);
                let schema = self.map_of(values);
                self.add_described(&name, if nullable { Kind::Nullable } else { Kind::Other }, schema, nullable);
            }
            3 => self.add_described(&name, Kind::Other, json!({ "type": "object" }), false),
            4 => self.add_described(&name, Kind::Other, json!({}), false),
            5 => {
                if let Some((target, kind)) = self.any_known() {
                    self.add(&name, kind, reference(&target));
                }
            }
            _ => {
                if let Some((target, kind)) = self.any_known() {
                    let nullable = self.random.percent(40);
                    let schema = json!({ "allOf": [reference(&target)] });
                    self.add_described(&name, if nullable { Kind::Nullable } else { kind }, schema, nullable);
                }
            }
        }
    }

    fn any_known(&mut self) -> Option<(String, Kind)> {
        (!self.known.is_empty()).then(|| self.known[self.random.below(self.known.len())].clone())
    }

    /// Creates an object that has the fields of others.
    fn merge(&mut self) {
        let mut scope = Scope::default();
        let mut parts = Vec::new();
        for _ in 0..self.random.between(1, 3) {
            let Some(part) = self.of(&[Kind::Object]) else { continue };
            let names: Vec<String> = self.schemas[&part]["properties"]
                .as_object()
                .into_iter()
                .flatten()
                .map(|(name, _)| name.clone())
                .collect();
            let is_open = self.schemas[&part]["additionalProperties"].is_object();
            if !is_open && !names.is_empty() && !names.iter().any(|name| scope.has(name)) {
                for name in &names {
                    scope.take(name);
                }
                parts.push(reference(&part));
            }
        }
        let mut own = self.object(&mut scope, 3);
        own.as_object_mut().map(|own| own.remove("additionalProperties"));
        let mut schema = json!({});
        if self.random.percent(30) && !parts.is_empty() {
            schema = own;
        } else {
            parts.push(own);
        }
        if parts.len() > 1 || schema.get("properties").is_some() {
            schema["allOf"] = Value::Array(parts);
            let name = self.type_name();
            if self.random.percent(50) {
                schema["description"] = json!(prose(&mut self.random));
            }
            self.add(&name, Kind::Object, schema);
        }
    }

    /// Creates an object with at least one field.
    pub(crate) fn object(&mut self, scope: &mut Scope, most: usize) -> Value {
        let mut properties = Map::new();
        let mut required = Vec::new();
        for _ in 0..self.random.between(1, most) {
            let name = self.daring.member(&mut self.random, scope);
            let (mut property, may_be_required) = self.property();
            if property.get("$ref").is_none() && self.random.percent(6) {
                let chosen = self.daring.member(&mut self.random, scope);
                property["x-rust-name"] = json!(chosen);
            }
            if may_be_required && self.random.percent(50) {
                required.push(json!(name));
            }
            properties.insert(name, property);
        }
        let mut schema = json!({ "type": "object", "properties": properties });
        if !required.is_empty() {
            schema["required"] = Value::Array(required);
        }
        match self.random.below(12) {
            0 => schema["additionalProperties"] = json!(true),
            1 => schema["additionalProperties"] = json!({}),
            2 => schema["minProperties"] = json!(0),
            _ => {}
        }
        schema
    }

    /// Creates a property, and returns whether it may be required: a cycle of required ones would be infinite.
    fn property(&mut self) -> (Value, bool) {
        if !self.later.is_empty() && self.random.percent(20) {
            let target = reference(&self.random.pick(&self.later.clone()));
            return match self.random.below(5) {
                0 => (target, false),
                1 => (json!({ "nullable": true, "allOf": [target] }), true),
                2 => (json!({ "type": "array", "items": target }), true),
                3 => (json!({ "type": "object", "additionalProperties": target }), true),
                _ => (json!({ "type": "array", "items": { "type": "array", "items": target } }), true),
            };
        }
        (self.value(0), true)
    }

    /// Creates any schema that may be inline.
    pub(crate) fn value(&mut self, depth: usize) -> Value {
        let nested = if depth > 4 { 0 } else { 10 };
        let mut schema = match self.random.weighted(&[42, 25, nested, nested, 3, 3, 6]) {
            0 => self.scalar(),
            1 => match self.any_known() {
                Some((name, _)) => return reference(&name),
                None => self.scalar(),
            },
            2 => {
                let items = self.value(depth + 1);
                self.list_of(items)
            }
            3 => {
                let values = self.value(depth + 1);
                self.map_of(values)
            }
            4 => json!({ "type": "object" }),
            5 => json!({}),
            _ => match self.any_known() {
                Some((name, _)) => json!({ "allOf": [reference(&name)] }),
                None => json!({}),
            },
        };
        if self.random.percent(25) {
            schema["nullable"] = json!(true);
        }
        if depth == 0 {
            self.describe(&mut schema);
        }
        schema
    }

    /// Creates a schema for a parameter.
    pub(crate) fn plain(&mut self) -> Value {
        match self.of(&[Kind::Plain]) {
            Some(name) if self.random.percent(50) => reference(&name),
            Some(name) if self.random.percent(10) => json!({ "allOf": [reference(&name)] }),
            _ => self.scalar(),
        }
    }

    pub(crate) fn list_of(&mut self, items: Value) -> Value {
        let mut schema = json!({ "type": "array", "items": items });
        self.count(&mut schema, "minItems", "maxItems");
        if self.random.percent(10) && schema["minItems"].as_u64().unwrap_or(0) < 2 {
            schema["uniqueItems"] = json!(true);
            schema["maxItems"] = json!(1);
        }
        schema
    }

    pub(crate) fn map_of(&mut self, values: Value) -> Value {
        let mut schema = json!({ "type": "object", "additionalProperties": values });
        self.count(&mut schema, "minProperties", "maxProperties");
        schema
    }
}
