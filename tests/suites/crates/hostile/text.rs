//! The same spec in other forms: line endings, a byte order mark, JSON, styles of YAML. The tests of the loader cover
//! invalid texts.

use std::collections::BTreeMap;
use std::fs;

use generator::diagnostics::Diagnostic;
use generator::source;
use tests::{fixtures, workspace_root};

use crate::json;

const HEAD: &str =
    "openapi: 3.0.3\ninfo: {title: T, version: 1.0.0, x-crate-name: t}\nservers: [{url: https://a.example}]\n";

/// Returns the files of the crate, without the copy of the text.
fn accepted(text: &str) -> BTreeMap<String, String> {
    let generated = generator::generate(text);
    let files =
        generated.unwrap_or_else(|problems| panic!("{}", generator::render(&problems, "spec", text, false))).files;
    let files = files.iter().filter(|(path, _)| *path != generator::DESCRIPTION);
    files.map(|(path, text)| (path.to_owned(), text.to_owned())).collect()
}

fn refused(text: &str) -> Vec<Diagnostic> {
    generator::generate(text).err().unwrap_or_else(|| panic!("accepted: {text}"))
}

/// Each spec of this repository that is accepted.
fn specs() -> Vec<String> {
    let mut specs: Vec<String> = fixtures::accepted().into_iter().map(|fixture| fixture.text).collect();
    specs.push(fs::read_to_string(workspace_root().join("spec/org_groups.yaml")).expect("text"));
    specs
}

#[test]
fn a_spec_in_json_gives_the_same_crate() {
    for text in specs() {
        let tree = source::parse(&text).expect("it is accepted");
        let json = json::text(tree.root());
        serde_json::from_str::<serde_json::Value>(&json).expect("it is JSON for others");
        assert!(accepted(&json) == accepted(&text), "{text}");
    }
}

#[test]
fn line_endings_and_a_byte_order_mark_change_nothing() {
    for text in specs() {
        let dressed = format!("\u{FEFF}{}", text.replace('\n', "\r\n"));
        assert!(accepted(&dressed) == accepted(&text), "{text}");
    }
}

#[test]
fn styles_of_yaml_change_nothing() {
    let schema = |description: &str| {
        format!(
            "{HEAD}paths: {{}}\ncomponents:\n  schemas:\n    A:\n      type: string\n      description: {description}\n"
        )
    };
    let plain = accepted(&schema("two words"));
    for style in [
        "'two words'",
        "\"two words\"",
        "\"two\\x20words\"",
        "two\n        words",
        ">-\n        two\n        words",
        "|\n        two words\n",
        "\"two\\\n        \\ words\"",
    ] {
        assert!(accepted(&schema(style)) == plain, "{style}");
    }
    let flow = format!("{HEAD}paths: {{}}\ncomponents: {{schemas: {{A: {{type: string, description: two words}}}}}}\n");
    assert!(accepted(&flow) == plain);
    let complex = format!(
        "{HEAD}paths: {{}}\n? components\n: schemas:\n    ? A\n    : type: string\n      description: two words\n"
    );
    assert!(accepted(&complex) == plain);
}

#[test]
fn words_that_other_parsers_take_for_booleans_or_numbers_are_texts() {
    let text = format!(
        "{HEAD}paths: {{}}\ncomponents: {{schemas: {{A: {{type: string, enum: [no, yes, on, 'off', '1e3', '0x10', 12:30]}}}}}}\n"
    );
    let surface = accepted(&text)["api.txt"].clone();
    for value in ["no", "yes", "on", "off", "1e3", "0x10", "12:30"] {
        assert!(surface.contains(&format!("= {value:?}\n")), "{value} in {surface}");
    }
    for value in ["1e3", "0x10", "0o17", "true", "1.0"] {
        let text = format!("{HEAD}paths: {{}}\ncomponents: {{schemas: {{A: {{type: string, enum: [{value}]}}}}}}\n");
        let surface = &accepted(&text)["api.txt"];
        assert!(surface.contains(&format!("= {value:?}\n")), "{value} as it is written: {surface}");
    }
}

#[test]
fn another_version_is_rejected_with_a_way_out() {
    let help = |text: &str| refused(text).remove(0).help.expect("a way out");
    assert!(help("openapi: 3.1.0\ninfo: {title: T, version: 1.0.0}\n").contains("convert it to 3.0.3"));
    assert!(help("{\"openapi\": \"3.2.0\"}").contains("convert it to 3.0.3"));
    assert!(
        help("swagger: '2.0'\ninfo: {title: T, version: 1.0.0}\npaths: {}\n")
            .contains("convert the document to OpenAPI 3.0")
    );
}

/// Nine lists of nine aliases each: expanded, they would have a billion values.
#[test]
fn an_alias_bomb_is_reported_and_not_expanded() {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..10 {
        let aliases = vec![format!("*a{}", level - 1); 9].join(", ");
        text.push_str(&format!("a{level}: &a{level} [{aliases}]\n"));
    }
    let problems = refused(&text);
    assert!(matches!(problems.as_slice(), [problem] if problem.message.contains("more than 2000000 keys and values")));
    assert!(problems.iter().all(|problem| problem.help.is_some()));
}
