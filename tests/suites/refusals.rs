//! What is said about each spec that is refused, as a snapshot beside it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use generator::diagnostics::{Code, Diagnostic};
use tests::fixtures::{self, Fixture};
use tests::workspace_root;

/// The codes that the stages behind the loader report; the loader's have their cases beside it.
fn expected_codes() -> BTreeSet<&'static str> {
    // `GeneratorMistake` cannot be had from a spec: it is a mistake of the generator.
    let exempt = Code::GeneratorMistake.number();
    Code::ALL.iter().map(|code| code.number()).filter(|number| *number >= "E0200" && *number != exempt).collect()
}

fn problems(fixture: &Fixture) -> Vec<Diagnostic> {
    match generator::generate(&fixture.text) {
        Ok(_) => panic!("{} is not refused", fixture.name),
        Err(problems) => problems,
    }
}

#[test]
fn every_refusal_is_what_its_snapshot_shows() {
    let fixtures = fixtures::refused();
    let compare = |fixture: &Fixture| fixture.compare(&[("errors".to_owned(), fixture.render(&problems(fixture)))]);
    let differences: Vec<String> = fixtures.iter().flat_map(compare).collect();
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn every_code_has_a_fixture() {
    let fixtures = fixtures::refused();
    let codes = fixtures.iter().flat_map(problems).map(|problem| problem.code.number());
    assert_eq!(codes.collect::<BTreeSet<_>>(), expected_codes());
}

/// What is said about specs that are too large for a folder here: the suite `hostile` brings it about.
const OF_LARGE_SPECS: &[&str] = &[
    "a definition behind more than {MAX_CHAIN} references",
    "refer to the definition itself",
    "a call that asks for more than {MAX_STEPS} things of the same type",
    "give them types of their own under `components.schemas`, which tell them apart",
    "an API of more than {MAX_FIELDS} fields",
    "each object that `allOf` merges has all the fields of its parts: share them by a property",
];

/// Each text that lowering and naming can say is said about some fixture.
#[test]
fn every_message_has_a_fixture() {
    let fixtures = fixtures::refused();
    let mut said: Vec<String> = Vec::new();
    for problem in fixtures.iter().flat_map(problems) {
        said.push(problem.message);
        said.extend(problem.help);
        said.extend(problem.related.into_iter().map(|(_, what)| what));
    }
    let root = workspace_root().join("generator/src");
    let mut sources = vec![root.join("lower.rs"), root.join("names.rs")];
    sources.extend(fs::read_dir(root.join("lower")).expect("a folder").map(|entry| entry.expect("readable").path()));
    let messages = sources.iter().flat_map(|path| messages(path));
    let unsaid: Vec<String> = messages
        .filter(|message| !OF_LARGE_SPECS.contains(&message.as_str()))
        .filter(|message| !said.iter().any(|said| fits(message, said)))
        .collect();
    assert!(unsaid.is_empty(), "no fixture brings these about:\n{}", unsaid.join("\n"));
}

/// The literals of a source file that are sentences, or a piece of code as one.
fn messages(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).expect("a source file");
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    let mut messages = Vec::new();
    // No comment, no attribute, and nothing that is no message.
    for line in code.lines().map(str::trim).filter(|line| !line.starts_with("//") && !line.contains("See also")) {
        let line = line.replace("\\\"", "\u{3}");
        let literals = line.split('"').skip(1).step_by(2);
        let literals = literals.filter(|text| text.contains(' ') || text.starts_with('`'));
        messages.extend(literals.map(|text| text.replace('\u{3}', "\"")));
    }
    messages
}

/// Whether a text is a message with something in the places between braces.
fn fits(message: &str, said: &str) -> bool {
    let message = message.replace("\\n", "\n").replace("{{", "\u{1}").replace("}}", "\u{2}");
    let mut rest = said;
    message.split('{').enumerate().all(|(index, part)| {
        let part = if index == 0 { part } else { part.split_once('}').map_or("", |(_, behind)| behind) };
        let part = part.replace('\u{1}', "{").replace('\u{2}', "}");
        let found = rest.find(&part);
        rest = found.map_or("", |at| &rest[at + part.len()..]);
        found.is_some()
    })
}
