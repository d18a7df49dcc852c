//! The document: constructs that are not OpenAPI 3.0.3, or that the generator's model cannot represent.

mod cases;

use generator::diagnostics::{Code, Place, Span};
use generator::pointer::Pointer;
use generator::source::{MAX_DEPTH, Node, Value};

use crate::{SPEC, check, load, position};
pub(crate) use cases::cases;
use cases::document;

#[test]
fn errors() {
    check(&SPEC);
}

#[test]
fn free_data_and_foreign_extensions_are_not_checked() {
    let text = document(
        "x-menu: {$ref: 1, unknown: [null]}
components:
  schemas:
    x-menu: {x-menu: 1, default: {$ref: 1, x-y: 2}, example: [nulls], enum: [{a: 1}, null], properties: {$ref: {$ref: a, x-menu: 1}, x-z: {}}}
  examples: {E: {value: {externalValue: 1}}}",
    );
    assert_eq!(load(&text).1, []);
}

#[test]
fn reads_every_construct_into_the_model() {
    let text = include_str!("complete.yaml");
    assert_eq!(load(text).1, []);
    let tree = generator::source::parse(text).expect("is YAML");
    let document = generator::spec::read(&tree).expect("is OpenAPI");
    // The model contains what was written: nothing was lost.
    let model = serde_json::to_value(&document).expect("is JSON");
    let written: serde_json::Value = serde_yaml::from_str(text).expect("is YAML for others");
    assert_includes(&model, &written, "#");
}

/// Replaces each value and key of the complete document in turn. All pairs would take too long.
#[test]
fn every_mutation_is_accepted_or_rejected_by_the_grammar() {
    fn spans(node: &Node, found: &mut Vec<(Span, &'static [&'static str])>) {
        found.push((node.span, &["", "-1", "1.5", "a", "[]", "[{}]", "{}", "{a: {}}", "true"]));
        match &node.value {
            Value::Mapping(entries) => {
                for entry in entries.iter() {
                    found.push((entry.key_span, &["x-menu", "$ref", "type", "200"]));
                    spans(&entry.node, found);
                }
            }
            Value::Sequence(items) => items.iter().for_each(|item| spans(item, found)),
            _ => {}
        }
    }
    let text = include_str!("complete.yaml");
    let tree = generator::source::parse(text).expect("is YAML");
    let mut found = Vec::new();
    spans(tree.root(), &mut found);
    for (number, (span, replacements)) in found.into_iter().enumerate() {
        let replacement = replacements[number % replacements.len()];
        let mutilated = format!("{}{replacement}{}", &text[..span.start], &text[span.end..]);
        let gap = load(&mutilated).1.into_iter().find(|diagnostic| diagnostic.code == Code::GrammarGap);
        assert_eq!(gap, None, "{} -> {replacement}", &text[span.start..span.end]);
    }
}

/// Checks that everything in `part` is in `whole`; `whole` may also have defaults.
fn assert_includes(whole: &serde_json::Value, part: &serde_json::Value, at: &str) {
    use serde_json::Value::{Array, Object};
    match (whole, part) {
        (Object(whole), Object(part)) => {
            for (key, value) in part {
                let at = format!("{at}/{key}");
                // The model leaves out false and empty values.
                if *value == serde_json::json!(false) && !whole.contains_key(key) {
                    continue;
                }
                assert_includes(whole.get(key).unwrap_or_else(|| panic!("{at} is lost")), value, &at);
            }
        }
        (Array(whole), Array(part)) => {
            assert_eq!(whole.len(), part.len(), "{at}");
            whole
                .iter()
                .zip(part)
                .enumerate()
                .for_each(|(index, (a, b))| assert_includes(a, b, &format!("{at}/{index}")));
        }
        (serde_json::Value::Number(a), serde_json::Value::Number(b)) => assert_eq!(a.as_f64(), b.as_f64(), "{at}"),
        (whole, part) => assert_eq!(whole, part, "{at}"),
    }
}

/// Schemas in the `properties` of schemas, up to the maximum depth of a text, around `innermost`.
fn nested(innermost: &str) -> String {
    // The document, `components`, `schemas`, and the innermost mapping take one level each.
    let levels = (MAX_DEPTH - 4) / 2;
    format!(
        "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents: {{schemas: {{S: {}{innermost}{}}}}}\n",
        "{type: object, properties: {a: ".repeat(levels),
        "}}".repeat(levels)
    )
}

/// Alone, `openapiv3` needs twice the time for each level above a mistake: it would not finish these.
#[test]
fn the_deepest_mistake_is_found_in_time() {
    let (_, diagnostics) = load(&nested("{type: object, maxLength: x, desc: y}"));
    assert_eq!(
        diagnostics.iter().map(|diagnostic| diagnostic.code).collect::<Vec<_>>(),
        [Code::WrongKind, Code::UnknownKey]
    );
}

#[test]
fn the_deepest_schema_is_read() {
    assert_eq!(load(&nested("{type: string}")).1, []);
}

#[test]
fn a_place_is_shown_by_its_value_or_its_key() {
    let text = "openapi: 3.0.3\ninfo: {title: T}\nservers:\n  - url: a\n    x-site:\n  - []\n";
    let tree = generator::source::parse(text).expect("is YAML");
    let root = Pointer::root;
    for (place, expected) in [
        (Place::Value(root()), "1:1 openapi"),
        (Place::Key(root()), "1:1 openapi"),
        (Place::Value(root().key("openapi")), "1:10 3.0.3"),
        (Place::Key(root().key("openapi")), "1:1 openapi"),
        (Place::Value(root().key("info")), "2:1 info"),
        (Place::Value(root().key("info").key("title")), "2:15 T"),
        (Place::Value(root().key("info").key("title").key("deeper")), "2:15 T"),
        (Place::Key(root().key("info").key("version")), "2:1 info"),
        (Place::Value(root().key("servers").index(0)), "4:5 url"),
        (Place::Value(root().key("servers").index(0).key("x-site")), "5:5 x-site"),
        (Place::Key(root().key("servers").index(0).key("x-site")), "5:5 x-site"),
        (Place::Value(root().key("servers").index(1)), "6:5 []"),
        (Place::Value(root().key("servers").index(2)), "3:1 servers"),
    ] {
        let span = tree.span(&place);
        assert_eq!(format!("{} {}", position(text, span), &text[span.start..span.end]), expected, "{place:?}");
    }
    assert!(tree.node(&root().key("servers").index(0).key("url")).is_some());
    assert!(tree.node(&root().key("servers").index(2)).is_none());
}
