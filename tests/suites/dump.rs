//! `--dump-api`: the representation of the real spec, in snapshots that are reviewed with a change, and of a small one.
//!
//! The dump of the real spec is long, so each type and each operation has a snapshot of its own below `tests/dump/`, and
//! what remains is in `api.snap`. An edit of one schema touches one of them.

use std::collections::BTreeSet;
use std::fs;
use std::panic::{self, AssertUnwindSafe};
use std::path::PathBuf;
use std::process::Command;

use generator::cli::SPEC;
use insta::Settings;
use serde_json::Value;
use tests::{fixtures, workspace_root};

/// The lists whose items have snapshots of their own, each with the field that names an item.
const LISTS: [(&str, &str); 2] = [("types", "name"), ("operations", "id")];

/// A part of a dump: the path of its snapshot below `tests/dump/`, without the extension, and its text.
type Part = (String, String);

fn folder() -> PathBuf {
    workspace_root().join("tests/dump")
}

/// What the program prints.
fn printed(arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_generator-under-test"));
    let output = command.arg("--dump-api").args(arguments).current_dir(workspace_root()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Takes a dump apart: what is at the top, its lists empty, and each item of the lists.
fn split(dump: &str) -> Vec<Part> {
    let (mut top, mut parts) = (String::new(), Vec::new());
    let mut list = None;
    let mut item = String::new();
    for line in dump.lines() {
        let opened = LISTS.into_iter().find(|(name, _)| line == format!("  \"{name}\": ["));
        let inner = list.and_then(|list| Some((list, line.strip_prefix("    ")?)));
        let Some(((name, key), line)) = inner else {
            list = opened;
            top.push_str(&format!("{line}\n"));
            continue;
        };
        let is_last = line.starts_with('}') || line.starts_with("{ ");
        item.push_str(if is_last { line.trim_end_matches(',') } else { line });
        item.push('\n');
        if is_last {
            let value: Value = serde_json::from_str(&item).unwrap();
            parts.push((format!("{name}/{}", value[key].as_str().unwrap()), std::mem::take(&mut item)));
        }
    }
    parts.push(("api".to_owned(), top));
    parts
}

/// Puts the snapshots of parts together again, in this order.
fn join(parts: &[Part]) -> String {
    let mut dump = String::new();
    for line in snapshot("api").lines() {
        dump.push_str(&format!("{line}\n"));
        for (list, _) in LISTS.iter().filter(|(name, _)| line == format!("  \"{name}\": [")) {
            let items = parts.iter().filter(|(path, _)| path.starts_with(&format!("{list}/")));
            let items = items.map(|(path, _)| snapshot(path).replace('\n', "\n    ").trim_end().to_owned());
            dump.push_str(&format!("    {}\n", items.collect::<Vec<_>>().join(",\n    ")));
        }
    }
    dump
}

/// The text of a snapshot.
fn snapshot(path: &str) -> String {
    let text = fs::read_to_string(folder().join(path).with_extension("snap")).unwrap();
    text.splitn(3, "---\n").nth(2).unwrap().to_owned()
}

/// Compares a text with its snapshot; gives the path if they differ.
fn compare((path, text): &Part) -> Option<String> {
    let place = folder().join(path);
    let mut settings = Settings::clone_current();
    settings.set_snapshot_path(place.parent().unwrap());
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let name = place.file_name().unwrap().to_str().unwrap();
    let compared = AssertUnwindSafe(|| settings.bind(|| insta::assert_snapshot!(name, text)));
    panic::catch_unwind(compared).is_err().then(|| format!("{path}.snap is not what comes out"))
}

#[test]
fn the_real_spec_is_understood_as_its_snapshots_show() {
    let dump = printed(&[]);
    let parts = split(&dump);
    let mut problems: Vec<String> = parts.iter().filter_map(compare).collect();
    let known: BTreeSet<&str> = parts.iter().map(|(path, _)| path.as_str()).collect();
    for (list, _) in LISTS {
        for entry in fs::read_dir(folder().join(list)).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            let is_known =
                name.strip_suffix(".snap").is_some_and(|name| known.contains(format!("{list}/{name}").as_str()));
            if !is_known && !name.ends_with(".snap.new") {
                problems.push(format!("{list}/{name} is left over"));
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    assert!(parts.len() > 50, "the spec has many parts");
    assert!(join(&parts) == dump, "the snapshots together are the whole dump");
}

#[test]
fn a_small_spec_shows_each_part() {
    let spec = folder().join("small/spec.yaml");
    assert_eq!(compare(&("small/dump".to_owned(), printed(&["--spec", spec.to_str().unwrap()]))), None);
}

/// The field is also what a call asks for: what is said of it stands once.
#[test]
fn an_edit_of_a_schema_shows_in_one_part() {
    let text = fs::read_to_string(folder().join("small/spec.yaml")).unwrap();
    let edited = text.replace("What it says.", "What stands on it.");
    let (before, after) = (split(&generator::dump_api(&text).unwrap()), split(&generator::dump_api(&edited).unwrap()));
    let differ = before.iter().zip(&after).filter(|(before, after)| before != after);
    assert_eq!(differ.map(|((path, _), _)| path.as_str()).collect::<Vec<_>>(), ["types/BoxUpdate"]);
}

/// Each with what it names, and with every type and operation.
#[test]
fn every_dump_is_json_with_places_of_its_spec() {
    let real = fs::read_to_string(workspace_root().join(SPEC)).unwrap();
    let fixtures = fixtures::accepted().into_iter().map(|fixture| (fixture.name, fixture.text));
    for (name, text) in fixtures.chain([("the real spec".to_owned(), real)]) {
        let dump = generator::dump_api(&text).unwrap();
        assert_eq!(dump, generator::dump_api(&text).unwrap(), "{name}");
        assert!(dump.ends_with("\n}\n") && !dump.contains('\r'), "{name}");
        let dump: Value = serde_json::from_str(&dump).unwrap_or_else(|error| panic!("{name}: {error}"));
        let spec: Value = serde_yaml::from_str(&text).unwrap();
        let count = count_places(&dump, &spec, &name);
        let generated = generator::generate(&text).unwrap();
        assert_eq!(dump["types"].as_array().map_or(0, Vec::len), generated.types, "{name}");
        assert_eq!(dump["operations"].as_array().map_or(0, Vec::len), generated.operations, "{name}");
        assert!(count >= generated.types + generated.operations, "{name}");
    }
}

/// Looks every pointer up in the spec, and counts them.
fn count_places(dump: &Value, spec: &Value, name: &str) -> usize {
    match dump {
        Value::Array(items) => items.iter().map(|item| count_places(item, spec, name)).sum(),
        Value::Object(fields) => fields
            .iter()
            .map(|(key, value)| match value.as_str().and_then(|text| text.strip_prefix('#')) {
                Some(pointer) if key == "pointer" => {
                    assert!(spec.pointer(pointer).is_some(), "{name} has nothing at {pointer}");
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
    fs::copy(self::folder().join("small/spec.yaml"), &spec).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_generator-under-test"));
    let output = command.args(["--dump-api", "--spec", "spec.yaml"]).current_dir(folder.path()).output().unwrap();
    assert!(output.status.success());
    let names: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(names, [spec]);
}
