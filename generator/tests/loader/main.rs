//! The mistakes that the loader reports, and their places: each case lists all errors of its text.

#![allow(clippy::panic, reason = "helpers of tests fail tests")]

mod render;
mod source;
mod spec;

use std::collections::BTreeSet;

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

fn errors(text: &str) -> Vec<String> {
    let (tree, diagnostics) = load(text);
    let mut located: Vec<(Span, &Diagnostic)> = diagnostics
        .iter()
        .map(|diagnostic| match (&tree, &diagnostic.place) {
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
fn check(cases: Vec<Case>) {
    let mut report = String::new();
    for case in cases {
        let errors = errors(&case.text);
        if errors != case.errors {
            let text: String = case.text.chars().take(400).collect();
            report.push_str(&format!("{text}\n  expected {:#?}\n  found {errors:#?}\n", case.errors));
        }
    }
    assert!(report.is_empty(), "{report}");
}

#[test]
fn every_problem_has_a_way_out() {
    for case in source::cases().into_iter().chain(spec::cases()) {
        for problem in load(&case.text).1 {
            assert!(problem.help.is_some(), "{} has no help: {}", problem.code.number(), problem.message);
        }
    }
}

#[test]
fn every_code_has_a_case() {
    let cases = source::cases().into_iter().chain(spec::cases());
    let seen: BTreeSet<&str> = cases.flat_map(|case| case.errors).map(|error| &error[..5]).collect();
    // No text causes `GrammarGap` as long as the tables are right; its test is in the module itself.
    let exempt = Code::GrammarGap.number();
    let loader = Code::ALL.iter().map(|code| code.number()).filter(|number| *number < "E0200" && *number != exempt);
    assert_eq!(seen, loader.collect());
}
