//! Properties of every text, whatever its content: each function panics if its property does not hold.

use std::collections::BTreeSet;

use generator::diagnostics::{Code, Diagnostic};
use generator::source::{self, Node, Value};
use generator::write::FileSet;

use crate::{json, scopes};

/// Checks all properties of a text; returns the crate if there is one.
pub(crate) fn judge(text: &str) -> Option<FileSet> {
    let (first, second) = (generator::generate(text), generator::generate(text));
    match (first, second) {
        (Ok(first), Ok(second)) => {
            assert!(first.files.iter().eq(second.files.iter()), "the same text gave two crates");
            is_a_crate(&first.files);
            is_the_same_as_json(text, &first.files);
            Some(first.files)
        }
        (Err(first), Err(second)) => {
            assert_eq!(first, second, "the same text was refused in two ways");
            is_refused_with_reason(text, &first);
            None
        }
        _ => panic!("the same text was accepted and refused"),
    }
}

/// A rejection has problems; each has a place in the text and can be shown; none is an internal error of the generator.
fn is_refused_with_reason(text: &str, problems: &[Diagnostic]) {
    assert!(!problems.is_empty(), "refused without a problem");
    let tree = source::parse(text).ok();
    for problem in problems {
        let own = matches!(problem.code, Code::GeneratorMistake | Code::GrammarGap);
        assert!(!own, "a mistake of the generator: {problem:?}");
        assert!(!problem.message.trim().is_empty(), "a problem without words: {problem:?}");
        for place in problem.related.iter().map(|(place, _)| place).chain([&problem.place]) {
            let span = match (&tree, place) {
                (Some(tree), place) => tree.span(place),
                (None, generator::diagnostics::Place::Text(span) | generator::diagnostics::Place::Removed(_, span)) => {
                    *span
                }
                (None, place) => panic!("{place:?} without a tree"),
            };
            assert!(text.get(span.start..span.end).is_some(), "{place:?} is {span:?}, outside of the text");
        }
    }
    for colour in [false, true] {
        let shown = generator::render(problems, "spec.yaml", text, colour);
        // If there are very many, only the first ones.
        if problems.len() <= 100 {
            for problem in problems {
                assert!(shown.contains(problem.code.number()), "{problem:?} is not shown");
            }
        }
        let control = |c: char| c.is_control() && c != '\n' && !(colour && c == '\u{1B}');
        assert!(!shown.contains(control), "control characters reach the terminal: {shown:?}");
    }
}

/// The files parse, and nothing in them is defined twice. The runtime, which is the same in every crate, is not checked.
fn is_a_crate(files: &FileSet) {
    for (path, text) in files.iter() {
        if path.ends_with(".rs") && !path.starts_with("src/runtime/") {
            let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{path} is not Rust: {error}\n{text}"));
            scopes::check(path, &file);
        } else if path.ends_with(".toml") {
            let table = text.parse::<toml::Table>();
            assert!(table.is_ok(), "{path} is not TOML: {table:?}\n{text}");
        }
    }
    let surface: Vec<&str> = files.get("api.txt").expect("every crate has one").lines().collect();
    assert!(surface.is_sorted(), "api.txt is not sorted");
    assert_eq!(surface.iter().collect::<BTreeSet<_>>().len(), surface.len(), "a line of api.txt stands twice");
}

/// The spec in JSON gives the same crate.
fn is_the_same_as_json(text: &str, files: &FileSet) {
    let tree = source::parse(text).expect("it was accepted");
    if !has_plain_numbers(text, tree.root()) {
        return;
    }
    let json = json::text(tree.root());
    let again = generator::generate(&json)
        .unwrap_or_else(|problems| panic!("{}", generator::render(&problems, "json", &json, false)));
    assert!(without_spec(&again.files).eq(without_spec(files)), "another crate as JSON:\n{json}");
}

/// Whether every number is in the form of JSON. Another spelling, such as `1.050`, is another text if the generator
/// reads the number as a text.
fn has_plain_numbers(text: &str, node: &Node) -> bool {
    let is_written = |number: String| text.get(node.span.start..node.span.end) == Some(&number);
    match &node.value {
        Value::Integer(number) => is_written(number.to_string()),
        Value::Float(number) => is_written(format!("{number:?}")),
        Value::Sequence(items) => items.iter().all(|item| has_plain_numbers(text, item)),
        Value::Mapping(entries) => entries.iter().all(|entry| has_plain_numbers(text, &entry.node)),
        Value::Null | Value::Bool(_) | Value::String(_) => true,
    }
}

/// Returns the files of a crate, without the copy of the spec.
fn without_spec(files: &FileSet) -> impl Iterator<Item = (&str, &str)> {
    files.iter().filter(|(path, _)| *path != generator::DESCRIPTION)
}
