//! Whole specs.

use serde_json::{Map, Value, json};

use crate::combinations::schemas::Maker;
use crate::combinations::words::{Scope, prose};

/// The name of the crate of a seed.
pub(crate) fn crate_name(seed: u64) -> String {
    format!("combination-{seed}")
}

/// The spec of a seed.
pub(crate) fn spec(seed: u64) -> Value {
    let mut maker = Maker::new(seed);
    maker.pool();
    let mut ids = Scope::default();
    let paths: Map<String, Value> = (0..maker.random.between(3, 8)).map(|index| maker.path(index, &mut ids)).collect();
    let mut spec = json!({
        "openapi": "3.0.3",
        "info": { "title": format!("Combination {seed}"), "version": "1.0.0", "x-crate-name": crate_name(seed) },
        "servers": [{ "url": "https://api.example.com/base" }],
        "paths": paths,
        "components": { "schemas": {} },
    });
    // Compiled with all of them, and with none.
    if seed % 3 == 1 {
        spec["info"]["x-tag-features"] = json!(true);
    }
    if maker.random.percent(50) {
        spec["info"]["description"] = json!(prose(&mut maker.random));
    }
    if maker.random.percent(40) {
        spec["x-site-env"] = json!("COMBINATION_SITE");
        spec["servers"] = json!([
            { "url": "https://api.example.com", "x-site": "example.com", "x-site-name": "US1" },
            { "url": "https://api.example.eu", "x-site": "example.eu", "x-site-name": maker.random.pick(&["EU1", "2nd", "type"]) },
        ]);
    }
    if maker.random.percent(60) {
        let mut scope = Scope::default();
        let (mut schemes, mut needed) = (Map::new(), Map::new());
        for index in 0..maker.random.between(1, 2) {
            let name = maker.daring.member(&mut maker.random, &mut scope);
            // The names of components are simpler than those of properties.
            let name: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
            let mut scheme = json!({ "type": "apiKey", "in": "header", "name": format!("X-Key-{index}") });
            if maker.random.percent(50) {
                scheme["x-env"] = json!(format!("COMBINATION_KEY_{index}"));
            }
            schemes.insert(name.clone(), scheme);
            needed.insert(name, json!([]));
        }
        spec["components"]["securitySchemes"] = Value::Object(schemes);
        spec["security"] = json!([needed]);
    }
    spec["components"]["schemas"] = Value::Object(maker.schemas);
    spec
}

/// Returns the text of a spec. YAML requires escapes for some characters that JSON does not.
pub(crate) fn text(spec: &Value) -> String {
    written(spec, false)
}

/// Returns the same spec with its paths and components in reverse order.
pub(crate) fn turned(spec: &Value) -> String {
    written(spec, true)
}

fn written(spec: &Value, is_turned: bool) -> String {
    let mut text = String::new();
    write(spec, &mut Vec::new(), is_turned, &mut text);
    text.push('\n');
    text
}

/// Paths and components have one line each, so that a spec is readable.
fn write<'v>(value: &'v Value, at: &mut Vec<&'v str>, is_turned: bool, text: &mut String) {
    let Value::Object(entries) = value else {
        // Printing a value cannot fail.
        let plain = value.to_string();
        for character in plain.chars() {
            if character.is_control() {
                text.push_str(&format!("\\u{:04x}", u32::from(character)));
            } else {
                text.push(character);
            }
        }
        return;
    };
    let is_listed = matches!(at.as_slice(), [] | ["paths"] | ["components"] | ["components", _] | ["paths", _]);
    let is_map = matches!(at.as_slice(), ["paths"] | ["components"] | ["components", _]);
    let mut entries: Vec<(&String, &Value)> = entries.iter().collect();
    if is_turned && is_map {
        entries.reverse();
    }
    text.push('{');
    for (index, (key, value)) in entries.into_iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        text.push_str(if is_listed { "\n" } else { " " });
        if is_listed {
            text.push_str(&" ".repeat(at.len()));
        }
        write(&Value::String(key.clone()), &mut Vec::new(), false, text);
        text.push_str(": ");
        at.push(key);
        write(value, at, is_turned, text);
        at.pop();
    }
    text.push_str(if is_listed { "\n" } else { " " });
    text.push('}');
}
