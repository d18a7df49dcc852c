//! Specs as JSON, in which hostile text needs no special quoting.

use generator::diagnostics::Diagnostic;
use generator::write::FileSet;
use serde_json::{Value, json};

/// Returns a spec of an API without operations: `parts` are its other keys.
pub(crate) fn spec(name: &str, parts: Value) -> Value {
    let mut spec = json!({
        "openapi": "3.0.3",
        "info": { "title": "Hostile", "version": "1.0.0", "x-crate-name": name },
        "servers": [{ "url": "https://api.example.com" }],
        "paths": {},
    });
    let (Some(spec_keys), Value::Object(parts)) = (spec.as_object_mut(), parts) else { panic!("both are objects") };
    spec_keys.extend(parts);
    spec
}

/// Returns a spec with schemas only.
pub(crate) fn schemas(name: &str, schemas: Value) -> Value {
    spec(name, json!({ "components": { "schemas": schemas } }))
}

/// Returns the crate of a spec, or the codes of its problems.
pub(crate) fn generate(spec: &Value) -> Result<FileSet, Vec<&'static str>> {
    generator::generate(&text(spec)).map(|generated| generated.files).map_err(|problems| codes(&problems))
}

/// The same up to the names, which takes much less time.
pub(crate) fn name(spec: &Value) -> Result<(), Vec<&'static str>> {
    generator::describe(text(spec)).map(drop).map_err(|refused| codes(&refused.problems))
}

/// Returns the text of a spec: YAML requires escapes for some characters that JSON does not.
fn text(spec: &Value) -> String {
    let mut text = String::new();
    for character in spec.to_string().chars() {
        if character.is_control() {
            text.push_str(&format!("\\u{:04x}", u32::from(character)));
        } else {
            text.push(character);
        }
    }
    text
}

fn codes(problems: &[Diagnostic]) -> Vec<&'static str> {
    let mut codes: Vec<&str> = problems.iter().map(|problem| problem.code.number()).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// A map as JSON.
pub(crate) fn object(entries: impl IntoIterator<Item = (String, Value)>) -> Value {
    Value::Object(entries.into_iter().collect())
}
