//! The properties that the fuzzer checks, without the fuzzer: for its corpus and all fixtures.

use std::fs;
use std::path::{Path, PathBuf};

use generator::source::{self, Node, Value};
use generator::write::FileSet;
use tests::crates::Crates;
use tests::{fixtures, workspace_root};

use crate::{json, oracles};

/// The number of accepted texts in a folder that every run compiles.
const FEW: usize = 5;

/// The number that `.ci/run` compiles.
const MANY: usize = 40;

#[test]
fn the_oracles_hold_for_the_corpus() {
    let texts = texts(&workspace_root().join("tests/fuzz/corpus"));
    assert!(!texts.is_empty(), "there is a corpus");
    texts.iter().for_each(|text| judge(text));
}

#[test]
fn the_oracles_hold_for_the_fixtures() {
    fixtures::accepted().iter().chain(&fixtures::refused()).for_each(|fixture| judge(&fixture.text));
    judge(&fs::read_to_string(workspace_root().join("spec/org_groups.yaml")).expect("text"));
}

#[test]
fn samples_of_accepted_texts_compile() {
    compile("sample", FEW, &["--no-default-features", "--features", "client"]);
}

/// By hand, for the results of a long run: `FUZZED=FOLDER cargo test -p tests --test crates fuzz:: -- --ignored`.
#[test]
#[ignore = "it compiles dozens of crates: `.ci/run` runs it"]
fn many_samples_of_accepted_texts_compile() {
    compile("fuzzed", MANY, &[]);
}

/// Compiles samples of the accepted texts, at most `count`.
fn compile(name: &str, count: usize, features: &[&str]) {
    let folder = std::env::var_os("FUZZED").map(PathBuf::from);
    let folder = folder.unwrap_or_else(|| workspace_root().join("tests/fuzz/corpus"));
    let accepted: Vec<String> = texts(&folder).into_iter().filter(|text| generator::generate(text).is_ok()).collect();
    assert!(!accepted.is_empty(), "some text in {} is accepted", folder.display());
    let every = accepted.len().div_ceil(count);
    let named = |(index, text): (usize, &String)| named(&format!("{name}-{index}"), text);
    let crates: Vec<(String, FileSet)> = accepted.iter().step_by(every).enumerate().map(named).collect();
    let crates = crates.iter().map(|(folder, files)| (folder.as_str(), files));
    let arguments = [&["check", "--workspace"], features].concat();
    Crates::new(env!("CARGO_TARGET_TMPDIR"), name, crates).cargo(&arguments, &[]);
}

/// Returns the crate of a text, with a unique name.
fn named(name: &str, text: &str) -> (String, FileSet) {
    let mut root = source::parse(text).expect("it was accepted").root().clone();
    let crate_name = entry(&mut root, "info").and_then(|info| entry(info, "x-crate-name")).expect("every spec has one");
    crate_name.value = Value::String(name.to_owned());
    (name.to_owned(), generator::generate(&json::text(&root)).expect("its name does not matter").files)
}

fn entry<'n>(node: &'n mut Node, key: &str) -> Option<&'n mut Node> {
    match &mut node.value {
        Value::Mapping(mapping) => mapping.values_mut().find(|(known, _)| *known == key).map(|(_, node)| node),
        _ => None,
    }
}

fn judge(text: &str) {
    oracles::judge(text);
}

fn texts(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("readable").path()).collect();
    paths.sort();
    // A file that is not a text is not a spec: the program rejects it before the generator sees it.
    paths.iter().filter_map(|path| fs::read_to_string(path).ok()).collect()
}
