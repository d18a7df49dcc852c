//! Prose follows `generator/STYLE.md`: no page, comment, documentation, message or test name has a phrase that the style
//! advises against.

use std::fs;
use std::path::Path;

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
    "tests/responses/README.md",
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

/// The folders of the packages: their Rust sources follow the rules in comments, documentation, messages and test names.
const PACKAGES: &[&str] = &["generator", "templates", "tests"];

/// The folders and files of the scripts, and of the specs and settings, whose comments follow the rules.
const COMMENTED: &[&str] =
    &[".ci", "Cargo.toml", "clippy.toml", "rustfmt.toml", "generator", "spec", "templates", "tests"];

/// Sources that are about the phrases, or whose words are data.
const NOT_PROSE: &[&str] =
    &["tests/suites/crates/combinations/words.rs", "tests/suites/generator/prose.rs", "tests/fuzz/corpus/"];

/// Phrases that neither pages nor sources have, with what to write instead.
const PHRASES: &[(&str, &str)] = &[
    ("stands for", "represents"),
    ("stands there", "is there"),
    ("stands here", "is here"),
    ("in a circle", "in a cycle"),
    ("in circles", "in cycles"),
    ("made up for", "recovered, completed"),
    ("makes up for", "completes"),
    ("one an operation", "one per operation"),
    ("module an operation", "module per operation"),
    ("one a line", "one per line"),
    ("serves callers badly", "is awkward for callers"),
    ("tells of", "reports"),
    ("told of", "reported"),
    ("is told", "is reported"),
    ("are told", "are reported"),
    ("unless told otherwise", "by default"),
    ("is meant", "is intended"),
    ("are meant", "are intended"),
    ("is asked for", "is required, is an argument"),
    ("are asked for", "are required, are arguments"),
    ("tried again", "retried"),
    ("means nothing here", "has no effect here"),
    ("What is required is", "Required values are"),
    ("as it came", "unchanged"),
    ("as they came", "unchanged"),
    ("goes along", "is sent with"),
    ("behind each", "after each"),
    ("hoever", "if you, everyone who"),
    ("nobody knows", "is unknown"),
    ("is no JSON", "is not JSON"),
    ("cannot be told", "cannot be distinguished"),
    ("tell apart", "distinguish"),
    ("leads nowhere", "has no target"),
    ("what became of", "the result of"),
    ("in silence", "silently"),
    ("has to be given", "is required"),
    (" in vain", "without effect"),
    ("for a counter outside", "for an external counter"),
    ("in words for people", "human-readable"),
];

/// Phrases that only pages avoid: in sources they have other forms that are good English.
const IN_PAGES: &[(&str, &str)] = &[(" is no ", "is not a"), (" are no ", "are not"), ("who only", "if you only")];

/// What the generator and the runtime avoid: an `Answer` is a part of the test double, and a server sends responses.
const OF_SERVERS: &[(&str, &str)] = &[("an answer", "a response"), ("The answer ", "The response ")];

/// Phrases that scripts, settings and specs avoid in addition.
const IN_SCRIPTS: &[(&str, &str)] =
    &[(" is no ", "is not a"), (" are no ", "are not"), ("a circle", "a cycle"), (" nobody ", "the noun")];

/// Parts that names of tests do not have, with what to write instead. A part is looked for in `fn_` + name + `_`.
const IN_NAMES: &[(&str, &str)] = &[
    ("fn_what_", "the noun"),
    ("_whatever_", "`every`, `any`"),
    ("_whoever_", "the noun"),
    ("_nobody_", "the noun"),
    ("_somebody_", "the noun"),
    ("_told_", "`reported`"),
    ("_tells_", "`reports`, `identifies`"),
    ("_stands_", "`is`"),
    ("_stand_", "`are`"),
    ("_asked_for_", "`required`, `requested`"),
    ("_asks_for_", "`requires`"),
    ("_goes_over_", "the verb, such as `is_sent`"),
    ("_go_over_", "the verb, such as `are_sent`"),
    ("_as_it_came_", "`unchanged`"),
    ("_as_they_came_", "`unchanged`"),
    ("_elsewhere_", "the place"),
    ("_otherwise_", "`differently`"),
    ("_circle", "`cycle`"),
    ("_alike_", "what they share"),
    ("_mend", "`fix`, `repair`"),
    ("_is_no_more_", "`no_longer`"),
];

#[test]
fn no_page_has_a_phrase_that_the_style_advises_against() {
    let mut found = Vec::new();
    for page in PAGES {
        let text = fs::read_to_string(workspace_root().join(page)).expect("the page can be read");
        for (number, line) in prose(&text) {
            let line = line.replace(" no longer ", " ");
            let phrases = PHRASES.iter().chain(IN_PAGES).filter(|(phrase, _)| line.contains(phrase));
            found.extend(phrases.map(|(phrase, instead)| format!("{page}:{number}: `{phrase}`: write `{instead}`")));
        }
    }
    assert!(found.is_empty(), "see generator/STYLE.md:\n{}", found.join("\n"));
}

