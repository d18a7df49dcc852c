//! `api.txt` tells a reviewer of everything that callers can see.

use std::collections::BTreeSet;
use std::fs;

use generator::cli::{OUT, SPEC};
use generator::ir::{Api, Shape};
use generator::{lower, source, spec};
use tests::workspace_root;

fn lines() -> Vec<String> {
    let path = workspace_root().join(OUT).join("api.txt");
    fs::read_to_string(path).expect("api.txt can be read").lines().map(str::to_owned).collect()
}

fn api() -> Api {
    let text = fs::read_to_string(workspace_root().join(SPEC)).expect("the spec can be read");
    let tree = source::parse(&text).expect("the spec is YAML");
    lower::lower(&spec::read(&tree).expect("the spec is OpenAPI")).expect("the spec is supported")
}

fn count(lines: &[String], start: &str) -> usize {
    lines.iter().filter(|line| line.starts_with(start)).count()
}

#[test]
fn lines_are_sorted_and_none_stands_twice() {
    let lines = lines();
    let sorted: BTreeSet<&String> = lines.iter().collect();
    assert!(lines.iter().eq(sorted), "api.txt is not a sorted set of lines");
}

#[test]
fn every_operation_has_its_lines() {
    let (lines, api) = (lines(), api());
    let names = generator::names::assign(&api).expect("every name is usable");
    assert_eq!(api.operations.len(), 20);
    for (operation, names) in api.operations.iter().zip(&names.operations) {
        let name = format!("operation {} ", names.method);
        let first = format!("{name}= {} {} -> ", operation.method.as_str(), operation.path);
        assert_eq!(count(&lines, &first), 1, "{first}");
        assert_eq!(count(&lines, &format!("{name}answers ")), operation.responses.len(), "{name}");
        let choice = usize::from(operation.call.choice.is_some());
        let required = &operation.call.required;
        assert_eq!(count(&lines, &format!("{name}argument ")), required.arguments.len() + choice, "{name}");
        assert_eq!(count(&lines, &format!("{name}step ")), required.steps.len(), "{name}");
        assert_eq!(count(&lines, &format!("{name}setter ")), operation.call.setters.len(), "{name}");
        assert_eq!(count(&lines, &format!("{name}needs ")), usize::from(operation.permission.is_some()), "{name}");
    }
}

#[test]
fn every_type_has_its_lines() {
    let (lines, api) = (lines(), api());
    let names = generator::names::assign(&api).expect("every name is usable");
    for (def, names) in api.types.iter().zip(&names.types) {
        let name = format!("type {}", names.ident);
        assert_eq!(count(&lines, &format!("{name} = ")), 1, "{name}");
        let (fields, variants) = match &def.shape {
            Shape::Object(fields) => (fields.len(), 0),
            Shape::Enum(values) => (0, values.len()),
            Shape::Scalar(_) | Shape::Alias(_) => (0, 0),
        };
        assert_eq!(count(&lines, &format!("{name}.")), fields, "{name}");
        assert_eq!(count(&lines, &format!("{name}::")), variants, "{name}");
    }
}

/// The rest of the crate is folded in review tools, this page is not.
#[test]
fn review_tools_fold_the_rest() {
    let attributes = fs::read_to_string(workspace_root().join(".gitattributes")).expect("the file can be read");
    let position = |line: &str| attributes.lines().position(|known| known == line).expect(line);
    // The last line that fits decides.
    let folded = position("generated/** text eol=lf linguist-generated");
    assert!(folded < position("generated/api.txt -linguist-generated"));
}
