//! The fixtures' crates: they compile without a warning, and so does their documentation, and their behaviour is as
//! expected.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::LazyLock;

use generator::Described;
use generator::diagnostics::Sources;
use generator::write::FileSet;
use tests::crates::{Crates, documented_examples, with_clippy};
use tests::shared::{self, Api, Shared};
use tests::{fixtures, unions, workspace_root};

/// The package that runs the fixtures' `behaviour.rs` and compiles the examples of their documentation.
const BEHAVIOUR: &str = "behaviour";

/// The fixtures with their crates.
static EMITTED: LazyLock<Vec<Emitted>> = LazyLock::new(|| {
    let several =
        Emitted::of("several_files".to_owned(), &fixtures::folder_of_several_files(), fixtures::several_files());
    let fixtures = fixtures::accepted().into_iter().map(|one| Emitted::of(one.name, &one.directory, one.text));
    fixtures.chain([several]).collect()
});

/// The workspace of the crates, written by the first test that needs them.
static WORKSPACE: LazyLock<Crates> = LazyLock::new(|| {
    let crates = EMITTED.iter().map(|emitted| (emitted.name.as_str(), &emitted.files));
    Crates::new(env!("CARGO_TARGET_TMPDIR"), "fixtures", crates)
});

/// A fixture and its crate.
struct Emitted {
    name: String,
    described: Described,
    files: FileSet,
    /// The text of `behaviour.rs`.
    behaviour: Option<String>,
}

impl Emitted {
    fn of(name: String, directory: &Path, sources: impl Into<Sources>) -> Self {
        let described = generator::describe(sources).unwrap_or_else(|refused| panic!("{}", refused.render(false)));
        let files = described.generate().unwrap_or_else(|problems| panic!("{problems:?}")).files;
        let behaviour = std::fs::read_to_string(directory.join("behaviour.rs")).ok();
        Self { name, described, files, behaviour }
    }

    fn behaves_with(&self, word: &str) -> bool {
        self.behaviour.as_ref().is_some_and(|text| text.contains(word))
    }

    /// The feature that selects everything of a crate with features by tag.
    fn all_tags(&self) -> Option<&'static str> {
        self.described.surface.features.is_some().then_some("all-tags")
    }
}

impl Api for Emitted {
    fn module(&self) -> String {
        format!("of_{}", self.name)
    }

    fn crate_name(&self) -> &str {
        &self.described.api.crate_name
    }

    fn files(&self) -> &FileSet {
        &self.files
    }

    /// None if the description has no operations, since all of its own code is then in the models; else the client and
    /// what the behaviour uses.
    fn features(&self) -> Vec<&'static str> {
        let client = !self.described.surface.calls.is_empty() || self.behaves_with("Client");
        let with = |is_used: bool, feature| is_used.then_some(feature);
        let used = [
            with(client, "client"),
            with(self.behaves_with("served!"), "reqwest"),
            with(!self.can_share(), "testing"),
            self.all_tags(),
        ];
        used.into_iter().flatten().collect()
    }

    fn can_share(&self) -> bool {
        !self.behaves_with("::testing::") && self.all_tags().is_none()
    }
}

/// Each is compiled once, with the lints of its own manifest: those of rustc and clippy.
#[test]
fn every_crate_passes_clippy_and_behaves() {
    let shared = shared::shared("shared", &*EMITTED);
    let crates: Vec<(String, FileSet)> = shared.iter().map(|shared| (shared.name.clone(), shared.files())).collect();
    let behaviour = behaviour(&shared);
    let members = crates.iter().map(|(name, files)| (name.as_str(), files)).chain([(BEHAVIOUR, &behaviour)]);
    let (variable, clippy) = with_clippy();
    let workspace = Crates::new(env!("CARGO_TARGET_TMPDIR"), "behaviour", members);
    workspace.cargo(&["test", "-p", BEHAVIOUR, "--tests"], &[(variable, &clippy)]);
}

/// The runtime has more code with all features, and each API uses another part of it.
#[test]
#[ignore = "it compiles every crate once more: `.ci/run` runs it"]
fn every_crate_passes_clippy_with_all_features() {
    cargo(&["clippy", "--workspace", "--features", "testing"], &[]);
}

#[test]
#[ignore = "it compiles every crate once more: `.ci/run` runs it"]
fn every_crate_compiles_without_its_client() {
    cargo(&["check", "--workspace", "--no-default-features"], &[]);
}

