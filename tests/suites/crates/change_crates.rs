//! The verdicts on the replayed changes, checked by the compiler and over the wire.
//!
//! Each `caller.rs` compiles with the old crate. It compiles with the new one if and only if no change was reported as
//! breaking to compile; otherwise, the compiler mentions the reported changes. If a change was reported as breaking on
//! the wire, `wire.rs` shows it with both crates. A `caller.rs` with a line `// features: a b` depends on the crates
//! with these features; one that a crate does not have counts as an error.
//!
//! All crates are in one workspace below the target folder, like those of the fixtures. Those of a `wire.rs` have to be
//! built, so their callers are built with them, and each crate is compiled once.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use generator::changes::{Change, Class, Part};
use generator::write::{self, FileSet};
use serde_json::Value;
use tests::changes::{Case, base, cases};
use tests::{crates, workspace_root};

/// The crate of the base.
const BASE: &str = "base";

/// The package that runs each `wire.rs`.
const WIRE: &str = "wire";

#[test]
fn verdicts_agree_with_the_compiler() {
    let cases = cases();
    let workspace = workspace(&cases);
    let mut said = errors(&workspace, &cases);
    for (caller, feature) in missing_features(&cases, &workspace) {
        said.entry(caller).or_default().push_str(&format!("the package does not have the feature `{feature}`\n"));
    }
    let mut wrong = Vec::new();
    for case in &cases {
        let report = case.report();
        let breaks: Vec<&Change> = report.changes.iter().filter(|change| change.class == Class::Compile).collect();
        if let Some(errors) = said.get(&caller(case, "old")) {
            wrong.push(format!("{}: the caller does not compile with the old crate:\n{errors}", case.name));
        }
        match (said.get(&caller(case, "new")), breaks.is_empty()) {
            (None, true) => {}
            (None, false) => wrong.push(format!("{}: the caller compiles, against\n{}", case.name, report.text)),
            (Some(errors), true) => {
                wrong.push(format!("{}: the caller does not compile, against\n{}{errors}", case.name, report.text));
            }
            (Some(errors), false) => {
                let unsaid = breaks.iter().filter(|change| !is_mentioned(change, errors));
                wrong.extend(unsaid.map(|change| format!("{}: {change:?} is not in\n{errors}", case.name)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));

    let output = cargo(&workspace, &["test", "--package", WIRE]);
    let texts = [&output.stdout, &output.stderr].map(|text| String::from_utf8_lossy(text).into_owned());
    assert!(output.status.success(), "{}", texts.join("\n"));
}

#[test]
fn breaks_on_the_wire_are_shown() {
    for case in cases() {
        let report = case.report();
        let is_wire = report.changes.iter().any(|change| change.class == Class::Wire);
        assert!(!is_wire || case.has("wire.rs"), "{} needs a wire.rs", case.name);
        let is_told = is_wire || report.changes.iter().any(|change| change.also_on_the_wire);
        assert!(is_told || !case.has("wire.rs"), "{} shows what is not told", case.name);
    }
}

/// Whether the compiler names an item that the report names.
fn is_mentioned(change: &Change, errors: &str) -> bool {
    let parts = change.subjects.iter().flat_map(|subject| subject.parts()).chain(change.what.parts());
    let names = parts.filter_map(|part| match part {
        Part::Code(name) => Some(name),
        Part::Words(_) => None,
    });
    let mut words = names.flat_map(|name| name.split("::")).filter(|word| word.len() > 2);
    words.any(|word| errors.contains(word))
}

fn workspace(cases: &[Case]) -> PathBuf {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("changes");
    let mut members = vec![WIRE.to_owned(), BASE.to_owned()];
    let mut wire = Package::new(WIRE);
    let mut of_base = BTreeSet::new();
    let mut modules = format!("//! Both crates together.\n\n#[path = {:?}]\nmod support;\n", support());
    lay_out(&root, BASE, &base());
    for case in cases {
        let (old, new) = (format!("{}_old", case.name), format!("{}_new", case.name));
        lay_out(&root, &new, &case.new);
        members.push(new.clone());
        let old_crate = match &case.own_old {
            Some(text) => {
                lay_out(&root, &old, text);
                members.push(old.clone());
                old.clone()
            }
            None => BASE.to_owned(),
        };
        for (side, library) in [("old", &old_crate), ("new", &new)] {
            let features = features(case).into_iter().filter(|feature| has_feature(&root, library, feature));
            let features: Vec<String> = features.collect();
            let mut caller = Package::new(&caller(case, side));
            caller.depend("api", library, &features);
            caller.files.push(("src/lib.rs".to_owned(), read(case, "caller.rs")));
            members.push(caller.write(&root));
            // With the features of the caller, so that one build of the crate serves both.
            if case.has("wire.rs") && library == BASE {
                of_base.extend(features);
            } else if case.has("wire.rs") {
                wire.depend(library, library, &features);
            }
        }
        if case.has("wire.rs") {
            let path = case.directory.join("wire.rs");
            // Writing to a string cannot fail.
            let _ = writeln!(
                modules,
                "mod {} {{\n    use {new} as new;\n    use {old_crate} as old;\n    include!({path:?});\n}}",
                case.name
            );
        }
    }
    wire.depend(BASE, BASE, &of_base.into_iter().collect::<Vec<_>>());
    wire.manifest.push_str("serde = { version = \"1\", default-features = false }\nserde_json = \"1\"\n");
    wire.files.extend([("src/lib.rs".to_owned(), String::new()), ("tests/wire.rs".to_owned(), modules)]);
    wire.write(&root);
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n");
    fs::write(root.join("Cargo.toml"), manifest).expect("writable");
    fs::copy(workspace_root().join("Cargo.lock"), root.join("Cargo.lock")).expect("writable");
    root
}

/// Returns the features that a caller needs.
fn features(case: &Case) -> Vec<String> {
    let caller = read(case, "caller.rs");
    let named = caller.lines().find_map(|line| line.strip_prefix("// features: ")).unwrap_or_default();
    named.split_whitespace().map(str::to_owned).collect()
}

fn has_feature(root: &Path, library: &str, feature: &str) -> bool {
    let manifest = fs::read_to_string(root.join(library).join("Cargo.toml")).expect("it was written");
    manifest.lines().any(|line| line.starts_with(&format!("{feature} = ")))
}

/// Returns the features that callers need and the new crates do not have.
fn missing_features(cases: &[Case], root: &Path) -> Vec<(String, String)> {
    let missing = |case: &Case| {
        let (new, caller) = (format!("{}_new", case.name), caller(case, "new"));
        let missing = features(case).into_iter().filter(|feature| !has_feature(root, &new, feature));
        missing.map(|feature| (caller.clone(), feature)).collect::<Vec<_>>()
    };
    cases.iter().flat_map(missing).collect()
}

fn support() -> PathBuf {
    workspace_root().join("tests/fixture_support.rs")
}

fn read(case: &Case, file: &str) -> String {
    fs::read_to_string(case.directory.join(file)).unwrap_or_else(|error| panic!("{}/{file}: {error}", case.name))
}

/// Writes the crate of a spec under a unique name, because a workspace has each name once.
fn lay_out(root: &Path, name: &str, spec: &str) {
    let generated = generator::generate(spec).unwrap_or_else(|problems| panic!("{name}: {problems:?}"));
    let files = generated.files.iter().map(|(path, text)| {
        let is_manifest = path == "Cargo.toml";
        let text =
            if is_manifest { text.replacen("name = \"", &format!("name = \"{name}-"), 1) } else { text.to_owned() };
        (path.to_owned(), text)
    });
    apply(&root.join(name), &FileSet::new(files).unwrap_or_else(|errors| panic!("{errors:?}")));
}

/// Writes only changed files, so that cargo compiles only those.
fn apply(directory: &Path, files: &FileSet) {
    fs::create_dir_all(directory).expect("writable");
    write::apply(files, directory).unwrap_or_else(|error| panic!("{error}"));
}

/// A package that depends on crates.
struct Package {
    name: String,
    manifest: String,
    files: Vec<(String, String)>,
}

impl Package {
    fn new(name: &str) -> Self {
        let manifest = format!("[package]\nname = {name:?}\nedition = \"2024\"\n\n[dependencies]\n");
        Self { name: name.to_owned(), manifest, files: Vec::new() }
    }

    fn depend(&mut self, alias: &str, library: &str, features: &[String]) {
        let features: Vec<&str> = ["client"].into_iter().chain(features.iter().map(String::as_str)).collect();
        // Writing to a string cannot fail.
        let _ = writeln!(
            self.manifest,
            "{alias} = {{ path = \"../{library}\", package = \"{library}-groups\", default-features = false, \
             features = {features:?} }}"
        );
    }

    fn write(mut self, root: &Path) -> String {
        self.files.push(("Cargo.toml".to_owned(), self.manifest));
        apply(&root.join(&self.name), &FileSet::new(self.files).unwrap_or_else(|errors| panic!("{errors:?}")));
        self.name
    }
}

/// Returns the messages of the compiler about each caller that does not compile.
fn errors(workspace: &Path, cases: &[Case]) -> BTreeMap<String, String> {
    let mut errors: BTreeMap<String, String> = BTreeMap::new();
    for (command, is_built) in [("build", true), ("check", false)] {
        let cases = cases.iter().filter(|case| case.has("wire.rs") == is_built);
        let callers: Vec<String> = cases.flat_map(|case| ["old", "new"].map(|side| caller(case, side))).collect();
        let packages = callers.iter().flat_map(|name| ["--package", name]);
        let arguments = [command, "--keep-going", "--message-format", "json"].into_iter().chain(packages);
        let output = cargo(workspace, &arguments.collect::<Vec<_>>());
        let mut compiled = 0;
        for line in String::from_utf8_lossy(&output.stdout).lines() {
            let Ok(event) = serde_json::from_str::<Value>(line) else { continue };
            compiled += 1;
            let message = &event["message"];
            if let (Some(package), true) = (event["target"]["name"].as_str(), message["level"] == "error") {
                let rendered = message["rendered"].as_str().unwrap_or_default();
                errors.entry(package.to_owned()).or_default().push_str(rendered);
            }
        }
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(compiled > callers.len(), "cargo {command} compiled little:\n{said}");
    }
    errors
}

/// The package of the caller of the old or of the new crate.
fn caller(case: &Case, side: &str) -> String {
    format!("{}_caller_{side}", case.name)
}

fn cargo(workspace: &Path, arguments: &[&str]) -> Output {
    let mut command = crates::cargo(env!("CARGO_TARGET_TMPDIR"), arguments);
    command.current_dir(workspace).output().expect("cargo runs")
}
