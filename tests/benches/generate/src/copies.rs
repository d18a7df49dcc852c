//! Repeats the surface of a spec: a larger spec of the same kind.

use serde_yaml::{Mapping, Value};

/// Returns the spec with `count` copies of its paths and shared parts, each with its own suffix in the names.
pub fn copies(text: &str, count: usize) -> String {
    let spec: Mapping = serde_yaml::from_str(text).expect("the spec is YAML");
    let mut out = spec.clone();
    out["paths"] = Value::Mapping(Mapping::new());
    for (section, entries) in shared(&mut out) {
        if is_copied(section) {
            *entries = Value::Mapping(Mapping::new());
        }
    }
    for number in 0..count {
        let mut copy = spec.clone();
        let suffix = format!("V{number}");
        for (_, value) in &mut copy {
            rename(value, &suffix);
        }
        for (path, item) in mapping(std::mem::take(&mut copy["paths"])) {
            mapping_mut(&mut out["paths"]).insert(format!("/v{number}{}", string(&path)).into(), item);
        }
        for (section, entries) in shared(&mut copy).filter(|(section, _)| is_copied(section)) {
            for (name, mut entry) in mapping(std::mem::take(entries)) {
                append(&mut entry, "x-rust-name", &suffix, section == "schemas");
                mapping_mut(&mut out["components"][section]).insert(format!("{}{suffix}", string(&name)).into(), entry);
            }
        }
    }
    serde_yaml::to_string(&out).expect("what was YAML can be written as YAML")
}

/// Appends the suffix to names, at any depth.
fn rename(value: &mut Value, suffix: &str) {
    match value {
        Value::Mapping(entries) => {
            if let Some(choice) = entries.get_mut("x-at-least-one-of") {
                append(choice, "name", suffix, true);
            }
            for (key, value) in entries {
                match (key.as_str(), &value) {
                    (Some("$ref" | "operationId"), Value::String(name)) => *value = format!("{name}{suffix}").into(),
                    _ => rename(value, suffix),
                }
            }
        }
        Value::Sequence(items) => items.iter_mut().for_each(|item| rename(item, suffix)),
        _ => {}
    }
}

fn append(value: &mut Value, key: &str, suffix: &str, applies: bool) {
    if let Some(Value::String(name)) = value.get_mut(key).filter(|_| applies) {
        name.push_str(suffix);
    }
}

/// The sections of the components.
fn shared(spec: &mut Mapping) -> impl Iterator<Item = (&str, &mut Value)> {
    mapping_mut(&mut spec["components"]).iter_mut().map(|(section, entries)| (string(section), entries))
}

/// Keys to the whole API are not copied.
fn is_copied(section: &str) -> bool {
    section != "securitySchemes"
}

fn mapping(value: Value) -> Mapping {
    match value {
        Value::Mapping(mapping) => mapping,
        other => panic!("a mapping is expected, not {other:?}"),
    }
}

fn mapping_mut(value: &mut Value) -> &mut Mapping {
    value.as_mapping_mut().expect("a mapping is expected")
}

fn string(value: &Value) -> &str {
    value.as_str().expect("a string is expected")
}
