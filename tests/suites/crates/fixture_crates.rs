//! The fixtures' crates: they compile without a warning, and so does their documentation, and their behaviour is as
//! expected.

use std::fmt::Write as _;
use std::sync::LazyLock;

use generator::Described;
use generator::diagnostics::Sources;
use generator::write::FileSet;
use tests::crates::{Crates, documented_examples};
use tests::fixtures::{self, Fixture};
use tests::{unions, workspace_root};

/// The package that runs the fixtures' `behaviour.rs` and compiles the examples of their documentation.
const BEHAVIOUR: &str = "behaviour";

/// The workspace, written by the first test.
static WORKSPACE: LazyLock<Crates> = LazyLock::new(|| {
    let emitted: Vec<Emitted> = fixtures::accepted().into_iter().map(Emitted::of).collect();
    let own = [(BEHAVIOUR, behaviour(&emitted)), ("several_files", generate(&described(fixtures::several_files())))];
    let own = own.iter().map(|(folder, files)| (*folder, files));
    let crates = emitted.iter().map(|emitted| (emitted.fixture.name.as_str(), &emitted.files));
    Crates::new(env!("CARGO_TARGET_TMPDIR"), "fixtures", own.chain(crates))
});

/// A fixture and its crate.
struct Emitted {
    fixture: Fixture,
    described: Described,
    files: FileSet,
}

impl Emitted {
    fn of(fixture: Fixture) -> Self {
        let described = described(fixture.text.clone());
        let files = generate(&described);
        Self { fixture, described, files }
    }

    /// The package and its folder, for a dependency.
    fn names(&self) -> (String, &str) {
        (self.fixture.name.replace('_', "-"), &self.fixture.name)
    }

    /// The feature that selects everything of a crate with features by tag.
    fn all_tags(&self) -> Vec<&'static str> {
        self.described.surface.features.is_some().then_some("all-tags").into_iter().collect()
    }
}

fn described(sources: impl Into<Sources>) -> Described {
    generator::describe(sources).unwrap_or_else(|refused| panic!("{}", refused.render(false)))
}

fn generate(described: &Described) -> FileSet {
    described.generate().unwrap_or_else(|problems| panic!("{problems:?}")).files
}

/// With the lints of their own manifests.
#[test]
fn every_crate_compiles_and_passes_clippy() {
    cargo(&["clippy", "--workspace", "--exclude", BEHAVIOUR, "--features", "testing"], &[]);
}

#[test]
fn every_crate_compiles_without_its_client() {
    cargo(&["check", "--workspace", "--exclude", BEHAVIOUR, "--no-default-features"], &[]);
}

/// With the lints about documentation. Without the client, it has the names to which the models link.
#[test]
fn documentation_can_be_built() {
    let build = |features: &[&'static str], packages: &[&'static str]| {
        let packages = packages.iter().flat_map(|package| ["-p", *package]);
        let arguments: Vec<&str> =
            ["doc", "--no-deps"].into_iter().chain(features.iter().copied()).chain(packages).collect();
        cargo(&arguments, &[("RUSTDOCFLAGS", "-D warnings")]);
    };
    build(&[], &["hostile-text", "keyword-names", "list-parameters"]);
    build(&["--no-default-features"], &["keyword-names", "servers-by-name", "credentials", "server-variables"]);
}

/// With none of them, with each, and with all; and their documentation, whose links resolve. Less than the whole client
/// has no item that clippy does not see here, so rustc alone looks for what is missing or unused.
#[test]
fn each_feature_by_tag_is_sufficient() {
    let sets = ["", "cranes", "ship-yards", "lots", "cranes,lots", "all-tags"];
    for set in sets {
        for (command, own) in [("check", ""), ("check", "client"), ("clippy", "reqwest,blocking,tracing,testing")] {
            let features = format!("{own},{set}");
            cargo(&[command, "-p", "features-by-tag", "--no-default-features", "--features", &features], &[]);
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

/// The package that runs the behaviour of the fixtures: with transports that do no I/O; and if a behaviour uses
/// `served!`, with the default transport, which is built for its crate alone. The same applies to the module `testing`.
fn behaviour(emitted: &[Emitted]) -> FileSet {
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
    for emitted in emitted {
        let (package, name) = emitted.names();
        let path = emitted.fixture.directory.join("behaviour.rs");
        let own = std::fs::read_to_string(&path).ok();
        let uses = |word: &str| own.as_ref().is_some_and(|own| own.contains(word));
        let mut features = emitted.all_tags();
        features.push(if uses("served!") { "reqwest" } else { "client" });
        features.extend(uses("::testing::").then_some("testing"));
        if own.is_some() {
            let _ = writeln!(behaviour, "#[path = {path:?}]\nmod {name};");
        }
        let _ = writeln!(
            manifest,
            "{package} = {{ path = \"../{name}\", default-features = false, features = {features:?} }}"
        );
        let _ = writeln!(of_unions, "mod {name} {{\n{}}}", unions::program(name, &emitted.described));
        for (index, example) in documented_examples(&emitted.files).iter().enumerate() {
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
