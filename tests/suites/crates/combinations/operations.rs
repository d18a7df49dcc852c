//! Random operations over the schemas: parameters, choices, pages, and responses.

use serde_json::{Map, Value, json};

use crate::combinations::sample::sample;
use crate::combinations::schemas::{Kind, Maker, reference};
use crate::combinations::words::{Scope, prose};

/// The state that the parts of an operation share.
pub(crate) struct Draft {
    /// The names of its call so far.
    pub(crate) names: Scope,
    /// The path parameters: name and schema.
    pub(crate) in_path: Vec<(String, Value)>,
    /// The parameters, in the form of the spec.
    pub(crate) parameters: Vec<Value>,
    /// The keys of the operation so far.
    pub(crate) operation: Map<String, Value>,
}

/// Names whose words could be confused with one another and with separators.
const AWKWARD: &[&str] =
    &["a", "and_a", "b", "and_b", "or", "and", "new", "or_new", "a_or_b", "a_and_b", "filter[a]", "type"];

impl Maker {
    /// A path with its operations.
    pub(crate) fn path(&mut self, index: usize, ids: &mut Scope) -> (String, Value) {
        let mut draft =
            Draft { names: Scope::default(), in_path: Vec::new(), parameters: Vec::new(), operation: Map::new() };
        let mut path = format!("/things{index}");
        for _ in 0..self.random.pick(&[0, 0, 1, 1, 2, 3]) {
            let name = self.daring.member(&mut self.random, &mut draft.names);
            let schema = self.plain();
            path.push_str(self.random.pick(&["/", "/of/", "/v1:"]));
            path.push_str(&format!("{{{name}}}"));
            let mut parameter = self.parameter(&name, "path", true, schema.clone());
            self.path_style(&mut parameter);
            draft.parameters.push(parameter);
            draft.in_path.push((name, schema));
        }
        // The template determines the order of the parameters, not the list.
        draft.parameters.reverse();
        let method = self.random.pick(&["get", "get", "post", "post", "put", "patch", "patch", "delete", "head"]);
        let shares = self.random.percent(15) && !draft.parameters.is_empty();
        let mut item = json!({});
        if shares {
            item["parameters"] = Value::Array(std::mem::take(&mut draft.parameters));
            let plain = self.operation_id(ids);
            item["delete"] = json!({ "operationId": plain, "responses": { "204": { "description": "Gone." } } });
        }
        let method = if shares && method == "delete" { "post" } else { method };
        item[method] = self.operation(method, ids, draft);
        (path, item)
    }

    fn operation_id(&mut self, ids: &mut Scope) -> String {
        let verb = self.random.pick(&["list", "get", "create", "update", "move", "match", "do-it.", "v2_", "Set"]);
        let noun = self.daring.schema(&mut self.random, &mut Scope::default());
        let id = format!("{verb}{noun}");
        if ids.take(&id) { id } else { self.operation_id(ids) }
    }

    fn operation(&mut self, method: &str, ids: &mut Scope, mut draft: Draft) -> Value {
        let id = self.operation_id(ids);
        draft.operation.insert("operationId".to_owned(), json!(id));
        self.queries(&mut draft);
        self.styled(&mut draft);
        match method {
            "get" if self.random.percent(45) => self.pages(&mut draft),
            "get" | "head" | "delete" => self.responses(&mut draft, method == "head"),
            _ => {
                if self.random.percent(90) {
                    self.body(&mut draft);
                }
                self.responses(&mut draft, false);
            }
        }
        self.decorate(&mut draft);
        if !draft.parameters.is_empty() {
            draft.operation.insert("parameters".to_owned(), Value::Array(draft.parameters));
        }
        Value::Object(draft.operation)
    }

