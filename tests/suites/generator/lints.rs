//! The warnings, and how they are silenced.

use std::collections::BTreeSet;
use std::fs;

use generator::cli::SPEC;
use generator::diagnostics::{Code, Diagnostic, Place, Silence};
use generator::lints::{self, LINTS};
use generator::pointer::Pointer;
use generator::source::{self, Node, Tree};
use generator::{DESCRIPTION, Generated};
use tests::fixtures::{self, Fixture};
use tests::{messages, workspace_root};

fn generate(name: &str, text: &str) -> Generated {
    generator::generate(text)
        .unwrap_or_else(|problems| panic!("{name}: {}\n{text}", generator::render(&problems, name, text, false)))
}

#[test]
fn every_warning_matches_its_snapshot() {
    let compare =
        |fixture: &Fixture| fixture.compare(&[("warnings".to_owned(), fixture.render(&fixture.generate().warnings))]);
    let differences: Vec<String> = fixtures::warned().iter().flat_map(compare).collect();
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn every_code_has_a_fixture() {
    // The others are those of the suite `adapted`.
    let is_ours = |code: &&Code| lints::name(**code).is_some() || code.number().starts_with("W09");
    let expected = Code::ALL.iter().filter(is_ours);
    let fixtures = fixtures::warned();
    let warnings = fixtures.iter().flat_map(|fixture| fixture.generate().warnings);
    let found: BTreeSet<&str> = warnings.map(|warning| warning.code.number()).collect();
    assert_eq!(found, expected.map(|code| code.number()).collect());
}

/// Each text of a lint is reported for some fixture.
#[test]
fn every_message_has_a_fixture() {
    let fixtures = fixtures::warned();
    let warnings: Vec<Diagnostic> = fixtures.iter().flat_map(|fixture| fixture.generate().warnings).collect();
    let unsaid = messages::unsaid(&["lints"], &messages::said(&warnings));
    assert!(unsaid.is_empty(), "no fixture brings these about:\n{}", unsaid.join("\n"));
}

#[test]
fn each_lint_has_one_name_and_is_described() {
    let names: BTreeSet<&str> = LINTS.iter().map(|(_, name)| *name).collect();
    let codes: BTreeSet<Code> = LINTS.iter().map(|(code, _)| *code).collect();
    assert_eq!((names.len(), codes.len()), (LINTS.len(), LINTS.len()));
    let pages = ["spec/README.md", "generator/src/lints.rs"]
        .map(|page| (page, fs::read_to_string(workspace_root().join(page)).expect("a page")));
    for name in names {
        for (page, text) in &pages {
            assert!(text.contains(&format!("| `{name}` |")), "{page} does not tell of {name}");
        }
    }
}

#[test]
fn the_spec_has_no_warnings() {
    let text = fs::read_to_string(workspace_root().join(SPEC)).expect("the spec");
    let warnings = generate(SPEC, &text).warnings;
    assert!(warnings.is_empty(), "{}", generator::render(&warnings, SPEC, &text, false));
}

#[test]
fn warnings_are_in_the_order_of_the_text() {
    for fixture in fixtures::warned() {
        let tree = source::parse(&fixture.text).expect("a tree");
        let warnings = fixture.generate().warnings;
        let places: Vec<_> = warnings.iter().map(|warning| tree.span(&warning.place)).collect();
        assert!(places.is_sorted(), "{}", fixture.name);
        assert!(warnings.iter().all(|warning| warning.help.is_some()), "{}", fixture.name);
        let rendered = fixture.render(&warnings);
        let last = rendered.lines().last().unwrap_or_default();
        let plural = if warnings.len() == 1 { "" } else { "s" };
        assert_eq!(last, format!("{} warning{plural}", warnings.len()), "{}", fixture.name);
    }
}

/// If a value were checked once for each path to its schema, the innermost would be checked 2⁴⁰ times.
#[test]
fn a_deep_example_is_checked_in_time() {
    const DEPTH: usize = 40;
    let example = format!("{}5{}", "{ next: ".repeat(DEPTH), " }".repeat(DEPTH));
    let text = format!(
        "openapi: 3.0.3\n\
         info: {{ title: T, description: Things., version: 1.0.0, x-crate-name: t }}\n\
         servers: [{{ url: https://api.example.com }}]\n\
         paths: {{}}\n\
         components:\n  schemas:\n    \
             Next: {{ description: The next one., allOf: [{{ $ref: '#/components/schemas/Chain' }}] }}\n    \
             Chain:\n      description: A chain.\n      allOf:\n        \
                 - {{ type: object, properties: {{ next: {{ $ref: '#/components/schemas/Next' }} }} }}\n        \
                 - {{ type: object, properties: {{ next: {{ $ref: '#/components/schemas/Next' }} }} }}\n      \
             example: {example}\n"
    );
    let warnings = generate("deep", &text).warnings;
    let messages: BTreeSet<&str> = warnings.iter().map(|warning| warning.message.as_str()).collect();
    assert_eq!(
        messages.into_iter().collect::<Vec<_>>(),
        ["this example does not fit its schema: expected a mapping, found an integer"]
    );
}

/// The identity of a warning, independent of its line.
type Identity = (Code, String, Pointer);

fn identities(warnings: &[Diagnostic]) -> BTreeSet<Identity> {
    let pointer = |place: &Place| match place {
        Place::Value(pointer) | Place::Key(pointer) | Place::Removed(pointer, _) => pointer.clone(),
        Place::Text(_) => panic!("lints know pointers"),
    };
    warnings.iter().map(|warning| (warning.code, warning.message.clone(), pointer(&warning.place))).collect()
}

fn is_inside(inner: &Pointer, outer: &Pointer) -> bool {
    std::iter::successors(Some(inner.clone()), Pointer::parent).any(|around| around == *outer)
}

/// Every warning of every fixture, except those about allowances, can be silenced where its note says: the warning
/// goes, together with others of its kind in that object, and nothing else changes.
#[test]
fn every_warning_can_be_silenced_as_its_note_says() {
    let mut silenced = BTreeSet::new();
    for fixture in fixtures::warned() {
        let before = fixture.generate();
        for warning in &before.warnings {
            let Some(lint) = lints::name(warning.code) else {
                assert_eq!(warning.silenced_at, None);
                continue;
            };
            let at = &warning.silenced_at.as_ref().expect("a lint can be silenced").at;
            let text = insert(&fixture.text, at, "x-allow", &format!("{{ {lint}: It is intended. }}"));
            let after = generate(&fixture.name, &text);
            let mut expected = identities(&before.warnings);
            expected.retain(|(code, _, place)| *code != warning.code || !is_inside(place, at));
            assert!(!expected.contains(&identities(std::slice::from_ref(warning)).pop_first().expect("one")));
            assert_eq!(identities(&after.warnings), expected, "{}: {lint} in {at}\n{text}", fixture.name);
            // The copy of the spec contains the allowance as well.
            let code = |generated: &Generated| -> Vec<(String, String)> {
                let files = generated.files.iter().filter(|(path, _)| *path != DESCRIPTION);
                files.map(|(path, text)| (path.to_owned(), text.to_owned())).collect()
            };
            assert_eq!(code(&after), code(&before), "{}: {lint} in {at}", fixture.name);
            silenced.insert(lint);
        }
    }
    assert_eq!(silenced, LINTS.iter().map(|(_, name)| *name).collect());
}

/// The text that the help offers is pasted, and the warning is gone.
#[test]
fn suggested_lines_can_be_pasted() {
    let mut pasted = BTreeSet::new();
    for fixture in fixtures::warned() {
        let before = fixture.generate().warnings;
        for warning in &before {
            let (Some(Silence { at, .. }), Some(help)) = (&warning.silenced_at, &warning.help) else { continue };
            let is_here = matches!(
                warning.code,
                Code::MissingDescription | Code::MissingExample | Code::MissingBody | Code::MissingPermission
            );
            let tree = source::parse(&fixture.text).expect("a tree");
            let entry = entry_of(help);
            let Some((key, value)) = entry.filter(|(key, _)| is_here && is_free(&tree, at, key)) else { continue };
            if help.contains("/NAME")
                || help.contains("top level")
                || is_flow(&fixture.text, &tree, at) && value.contains('\n')
            {
                continue;
            }
            let after = generate(&fixture.name, &insert(&fixture.text, at, &key, &value));
            let reported_after = identities(&after.warnings);
            let (code, message, place) = identities(std::slice::from_ref(warning)).pop_first().expect("one");
            assert!(!reported_after.contains(&(code, message, place)), "{}: {help}", fixture.name);
            let is_wrong = |code: &Code| matches!(code, Code::ExampleMismatch | Code::DefaultMismatch);
            assert!(!reported_after.iter().any(|(code, _, _)| is_wrong(code)), "{}: {help}", fixture.name);
            pasted.insert(warning.code);
        }
    }
    assert_eq!(pasted.len(), 4, "{pasted:?}");
}

/// The key and the value that a help offers: on separate lines, or between backticks.
fn entry_of(help: &str) -> Option<(String, String)> {
    let entry = match help.split_once('\n') {
        Some((_, lines)) => lines,
        None => help.split('`').nth(1)?,
    };
    let (key, value) = entry.split_once(':')?;
    Some((key.to_owned(), value.strip_prefix(' ').unwrap_or(value).to_owned()))
}

fn is_free(tree: &Tree, at: &Pointer, key: &str) -> bool {
    tree.node(&at.key(key)).is_none()
}

fn is_flow(text: &str, tree: &Tree, at: &Pointer) -> bool {
    tree.node(at).is_some_and(|node| text[node.span.start..].starts_with('{'))
}

/// The text with another entry in the mapping at a pointer, or in its `x-allow`.
fn insert(text: &str, at: &Pointer, key: &str, value: &str) -> String {
    let tree = source::parse(text).expect("a tree");
    let node: &Node = tree.node(at).expect("an object");
    if node.get("x-allow").is_some() && key == "x-allow" {
        let (lint, reason) = value.trim_matches(['{', '}', ' ']).split_once(": ").expect("an entry");
        return insert(text, &at.key("x-allow"), lint, reason);
    }
    let (before, after) = text.split_at(node.span.start);
    if let Some(inside) = after.strip_prefix('{') {
        return format!("{before}{{ {key}: {value},{inside}");
    }
    let indent = before.rsplit('\n').next().unwrap_or_default().chars().count();
    let value = value.replace('\n', &format!("\n{}", " ".repeat(indent)));
    format!("{before}{key}: {value}\n{}{after}", " ".repeat(indent))
}
