//! Accepted specs compile without a warning of rustc, clippy or rustdoc, and no prose becomes a test.

use std::sync::LazyLock;

use generator::write::FileSet;
use serde_json::{Value, json};
use tests::crates::Crates;

use crate::hostile::names;
use crate::hostile::prose;
use crate::hostile::spec::{generate, object, schemas, spec};
use crate::hostile::wide;

/// The crates of every run: each name is at one place.
static CRATES: LazyLock<Crates> = LazyLock::new(|| {
    let prose = prose::everywhere("hostile-prose", |text| text);
    let (names, recursion) = (names::each_once("hostile-names"), recursion("hostile-recursion"));
    let specs = [("hostile-prose", prose), ("hostile-names", names), ("hostile-recursion", recursion)];
    write("hostile", specs.map(|(name, spec)| (name.to_owned(), spec)))
});

/// All crates: each name is at each place.
static ALL_CRATES: LazyLock<Crates> = LazyLock::new(|| {
    let mut specs: Vec<(String, Value)> = vec![
        ("all-prose".to_owned(), prose::everywhere("all-prose", |text| text)),
        ("plain-prose".to_owned(), prose::everywhere("plain-prose", |_| "Plain.")),
        ("hostile-chain".to_owned(), chain("hostile-chain")),
        ("hostile-depth".to_owned(), depth("hostile-depth")),
        ("hostile-wide".to_owned(), wide::values_and_fields("hostile-wide")),
        ("all-recursion".to_owned(), recursion("all-recursion")),
    ];
    for (place, words) in names::accepted() {
        let name = format!("hostile-{}", place.0);
        specs.push((name.clone(), (place.1)(&name, &words)));
    }
    write("all-hostile", specs)
});

fn write(workspace: &str, specs: impl IntoIterator<Item = (String, Value)>) -> Crates {
    let crates: Vec<(String, FileSet)> = specs
        .into_iter()
        .map(|(name, spec)| {
            let files = generate(&spec).unwrap_or_else(|codes| panic!("{name}: {codes:?}"));
            (name, files)
        })
        .collect();
    let crates = crates.iter().map(|(name, files)| (name.as_str(), files));
    Crates::new(env!("CARGO_TARGET_TMPDIR"), workspace, crates)
}

/// Objects that contain themselves in every possible way.
fn recursion(name: &str) -> Value {
    let reference = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    let holds = |schema: Value| json!({ "type": "object", "properties": { "next": schema } });
    let answer = |name: &str| json!({ "200": { "description": "It.", "content": { "application/json": { "schema": reference(name) } } } });
    let call = |id: &str, name: &str| {
        let content = json!({ "application/json": { "schema": reference(name) } });
        json!({ "post": { "operationId": id, "requestBody": { "required": true, "content": content }, "responses": answer(name) } })
    };
    let kinds = ["Field", "List", "Map", "Part", "Overlay", "Null", "Ring0", "Lists", "Through"];
    let paths = object(kinds.iter().map(|kind| (format!("/{kind}"), call(&format!("send{kind}"), kind))));
    spec(
        name,
        json!({ "paths": paths, "components": { "schemas": {
            "Field": holds(reference("Field")),
            "List": holds(json!({ "type": "array", "items": reference("List") })),
            "Map": holds(json!({ "type": "object", "additionalProperties": reference("Map") })),
            "Part": { "allOf": [reference("Field"), holds(reference("Field"))] },
            "Overlay": holds(json!({ "description": "Another.", "allOf": [reference("Overlay")] })),
            "Null": { "type": "object", "required": ["next"], "properties": { "next": { "nullable": true, "allOf": [reference("Null")] } } },
            "Ring0": holds(reference("Ring1")),
            "Ring1": holds(reference("Ring2")),
            "Ring2": { "allOf": [holds(reference("Ring0")), { "type": "object", "properties": { "first": reference("Ring1") } }] },
            "Lists": holds(reference("ListOfLists")),
            "ListOfLists": { "type": "array", "items": { "type": "array", "items": reference("Lists") } },
            "Alias": reference("Through"),
            "Through": holds(reference("Alias")),
        } } }),
    )
}

