//! The messages of rustc, clippy and rustdoc about the crates.

use std::fmt::Write as _;
use std::sync::{Mutex, PoisonError};

use generator::write::FileSet;
use tests::crates::{Crates, Message, documented_examples};

/// The package that compiles the examples of the crates' documentation, with one target per crate.
const EXAMPLES: &str = "combination-examples";

/// Held while the workspace of the crates is in use.
static WORKSPACE: Mutex<()> = Mutex::new(());

/// The tools that judge the crates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    /// Clippy, with the client and the examples of the documentation.
    Clippy,
    /// Clippy with all features, rustc without the client, and rustdoc.
    EveryTool,
}

/// The commands that run on all crates of a workspace at once.
#[rustfmt::skip]
const EVERY_TOOL: &[&[&str]] = &[
    &["clippy", "--workspace", "--exclude", EXAMPLES, "--lib", "--examples", "--all-features"],
    &["check", "--workspace", "--exclude", EXAMPLES, "--no-default-features"],
    &["check", "-p", EXAMPLES, "--tests"],
    &["doc", "--workspace", "--exclude", EXAMPLES, "--all-features", "--no-deps"],
];

/// Returns all messages of the tools about the crates, each with its folder.
pub(crate) fn compile(crates: &[(String, FileSet)], extent: Extent) -> Vec<Message> {
    let examples = examples(crates);
    let members = crates.iter().map(|(name, files)| (name.as_str(), files)).chain([(EXAMPLES, &examples)]);
    let runs: &[&[&str]] = match extent {
        Extent::Clippy => &[&["clippy", "-p", EXAMPLES, "--tests"]],
        Extent::EveryTool => EVERY_TOOL,
    };
    let _alone = WORKSPACE.lock().unwrap_or_else(PoisonError::into_inner);
    let members = Crates::new(env!("CARGO_TARGET_TMPDIR"), "combinations", members);
    runs.iter().flat_map(|arguments| members.messages(arguments, &[])).collect()
}

fn examples(crates: &[(String, FileSet)]) -> FileSet {
    let mut manifest = format!("[package]\nname = {EXAMPLES:?}\nedition = \"2024\"\n\n[dependencies]\n");
    let mut files = vec![("src/lib.rs".to_owned(), String::new())];
    for (name, crate_files) in crates {
        let has_tags = crate_files.get("Cargo.toml").is_some_and(|own| own.contains("\nall-tags = "));
        let features: Vec<&str> = ["client"].into_iter().chain(has_tags.then_some("all-tags")).collect();
        // Writing to a string cannot fail.
        let _ = writeln!(
            manifest,
            "{name} = {{ path = \"../{name}\", default-features = false, features = {features:?} }}"
        );
        let mut text = format!("//! The examples of `{name}`.\n#![allow(warnings)]\n");
        for (index, example) in documented_examples(crate_files).iter().enumerate() {
            let _ = writeln!(text, "mod example_{index} {{\n{example}}}");
        }
        files.push((format!("tests/{}.rs", name.replace('-', "_")), text));
    }
    manifest.push_str("serde_json = \"1\"\n");
    files.push(("Cargo.toml".to_owned(), manifest));
    FileSet::new(files).unwrap_or_else(|errors| panic!("{errors:?}"))
}