    pub(crate) fn parameter(&mut self, name: &str, location: &str, required: bool, schema: Value) -> Value {
        let mut parameter = json!({ "name": name, "in": location, "schema": schema });
        if required {
            parameter["required"] = json!(true);
        }
        if self.random.percent(40) {
            parameter["description"] = json!(prose(&mut self.random));
        }
        if self.random.percent(5) {
            parameter["deprecated"] = json!(true);
        }
        if self.random.percent(30)
            && let Some(value) = sample(&self.schemas, &parameter["schema"], self.random.below(6))
        {
            parameter["example"] = value;
        }
        parameter
    }

    fn queries(&mut self, draft: &mut Draft) {
        for _ in 0..self.random.pick(&[0, 0, 1, 2, 4]) {
            let name = self.daring.member(&mut self.random, &mut draft.names);
            let schema = self.query_schema();
            let required = self.random.percent(40);
            let mut parameter = self.parameter(&name, "query", required, schema);
            match self.random.below(6) {
                0 => parameter["explode"] = json!(true),
                1 => parameter["explode"] = json!(false),
                2 => parameter["style"] = json!("form"),
                _ => {}
            }
            if self.random.percent(8) {
                let chosen = self.daring.member(&mut self.random, &mut draft.names);
                parameter["x-rust-name"] = json!(chosen);
            }
            draft.parameters.push(parameter);
        }
        if self.random.percent(25) {
            self.choice(draft);
        }
    }

    fn query_schema(&mut self) -> Value {
        match self.random.below(8) {
            0 => {
                let items = self.plain();
                self.list_of(items)
            }
            1 => self.of(&[Kind::List]).map_or_else(|| self.plain(), |name| reference(&name)),
            _ => self.plain(),
        }
    }

    /// Adds some optional parameters, one of which is required.
    fn choice(&mut self, draft: &mut Draft) {
        let mut listed = Vec::new();
        for _ in 0..self.random.between(2, 4) {
            let name = if self.random.percent(60) {
                self.random.pick(AWKWARD).to_owned()
            } else {
                self.daring.member(&mut self.random, &mut Scope::default())
            };
            if draft.names.take(&name) {
                let schema = self.query_schema();
                let parameter = self.parameter(&name, "query", false, schema);
                draft.parameters.push(parameter);
                listed.push(name);
            }
        }
        if listed.len() >= 2 {
            let name = format!("{}Choice", self.daring.schema(&mut self.random, &mut Scope::default()));
            draft.names.take(&name);
            let choice = json!({ "name": name, "parameters": listed });
            draft.operation.insert("x-at-least-one-of".to_owned(), choice);
        }
    }

    /// Makes it a paginated list.
    fn pages(&mut self, draft: &mut Draft) {
        let number = self.random.pick(&["page", "page[number]", "offset"]);
        let size = self.random.pick(&["size", "page[size]", "limit"]);
        if !draft.names.take(number) || !draft.names.take(size) {
            self.responses(draft, false);
            return;
        }
        // By number, with or without the next; by offset; by cursor.
        let kind = self.random.below(4);
        for (name, least) in [(number, 0), (size, 1)] {
            let is_cursor = kind == 3 && name == number;
            let mut schema = json!({ "type": if is_cursor { "string" } else { "integer" } });
            if !is_cursor && self.random.percent(50) {
                schema = json!({ "type": "integer", "minimum": least, "maximum": 1000, "default": least });
            }
            let parameter = self.parameter(name, "query", false, schema);
            draft.parameters.push(parameter);
        }
        let items = self.value(1);
        let items = self.list_of(items);
        let [page, meta] = [self.type_name(), self.type_name()];
        let next = match kind {
            3 => json!({ "type": "string", "nullable": self.random.percent(50) }),
            _ => json!({ "type": "integer", "nullable": true, "format": self.random.pick(&["int32", "int64"]) }),
        };
        let mut is_required = |key: &str| if self.random.percent(50) { json!([key]) } else { json!(null) };
        let mut meta_schema = json!({ "type": "object", "properties": { "next": next } });
        let mut page_schema = json!({ "type": "object", "properties": { "data": items, "meta": reference(&meta) } });
        for (schema, key) in [(&mut meta_schema, "next"), (&mut page_schema, "data")] {
            let required = is_required(key);
            if !required.is_null() {
                schema["required"] = required;
            }
        }
        self.add(&meta, Kind::Object, meta_schema);
        self.add(&page, Kind::Object, page_schema);
        let pages = match kind {
            0 => json!({ "pageParam": number, "sizeParam": size, "items": "/data", "next": "/meta/next" }),
            1 => json!({ "pageParam": number, "sizeParam": size, "items": "/data", "first": 1 }),
            2 => json!({ "offsetParam": number, "sizeParam": size, "items": "/data" }),
            _ => json!({ "cursorParam": number, "items": "/data", "next": "/meta/next" }),
        };
        draft.operation.insert("x-pagination".to_owned(), pages);
        let content = self.content(reference(&page));
        let responses = json!({ "200": { "description": "A page.", "content": content } });
        draft.operation.insert("responses".to_owned(), responses);
    }