/// A long chain of objects that each need another.
fn chain(name: &str) -> Value {
    const LENGTH: usize = 400;
    let object_of = |index: usize| {
        let next = if index == LENGTH {
            json!({ "type": "string" })
        } else {
            json!({ "$ref": format!("#/components/schemas/S{}", index + 1) })
        };
        (format!("S{index}"), json!({ "type": "object", "required": ["next"], "properties": { "next": next } }))
    };
    schemas(name, object((0..=LENGTH).map(object_of)))
}

/// Lists and aliases of the maximum depth.
fn depth(name: &str) -> Value {
    let lists = (0..56).fold(json!({ "type": "string" }), |inner, _| json!({ "type": "array", "items": inner }));
    let example = (0..56).fold(json!("x"), |inner, _| json!([inner]));
    let names = (0..=90).map(|index| {
        let next = if index == 90 {
            json!({ "type": "string" })
        } else {
            json!({ "$ref": format!("#/components/schemas/N{}", index + 1) })
        };
        (format!("N{index}"), next)
    });
    let mut schemas = object(names);
    schemas["Lists"] = lists;
    let body = json!({ "type": "object", "required": ["lists", "named"], "properties": {
        "lists": { "$ref": "#/components/schemas/Lists" }, "named": { "$ref": "#/components/schemas/N0" } } });
    schemas["Body"] = body;
    let content = json!({ "application/json": { "schema": { "$ref": "#/components/schemas/Body" }, "example": { "lists": example, "named": "x" } } });
    let call = json!({ "operationId": "send", "x-rust-name": "deliver", "requestBody": { "required": true, "content": content }, "responses": { "204": { "description": "Done." } } });
    spec(name, json!({ "paths": { "/a": { "post": call } }, "components": { "schemas": schemas } }))
}

#[test]
fn everything_accepted_compiles() {
    let features = ["--no-default-features", "--features", "client,testing"];
    CRATES.cargo(&[&["clippy", "--workspace", "--keep-going"][..], &features, &["--", "-D", "warnings"]].concat(), &[]);
}

#[test]
#[ignore = "it compiles 22 crates, most of them large: `.ci/run` runs it"]
fn everything_accepted_compiles_at_each_place() {
    ALL_CRATES.cargo(&["clippy", "--workspace", "--lib", "--examples", "--keep-going", "--", "-D", "warnings"], &[]);
}

/// All except the two with the deepest types, which rustc compiles: rustdoc checks whether each type is `Send`, and
/// gives up at a recursion of 128.
#[test]
#[ignore = "rustdoc reads 20 crates, most of them large: `.ci/run` runs it"]
fn the_documentation_has_no_broken_link_or_tag() {
    let but = ["--exclude", "hostile-depth", "--exclude", "hostile-chain"];
    let arguments = [&["doc", "--no-deps", "--workspace"][..], &but].concat();
    ALL_CRATES.cargo(&arguments, &[("RUSTDOCFLAGS", "-D warnings")]);
}

/// The same spec with harmless prose has the same tests in its documentation.
#[test]
#[ignore = "it builds two large crates: `.ci/run` runs it"]
fn no_prose_becomes_a_test() {
    let tests = |package: &str| {
        let listed = ALL_CRATES.cargo(&["test", "--doc", "-p", package, "--", "--list"], &[]);
        let tests = listed.lines().filter(|line| line.ends_with(": test"));
        // Without the crate's folder and the line number.
        let name = |line: &str| line.split(" (line").next()?.strip_prefix(package).map(str::to_owned);
        let mut tests: Vec<String> = tests.filter_map(name).collect();
        tests.sort();
        tests
    };
    let plain = tests("plain-prose");
    assert!(plain.len() > 100, "every operation has an example: {plain:?}");
    assert_eq!(tests("all-prose"), plain);
}
