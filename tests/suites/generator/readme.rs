//! `.ci/run` runs every command of the pages unchanged, every link resolves, and every table is complete.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use tests::workspace_root;

/// The test programs that consist of several suites; each other program is a suite.
const PROGRAMS: &[&str] = &["client", "crates", "generator"];

/// Commands that `.ci/run` does not run, each with the reason.
const BY_HAND: &[(&str, &str)] = &[
    ("cargo insta review", "it is interactive"),
    ("cargo doc --open -p datadog-org-groups", "it opens a browser; `.ci/run` builds the documentation"),
    ("cargo run -p datadog-org-groups --example audit", "it needs keys; the suite `examples` runs it with a server"),
    (
        "git show \"$(git merge-base origin/main HEAD):spec/org_groups.yaml\" > target/base.yaml",
        "`.ci/run` finds the commit in more ways",
    ),
    (
        "tests/changes/semver.sh",
        "it documents two crates per change, which takes minutes, and needs a tool that takes longer to install",
    ),
    ("tests/benches/regressions/run.py --accept", "it replaces the figures that `.ci/run` compares with"),
    ("tests/benches/serde/run.sh", "a benchmark: it takes minutes and cannot fail"),
    ("cargo check -j1 --features …", "the same, for a crate of 8,750 types"),
    ("cargo bench --manifest-path tests/benches/micro/Cargo.toml", "the same"),
    ("tests/benches/compile/run.sh", "the same"),
    ("tests/benches/generate/run.sh", "the same"),
    ("tests/benches/peers/run.sh", "the same"),
    ("tests/benches/peers/run.sh official", "the same"),
    ("tests/benches/peers/run.sh teams", "the same"),
    (
        "COMBINATIONS_SEEDS=100..200 cargo test -p tests --test crates combinations:: -- --include-ignored --nocapture",
        "it compiles a hundred crates; `.ci/run` has its own seeds",
    ),
    (
        "UNIONS_OF=\"qdrant.json nexus.json\" cargo test -p tests --test crates unions:: -- --ignored --nocapture",
        "it needs descriptions that are not here",
    ),
    (
        "tests/corpus/run.py --tags target/corpus/datadog/datadog-v2.yaml",
        "it compiles 154 crates; `.ci/run` compiles five",
    ),
    ("tests/corpus/run.py --peers FOLDER", "it needs descriptions that are not here, and installs three generators"),
    ("tests/corpus/losses.py FOLDER", "the same"),
    ("tests/corpus/losses.py --recorded v1 --without cargo-progenitor", "the same, and it downloads the recordings"),
    (
        "tests/corpus/recorded.py",
        "it downloads recordings of a real API and compiles 8,750 types, which takes minutes and gigabytes of memory",
    ),
    ("tests/fuzz/run.sh 3600", "it takes an hour for each target; `.ci/run` takes a minute"),
    (
        "FUZZED=target/fuzz/found cargo test -p tests --test crates fuzz:: -- --ignored",
        "it needs the texts that a long run found",
    ),
    ("./run.sh", "the same, from its folder"),
    (
        "cargo run --manifest-path tests/validators/official/Cargo.toml",
        "the official client takes minutes to compile; the page has the results",
    ),
];

#[test]
fn every_command_of_a_page_is_run() {
    let root = workspace_root();
    let script = fs::read_to_string(root.join(".ci/run")).expect("the script can be read");
    let mut seen = 0;
    for page in pages(&root) {
        let text = fs::read_to_string(&page).expect("the page can be read");
        for command in commands(&text) {
            seen += 1;
            let is_run = script.contains(&command) || BY_HAND.iter().any(|(known, _)| *known == command);
            assert!(is_run, "{}: .ci/run does not run `{command}`", page.display());
        }
    }
    assert!(seen > 5, "the pages have commands");
}

#[test]
fn every_exception_is_on_a_page() {
    let root = workspace_root();
    let texts: Vec<String> =
        pages(&root).iter().map(|page| fs::read_to_string(page).expect("the page can be read")).collect();
    for (command, reason) in BY_HAND {
        let is_shown = texts.iter().any(|text| commands(text).iter().any(|shown| shown == command));
        assert!(is_shown, "no page has `{command}` any more ({reason})");
    }
}

/// Ignores links to the web.
#[test]
fn every_link_resolves() {
    let root = workspace_root();
    let mut seen = 0;
    for page in pages(&root) {
        let text = fs::read_to_string(&page).expect("the page can be read");
        for target in links(&text).into_iter().filter(|target| !target.contains("://")) {
            seen += 1;
            let (path, heading) =
                target.split_once('#').map_or((target, None), |(path, heading)| (path, Some(heading)));
            let file = if path.is_empty() { page.clone() } else { page.with_file_name(path) };
            assert!(file.exists(), "{}: `{target}` is not there", page.display());
            if let Some(heading) = heading {
                let text = fs::read_to_string(&file).expect("the page can be read");
                let is_there = prose(&text).any(|line| anchor(line).is_some_and(|anchor| anchor == heading));
                assert!(is_there, "{}: `{target}` has no such heading", page.display());
            }
        }
    }
    assert!(seen > 20, "the pages have links");
}