/// With the lints about documentation. Without the client, it has the names to which the models link.
#[test]
#[ignore = "rustdoc reads every dependency of three crates: `.ci/run` runs it"]
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

/// The sets of features by tag: none of them, each, some, and all.
const SETS: [&str; 6] = ["", "cranes", "ship-yards", "lots", "cranes,lots", "all-tags"];

#[test]
fn a_feature_by_tag_is_sufficient() {
    check_with_features("", &["", "cranes", "all-tags"]);
    check_with_features("client", &["cranes"]);
}

#[test]
#[ignore = "it compiles a crate twelve times: `.ci/run` runs it"]
fn each_feature_by_tag_is_sufficient() {
    check_with_features("", &SETS);
    check_with_features("client", &SETS);
}

fn check_with_features(own: &str, sets: &[&str]) {
    for set in sets {
        let features = format!("{own},{set}");
        cargo(&["check", "-p", "features-by-tag", "--no-default-features", "--features", &features], &[]);
    }
}

/// Also with the documentation, whose links resolve. Less than the whole client has no item that clippy does not see
/// here, so rustc alone looks for what is missing or unused.
#[test]
#[ignore = "it compiles a crate twelve times: `.ci/run` runs it"]
fn each_feature_by_tag_passes_clippy_and_rustdoc() {
    for set in SETS {
        let features = format!("reqwest,blocking,tracing,testing,{set}");
        cargo(&["clippy", "-p", "features-by-tag", "--no-default-features", "--features", &features], &[]);
        let features = format!("reqwest,blocking,testing,{set}");
        let arguments = ["doc", "--no-deps", "-p", "features-by-tag", "--features", &features];
        cargo(&arguments, &[("RUSTDOCFLAGS", "-D warnings")]);
    }
}

fn cargo(arguments: &[&str], variables: &[(&str, &str)]) {
    WORKSPACE.cargo(arguments, variables);
}

/// The package that runs the behaviour of the fixtures: with transports that do no I/O; and if a behaviour uses
/// `served!`, with the default transport.
fn behaviour(crates: &[Shared<Emitted>]) -> FileSet {
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
    let mut files = Vec::new();
    for Shared { name: package, features, apis, .. } in crates {
        let features: Vec<&str> = features.iter().copied().collect();
        let _ = writeln!(
            manifest,
            "{package} = {{ path = \"../{package}\", default-features = false, features = {features:?} }}"
        );
        for emitted in apis {
            let (name, library) = (&emitted.name, emitted.described.api.crate_name.replace('-', "_"));
            let import = format!("use {package}::{} as {library};", emitted.module());
            if let Some(text) = &emitted.behaviour {
                let _ = writeln!(behaviour, "mod {name};");
                files.push((format!("tests/behaviour/{name}.rs"), with_import(text, &import)));
            }
            let unions = unions::program(&library, &emitted.described);
            if !unions.is_empty() {
                let _ = writeln!(of_unions, "mod {name} {{\n{import}\n{unions}}}");
            }
            for (index, example) in documented_examples(&emitted.files).iter().enumerate() {
                let _ = writeln!(
                    examples,
                    "#[allow(dead_code, deprecated, unused_imports)]\nmod {name}_{index} {{\n{import}\n{example}}}"
                );
            }
        }
    }
    manifest.push_str("serde = { version = \"1\", default-features = false }\nserde_json = \"1\"\n");
    manifest
        .push_str("tokio = { version = \"1\", default-features = false, features = [\"net\", \"rt\", \"time\"] }\n");
    manifest.push_str("\n[lints.clippy]\nall = \"allow\"\n");
    files.push(("Cargo.toml".to_owned(), manifest));
    files.push(("src/lib.rs".to_owned(), String::new()));
    files.push(("tests/behaviour/main.rs".to_owned(), behaviour));
    files.push(("tests/examples.rs".to_owned(), examples));
    files.push(("tests/unions.rs".to_owned(), of_unions));
    FileSet::new(files).unwrap_or_else(|errors| panic!("{errors:?}"))
}

/// Returns a module with an import in place of its documentation, so that each line keeps its number.
fn with_import(text: &str, import: &str) -> String {
    let docs = text.lines().take_while(|line| line.starts_with("//!")).count();
    let code: String = text.lines().skip(docs).map(|line| format!("{line}\n")).collect();
    format!("{import}{}{code}", "\n".repeat(docs))
}
