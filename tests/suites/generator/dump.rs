//! `--dump-api`: the representation of a small spec as a snapshot, and the rules for every dump.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use generator::cli::SPEC;
use generator::pointer::Pointer;
use generator::source::Tree;
use generator::{Described, describe};
use insta::Settings;
use serde_json::Value;
use tests::{fixtures, workspace_root};

fn folder() -> PathBuf {
    workspace_root().join("tests/dump/small")
}

fn described(text: &str) -> Described {
    describe(text).unwrap_or_else(|refused| panic!("{}", refused.render(false)))
}

#[test]
fn a_small_spec_shows_each_part() {
    let text = fs::read_to_string(folder().join("spec.yaml")).unwrap();
    let mut settings = Settings::clone_current();
    settings.set_snapshot_path(folder());
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let dump = described(&text).dump().unwrap();
    let (head, operations) = dump.split_once("\n  \"operations\"").unwrap();
    let (operations, call) = operations.split_once("\n      \"call\"").unwrap();
    settings.bind(|| {
        insta::assert_snapshot!("types", head);
        insta::assert_snapshot!("operations", operations);
        insta::assert_snapshot!("call", call);
    });
}

/// An example is the same in the dump as in the spec, and no part of the dump is hidden from a reader.
#[test]
fn values_of_the_spec_are_unchanged() {
    let example = "{named: 0, object: 0, field: 0, none: null, no: false, empty: [], text: \"a\\u202eb\"}";
    let text = fs::read_to_string(folder().join("spec.yaml")).unwrap();
    let text = text.replacen("default: 1.5", &format!("default: 1.5, example: {example}"), 1);
    let dump = described(&text).dump().unwrap();
    assert!(dump.contains("a\\u202eb") && !dump.contains('\u{202e}'), "{dump}");
    let dump: Value = serde_json::from_str(&dump).unwrap();
    let kept = dump.pointer("/types/2/shape/object/fields/2/docs/example").unwrap();
    assert_eq!(*kept, serde_yaml::from_str::<Value>(example).unwrap());
}

/// Every place has what it names, and every type and operation has a place.
#[test]
fn every_dump_is_json_with_places_of_its_spec() {
    let real = fs::read_to_string(workspace_root().join(SPEC)).unwrap();
    let fixtures = fixtures::accepted().into_iter().map(|fixture| (fixture.name, fixture.text));
    for (name, text) in fixtures.chain([("the real spec".to_owned(), real)]) {
        let described = described(&text);
        let dump = described.dump().unwrap();
        assert_eq!(dump, described.dump().unwrap(), "{name}");
        assert!(dump.ends_with("\n}\n") && !dump.contains('\r'), "{name}");
        let dump: Value = serde_json::from_str(&dump).unwrap_or_else(|error| panic!("{name}: {error}"));
        let count = count_places(&dump, &described.tree, &name);
        let (types, operations) = (described.api.types.len(), described.api.operations.len());
        assert_eq!(dump["types"].as_array().map_or(0, Vec::len), types, "{name}");
        assert_eq!(dump["operations"].as_array().map_or(0, Vec::len), operations, "{name}");
        assert!(count >= types + operations, "{name}");
    }
}

/// Looks every pointer up in the spec as it is read, and returns how many there are.
fn count_places(dump: &Value, spec: &Tree, name: &str) -> usize {
    match dump {
        Value::Array(items) => items.iter().map(|item| count_places(item, spec, name)).sum(),
        Value::Object(fields) => fields
            .iter()
            .map(|(key, value)| match value.as_str().and_then(Pointer::from_reference) {
                Some(pointer) if key == "pointer" => {
                    assert!(spec.node(&pointer).is_some(), "{name} has nothing at {pointer}");
                    1
                }
                _ => count_places(value, spec, name),
            })
            .sum(),
        _ => 0,
    }
}

#[test]
fn a_dump_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let spec = folder.path().join("spec.yaml");
    fs::copy(self::folder().join("spec.yaml"), &spec).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_generator-under-test"));
    let output = command.args(["--dump-api", "--spec", "spec.yaml"]).current_dir(folder.path()).output().unwrap();
    assert!(output.status.success());
    let names: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(names, [spec]);
}
