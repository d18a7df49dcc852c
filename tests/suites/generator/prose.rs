//! Prose follows `generator/STYLE.md`: no page, comment, documentation or message has a phrase that the style advises against.

use std::fs;
use std::path::{Path, PathBuf};

use tests::workspace_root;

/// The pages that were edited by the rules.
const PAGES: &[&str] = &[
    "CHANGELOG.md",
    "README.md",
    "generated/README.md",
    "generator/OPENAPI.md",
    "generator/README.md",
    "spec/OVERLAYS.md",
    "spec/README.md",
    "spec/WALKTHROUGH.md",
    "templates/crate/README.md",
    "tests/README.md",
    "tests/answers/README.md",
    "tests/benches/README.md",
    "tests/benches/compile/README.md",
    "tests/benches/generate/README.md",
    "tests/benches/peers/README.md",
    "tests/benches/serde/README.md",
    "tests/changes/README.md",
    "tests/corpus/README.md",
    "tests/corpus/peers/README.md",
    "tests/dump/README.md",
    "tests/facts/README.md",
    "tests/fixtures/README.md",
    "tests/fuzz/README.md",
    "tests/samples/README.md",
    "tests/validators/README.md",
    "tests/validators/official/README.md",
];

/// The Rust sources whose comments, documentation and messages follow the rules.
const SOURCES: &[&str] = &["generator/src", "templates/src/runtime"];

/// Phrases, with what to write instead.
const PHRASES: &[(&str, &str)] = &[
    (" is no ", "is not a"),
    (" are no ", "are not"),
    ("stands for", "represents"),
    ("in a circle", "a cycle"),
    ("made up for", "recovered, completed"),
    ("makes up for", "completes"),
    ("one an operation", "one per operation"),
    ("serves callers badly", "is awkward for callers"),
    ("who only", "if you only"),
    ("is asked for", "is an argument"),
    ("are meant", "are intended"),
    ("is told of", "is reported"),
    ("tells of", "reports"),
];

/// Phrases that Rust sources do not have either. Those with `is no` have other forms that are good English.
const IN_SOURCES: &[(&str, &str)] = &[
    ("stands for", "represents"),
    ("in a circle", "a cycle"),
    ("in circles", "in cycles"),
    ("made up for", "completed"),
    ("one an operation", "one per operation"),
    ("module an operation", "module per operation"),
    ("serves callers badly", "is awkward for callers"),
    ("unless told otherwise", "by default"),
    ("tried again", "retried"),
    ("tells of", "reports"),
    ("are told of", "are reported"),
    ("an answer", "a response"),
    ("means nothing here", "has no effect here"),
    ("What is required is", "Required values are"),
];

#[test]
fn no_page_has_a_phrase_that_the_style_advises_against() {
    let mut found = Vec::new();
    for page in PAGES {
        let text = fs::read_to_string(workspace_root().join(page)).expect("the page can be read");
        for (line, (phrase, instead)) in prose(&text).flat_map(|line| PHRASES.iter().map(move |phrase| (line, phrase)))
        {
            if line.1.replace(" no longer ", " ").contains(phrase) {
                found.push(format!("{page}:{}: `{phrase}`: write `{instead}`", line.0));
            }
        }
    }
    assert!(found.is_empty(), "see generator/STYLE.md:\n{}", found.join("\n"));
}

#[test]
fn no_source_has_a_phrase_that_the_style_advises_against() {
    let mut found = Vec::new();
    for folder in SOURCES {
        for file in rust_files(&workspace_root().join(folder)) {
            let text = fs::read_to_string(&file).expect("the source can be read");
            for (index, line) in text.lines().enumerate() {
                let phrases = IN_SOURCES.iter().filter(|(phrase, _)| line.contains(phrase));
                let number = index.saturating_add(1);
                found
                    .extend(phrases.map(|(phrase, instead)| {
                        format!("{}:{number}: `{phrase}`: write `{instead}`", file.display())
                    }));
            }
        }
    }
    assert!(found.is_empty(), "see generator/STYLE.md:\n{}", found.join("\n"));
}

/// The Rust files in a folder and below. A test double answers for the server: its vocabulary is its own.
fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder can be read");
    let paths = entries.map(|entry| entry.expect("the entry can be read").path());
    paths
        .flat_map(|path| match path.is_dir() {
            true if path.ends_with("testing") => Vec::new(),
            true => rust_files(&path),
            false => vec![path],
        })
        .collect()
}

/// The lines outside of code blocks, with their numbers.
fn prose(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut is_code = false;
    text.lines().enumerate().filter_map(move |(index, line)| {
        let is_fence = line.trim_start().starts_with("```");
        is_code ^= is_fence;
        (!is_code && !is_fence).then(|| (index.saturating_add(1), line))
    })
}
