//! Slices: the chosen operations, everything that they refer to, and nothing else.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use generator::package::Wanted;
use generator::slice::Slice;
use generator::{DESCRIPTION, Described, describe_as, list, source};
use tests::fixtures;

/// Pets and owners share an address; the mistakes in robots are in parts that only robots use.
const ZOO: &str = r"
openapi: 3.0.3
info: {title: Zoo, version: 1.0.0, x-crate-name: zoo}
servers: [{url: https://zoo.example}]
security: [{everyone: []}]
tags:
  - {name: Pets, description: Animals.}
  - {name: Owners, description: People.}
  - {name: Robots, description: Machines.}
paths:
  /pets:
    parameters: [{$ref: '#/components/parameters/Zone'}]
    get:
      operationId: ListPets
      tags: [Pets]
      responses: {'200': {description: Ok., content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}}}}}
    post:
      operationId: AddPet
      tags: [Pets, Owners]
      security: [{keeper: []}]
      requestBody: {$ref: '#/components/requestBodies/NewPet'}
      responses: {'204': {description: Ok.}}
  /owners/{id}:
    get:
      operationId: GetOwner
      tags: [Owners]
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {'200': {$ref: '#/components/responses/Owner'}, default: {$ref: '#/components/responses/Failure'}}
  /robots:
    $ref: '#/components/x-items/Robots'
  /ping:
    get: {security: [], responses: {'204': {description: Ok.}}}
components:
  x-items:
    Robots:
      get: {tags: [Robots], responses: {'200': {description: Ok., content: {application/json: {schema: {$ref: '#/components/schemas/Robot'}}}}}}
  parameters:
    Zone: {name: zone, in: query, schema: {$ref: '#/components/schemas/Zone'}}
  requestBodies:
    NewPet: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
  responses:
    Owner: {description: One., content: {application/json: {schema: {$ref: '#/components/schemas/Owner'}}}}
    Failure: {description: No., content: {application/json: {schema: {$ref: '#/components/schemas/Failure'}}}}
  securitySchemes:
    everyone: {type: apiKey, in: header, name: key}
    keeper: {type: http, scheme: basic}
    robot: {type: http, scheme: bearer}
  schemas:
    Zone: {type: string}
    Pet: {type: object, required: [kind], properties: {kind: {type: string}, home: {$ref: '#/components/schemas/Address'}}, discriminator: {propertyName: kind}}
    Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, properties: {lives: {type: integer}}}]}
    Lion: {allOf: [{$ref: '#/components/schemas/Cat'}, {type: object, properties: {mane: {$ref: '#/components/schemas/Mane'}}}]}
    Mane: {type: string}
    Owner: {oneOf: [{$ref: '#/components/schemas/Person'}, {$ref: '#/components/schemas/Firm'}], discriminator: {propertyName: kind, mapping: {p: Person, f: '#/components/schemas/Firm', s: Shop}}}
    Person: {type: object, properties: {kind: {type: string}, home: {$ref: '#/components/schemas/Address'}}}
    Firm: {type: object, properties: {kind: {type: string}}}
    Shop: {type: object, properties: {kind: {type: string}}}
    Address: {type: object, properties: {street: {type: string}}}
    Failure: {type: object, properties: {message: {type: string}}}
    Robot: {type: object, properties: {next: {$ref: '#/components/schemas/Nowhere'}, parts: {type: strin}}}
    Unused: {type: object, properties: {a: {$ref: '#/components/schemas/Unused'}}}
";

fn slice(patterns: &[(&str, &str)]) -> Slice {
    let of = |kind: &str| patterns.iter().filter(|(of, _)| *of == kind).map(|(_, text)| (*text).to_owned()).collect();
    Slice { tags: of("tag"), operations: of("operation"), paths: of("path") }
}

fn described(patterns: &[(&str, &str)]) -> Described {
    let wanted = Wanted { slice: slice(patterns), ..Wanted::default() };
    describe_as(ZOO, &wanted).unwrap_or_else(|refused| panic!("{}", refused.render(false)))
}

