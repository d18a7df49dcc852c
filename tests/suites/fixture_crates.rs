//! The fixtures' crates: they compile without a warning, their documentation too, and they behave.
//!
//! All of them go into one workspace below the target folder, with the lock file of this one and the same target folder,
//! so that no dependency is fetched, and none is built that is there already.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use generator::write::{self, FileSet};
use tests::fixtures::{self, Fixture};
use tests::workspace_root;

/// The package that runs the fixtures' `behaviour.rs` and compiles the examples of their documentation.
const BEHAVIOUR: &str = "behaviour";

/// The workspace, written by whichever test comes first.
static WORKSPACE: LazyLock<PathBuf> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fixtures");
    let fixtures = fixtures::accepted();
    let mut members = vec![format!("{BEHAVIOUR:?}")];
    for fixture in &fixtures {
        let files = fixture.generate().files;
        write(&root.join(&fixture.name), &files);
        members.push(format!("{:?}", fixture.name));
    }
    write(&root.join(BEHAVIOUR), &behaviour(&fixtures));
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = [{}]\n", members.join(", "));
    fs::write(root.join("Cargo.toml"), manifest).expect("writable");
    fs::copy(workspace_root().join("Cargo.lock"), root.join("Cargo.lock")).expect("writable");
    root
});

#[test]
fn every_crate_compiles() {
    cargo(&["check", "--workspace", "--exclude", BEHAVIOUR], &[]);
}

#[test]
fn every_crate_compiles_without_its_client() {
    cargo(&["check", "--workspace", "--exclude", BEHAVIOUR, "--no-default-features"], &[]);
}

/// Those that are about documentation.
#[test]
fn documentation_can_be_built() {
    let packages = ["hostile-text", "keyword-names", "list-parameters"].map(|package| ["-p", package]);
    let arguments: Vec<&str> = ["doc", "--no-deps"].into_iter().chain(packages.into_iter().flatten()).collect();
    cargo(&arguments, &[("RUSTDOCFLAGS", "-D warnings")]);
}

#[test]
fn every_crate_behaves() {
    cargo(&["test", "-p", BEHAVIOUR, "--tests"], &[]);
}

/// Writes only what changed, so that cargo compiles only what changed.
fn write(directory: &Path, files: &FileSet) {
    fs::create_dir_all(directory).expect("writable");
    write::apply(files, directory).unwrap_or_else(|error| panic!("{error}"));
}

/// Runs cargo on the workspace; a warning is a failure.
fn cargo(arguments: &[&str], variables: &[(&str, &str)]) {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("it is in the target folder");
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .args(["--offline", "--quiet", "--target-dir"])
        .arg(target)
        .envs(variables.iter().copied())
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_TERM_COLOR", "never")
        .current_dir(&*WORKSPACE)
        .output()
        .expect("cargo runs");
    let said = String::from_utf8_lossy(&output.stderr);
    let clean = output.status.success() && !said.contains("warning");
    assert!(clean, "cargo {}:\n{said}\n{}", arguments.join(" "), String::from_utf8_lossy(&output.stdout));
}

/// The package that runs what the fixtures do, over a transport that comes with them.
fn behaviour(fixtures: &[Fixture]) -> FileSet {
    let mut manifest = format!("[package]\nname = {BEHAVIOUR:?}\nedition = \"2024\"\n\n[dependencies]\n");
    let mut behaviour = String::from("//! What the fixtures do.\n\n#[path = {SUPPORT}]\nmod support;\n");
    behaviour = behaviour.replace("{SUPPORT}", &format!("{:?}", workspace_root().join("tests/fixture_support.rs")));
    let mut examples = String::from("//! The examples of the fixtures' documentation.\n");
    for fixture in fixtures {
        let name = &fixture.name;
        let package = name.replace('_', "-");
        // Writing to a string cannot fail.
        let _ = writeln!(
            manifest,
            "{package} = {{ path = \"../{name}\", default-features = false, features = [\"client\"] }}"
        );
        let path = fixture.directory.join("behaviour.rs");
        if path.exists() {
            let _ = writeln!(behaviour, "#[path = {path:?}]\nmod {name};");
        }
        for (index, example) in documented_examples(fixture).iter().enumerate() {
            let _ = writeln!(examples, "#[allow(dead_code, deprecated)]\nmod {name}_{index} {{\n{example}}}");
        }
    }
    manifest.push_str("serde = { version = \"1\", default-features = false }\nserde_json = \"1\"\n");
    FileSet::new([
        ("Cargo.toml", manifest),
        ("src/lib.rs", String::new()),
        ("tests/behaviour.rs", behaviour),
        ("tests/examples.rs", examples),
    ])
    .unwrap_or_else(|errors| panic!("{errors:?}"))
}

/// The code blocks of the operations' documentation, with the lines that rustdoc hides.
fn documented_examples(fixture: &Fixture) -> Vec<String> {
    let mut examples = Vec::new();
    let files = fixture.generate().files;
    for (_, text) in files.iter().filter(|(path, _)| path.starts_with("src/operations/")) {
        let mut lines = text.lines().map(str::trim_start);
        while lines.any(|line| line == "/// ```no_run") {
            let mut example = String::new();
            for line in lines.by_ref().take_while(|line| *line != "/// ```") {
                let line = line.trim_start_matches("///");
                let line = line.strip_prefix(' ').unwrap_or(line);
                example.push_str(line.strip_prefix("# ").unwrap_or(line));
                example.push('\n');
            }
            examples.push(example);
        }
    }
    examples
}
