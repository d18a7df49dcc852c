//! The output for people.

use std::collections::BTreeSet;

use generator::diagnostics::{self, Code, Diagnostic, Source};
use generator::source::Tree;

use crate::{Loaded, all, load};

fn render(name: &str, text: &str, tree: Option<&Tree>, problems: &[Diagnostic], colour: bool) -> String {
    diagnostics::render(&Source::new(name, text).into(), tree, problems, colour)
}

fn rendered(text: &str) -> String {
    let (tree, diagnostics) = load(text);
    render("spec/org_groups.yaml", text, tree.as_ref(), &diagnostics, false)
}

#[test]
fn shows_related_places_of_the_text() {
    insta::assert_snapshot!(rendered("openapi: 3.0.3\ninfo: {}\n\n\n\n\n\nopenapi: 3.1.0\n"));
}

#[test]
fn shows_the_pointer_and_the_way_out() {
    insta::assert_snapshot!(rendered(
        "openapi: 3.0.3\r\ninfo: {title: Größe, version: 1.0}\r\npaths:\r\n  /漢/{id}:\r\n    gett: {}\r\n"
    ));
}

#[test]
fn counts_no_column_for_a_byte_order_mark() {
    assert!(rendered("\u{FEFF}a: 1\na: 2").contains("--> spec/org_groups.yaml:2:1\n"));
    assert!(rendered("\u{FEFF}a: 1\na: 2").contains("::: spec/org_groups.yaml:1:1\n"));
    assert!(rendered("\u{FEFF}: 1").contains("--> spec/org_groups.yaml:1:1\n"));
}

#[test]
fn shortens_long_texts() {
    // A key can have 1,024 characters in YAML.
    let (key, version) = ("k".repeat(1_000), "9".repeat(10_000));
    insta::assert_snapshot!(rendered(&format!(
        "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths: {{}}\n{key}: 1\n"
    )));
    insta::assert_snapshot!(rendered(&format!("openapi: v{version}\n")));
}

#[test]
fn shows_only_the_place_in_a_document_of_one_line() {
    let title = "t".repeat(20_000);
    let json = format!("{{\"openapi\":\"3.0.3\",\"info\":{{\"title\":\"{title}\",\"version\":\"1\"}},\"paths\":[]}}");
    insta::assert_snapshot!(rendered(&json));
}

#[test]
fn escapes_line_breaks_in_names() {
    let text = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {\"a\\nb\": {}}\n";
    assert!(
        rendered(text).contains("error[E0107]: the path `a\\nb` does not begin with a slash\n"),
        "{}",
        rendered(text)
    );
}

#[test]
fn recognizes_an_operation_that_is_not_indented_enough() {
    let text =
        "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n  get: {responses: {'204': {description: Done.}}}\n";
    let rendered = rendered(text);
    assert!(rendered.contains("  = help: `get` is a method: indent it below its path\n"), "{rendered}");
}

#[test]
fn reports_each_problem_once() {
    let (tree, mut diagnostics) = load("openapi: 3.0.3\ninfo: []\npaths: {}\n");
    diagnostics.extend(diagnostics.clone());
    let rendered = render("s", "openapi: 3.0.3\ninfo: []\npaths: {}\n", tree.as_ref(), &diagnostics, false);
    assert_eq!(rendered.matches("error[").count(), 1);
    assert!(rendered.ends_with("\n1 error\n"));
}

/// A search through all keys for each of them would take very long.
#[test]
fn places_very_many_mistakes_in_one_mapping() {
    const COUNT: usize = 20_000;
    let keys: String = (0..COUNT).map(|number| format!("wrong{number}: 1\n")).collect();
    let text = format!("openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths: {{}}\n{keys}");
    let (tree, diagnostics) = load(&text);
    let tree = tree.expect("is YAML");
    let last = diagnostics.last().expect("they are wrong");
    assert_eq!((diagnostics.len(), &text[tree.span(&last.place).start..]), (COUNT, "wrong19999: 1\n"));
    let found = diagnostics.iter().filter(|problem| {
        let span = tree.span(&problem.place);
        problem.message.ends_with(&format!(" `{}`", &text[span.start..span.end]))
    });
    assert_eq!(found.count(), COUNT);
}

#[test]
fn colors_only_on_demand() {
    let (tree, diagnostics) = load("a: 1\na: 2\n");
    assert!(render("s", "a: 1\na: 2\n", tree.as_ref(), &diagnostics, true).contains('\u{1b}'));
    assert!(!render("s", "a: 1\na: 2\n", tree.as_ref(), &diagnostics, false).contains('\u{1b}'));
}

/// The maximum length of a text that is rendered.
const MAX_TEXT: usize = 1_000;

/// One snapshot per code, with each message of the code. The suite `refusals` checks that every code of the catalogue
/// has one.
#[test]
fn shows_every_message_of_the_loader() {
    let codes: BTreeSet<Code> = all().flat_map(|loaded| &loaded.problems).map(|problem| problem.code).collect();
    for code in codes {
        let with_code =
            || all().filter(|loaded| loaded.case.errors.iter().any(|error| error.starts_with(code.number())));
        let short: Vec<&Loaded> = with_code().filter(|loaded| loaded.case.text.len() <= MAX_TEXT).collect();
        let shown = if short.is_empty() { with_code().take(1).collect() } else { short };
        let mut said = BTreeSet::new();
        let mut rendered = String::new();
        for Loaded { case, tree, problems } in shown {
            let mut problems = problems.clone();
            problems.retain(|problem| problem.code == code && said.insert(pattern(&problem.message)));
            if !problems.is_empty() {
                rendered += &render("spec/org_groups.yaml", &case.text, tree.as_ref(), &problems, false);
            }
        }
        insta::assert_snapshot!(code.number(), rendered);
    }
}

/// Returns a message without the quotations from the text.
fn pattern(message: &str) -> String {
    let message = message.split(", found").next().unwrap_or_default();
    message.split('`').step_by(2).collect::<Vec<_>>().join("`")
}
