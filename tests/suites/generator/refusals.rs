//! The report on each spec that is refused, as a snapshot beside it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use generator::diagnostics::{Code, Diagnostic, Severity};
use generator::package::Wanted;
use tests::fixtures::{self, Fixture};
use tests::{messages, workspace_root};

/// The codes of the stages after the loader; the cases of the loader are beside it.
fn expected_codes() -> BTreeSet<&'static str> {
    let errors = Code::ALL.iter().filter(|code| code.severity() == Severity::Error);
    errors.map(|code| code.number()).filter(|number| *number >= "E0200" && !NOT_OF_SPECS.contains(number)).collect()
}

/// Codes that no spec causes: mistakes of the generator, and requests of the arguments.
const NOT_OF_SPECS: [&str; 7] = [
    Code::GeneratorMistake.number(),
    Code::InvalidVersion.number(),
    // Covered by the suite `input`.
    Code::EmptySelection.number(),
    Code::InvalidOverlay.number(),
    Code::EmptyTarget.number(),
    // Covered by the suite `drift`.
    Code::InvalidMeant.number(),
    Code::InvalidRecord.number(),
];

fn problems(fixture: &Fixture) -> Vec<Diagnostic> {
    match generator::generate(&fixture.text) {
        Ok(_) => panic!("{} is not refused", fixture.name),
        Err(problems) => problems,
    }
}

#[test]
fn every_rejection_matches_its_snapshot() {
    let fixtures = fixtures::refused();
    let compare = |fixture: &Fixture| fixture.compare(&[("errors".to_owned(), fixture.render(&problems(fixture)))]);
    let differences: Vec<String> = fixtures.iter().flat_map(compare).collect();
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn invalid_crate_names_and_versions_are_rejected() {
    let text = "openapi: 3.0.3\ninfo: {title: T, version: 1.0.0}\nservers: [{url: https://a.example}]\npaths: {}\n";
    let wanted = Wanted { name: Some("My API".to_owned()), version: Some("1.0".to_owned()), ..Wanted::default() };
    let refused = generator::describe_as(text, &wanted).expect_err("neither can be");
    insta::assert_snapshot!(refused.render(false), @r"
    error[E0208]: `My API` is not a name for a crate
     --> spec.yaml:2:1
      |
    2 | info: {title: T, version: 1.0.0}
      | ^^^^
      |
      = at: #/info
      = help: use at most 64 lower-case letters, digits and `-`, a letter first

    error[E0211]: `1.0` is not a version that Cargo accepts
     --> spec.yaml:2:27
      |
    2 | info: {title: T, version: 1.0.0}
      |                           ^^^^^
      |
      = at: #/info/version
      = help: write three numbers: `--crate-version 1.4.0`

    2 errors
    ");
}

#[test]
fn every_code_has_a_fixture() {
    let fixtures = fixtures::refused();
    let codes = fixtures.iter().flat_map(problems).map(|problem| problem.code.number());
    assert_eq!(codes.collect::<BTreeSet<_>>(), expected_codes());
}

#[test]
fn problems_are_shown_in_the_order_of_the_text() {
    for fixture in fixtures::refused() {
        let problems = problems(&fixture);
        let rendered = fixture.render(&problems);
        let places = rendered.lines().filter_map(|line| line.trim_start().strip_prefix("--> spec.yaml:"));
        let places: Vec<(usize, usize)> = places
            .map(|place| place.split_once(':').expect("a line and a column"))
            .map(|(line, column)| (line.parse().expect("a line"), column.parse().expect("a column")))
            .collect();
        assert!(places.is_sorted(), "{}: {places:?}", fixture.name);
        assert_eq!(places.len(), rendered.matches("error[").count(), "{}: each has a place", fixture.name);
    }
}

#[test]
fn every_problem_has_a_way_out() {
    let fixtures = fixtures::refused();
    let bare = fixtures.iter().flat_map(problems).filter(|problem| problem.help.is_none());
    let bare: Vec<String> = bare.map(|problem| format!("{} {}", problem.code.number(), problem.message)).collect();
    assert!(bare.is_empty(), "no help for:\n{}", bare.join("\n"));
}

/// Messages about specs that are too large for a folder here; the suite `hostile` covers them.
const OF_LARGE_SPECS: &[&str] = &[
    "a definition behind more than {MAX_CHAIN} references",
    "refer to the definition itself",
    "a call with more than {MAX_STEPS} required inputs that could be mistaken for one another",
    "give them distinct types under `components.schemas`",
    "an API of more than {MAX_FIELDS} fields",
    "each object that `allOf` merges has all the fields of its parts: share them in the object of a property",
];

/// Each text of the stage `lower` is reported for some fixture, as a refusal or as a warning.
#[test]
fn every_message_has_a_fixture() {
    let fixtures = fixtures::refused();
    let warned = fixtures::adapted().into_iter().filter_map(|fixture| generator::describe(fixture.text).ok());
    let warnings = warned.flat_map(|described| described.rewrites);
    let problems: Vec<Diagnostic> = fixtures.iter().flat_map(problems).chain(warnings).collect();
    let unsaid = messages::unsaid(&["lower.rs", "lower"], &messages::said(&problems));
    let unsaid: Vec<String> =
        unsaid.into_iter().filter(|message| !OF_LARGE_SPECS.contains(&message.as_str())).collect();
    assert!(unsaid.is_empty(), "no fixture brings these about:\n{}", unsaid.join("\n"));
}

/// The snapshots of the loader are beside it, those of mistakes of the generator beside its sources.
#[test]
fn every_code_is_rendered_in_a_snapshot() {
    let mut snapshots = String::new();
    for folder in ["generator", "tests/fixtures", "tests/suites/generator/input", "tests/drift"] {
        collect_snapshots(&workspace_root().join(folder), &mut snapshots);
    }
    let is_rendered = |code: &Code| {
        let severity = if code.severity() == Severity::Error { "error" } else { "warning" };
        snapshots.contains(&format!("\n{severity}[{}]: ", code.number()))
    };
    let missing: Vec<&str> = Code::ALL
        .iter()
        .filter(|code| **code != Code::InvalidVersion && !is_rendered(code))
        .map(|code| code.number())
        .collect();
    assert!(missing.is_empty(), "no snapshot shows {}", missing.join(", "));
}

fn collect_snapshots(folder: &Path, snapshots: &mut String) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("readable").path();
        if path.is_dir() {
            collect_snapshots(&path, snapshots);
        } else if path.extension().is_some_and(|extension| extension == "snap") {
            snapshots.push_str(&fs::read_to_string(&path).expect("text"));
        }
    }
}
