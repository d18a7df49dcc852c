//! Mistakes that the compiler must detect, with messages that name the confused items.
//!
//! Each file in `tests/compile_fail/` is a program. A line that ends in `//~ words` must cause an error whose message
//! has these words; other lines must not. Only words are compared, since the rest differs between compilers.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tests::{crates, workspace_root};

/// The messages about a program, by line.
type Lines = BTreeMap<u64, String>;

#[test]
fn mistakes_do_not_compile() {
    let programs = programs();
    assert!(!programs.is_empty(), "there are programs in tests/compile_fail");
    let package = package(&programs);
    let mut found = errors(&package);
    for program in &programs {
        let name = program.file_stem().and_then(|name| name.to_str()).expect("names are plain");
        let text = fs::read_to_string(program).expect("the program can be read");
        let expected = expectations(&text);
        let found = found.remove(name).unwrap_or_default();
        assert!(!expected.is_empty(), "{name} expects nothing");
        for (line, words) in &expected {
            let message = found.get(line).unwrap_or_else(|| panic!("{name}:{line} compiles, but must not: {words}"));
            assert!(message.contains(words), "{name}:{line} is refused without `{words}`:\n{message}");
        }
        for (line, message) in &found {
            assert!(expected.contains_key(line), "{name}:{line} is refused, but should not be:\n{message}");
        }
    }
}

fn programs() -> Vec<PathBuf> {
    let entries = fs::read_dir(workspace_root().join("tests/compile_fail")).expect("the folder can be read");
    let mut programs: Vec<PathBuf> = entries.map(|entry| entry.expect("the folder can be read").path()).collect();
    programs.sort();
    programs
}

fn expectations(text: &str) -> Lines {
    let lines = (1..).zip(text.lines());
    lines.filter_map(|(number, line)| Some((number, line.split_once("//~ ")?.1.trim().to_owned()))).collect()
}

/// Creates a package outside of the workspace with one program per file, built with the versions of the workspace.
fn package(programs: &[PathBuf]) -> PathBuf {
    let root = workspace_root();
    let package = Path::new(env!("CARGO_TARGET_TMPDIR")).join("compile_fail");
    let binaries = package.join("src/bin");
    let _ = fs::remove_dir_all(&package);
    fs::create_dir_all(&binaries).expect("the folder can be made");
    for program in programs {
        let name = program.file_name().expect("it is a file");
        fs::copy(program, binaries.join(name)).expect("the program can be copied");
    }
    let library = root.join("generated");
    let manifest = format!(
        "[package]\nname = \"compile_fail\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n\
         datadog-org-groups = {{ path = {:?}, default-features = false, features = [\"client\"] }}\n",
        library.display().to_string()
    );
    fs::write(package.join("Cargo.toml"), manifest).expect("the manifest can be written");
    fs::copy(root.join("Cargo.lock"), package.join("Cargo.lock")).expect("the lock file can be copied");
    package
}

/// Returns the errors of all programs: by program, then by line.
fn errors(package: &Path) -> BTreeMap<String, Lines> {
    let arguments = ["check", "--bins", "--keep-going", "--message-format", "json"];
    let output =
        crates::cargo(env!("CARGO_TARGET_TMPDIR"), &arguments).current_dir(package).output().expect("cargo runs");
    let mut errors: BTreeMap<String, Lines> = BTreeMap::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let Ok(event) = serde_json::from_str::<Value>(line) else { continue };
        let message = &event["message"];
        let Some(program) = event["target"]["name"].as_str().filter(|_| message["level"] == "error") else { continue };
        let spans = message["spans"].as_array().into_iter().flatten();
        let primary = spans.filter(|span| span["is_primary"] == true).find_map(|span| span["line_start"].as_u64());
        let Some(line) = primary else { continue };
        let rendered = message["rendered"].as_str().unwrap_or_default();
        errors.entry(program.to_owned()).or_default().entry(line).or_default().push_str(rendered);
    }
    assert!(!errors.is_empty(), "nothing was refused:\n{}", String::from_utf8_lossy(&output.stderr));
    errors
}
