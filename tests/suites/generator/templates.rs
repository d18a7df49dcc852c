//! The hand-written half of the generated crate is complete, and built in the same way in both places.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use tests::{fixtures, spec, workspace_root};

/// The paths of the files below a folder.
fn files(directory: &Path, prefix: &str, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(directory).expect("a folder") {
        let entry = entry.expect("readable");
        let path = format!("{prefix}/{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            files(&entry.path(), &path, found);
        } else {
            found.insert(path);
        }
    }
}

#[test]
fn every_file_of_the_runtime_is_emitted() {
    let mut templates = BTreeSet::new();
    files(&workspace_root().join("templates/src/runtime"), "src/runtime", &mut templates);
    let fixtures = fixtures::accepted();
    let emitted = fixtures[0].generate().files;
    let runtime = |(path, text): (&str, &str)| {
        // The suites that compile crates leave out their tests.
        assert!(!text.contains("cfg(test)"), "{path} has tests: they belong in templates/src/tests");
        path.starts_with("src/runtime/").then(|| path.to_owned())
    };
    let emitted = emitted.iter().filter_map(runtime);
    assert_eq!(emitted.collect::<BTreeSet<_>>(), templates, "`generator/src/templates.rs` lists the files");
}

#[test]
fn every_example_is_emitted() {
    let folder = workspace_root().join("templates/crate/examples");
    let mut templates = BTreeSet::new();
    files(&folder, "examples", &mut templates);
    let emitted = generator::generate(&spec::text()).expect("the spec is accepted").files;
    let emitted = emitted.iter().map(|(path, _)| path.to_owned()).filter(|path| path.starts_with("examples/"));
    assert_eq!(emitted.collect::<BTreeSet<_>>(), templates, "`generator/src/templates.rs` lists the files");
}

/// The names of the examples for a spec, as files and as targets of the manifest.
fn examples_of(spec: &str) -> (Vec<String>, usize) {
    let files = generator::generate(spec).expect("the spec is accepted").files;
    let examples = files.iter().filter_map(|(path, _)| path.strip_prefix("examples/")).map(str::to_owned).collect();
    let manifest = files.iter().find(|(path, _)| *path == "Cargo.toml").expect("there is a manifest").1;
    (examples, manifest.matches("[[example]]").count())
}

#[test]
fn an_example_needs_its_operations_and_its_crate() {
    let spec = spec::text();
    let renamed = spec.replace("operationId: UpdateOrgGroupMembership\n", "operationId: ReplaceOrgGroupMembership\n");
    assert_ne!(renamed, spec);
    let left = ["audit.rs", "bulk_move.rs", "fake_server.rs", "roll_out_policy.rs"].map(str::to_owned);
    assert_eq!(examples_of(&renamed), (Vec::from(left), 4));
    let other = spec.replace("x-crate-name: datadog-org-groups\n", "x-crate-name: other-groups\n");
    assert_ne!(other, spec);
    assert_eq!(examples_of(&other), (Vec::new(), 0));
}

/// The entries of a section of a manifest.
fn section(manifest: &str, name: &str) -> Vec<String> {
    let path = workspace_root().join(manifest);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let lines = text.lines().skip_while(|line| *line != name).skip(1).take_while(|line| !line.starts_with('['));
    let entries: Vec<String> =
        lines.filter(|line| !line.is_empty() && !line.starts_with(['#', '{'])).map(str::to_owned).collect();
    assert!(!entries.is_empty(), "{manifest} has no {name}");
    entries
}

#[test]
fn the_runtime_is_built_as_in_the_generated_crate() {
    for name in ["[features]", "[dependencies]"] {
        assert_eq!(section("templates/Cargo.toml", name), section("templates/crate/Cargo.toml", name), "{name}");
    }
}

/// The tables that the emitter writes for a type or a call: each crate has many of them.
const TABLES: [&str; 7] = [
    "client/by_status.rs",
    "client/headers.rs",
    "model/integer_enum.rs",
    "model/object.rs",
    "model/scalar.rs",
    "model/string_enum.rs",
    "model/union/mod.rs",
];

/// Without the attribute, a debug build of a crate compiles the function for every type, with a parser of JSON for each
/// if it reads one, even if no program uses it. Generic functions are compiled where they are used.
#[test]
fn functions_of_tables_are_inline() {
    for table in TABLES {
        let path = workspace_root().join("templates/src/runtime").join(table);
        let text = fs::read_to_string(path).expect("readable");
        let lines = text.lines().skip_while(|line| !line.starts_with("macro_rules!")).take_while(|line| *line != "}");
        let mut attributes = Vec::new();
        for line in lines.map(str::trim_start) {
            if line.starts_with(['#', '/']) {
                attributes.push(line);
                continue;
            }
            let name = line.split_once("fn ").filter(|_| line.ends_with(['{', '('])).map(|(_, name)| name);
            let is_generic = name.is_none_or(|name| name.split_once('(').is_none_or(|(name, _)| name.contains('<')));
            assert!(is_generic || attributes.contains(&"#[inline]"), "{table}: {line}");
            attributes.clear();
        }
    }
}