    /// Returns a media type, with an example in half of the cases.
    pub(crate) fn content(&mut self, schema: Value) -> Value {
        let mut media = json!({ "schema": schema });
        if self.random.percent(50)
            && let Some(value) = sample(&self.schemas, &media["schema"], 3 * self.random.below(3))
            && !value.is_null()
        {
            if self.random.percent(30) {
                media["examples"] = json!({ "first": { "value": value } });
            } else {
                media["example"] = value;
            }
        }
        json!({ "application/json": media })
    }

    /// Returns a schema for a body: one that does not allow `null`.
    pub(crate) fn whole(&mut self) -> Value {
        match self.random.below(6) {
            0 => {
                let items = self.value(1);
                self.list_of(items)
            }
            1 => {
                let values = self.value(1);
                self.map_of(values)
            }
            2 => self.scalar(),
            3 => json!({}),
            _ => {
                let kinds = [Kind::Object, Kind::Object, Kind::Other, Kind::Plain, Kind::Constant, Kind::List];
                let kind = self.random.pick(&kinds);
                self.of(&[kind]).map_or_else(|| json!({ "type": "object" }), |name| reference(&name))
            }
        }
    }

    fn responses(&mut self, draft: &mut Draft, is_head: bool) {
        let mut responses = Map::new();
        let successes = self.random.pick(&[&["200"][..], &["201"], &["204"], &["200", "202"], &["201", "202", "207"]]);
        let body = (!is_head && successes != ["204"] && self.random.percent(85)).then(|| self.whole());
        for status in successes {
            let mut response = json!({ "description": prose(&mut self.random) });
            if let Some(body) = &body {
                response["content"] = self.content(body.clone());
            }
            responses.insert((*status).to_owned(), response);
        }
        for status in ["400", "404", "409", "429", "500", "503"] {
            if self.random.percent(20) {
                let mut response = json!({ "description": prose(&mut self.random) });
                if !is_head && self.random.percent(60) {
                    let schema = self.whole();
                    response["content"] = self.content(schema);
                }
                responses.insert(status.to_owned(), response);
            }
        }
        draft.operation.insert("responses".to_owned(), Value::Object(responses));
    }

    fn decorate(&mut self, draft: &mut Draft) {
        for (key, share) in [("summary", 50), ("description", 50), ("x-unstable", 10), ("x-permission", 15)] {
            if self.random.percent(share) {
                let words = if key == "x-permission" { "things_write" } else { prose(&mut self.random) };
                draft.operation.insert(key.to_owned(), json!(words));
            }
        }
        if self.random.percent(6) {
            draft.operation.insert("deprecated".to_owned(), json!(true));
        }
        if self.random.percent(20) {
            draft.operation.insert("x-idempotent".to_owned(), json!(self.random.percent(50)));
        }
        if self.random.percent(60) {
            let tag = self.random.pick(&["Things", "Other `things`", "type", "[Odd] <tag>"]);
            draft.operation.insert("tags".to_owned(), json!([tag]));
        }
    }
}
