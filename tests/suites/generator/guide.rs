//! `spec/WALKTHROUGH.md` shows a change from start to end: each block is the real output of the programs.
//!
//! The numbers may be out of date: line numbers move with every change to the spec, and versions with every release.
//! `INSTA_UPDATE=always cargo test -p tests --test generator guide::` rewrites the blocks, including the numbers.

use std::fs;
use std::path::Path;
use std::process::Command;

use generator::cli::{OUT, SPEC};
use tests::changes::patched;
use tests::{spec, workspace_root};

#[test]
fn the_walkthrough_shows_the_real_output() {
    let path = workspace_root().join("spec/WALKTHROUGH.md");
    let page = fs::read_to_string(&path).expect("the page can be read");
    let change = block(&page, "spec");
    let changed = patched(&spec::text(), change).unwrap_or_else(|hunk| panic!("not in the spec just once:\n{hunk}"));

    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    for (file, text) in [("Cargo.toml", ""), ("generator/Cargo.toml", ""), ("spec/base.yaml", &spec::text())] {
        fs::create_dir_all(root.join(file).parent().expect("a folder")).expect("writable");
        fs::write(root.join(file), text).expect("writable");
    }
    fs::write(root.join(SPEC), spec::text()).expect("writable");
    generator(root, &[]);
    fs::rename(root.join(OUT), root.join("before")).expect("it was written");
    generator(root, &[]);
    fs::write(root.join(SPEC), &changed).expect("writable");
    let run = generator(root, &[]);

    fs::write(root.join(SPEC), with_next_version(&changed)).expect("writable");
    let markdown = generator(root, &["--against", "spec/base.yaml", "--markdown"]);

    let mut shown = page.clone();
    for (name, text) in [
        ("run", run),
        ("api", diff(root, "api.txt")),
        ("model", diff(root, "src/models/org_group_create_attributes.rs")),
        ("markdown", markdown),
    ] {
        let (before, after) = around(&shown, name);
        shown = format!("{before}{text}{after}");
    }
    if shown != page && std::env::var_os("INSTA_UPDATE").is_some_and(|update| update == "always") {
        fs::write(path, &shown).expect("writable");
        return;
    }
    let difference = without_numbers(&shown).zip(without_numbers(&page)).find(|(printed, page)| printed != page);
    assert_eq!(
        difference, None,
        "printed, and on the page; run: INSTA_UPDATE=always cargo test -p tests --test generator guide::"
    );
    assert_eq!(shown.lines().count(), page.lines().count());
}

/// The lines of a text, with each number replaced by a zero.
fn without_numbers(text: &str) -> impl Iterator<Item = String> {
    text.lines().map(|line| {
        let mut shown = String::new();
        for character in line.chars().map(|character| if character.is_ascii_digit() { '0' } else { character }) {
            if character != '0' || !shown.ends_with('0') {
                shown.push(character);
            }
        }
        shown
    })
}

/// The spec with the version that an addition requires.
fn with_next_version(spec: &str) -> String {
    let (before, rest) = spec.split_once("\n  version: ").expect("the spec has a version");
    let (version, after) = rest.split_once('\n').expect("a line");
    let numbers: Vec<u64> = version.split('.').map(|number| number.parse().expect("a number")).collect();
    let next = match numbers[..] {
        [0, minor, patch] => format!("0.{minor}.{}", patch + 1),
        [major, minor, _] => format!("{major}.{}.0", minor + 1),
        _ => panic!("{version} has not three numbers"),
    };
    format!("{before}\n  version: {next}\n{after}")
}

/// The text before and after the block that follows a mark.
fn around<'p>(page: &'p str, name: &str) -> (&'p str, &'p str) {
    let mark = format!("<!-- guide: {name} -->\n```");
    let start = page.find(&mark).unwrap_or_else(|| panic!("the page has no `{mark}`")) + mark.len();
    let start = start + page[start..].find('\n').expect("a line") + 1;
    let end = start + page[start..].find("```\n").expect("the block ends");
    (&page[..start], &page[end..])
}

fn block<'p>(page: &'p str, name: &str) -> &'p str {
    let (before, after) = around(page, name);
    &page[before.len()..page.len() - after.len()]
}

fn generator(root: &Path, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_generator-under-test"))
        .args(arguments)
        .current_dir(root)
        .env_remove("CARGO_MANIFEST_DIR")
        .output()
        .expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

/// The output of `git diff` for a file, from its first hunk.
fn diff(root: &Path, file: &str) -> String {
    let output = Command::new("git")
        .args(["-c", "core.attributesFile=", "-c", "diff.algorithm=myers", "diff", "--no-index", "--no-ext-diff"])
        .args(["--no-color", "--unified=3", &format!("before/{file}"), &format!("{OUT}/{file}")])
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_SYSTEM", "/dev/null")
        .current_dir(root)
        .output()
        .expect("git runs");
    let text = String::from_utf8(output.stdout).expect("text");
    let start = text.find("@@").unwrap_or_else(|| panic!("{file} does not differ"));
    text[start..].to_owned()
}
