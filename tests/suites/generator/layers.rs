//! The layers of the generator depend on each other in one direction: the `use` lines and paths of each stage are read.
//! No file of the project has so many subjects that its name cannot tell them.

use std::fs;
use std::path::{Path, PathBuf};

use tests::workspace_root;

/// A stage, and the stages that it must not use.
const FORBIDDEN: [(&str, &[&str]); 16] = [
    ("diagnostics", &["adapt", "changes", "emit", "ir", "lints", "lower", "names", "spec", "surface", "write"]),
    ("source", &["adapt", "changes", "emit", "ir", "lints", "lower", "names", "spec", "surface", "write"]),
    ("bundle", &["adapt", "changes", "emit", "ir", "lints", "lower", "names", "overlay", "slice", "surface", "write"]),
    ("overlay", &["adapt", "changes", "emit", "ir", "lints", "lower", "names", "slice", "surface", "write"]),
    ("slice", &["changes", "emit", "ir", "lints", "lower", "names", "overlay", "surface", "write"]),
    ("adapt", &["changes", "emit", "ir", "lints", "lower", "names", "surface", "write"]),
    ("spec", &["adapt", "changes", "emit", "ir", "lints", "lower", "names", "surface", "write"]),
    ("ir", &["adapt", "changes", "emit", "lints", "lower", "names", "spec", "surface", "write"]),
    ("lower", &["adapt", "changes", "emit", "lints", "names", "surface", "templates", "write"]),
    ("names", &["adapt", "changes", "emit", "lints", "lower", "spec", "surface", "templates", "write"]),
    ("surface", &["adapt", "changes", "emit", "lints", "lower", "spec", "templates", "write"]),
    ("lints", &["adapt", "changes", "emit", "lower", "names", "surface", "write"]),
    ("changes", &["adapt", "emit", "lints", "lower", "names", "spec", "write"]),
    ("drift", &["changes", "emit", "ir", "lints", "lower", "names", "surface", "write"]),
    ("emit", &["adapt", "changes", "lints", "lower", "names", "spec", "write"]),
    ("write", &["adapt", "changes", "emit", "ir", "lints", "lower", "names", "spec", "surface"]),
];

/// The maximum number of lines in a file. A longer one has a second subject, which readers find sooner in a file with
/// its name.
const MOST_LINES: usize = 400;

/// The files of a stage: the file of its name, and the files in the folder of its name.
fn files(stage: &str) -> Vec<PathBuf> {
    let root = workspace_root().join("generator/src");
    let mut files = below(root.join(stage));
    files.extend(Some(root.join(format!("{stage}.rs"))).filter(|file| file.exists()));
    files
}

fn below(folder: PathBuf) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.expect("the folder can be listed").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files
}

/// The stages that a line of code names by their paths: `crate::lower::x`, `use crate::{lower, names}`.
fn named(line: &str) -> Vec<&str> {
    let code = line.split("//").next().unwrap_or_default();
    let paths = code.split("crate::").skip(1).filter(|_| !code.contains("$crate"));
    paths
        .flat_map(|path| match path.strip_prefix('{') {
            Some(list) => list.split(['}', ',']).map(str::trim).collect::<Vec<_>>(),
            None => vec![path],
        })
        .map(|path| path.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or_default())
        .collect()
}

#[test]
fn no_stage_uses_a_later_one() {
    let mut wrong = Vec::new();
    for (stage, forbidden) in FORBIDDEN {
        let files = files(stage);
        assert!(!files.is_empty(), "there is no stage `{stage}`");
        for file in files {
            let text = fs::read_to_string(&file).expect("the file can be read");
            for (number, line) in text.lines().enumerate() {
                for name in named(line).into_iter().filter(|name| forbidden.contains(name)) {
                    wrong.push(format!("{}:{}: {stage} knows {name}", shown(&file), number + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn shown(file: &Path) -> String {
    file.strip_prefix(workspace_root()).unwrap_or(file).display().to_string()
}

#[test]
fn every_file_has_one_subject() {
    let folders = ["generator/src", "generator/tests", "templates/src", "tests/src", "tests/suites"];
    let files = folders.iter().flat_map(|folder| below(workspace_root().join(folder)));
    let rust: Vec<PathBuf> = files.filter(|file| file.extension().is_some_and(|extension| extension == "rs")).collect();
    assert!(rust.len() > 500, "there are {} files", rust.len());
    let lines = |file: &PathBuf| fs::read_to_string(file).expect("the file can be read").lines().count();
    let long = rust.iter().map(|file| (shown(file), lines(file))).filter(|(_, lines)| *lines > MOST_LINES);
    let long: Vec<(String, usize)> = long.collect();
    assert_eq!(long, [], "give the second subject of each file a file of its own");
}

#[test]
fn paths_are_found_in_lines() {
    assert_eq!(named("use crate::lower::lower;"), ["lower"]);
    assert_eq!(named("use crate::{emit, names::Names};"), ["emit", "names", ""]);
    assert_eq!(named("    crate::spec::nearest(a, b) // crate::lower"), ["spec"]);
    assert!(named("quote! { $crate::runtime }").is_empty());
}
