//! Specs that are rewritten before the strict stages read them, and names that cannot be used as the spec writes them:
//! a snapshot beside each spec.

use std::collections::BTreeSet;

use generator::diagnostics::{Code, Severity};
use generator::lints;
use generator::{Described, describe};
use tests::fixtures::{self, Fixture};

fn described(fixture: &Fixture) -> Described {
    describe(fixture.text.clone()).unwrap_or_else(|refused| panic!("{}: {:?}", fixture.name, refused.problems))
}

#[test]
fn every_rewrite_matches_its_snapshot() {
    let compare = |fixture: &Fixture| {
        let described = described(fixture);
        let shown = described.render(&described.rewrites, false);
        let files = described.generate().expect("a crate").files;
        let surface = files.get("api.txt").expect("there is always one");
        fixture.compare(&[("rewrites".to_owned(), shown), ("api_txt".to_owned(), surface.to_owned())])
    };
    let differences: Vec<String> = fixtures::adapted().iter().flat_map(compare).collect();
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// Warnings that no lint reports come from this stage.
#[test]
fn every_code_has_a_fixture() {
    let is_ours = |code: &&Code| {
        code.severity() == Severity::Warning && lints::name(**code).is_none() && !code.number().starts_with("W09")
    };
    let expected: BTreeSet<&str> = Code::ALL.iter().filter(is_ours).map(|code| code.number()).collect();
    let fixtures = fixtures::adapted();
    let found = fixtures.iter().flat_map(|fixture| described(fixture).rewrites);
    assert_eq!(found.map(|warning| warning.code.number()).collect::<BTreeSet<_>>(), expected);
}

#[test]
fn extensions_of_other_tools_are_counted() {
    let fixture = fixtures::adapted().into_iter().find(|fixture| fixture.name == "extensions").expect("it is there");
    assert_eq!(described(&fixture).foreign_extensions, 5);
}

#[test]
fn unused_objects_are_counted() {
    let fixture = fixtures::adapted().into_iter().find(|fixture| fixture.name == "ignored_parts").expect("it is there");
    let ignored = described(&fixture).ignored;
    assert_eq!(ignored.listed().as_deref(), Some("3 callbacks, 1 webhook and 2 links"));
}

/// Among names that collide, each can be given another name, and the others keep theirs.
#[test]
fn a_new_name_does_not_change_others() {
    const SCHEMAS: [&str; 4] = ["FooBar", "Foo_Bar", "foo-bar", "foo_bar"];
    let surface = |chosen: Option<usize>| {
        let (mut paths, mut schemas) = (String::new(), String::new());
        for (index, name) in SCHEMAS.iter().enumerate() {
            let other_name = |place: usize| if chosen == Some(place) { ", x-rust-name: chosen" } else { "" };
            let own = other_name(index);
            let members = |of: &dyn Fn(&str, &str) -> String| {
                let all = SCHEMAS.iter().enumerate().map(|(place, name)| of(name, other_name(place)));
                all.collect::<Vec<_>>().join(", ")
            };
            let parameters =
                members(&|name, own| format!("{{name: {name}, in: query, schema: {{type: string}}{own}}}"));
            let fields = members(&|name, own| format!("{name}: {{type: string{own}}}"));
            paths += &format!("  /{index}:\n    get: {{operationId: {name}{own}, parameters: [{parameters}], ");
            paths += "responses: {'204': {description: D}}}\n";
            schemas += &format!("    {name}: {{type: object, properties: {{{fields}}}{own}}}\n");
        }
        let head = "openapi: 3.0.3\ninfo: {title: T, version: 1.0.0}\nservers: [{url: https://a.example}]\npaths:\n";
        let files =
            generator::generate(&format!("{head}{paths}components:\n  schemas:\n{schemas}")).expect("accepted").files;
        files.get("api.txt").expect("there is always one").lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let before = surface(None);
    for chosen in 0..SCHEMAS.len() {
        let after = surface(Some(chosen));
        // Lines that belong to the chosen one have another name; all other lines are the same.
        let new: Vec<&String> = after.iter().filter(|line| !before.contains(line)).collect();
        assert!(!new.is_empty() && new.iter().all(|line| line.to_lowercase().contains("chosen")), "{new:#?}");
    }
}

/// A rewritten spec gives the same code as the strict spec that its author would have written.
#[test]
fn a_rewritten_spec_is_read_as_the_strict_one() {
    let head =
        "openapi: 3.0.3\ninfo: {title: T, version: 1.0.0, x-crate-name: t}\nservers: [{url: https://a.example}]\n";
    let surface = |schema: &str| {
        let text = format!("{head}paths: {{}}\ncomponents: {{schemas: {{B: {{type: string}}, A: {schema}}}}}\n");
        let files = generator::generate(&text).expect("accepted").files;
        files.get("src/models/a.rs").expect("the model").to_owned()
    };
    for (wild, strict) in [
        ("{properties: {a: {type: string}}}", "{type: object, properties: {a: {type: string}}}"),
        ("{type: [string, 'null'], enum: [a]}", "{type: string, nullable: true, enum: [a]}"),
        ("{const: a}", "{type: string, enum: [a]}"),
        ("{format: date}", "{type: string, format: date}"),
        ("{format: int32, minimum: 1}", "{type: integer, format: int32, minimum: 1}"),
        ("{minimum: 1}", "{type: number, minimum: 1}"),
        ("{uniqueItems: false}", "{}"),
        ("{minLength: 0, items: {uniqueItems: false}}", "{type: array, items: {}}"),
        (
            "{type: object, required: [], properties: {a: {type: string}}}",
            "{type: object, properties: {a: {type: string}}}",
        ),
        ("{type: string, enum: [a, b, a]}", "{type: string, enum: [a, b]}"),
        (
            "{type: object, properties: {a: {type: string, enum: [null]}}}",
            "{type: object, properties: {a: {type: string, nullable: true}}}",
        ),
        ("{type: integer, minimum: 0.5, exclusiveMinimum: true}", "{type: integer, minimum: 1}"),
        ("{type: integer, maximum: 9.5}", "{type: integer, maximum: 9}"),
        (
            "{type: integer, maximum: 5, exclusiveMaximum: true, multipleOf: 0.5}",
            "{type: integer, maximum: 5, exclusiveMaximum: true}",
        ),
        (
            "{type: object, required: a, properties: {a: {type: string}}}",
            "{type: object, required: [a], properties: {a: {type: string}}}",
        ),
        (
            "{type: object, properties: {b: {$ref: '#/components/schemas/B', description: D.}}}",
            "{type: object, properties: {b: {description: D., allOf: [{$ref: '#/components/schemas/B'}]}}}",
        ),
        (
            "{type: object, additionalProperties: false, allOf: [{$ref: '#/components/schemas/B'}]}",
            "{allOf: [{$ref: '#/components/schemas/B'}]}",
        ),
    ] {
        assert_eq!(surface(wild), surface(strict), "{wild}");
    }
}

/// Text with two possible readings is not rewritten: the strict stages reject it.
#[test]
fn ambiguous_specs_are_not_rewritten() {
    for schema in [
        "{type: integer, minimum: 5, exclusiveMinimum: 3}",
        "{type: [string, 3]}",
        "{type: [string, integer], anyOf: [{minLength: 1}]}",
    ] {
        let text = format!(
            "openapi: 3.0.3\ninfo: {{title: T, version: 1.0.0}}\nservers: [{{url: https://a.example}}]\npaths: {{}}\ncomponents: {{schemas: {{A: {schema}}}}}\n"
        );
        let refused = describe(text).map(drop).expect_err(schema);
        assert!(
            refused.problems.iter().all(|problem| problem.code == Code::WrongKind),
            "{schema}: {:?}",
            refused.problems
        );
    }
}

/// A list has each value once, however long it is.
#[test]
fn a_long_enum_has_distinct_values() {
    let values: Vec<String> = (0..12_000).map(|index| format!("v{}", index % 11_000)).collect();
    let text = format!(
        "openapi: 3.0.3\ninfo: {{title: T, version: 1.0.0}}\nservers: [{{url: https://a.example}}]\npaths: {{}}\ncomponents: {{schemas: {{A: {{type: string, enum: [{}]}}}}}}\n",
        values.join(", ")
    );
    let described = describe(text).unwrap_or_else(|refused| panic!("{:?}", refused.problems));
    let surface = described.generate().expect("a crate").files;
    let surface = surface.get("api.txt").expect("there is always one");
    assert_eq!(surface.lines().filter(|line| line.starts_with("type A::")).count(), 11_000);
}

/// The name that pairs types of two descriptions, and tells them apart in messages, is unique.
#[test]
fn every_type_has_a_unique_name() {
    let described = describe(
        "openapi: 3.0.3
info: {title: T, version: 1.0.0}
servers: [{url: https://a.example}]
paths: {}
components:
  schemas:
    A.b: {type: object, properties: {w: {type: string}}}
    A:
      type: object
      properties:
        b: {type: object, properties: {c: {type: object, properties: {y: {type: string}}}}}
        b.c: {type: object, properties: {z: {type: string}}}
        b/c: {type: object, properties: {z: {type: string}}}
        list: {type: array, items: {type: object, properties: {z: {type: string}}}}
        'list[]': {type: object, properties: {z: {type: string}}}
",
    )
    .unwrap_or_else(|refused| panic!("{:?}", refused.problems));
    let names: BTreeSet<&str> = described.api.types.iter().map(|(_, def)| def.name.as_str()).collect();
    assert_eq!(names.len(), described.api.types.len(), "{names:?}");
    let warnings = described.generate().expect("a crate").warnings;
    assert!(warnings.iter().all(|warning| warning.code != Code::CaseOnlyDifference), "{warnings:?}");
}
