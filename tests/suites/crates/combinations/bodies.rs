//! Random bodies of requests: plain ones, JSON:API documents, batches, and fields that they share with the path.

use serde_json::{Map, Value, json};

use crate::combinations::operations::Draft;
use crate::combinations::schemas::{Kind, Maker, reference};

impl Maker {
    pub(crate) fn body(&mut self, draft: &mut Draft) {
        let schema = match self.random.weighted(&[40, 35, 10, 15]) {
            0 => self.fields(draft),
            1 => self.document(draft),
            2 => self.batch(draft),
            _ => self.whole(),
        };
        let mut body = json!({ "content": self.content(schema) });
        if draft.operation.contains_key("x-batch") || self.random.percent(85) {
            body["required"] = json!(true);
        }
        draft.operation.insert("requestBody".to_owned(), body);
    }

    fn named(&mut self, kind: Kind, schema: Value) -> Value {
        let name = self.type_name();
        self.add(&name, kind, schema);
        reference(&name)
    }

    fn fields(&mut self, draft: &mut Draft) -> Value {
        let mut schema = self.object(&mut draft.names, 6);
        self.share(draft, &mut schema);
        self.rename(draft, &mut schema);
        self.named(Kind::Object, schema)
    }

    /// Adds fields with the name of a path parameter: of its type, required, nullable or not, or with another name for
    /// callers.
    fn share(&mut self, draft: &mut Draft, schema: &mut Value) {
        for (name, parameter) in draft.in_path.clone() {
            if self.random.percent(60) {
                continue;
            }
            let (property, is_required) = match self.random.weighted(&[55, 15, 10, 20]) {
                0 => (parameter, true),
                1 => (json!({ "description": "The same.", "allOf": [parameter] }), true),
                2 => (json!({ "nullable": true, "allOf": [parameter] }), true),
                _ => {
                    let other = self.daring.member(&mut self.random, &mut draft.names);
                    let mut property = self.scalar();
                    property["x-argument-name"] = json!(other);
                    (property, self.random.percent(50))
                }
            };
            if let Some(properties) = schema["properties"].as_object_mut() {
                properties.insert(name.clone(), property);
            }
            if is_required {
                require(schema, &name);
            }
        }
    }

    /// Adds other names for arguments.
    fn rename(&mut self, draft: &mut Draft, schema: &mut Value) {
        for property in schema["properties"].as_object_mut().into_iter().flat_map(Map::values_mut) {
            if property.get("$ref").is_none() && property.get("x-argument-name").is_none() && self.random.percent(8) {
                let name = self.daring.member(&mut self.random, &mut draft.names);
                property["x-argument-name"] = json!(name);
            }
        }
    }

    /// A JSON:API document.
    fn document(&mut self, draft: &mut Draft) -> Value {
        let mut data = Map::new();
        let mut required = vec!["type"];
        data.insert("type".to_owned(), self.constant());
        if self.random.percent(70) {
            let in_path: Vec<Value> = draft.in_path.iter().map(|(_, schema)| schema.clone()).collect();
            let shares = !in_path.is_empty() && self.random.percent(70);
            if shares || draft.names.take("id") {
                let id = if shares { self.random.pick(&in_path) } else { self.plain() };
                draft.names.take("id");
                data.insert("id".to_owned(), id);
                if self.random.percent(80) {
                    required.push("id");
                }
            }
        }
        if self.random.percent(85) {
            let mut attributes = self.object(&mut draft.names, 5);
            self.rename(draft, &mut attributes);
            data.insert("attributes".to_owned(), self.named(Kind::Object, attributes));
            if self.random.percent(85) {
                required.push("attributes");
            }
        }
        if self.random.percent(35) {
            let relationships = self.relationships(draft);
            data.insert("relationships".to_owned(), relationships);
            if self.random.percent(85) {
                required.push("relationships");
            }
        }
        let data = self.named(Kind::Object, json!({ "type": "object", "required": required, "properties": data }));
        let document = json!({ "type": "object", "required": ["data"], "properties": { "data": data } });
        self.named(Kind::Object, document)
    }

    fn constant(&mut self) -> Value {
        match self.of(&[Kind::Constant]) {
            Some(name) if self.random.percent(60) => reference(&name),
            _ => self.named(Kind::Constant, json!({ "type": "string", "enum": ["things"] })),
        }
    }

    fn relationships(&mut self, draft: &mut Draft) -> Value {
        let mut properties = Map::new();
        let mut required = Vec::new();
        for _ in 0..self.random.between(1, 3) {
            let name = self.daring.member(&mut self.random, &mut draft.names);
            let (id, kind) = (self.plain(), self.constant());
            let identifier =
                json!({ "type": "object", "required": ["id", "type"], "properties": { "id": id, "type": kind } });
            let identifier = self.named(Kind::Object, identifier);
            let data = match self.random.below(5) {
                0 => json!({ "type": "array", "items": identifier }),
                1 => json!({ "nullable": true, "allOf": [identifier] }),
                _ => identifier,
            };
            let to = json!({ "type": "object", "required": ["data"], "properties": { "data": data } });
            properties.insert(name.clone(), self.named(Kind::Object, to));
            if self.random.percent(60) {
                required.push(name);
            }
        }
        let mut schema = json!({ "type": "object", "properties": properties });
        if !required.is_empty() {
            schema["required"] = json!(required);
        }
        self.named(Kind::Object, schema)
    }

    /// A list that is sent in several requests.
    fn batch(&mut self, draft: &mut Draft) -> Value {
        let mut schema = self.object(&mut draft.names, 3);
        self.share(draft, &mut schema);
        let name = self.daring.member(&mut self.random, &mut draft.names);
        let items = self.value(1);
        let mut list = json!({ "type": "array", "items": items, "maxItems": self.random.pick(&[1, 2, 100]) });
        if self.random.percent(40) {
            list["minItems"] = json!(1);
        }
        let list = if self.random.percent(30) { self.named(Kind::Other, list) } else { list };
        if let Some(properties) = schema["properties"].as_object_mut() {
            properties.insert(name.clone(), list);
        }
        require(&mut schema, &name);
        draft.operation.insert("x-batch".to_owned(), json!({ "argument": name }));
        self.named(Kind::Object, schema)
    }
}

fn require(schema: &mut Value, name: &str) {
    match schema["required"].as_array_mut() {
        Some(required) => required.push(json!(name)),
        None => schema["required"] = json!([name]),
    }
}
