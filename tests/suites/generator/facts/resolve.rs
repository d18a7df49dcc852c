//! The facts that the spec states, with every reference followed.

use serde_yaml::{Mapping, Value};
use tests::spec::{self, Operation};

use crate::facts::place::{Facts, Place, Words};

/// Deeper than any body of this API.
const DEEPEST: usize = 20;

const OPERATION_KEYS: [&str; 13] = [
    "operationId",
    "tags",
    "summary",
    "description",
    "parameters",
    "requestBody",
    "responses",
    "x-permission",
    "x-unstable",
    "x-pagination",
    "x-at-least-one-of",
    "x-batch",
    "x-rust-name",
];

/// All facts.
pub(crate) fn facts(spec: &Value) -> Facts {
    let mut resolver = Resolver { spec, facts: Facts::new() };
    resolver.api();
    for operation in spec::operations(spec) {
        resolver.operation(operation);
    }
    resolver.facts
}

struct Resolver<'a> {
    spec: &'a Value,
    facts: Facts,
}

impl Resolver<'_> {
    fn tell(&mut self, place: &Place, words: Words) {
        if self.facts.insert(place.clone(), words).is_some() {
            self.add(place, "stated twice".to_owned());
        }
    }

    fn add(&mut self, place: &Place, word: String) {
        self.facts.entry(place.clone()).or_default().insert(word);
    }

    fn api(&mut self) {
        let place = Place::operation("API");
        for (index, server) in self.spec["servers"].as_sequence().into_iter().flatten().enumerate() {
            let default = if index == 0 { "default " } else { "" };
            let (site, url) = (text(&server["x-site"]), text(&server["url"]));
            self.add(&place, format!("{default}site {site} at {url}"));
        }
        self.add(&place, format!("site from {}", text(&self.spec["x-site-env"])));
        for (_, scheme) in self.spec["components"]["securitySchemes"].as_mapping().into_iter().flatten() {
            let kind = if scheme["type"] == "apiKey" { text(&scheme["in"]) } else { text(&scheme["type"]) };
            self.add(&place, format!("{kind} {} from {}", text(&scheme["name"]), text(&scheme["x-env"])));
        }
        for requirement in self.spec["security"].as_sequence().into_iter().flatten() {
            let names = requirement.as_mapping().into_iter().flatten().map(|(name, _)| text(name));
            let mut headers: Vec<_> =
                names.map(|name| text(&self.spec["components"]["securitySchemes"][name.as_str()]["name"])).collect();
            headers.sort();
            self.add(&place, format!("needs {}", headers.join(" + ")));
        }
    }

    fn operation(&mut self, operation: Operation<'_>) {
        let place = Place::operation(operation.id);
        let node = operation.node;
        self.tell(&place, Words::from([format!("{} {}", operation.method.to_uppercase(), operation.path)]));
        if let Some(permission) = node.get("x-permission") {
            self.add(&place, format!("permission {}", text(permission)));
        }
        if node.contains_key("x-unstable") {
            self.add(&place, "preview".to_owned());
        }
        if let Some(pages) = node.get("x-pagination") {
            let [items, number, size, next] = ["items", "pageParam", "sizeParam", "next"].map(|key| text(&pages[key]));
            self.add(&place, format!("pages of {items} by {number} and {size} until {next} is null"));
        }
        if let Some(choice) = node.get("x-at-least-one-of") {
            let names: Vec<_> = choice["parameters"].as_sequence().into_iter().flatten().map(text).collect();
            self.add(&place, format!("at least one of {}", names.join(" | ")));
        }
        if let Some(batch) = node.get("x-batch") {
            self.add(&place, format!("batches of {}", text(&batch["argument"])));
        }
        for word in unknown(node, &OPERATION_KEYS) {
            self.add(&place, word);
        }
        for parameters in [operation.path_item.get("parameters"), node.get("parameters")].into_iter().flatten() {
            for parameter in parameters.as_sequence().into_iter().flatten() {
                self.parameter(&place, parameter);
            }
        }
        if let Some(body) = node.get("requestBody") {
            let (place, body) = (place.part("body"), self.resolve(body));
            self.content(&place, &body);
            if body.get("required") == Some(&Value::Bool(true)) {
                self.add(&place, "required".to_owned());
            }
        }
        for (status, response) in node.get("responses").and_then(Value::as_mapping).into_iter().flatten() {
            let response = self.resolve(response);
            self.content(&place.part(format!("answer {}", text(status))), &response);
        }
    }

    fn parameter(&mut self, place: &Place, parameter: &Value) {
        let parameter = self.resolve(parameter);
        let [within, name] = ["in", "name"].map(|key| parameter.get(key).map(text).unwrap_or_default());
        let place = place.part(format!("{within} {name}"));
        let schema = self.resolve(parameter.get("schema").unwrap_or(&Value::Null));
        let mut words = self.words(&schema, 0);
        if parameter.get("required") == Some(&Value::Bool(true)) {
            words.insert("required".to_owned());
        }
        words.extend(unknown(
            &parameter,
            &["in", "name", "required", "description", "schema", "example", "x-rust-name"],
        ));
        self.tell(&place, words);
    }

    /// What a request or an answer holds.
    fn content(&mut self, place: &Place, holder: &Mapping) {
        let mut words: Words = unknown(holder, &["required", "description", "content"]).collect();
        let content = holder.get("content").and_then(Value::as_mapping);
        if content.is_none_or(Mapping::is_empty) {
            words.insert("no body".to_owned());
        }
        words.extend(content.into_iter().flatten().map(|(media_type, _)| text(media_type)));
        self.tell(place, words);
        for (_, media) in content.into_iter().flatten() {
            let schema = self.resolve(&media["schema"]);
            if schema.get("type") != Some(&"object".into()) {
                self.add(place, "not an object".to_owned());
            }
            self.fields(place, &schema, 0);
        }
    }

    /// The fields of an object, and theirs.
    fn fields(&mut self, place: &Place, schema: &Mapping, depth: usize) {
        if depth > DEEPEST {
            return self.add(place, "endless".to_owned());
        }
        let required: Vec<_> =
            schema.get("required").and_then(Value::as_sequence).into_iter().flatten().map(text).collect();
        let properties = schema.get("properties").and_then(Value::as_mapping);
        for name in &required {
            if properties.is_none_or(|properties| !properties.contains_key(name.as_str())) {
                self.add(place, format!("requires {name}, which it has not"));
            }
        }
        for (name, schema) in properties.into_iter().flatten() {
            let (name, schema) = (text(name), self.resolve(schema));
            let dot = if place.field.is_empty() { "" } else { "." };
            let mut place = place.field(format!("{}{dot}{name}", place.field));
            let mut words = self.words(&schema, depth);
            if required.contains(&name) {
                words.insert("required".to_owned());
            }
            self.tell(&place, words);
            let mut inner = schema;
            while let Some(items) = inner.get("items") {
                place = place.field(format!("{}[]", place.field));
                inner = self.resolve(items);
            }
            self.fields(&place, &inner, depth + 1);
        }
    }

    /// What a schema says, in the words of the reference pages where they have one.
    fn words(&self, schema: &Mapping, depth: usize) -> Words {
        let get = |key: &str| schema.get(key).map(text);
        let mut words = Words::new();
        let format = get("format");
        words.insert(match (get("type").as_deref(), format.as_deref()) {
            (Some("string"), None) if schema.contains_key("enum") => "enum".to_owned(),
            (Some("string"), Some(format @ ("date-time" | "uuid"))) => format.to_owned(),
            (Some("integer"), Some("int64")) => "int64".to_owned(),
            (Some("number"), Some("double")) => "double".to_owned(),
            (Some("array"), None) if depth <= DEEPEST => {
                let items = self.resolve(schema.get("items").unwrap_or(&Value::Null));
                format!("array of {}", self.words(&items, depth + 1).into_iter().collect::<Vec<_>>().join(" and "))
            }
            (Some(name), None) => name.to_owned(),
            (None, None) => "any value".to_owned(),
            (name, format) => format!("{} in the format {}", name.unwrap_or("any value"), format.unwrap_or("?")),
        });
        for (key, value) in schema {
            let value_text = text(value);
            words.extend(match text(key).as_str() {
                "type" | "format" | "items" | "properties" | "required" | "description" | "example" => None,
                key if key.starts_with("x-") => None,
                "enum" => {
                    let values: Vec<_> = value.as_sequence().into_iter().flatten().map(text).collect();
                    Some(format!("values {}", values.join(" | ")))
                }
                "maxItems" => Some(format!("at most {value_text} items")),
                "nullable" => (value != &Value::Bool(false)).then(|| "nullable".to_owned()),
                "additionalProperties" if value.as_mapping().is_some_and(Mapping::is_empty) => {
                    Some("free form".to_owned())
                }
                key => Some(format!("{key} {value_text}")),
            });
        }
        words
    }

    /// Follows references, and merges a one-element `allOf` with what stands beside it.
    fn resolve(&self, node: &Value) -> Mapping {
        let mut node = node.as_mapping().cloned().unwrap_or_default();
        for _ in 0..DEEPEST {
            if let Some(reference) = node.get("$ref").map(text) {
                match reference.strip_prefix('#').and_then(|pointer| self.at(pointer)) {
                    Some(target) => node = target.clone(),
                    None => return Mapping::from_iter([("unresolved".into(), reference.into())]),
                }
            } else if let Some([base]) = node.get("allOf").and_then(Value::as_sequence).map(Vec::as_slice) {
                let mut merged = self.resolve(base);
                node.remove("allOf");
                merged.extend(node);
                return merged;
            } else {
                break;
            }
        }
        node
    }

    fn at(&self, pointer: &str) -> Option<&Mapping> {
        let mut tokens = pointer.split('/').skip(1).map(|token| token.replace("~1", "/").replace("~0", "~"));
        tokens.try_fold(self.spec, |node, token| node.get(token.as_str()))?.as_mapping()
    }
}

/// A word for each key that says something nobody here has thought of. What lints may pass over is nothing about the API.
fn unknown<'a>(node: &'a Mapping, known: &'a [&str]) -> impl Iterator<Item = String> + 'a {
    let keys = node.iter().map(|(key, value)| (text(key), value));
    keys.filter(|(key, _)| key != "x-allow" && !known.contains(&key.as_str()))
        .map(|(key, value)| format!("{key} {}", text(value)))
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => "nothing".to_owned(),
        other => serde_yaml::to_string(other).map(|text| text.trim().replace('\n', " ")).unwrap_or_default(),
    }
}
