//! The fixtures' crates: they compile without a warning, and so does their documentation, and their behaviour is as
//! expected.

use std::fmt::Write as _;
use std::sync::LazyLock;

use generator::write::FileSet;
use tests::crates::{Crates, documented_examples};
use tests::fixtures::{self, Fixture};
use tests::{unions, workspace_root};

/// The package that runs the fixtures' `behaviour.rs` and compiles the examples of their documentation.
const BEHAVIOUR: &str = "behaviour";

/// The workspace, written by the first test.
static WORKSPACE: LazyLock<Crates> = LazyLock::new(|| {
    let fixtures = fixtures::accepted();
    let mut crates: Vec<(&str, FileSet)> = vec![(BEHAVIOUR, behaviour(&fixtures))];
    crates.extend(fixtures.iter().map(|fixture| (fixture.name.as_str(), fixture.generate().files)));
    crates.push(("several_files", several_files()));
    let crates = crates.iter().map(|(folder, files)| (*folder, files));
    Crates::new(env!("CARGO_TARGET_TMPDIR"), "fixtures", crates)
});

/// With the lints of their own manifests.
#[test]
fn every_crate_compiles_and_passes_clippy() {
    cargo(&["clippy", "--workspace", "--exclude", BEHAVIOUR, "--features", "testing"], &[]);
}

#[test]
fn every_crate_compiles_without_its_client() {
    cargo(&["check", "--workspace", "--exclude", BEHAVIOUR, "--no-default-features"], &[]);
}

/// With the lints about documentation.
#[test]
fn documentation_can_be_built() {
    let packages = ["hostile-text", "keyword-names", "list-parameters"].map(|package| ["-p", package]);
    let arguments: Vec<&str> = ["doc", "--no-deps"].into_iter().chain(packages.into_iter().flatten()).collect();
    cargo(&arguments, &[("RUSTDOCFLAGS", "-D warnings")]);
}

/// With none of them, with each, and with all; and their documentation, whose links resolve.
#[test]
fn each_feature_by_tag_is_sufficient() {
    let sets = ["", "cranes", "ship-yards", "lots", "cranes,lots", "all-tags"];
    for set in sets {
        for own in ["", "client", "reqwest,blocking,tracing,testing"] {
            let features = format!("{own},{set}");
            let arguments = ["-p", "features-by-tag", "--no-default-features", "--features", &features];
            cargo(&[&["clippy"], &arguments[..]].concat(), &[]);
        }
        let features = format!("reqwest,blocking,testing,{set}");
        let arguments = ["doc", "--no-deps", "-p", "features-by-tag", "--features", &features];
        cargo(&arguments, &[("RUSTDOCFLAGS", "-D warnings")]);
    }
}

#[test]
fn every_crate_behaves() {
    cargo(&["test", "-p", BEHAVIOUR, "--tests"], &[]);
}

fn cargo(arguments: &[&str], variables: &[(&str, &str)]) {
    WORKSPACE.cargo(arguments, variables);
}

/// Returns the crate of the description in several files, which the suite `input` tests.
fn several_files() -> FileSet {
    let described = generator::describe(fixtures::several_files());
    let generated = described
        .map_err(|refused| refused.render(false))
        .and_then(|described| described.generate().map_err(|problems| format!("{problems:?}")));
    generated.unwrap_or_else(|said| panic!("{said}")).files
}

/// The package that runs the behaviour of the fixtures: with transports that do no I/O; and if a behaviour uses
/// `served!`, with the default transport, which is built for its crate alone. The same applies to the module `testing`.
fn behaviour(fixtures: &[Fixture]) -> FileSet {
    let mut manifest = format!("[package]\nname = {BEHAVIOUR:?}\nedition = \"2024\"\n\n[dependencies]\n");
    let mut behaviour = String::from("//! What the fixtures do.\n\n");
    for module in ["loopback", "support"] {
        let path = workspace_root().join(format!("tests/fixture_{module}.rs"));
        // Writing to a string cannot fail.
        let _ = writeln!(behaviour, "#[path = {path:?}]\nmod {module};");
    }
    let mut of_unions = String::from("//! The fixtures' unions.\n\n");
    let _ = writeln!(of_unions, "#[path = {:?}]\nmod support;", workspace_root().join("tests/union_support.rs"));
    let mut examples = String::from("//! The examples of the fixtures' documentation.\n");
    for fixture in fixtures {
        let name = &fixture.name;
        let package = name.replace('_', "-");
        let path = fixture.directory.join("behaviour.rs");
        let is_served = std::fs::read_to_string(&path).is_ok_and(|behaviour| behaviour.contains("served!"));
        let is_fake = std::fs::read_to_string(&path).is_ok_and(|behaviour| behaviour.contains("::testing::"));
        let mut features = vec![if is_served { "reqwest" } else { "client" }];
        features.extend(is_fake.then_some("testing"));
        let described = generator::describe(fixture.text.clone()).expect("it is accepted");
        features.extend(described.surface.features.is_some().then_some("all-tags"));
        // Writing to a string cannot fail.
        let _ = writeln!(
            manifest,
            "{package} = {{ path = \"../{name}\", default-features = false, features = {features:?} }}"
        );
        if path.exists() {
            let _ = writeln!(behaviour, "#[path = {path:?}]\nmod {name};");
        }
        let _ = writeln!(of_unions, "mod {name} {{\n{}}}", unions::program(name, &described));
        for (index, example) in documented_examples(&fixture.generate().files).iter().enumerate() {
            let _ = writeln!(examples, "#[allow(dead_code, deprecated)]\nmod {name}_{index} {{\n{example}}}");
        }
    }
    manifest.push_str("serde = { version = \"1\", default-features = false }\nserde_json = \"1\"\n");
    manifest
        .push_str("tokio = { version = \"1\", default-features = false, features = [\"net\", \"rt\", \"time\"] }\n");
    FileSet::new([
        ("Cargo.toml", manifest),
        ("src/lib.rs", String::new()),
        ("tests/behaviour.rs", behaviour),
        ("tests/examples.rs", examples),
        ("tests/unions.rs", of_unions),
    ])
    .unwrap_or_else(|errors| panic!("{errors:?}"))
}
