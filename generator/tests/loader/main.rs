//! The mistakes that the loader reports, and their places: each case lists all errors of its text.

#![allow(clippy::panic, reason = "helpers of tests fail tests")]

mod render;
mod source;
mod spec;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use generator::diagnostics::{Code, Diagnostic, Span};
use generator::source::Tree;

/// A text with all its errors, each as `code line:column message`.
struct Case {
    text: String,
    errors: &'static [&'static str],
}

fn case(text: impl Into<String>, errors: &'static [&'static str]) -> Case {
    Case { text: text.into(), errors }
}

/// Returns the tree and the problems of a text.
fn load(text: &str) -> (Option<Tree>, Vec<Diagnostic>) {
    match generator::source::parse(text) {
        Ok(tree) => {
            let diagnostics = generator::spec::read(&tree).err().unwrap_or_default();
            (Some(tree), diagnostics)
        }
        Err(diagnostics) => (None, diagnostics),
    }
}

/// A case with its tree and its problems.
struct Loaded {
    case: Case,
    tree: Option<Tree>,
    problems: Vec<Diagnostic>,
}

/// The cases about the text and those about the document, loaded once for all tests: some have millions of values.
static SOURCE: LazyLock<Vec<Loaded>> = LazyLock::new(|| loaded(source::cases()));
static SPEC: LazyLock<Vec<Loaded>> = LazyLock::new(|| loaded(spec::cases()));

fn loaded(cases: Vec<Case>) -> Vec<Loaded> {
    let load = |case: Case| {
        let (tree, problems) = load(&case.text);
        Loaded { case, tree, problems }
    };
    cases.into_iter().map(load).collect()
}

fn all() -> impl Iterator<Item = &'static Loaded> {
    SOURCE.iter().chain(&*SPEC)
}

fn errors(Loaded { case: Case { text, .. }, tree, problems }: &Loaded) -> Vec<String> {
    let mut located: Vec<(Span, &Diagnostic)> = problems
        .iter()
        .map(|diagnostic| match (tree, &diagnostic.place) {
            (Some(tree), place) => (tree.span(place), diagnostic),
            (None, generator::diagnostics::Place::Text(span) | generator::diagnostics::Place::Removed(_, span)) => {
                (*span, diagnostic)
            }
            (None, place) => panic!("{place:?} without a tree"),
        })
        .collect();
    located.sort_by_key(|(span, diagnostic)| (*span, diagnostic.code));
    located
        .into_iter()
        .map(|(span, diagnostic)| {
            format!("{} {} {}", diagnostic.code.number(), position(text, span), diagnostic.message)
        })
        .collect()
}

/// Returns `line:column`, both from 1, the column in characters.
fn position(text: &str, span: Span) -> String {
    let before = &text[..span.start];
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    format!("{}:{column}", before.matches('\n').count() + 1)
}

/// Reports all cases that differ at once.
fn check(cases: &[Loaded]) {
    let mut report = String::new();
    for loaded in cases {
        let (case, errors) = (&loaded.case, errors(loaded));
        if errors != case.errors {
            let text: String = case.text.chars().take(400).collect();
            report.push_str(&format!("{text}\n  expected {:#?}\n  found {errors:#?}\n", case.errors));
        }
    }
    assert!(report.is_empty(), "{report}");
}

#[test]
fn every_problem_has_a_way_out() {
    for loaded in all() {
        for problem in &loaded.problems {
            assert!(problem.help.is_some(), "{} has no help: {}", problem.code.number(), problem.message);
        }
    }
}

#[test]
fn every_code_has_a_case() {
    let seen: BTreeSet<&str> = all().flat_map(|loaded| loaded.case.errors).map(|error| &error[..5]).collect();
    // No text causes `GrammarGap` as long as the tables are right; its test is in the module itself.
    let exempt = Code::GrammarGap.number();
    let loader = Code::ALL.iter().map(|code| code.number()).filter(|number| *number < "E0200" && *number != exempt);
    assert_eq!(seen, loader.collect());
}