#[test]
fn every_suite_has_a_row() {
    let root = workspace_root();
    let folder = root.join("tests/suites");
    let mut suites = names(&folder);
    for program in PROGRAMS {
        assert!(suites.remove(*program), "there is no program {program}");
        suites.extend(names(&folder.join(program)).into_iter().filter(|name| name != "main"));
    }
    let page = fs::read_to_string(root.join("tests/README.md")).expect("the page can be read");
    let first_cells = page.lines().filter_map(|line| line.strip_prefix("| ")?.split('|').next());
    let rows: BTreeSet<String> = first_cells.flat_map(code_spans).map(str::to_owned).collect();
    assert_eq!(rows, suites);
}

#[test]
fn every_extension_is_documented_and_tested() {
    let read = |path: &str| fs::read_to_string(workspace_root().join(path)).expect("the file can be read");
    let parts = names(&workspace_root().join("generator/src/spec/tables"));
    let parts = parts.iter().map(|name| read(&format!("generator/src/spec/tables/{name}.rs")));
    let tables = read("generator/src/spec/tables.rs") + &parts.collect::<String>();
    let literals = tables.lines().filter(|line| !line.trim_start().starts_with("//")).flat_map(|line| line.split('"'));
    let known: BTreeSet<&str> = literals.filter(|text| text.starts_with("x-")).collect();
    assert!(known.contains("x-pagination"), "the tables name extensions: {known:?}");
    let page = read("spec/README.md");
    let rows = page.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next());
    let described: BTreeSet<&str> = rows.filter(|name| name.starts_with("x-")).collect();
    assert_eq!(described, known, "the table in spec/README.md");
    let (complete, dictionary) = (read("generator/tests/loader/complete.yaml"), read("tests/fuzz/openapi.dict"));
    for name in known {
        assert!(complete.contains(&format!("{name}: ")), "generator/tests/loader/complete.yaml lacks {name}");
        assert!(dictionary.contains(&format!("\"{name}\"")), "tests/fuzz/openapi.dict lacks {name}");
    }
}

/// The names of the modules in a folder.
fn names(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).expect("the folder can be read");
    let paths = entries.map(|entry| entry.expect("the folder can be read").path());
    paths.filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned())).collect()
}

/// Every page of the repository; those below `templates/` become pages of the generated crate.
fn pages(root: &Path) -> Vec<PathBuf> {
    let mut pages = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the folder can be read") {
            let path = entry.expect("the folder can be read").path();
            let name = path.file_name().unwrap_or_default();
            if path.is_dir() && !["target", ".git", "templates"].iter().any(|left_out| name == *left_out) {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                pages.push(path);
            }
        }
    }
    pages.sort();
    pages
}

/// The lines of `sh` blocks, and code spans that begin like a command.
fn commands(text: &str) -> Vec<String> {
    let mut commands = Vec::new();
    let mut language = None;
    for line in text.lines() {
        if let Some(fence) = line.trim_start().strip_prefix("```") {
            language = if language.is_some() { None } else { Some(fence.trim()) };
        } else if language == Some("sh") {
            commands.push(line.trim().to_owned());
        } else if language.is_none() {
            commands.extend(code_spans(line).filter(|span| is_command(span)).map(str::to_owned));
        }
    }
    commands.retain(|command| !command.is_empty() && !command.starts_with('#'));
    commands
}

/// The targets of links.
fn links(text: &str) -> Vec<&str> {
    let targets = prose(text).flat_map(|line| line.split("](").skip(1));
    targets.filter_map(|rest| Some(rest.split_once(')')?.0)).collect()
}

/// The lines outside of blocks of code.
fn prose(text: &str) -> impl Iterator<Item = &str> {
    text.split("```").step_by(2).flat_map(str::lines)
}

/// The anchor of a heading in a link.
fn anchor(line: &str) -> Option<String> {
    let heading = line.strip_prefix('#')?.trim_start_matches('#').trim().to_lowercase().replace(' ', "-");
    Some(heading.chars().filter(|character| character.is_alphanumeric() || *character == '-').collect())
}

fn code_spans(line: &str) -> impl Iterator<Item = &str> {
    line.split('`').skip(1).step_by(2)
}

fn is_command(span: &str) -> bool {
    [
        "cargo ",
        "git ",
        "tests/benches/",
        "tests/changes/semver",
        "tests/fuzz/run",
        "FUZZED=",
        "./",
        "INSTA_UPDATE=always ",
    ]
    .iter()
    .any(|start| span.starts_with(start))
}