#[test]
fn no_source_has_a_phrase_that_the_style_advises_against() {
    let mut found = Vec::new();
    for (file, text) in sources() {
        for (number, line) in (1..).zip(text.lines()) {
            let of_servers = if is_about_servers(&file) { OF_SERVERS } else { &[] };
            let phrases = PHRASES.iter().chain(of_servers).filter(|(phrase, _)| line.contains(phrase));
            found.extend(phrases.map(|(phrase, instead)| format!("{file}:{number}: `{phrase}`: write `{instead}`")));
        }
    }
    assert!(found.is_empty(), "see generator/STYLE.md:\n{}", found.join("\n"));
}

#[test]
fn no_script_or_setting_has_a_phrase_that_the_style_advises_against() {
    let files: Vec<(String, String)> = COMMENTED.iter().flat_map(|name| files(name, &|_| true)).collect();
    let mut found = Vec::new();
    let mut scripts = 0_usize;
    for (file, text) in &files {
        let is_script = text.starts_with("#!") || file.ends_with(".py");
        let is_settings = [".toml", ".yaml", ".diff"].iter().any(|ending| file.ends_with(ending));
        scripts = scripts.saturating_add(usize::from(is_script));
        for (number, line) in (1..).zip(text.lines()) {
            // Comments and prints of a script; of settings and specs, comments alone, since the rest is data.
            let comment = if is_script { Some(line) } else { line.split_once("# ").map(|(_, text)| text) };
            let Some(comment) = comment.filter(|_| is_script || is_settings) else { continue };
            let phrases = PHRASES.iter().chain(IN_SCRIPTS).filter(|(phrase, _)| comment.contains(phrase));
            found.extend(phrases.map(|(phrase, instead)| format!("{file}:{number}: `{phrase}`: write `{instead}`")));
        }
    }
    assert!(scripts > 25, "only {scripts} scripts were found");
    assert!(found.is_empty(), "see generator/STYLE.md:\n{}", found.join("\n"));
}

#[test]
fn no_test_has_a_name_that_the_style_advises_against() {
    let mut found = Vec::new();
    let mut count = 0_usize;
    for (file, text) in sources() {
        for name in test_names(&text) {
            count = count.saturating_add(1);
            let whole = format!("fn_{name}_");
            let parts = IN_NAMES.iter().filter(|(part, _)| whole.contains(part));
            found.extend(parts.map(|(part, instead)| format!("{file}: {name}: `{part}`: write {instead}")));
        }
    }
    assert!(count > 500, "only {count} tests were found");
    assert!(found.is_empty(), "see generator/STYLE.md:\n{}", found.join("\n"));
}

/// Whether a file belongs to the generator or to the runtime without its test double.
fn is_about_servers(file: &str) -> bool {
    file.starts_with("generator/src/") || (file.starts_with("templates/src/runtime/") && !file.contains("/testing/"))
}

/// Returns the names of the functions that have the attribute of a test.
fn test_names(text: &str) -> impl Iterator<Item = &str> {
    let mut is_test = false;
    text.lines().filter_map(move |line| {
        let line = line.trim_start();
        is_test |= line.starts_with("#[test]") || line.starts_with("#[tokio::test");
        let (_, rest) = line.split_once("fn ").filter(|_| is_test && !line.starts_with('#'))?;
        is_test = false;
        Some(rest.split('(').next().unwrap_or(rest))
    })
}

/// Returns the Rust sources of the packages, by their paths in the repository.
fn sources() -> Vec<(String, String)> {
    let is_rust = |path: &Path| path.extension().is_some_and(|extension| extension == "rs");
    PACKAGES.iter().flat_map(|package| files(package, &is_rust)).collect()
}

/// Returns a text file, or the chosen text files in a folder and below, by their paths in the repository. Build outputs
/// and files that are not prose are left out.
fn files(name: &str, is_chosen: &dyn Fn(&Path) -> bool) -> Vec<(String, String)> {
    let path = workspace_root().join(name);
    if NOT_PROSE.iter().any(|not_prose| name.starts_with(not_prose) || format!("{name}/") == *not_prose) {
        return Vec::new();
    }
    if !path.is_dir() {
        let text = is_chosen(&path).then(|| fs::read_to_string(&path).ok()).flatten();
        return text.map(|text| (name.to_owned(), text)).into_iter().collect();
    }
    let entries = fs::read_dir(&path).expect("the folder can be read");
    let names = entries.map(|entry| entry.expect("the entry can be read").file_name().into_string().expect("UTF-8"));
    let inner = names.filter(|inner| !["target", "__pycache__"].contains(&inner.as_str()));
    inner.flat_map(|inner| files(&format!("{name}/{inner}"), is_chosen)).collect()
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
