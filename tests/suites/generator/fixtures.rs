//! The output for each fixture, as snapshots beside its spec.
//!
//! To accept a change: `cargo insta review`, or without that tool `INSTA_UPDATE=always cargo test -p tests`, and read
//! the diff.

use std::fs;
use std::path::Path;

use generator::ir::Origin;
use tests::fixtures::{self, Fixture};
use tests::workspace_root;

/// The longest snapshot that a reviewer can be expected to read.
const MOST_LINES: usize = 200;

#[test]
fn every_fixture_matches_its_snapshots() {
    let fixtures = fixtures::accepted();
    let problems: Vec<String> = fixtures.iter().flat_map(|fixture| fixture.compare(&snapshots(fixture))).collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// Every model in one snapshot, each operation in its own snapshot, and the files that the first line of the spec
/// names: `# shows: src/lib.rs src/api.rs`. The other files are nearly the same for every fixture.
///
/// A fixture about calls begins with `# shows: operations` and has no snapshot of the models. `# shows: names` is for
/// inline schemas: it shows the names of their types and nothing else. `# shows: only src/resources.rs` shows only that
/// file.
fn snapshots(fixture: &Fixture) -> Vec<(String, String)> {
    let files = fixture.generate().files;
    let shown = fixture.text.lines().next().and_then(|line| line.strip_prefix("# shows: ")).unwrap_or_default();
    let shown: Vec<&str> = shown.split(' ').filter(|path| !path.is_empty()).collect();
    if shown == ["names"] {
        return vec![("names".to_owned(), inline_names(fixture))];
    }
    let mut models = String::new();
    let mut snapshots = Vec::new();
    for (path, text) in files.iter() {
        let text = text
            .split_once("\n\n")
            .filter(|(head, _)| head.starts_with("// @generated"))
            .map_or(text, |(_, rest)| rest);
        if shown.contains(&path) {
            snapshots.push((path.trim_start_matches("src/").replace(['/', '.'], "_"), text.to_owned()));
        } else if shown.first() == Some(&"only") || path.ends_with("/mod.rs") || path.starts_with("src/runtime/") {
        } else if path.starts_with("src/models/") {
            models.push_str(&format!("// {path}\n\n{text}\n"));
        } else if let Some(module) = path.strip_prefix("src/operations/") {
            snapshots.push((format!("operation_{}", module.trim_end_matches(".rs")), text.to_owned()));
        }
    }
    if !models.is_empty() && !shown.contains(&"operations") {
        snapshots.push(("models".to_owned(), models));
    }
    snapshots
}

/// The place of each inline schema that has a type, with the name of the type.
fn inline_names(fixture: &Fixture) -> String {
    let described = generator::describe(fixture.text.clone()).expect("the fixture is accepted");
    let types = described.api.types.iter().zip(&described.surface.types);
    let inline = types.filter(|((_, def), _)| def.origin != Origin::Component);
    inline.map(|((_, def), ty)| format!("{} -> {}\n", def.name, ty.ident)).collect()
}

#[test]
fn every_snapshot_can_be_reviewed() {
    let mut long = Vec::new();
    collect_long_snapshots(&workspace_root(), &mut long);
    assert!(long.is_empty(), "longer than {MOST_LINES} lines, so split the spec:\n{}", long.join("\n"));
}

fn collect_long_snapshots(directory: &Path, long: &mut Vec<String>) {
    for entry in fs::read_dir(directory).expect("a folder") {
        let path = entry.expect("readable").path();
        let name = path.file_name().unwrap_or_default();
        if path.is_dir() && name != "target" && name != ".git" {
            collect_long_snapshots(&path, long);
        } else if path.extension().is_some_and(|extension| extension == "snap") {
            let lines = fs::read_to_string(&path).expect("text").lines().count();
            if lines > MOST_LINES {
                long.push(format!("{}: {lines} lines", path.display()));
            }
        }
    }
}