/// The ids of the operations, and the names of the components.
fn left(patterns: &[(&str, &str)]) -> String {
    let described = described(patterns);
    let ids: Vec<&str> = described.api.operations.iter().map(|operation| operation.id.as_str()).collect();
    let mut lines = vec![format!("operations: {}", ids.join(" "))];
    let components = described.tree.root().get("components").and_then(|components| components.value.as_mapping());
    for section in components.into_iter().flat_map(|sections| sections.iter()) {
        let names = section.node.value.as_mapping().into_iter().flat_map(|names| names.iter());
        lines.push(format!("{}: {}", section.key, names.map(|name| name.key.as_str()).collect::<Vec<_>>().join(" ")));
    }
    let tags: Vec<&str> = described.api.tags.iter().map(|tag| tag.name.as_str()).collect();
    lines.push(format!("tags: {}", tags.join(", ")));
    lines.join("\n")
}

#[test]
fn operations_include_what_they_reach() {
    insta::assert_snapshot!(left(&[("operation", "ListPets")]));
    insta::assert_snapshot!(left(&[("operation", "GetOwner")]));
    insta::assert_snapshot!(left(&[("path", "/ping")]));
}

#[test]
fn patterns_add_up() {
    let ids = |patterns: &[(&str, &str)]| {
        described(patterns).api.operations.into_iter().map(|operation| operation.id).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(ids(&[("tag", "Pets")]), "AddPet ListPets");
    assert_eq!(ids(&[("tag", "Owners")]), "AddPet GetOwner");
    assert_eq!(ids(&[("tag", "P?ts"), ("operation", "GetO*")]), "AddPet GetOwner ListPets");
    assert_eq!(ids(&[("path", "/pets"), ("path", "/*/{id}")]), "AddPet GetOwner ListPets");
    // An operation without an id is found by the id that it is given.
    assert_eq!(ids(&[("operation", "GetPing")]), "GetPing");
}

/// What a slice omits is not even read.
#[test]
fn a_mistake_outside_the_slice_is_not_reported() {
    let described = described(&[("tag", "Pets"), ("tag", "Owners")]);
    assert!(described.rewrites.is_empty(), "{:?}", described.rewrites);
    let warnings = described.generate().expect("a crate").warnings;
    assert!(warnings.iter().all(|warning| !warning.message.contains("obot")), "{warnings:?}");
    let wanted = Wanted { slice: slice(&[("tag", "Robots")]), ..Wanted::default() };
    let refused = describe_as(ZOO, &wanted).expect_err("its schema is wrong");
    assert_eq!(refused.problems.len(), 1, "{}", refused.render(false));
}

#[test]
fn a_pattern_without_a_match_is_rejected() {
    let wanted = Wanted {
        slice: slice(&[
            ("tag", "pet"),
            ("operation", "ListPet"),
            ("operation", "*"),
            ("path", "/owner/"),
            ("tag", "x"),
        ]),
        ..Wanted::default()
    };
    let refused = describe_as(ZOO, &wanted).expect_err("nothing is called so");
    insta::assert_snapshot!(refused.render(false));
}

#[test]
fn operations_can_be_listed() {
    insta::assert_snapshot!(list(ZOO, &Slice::default()).expect("it can be read"));
    insta::assert_snapshot!(list(ZOO, &slice(&[("path", "/pets")])).expect("it can be read"));
}

/// A crate of a slice contains the slice, and a crate of that copy is the same.
#[test]
fn a_crate_contains_its_description() {
    for patterns in [&[("tag", "Pets")][..], &[("operation", "GetOwner")], &[("path", "/p")]] {
        let first = described(patterns);
        let copy = first.description().to_owned();
        let wanted = Wanted { slice: slice(patterns), ..Wanted::default() };
        let again = describe_as(copy.as_str(), &wanted).unwrap_or_else(|refused| panic!("{}", refused.render(false)));
        assert_eq!(again.description(), copy);
        assert_eq!(again.generate().expect("a crate").files, first.generate().expect("a crate").files);
    }
}

/// The printed copy is read as the tree that was printed, whatever its texts contain.
#[test]
fn a_printed_tree_reads_back() {
    let texts = fixtures::accepted().into_iter().chain(fixtures::adapted()).map(|fixture| fixture.text);
    let odd = r##"a: ["yes", "null", "~", "1e3", "0x1F", "-", "- a", "a: b", "#", " a ", "a\n", "\n", "\ta", "a\n\n b\n", "é\u0085\u2028\uFEFF", "\u0007", "", "'", "\"", "<<", "=", "2001-01-01", "1_000", ".inf", "!a", "&a", "*a", "%a", "@a", "`a", "a #b", "? a", "|", ">", "{", "[", "a,b"]"##;
    let numbers = "a: [0, -1, 18446744073709551615, -9223372036854775808, 18446744073709551616, -170141183460469231731687303715884105728, 340282366920938463463374607431768211455, 1.5, 1e300, 0.1, 1.0, true, null, ~]";
    for text in texts.chain([odd.to_owned(), numbers.to_owned()]) {
        let tree = source::parse(&text).expect("it can be read");
        let printed = tree.to_yaml().expect("it can be printed");
        let again = source::parse(&printed).unwrap_or_else(|problems| panic!("{problems:?}\n{printed}"));
        assert_eq!(again.to_yaml().expect("it can be printed"), printed);
    }
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_generator-under-test"));
    command.args(["--spec", "zoo.yaml", "--out", "crate"]).args(arguments).current_dir(folder);
    command.output().expect("it runs")
}

#[test]
fn a_crate_remembers_its_slice() {
    let folder = tempfile::tempdir().expect("writable");
    fs::write(folder.path().join("zoo.yaml"), ZOO.replace("strin}", "string}").replace("Nowhere", "Zone"))
        .expect("writable");
    let ran = |arguments: &[&str]| {
        let output = run(folder.path(), arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).lines().last().unwrap_or_default().to_owned()
    };
    assert!(ran(&["--tag", "Pets"]).starts_with("2 operations"));
    let manifest = fs::read_to_string(folder.path().join("crate/Cargo.toml")).expect("it is there");
    assert!(manifest.contains("[package.metadata.generator]\ntags = [\"Pets\"]\n"), "{manifest}");
    assert!(ran(&["--check"]).contains(" 0 to write, 0 to remove"));
    assert!(ran(&[]).contains("2 operations") && ran(&["--path", "/ping"]).starts_with("1 operation,"));
    assert!(ran(&[]).starts_with("1 operation,"), "the last slice is remembered, and no other");
    assert!(ran(&["--path", "/"]).starts_with("5 operations"));
    assert!(ran(&["--check"]).contains(" 0 to write, 0 to remove"));
    // The next run compares with the source of this one.
    let copy = fs::read_to_string(folder.path().join("crate").join(DESCRIPTION)).expect("it is there");
    assert!(copy.contains("operationId: ListPets") && copy.contains("operationId: GetOwner"));
}

#[test]
fn references_into_a_removed_operation_become_components() {
    let fixtures = fixtures::accepted();
    let spec = fixtures.iter().find(|fixture| fixture.name == "references_into_schemas").expect("there is one");
    let surface = |operations: &[(&str, &str)]| {
        let wanted = Wanted { slice: slice(operations), ..Wanted::default() };
        let described =
            describe_as(spec.text.clone(), &wanted).unwrap_or_else(|refused| panic!("{}", refused.render(false)));
        described.generate().expect("a crate").files.get("api.txt").expect("there is one").to_owned()
    };
    let whole = surface(&[]);
    let part = surface(&[("operation", "GetFirst")]);
    let other: Vec<&str> = part.lines().filter(|line| !whole.lines().any(|known| known == *line)).collect();
    assert_eq!(other, [""; 0]);
    assert!(part.contains("operation get_first returns 200 with GetOrderResponse"));
}
