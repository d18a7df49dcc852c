//! The hand-written half of the generated crate is all there, and built the same way here and there.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use tests::fixtures;
use tests::workspace_root;

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
    let emitted = emitted.iter().map(|(path, _)| path.to_owned()).filter(|path| path.starts_with("src/runtime/"));
    assert_eq!(emitted.collect::<BTreeSet<_>>(), templates, "`generator/src/templates.rs` lists the files");
}

/// The entries of a section of a manifest.
fn section(manifest: &str, name: &str) -> Vec<String> {
    let path = workspace_root().join(manifest);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let lines = text.lines().skip_while(|line| *line != name).skip(1).take_while(|line| !line.starts_with('['));
    let entries: Vec<String> =
        lines.filter(|line| !line.is_empty() && !line.starts_with('#')).map(str::to_owned).collect();
    assert!(!entries.is_empty(), "{manifest} has no {name}");
    entries
}

#[test]
fn the_runtime_is_built_as_in_the_generated_crate() {
    for name in ["[features]", "[dependencies]"] {
        assert_eq!(section("templates/Cargo.toml", name), section("templates/crate/Cargo.toml", name), "{name}");
    }
}
