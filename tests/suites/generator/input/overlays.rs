//! Overlays: documents that change a description without touching its text.

use std::fs;

use generator::diagnostics::{Source, Sources};
use generator::{Described, Refused, describe};
use tests::workspace_root;

const SPEC: &str = "\
openapi: 3.0.3
info: {title: Pets, version: 1.0.0, x-crate-name: pets}
servers: [{url: https://pets.example}]
tags: [{name: Pets, description: Animals.}]
paths:
  /pets:
    get:
      operationId: ListPets
      summary: List
      tags: [Pets]
      parameters: [{name: zone, in: query, schema: {type: string}}]
      responses: {'204': {description: Done.}}
    delete:
      operationId: DeletePets
      responses: {'204': {description: Done.}}
";

fn read(actions: &[&str]) -> Result<Described, Box<Refused>> {
    let mut sources = Sources::from(Source::new("pets.yaml", SPEC));
    for (index, actions) in actions.iter().enumerate() {
        let text = format!("overlay: 1.0.0\ninfo: {{title: Mine, version: 1.0.0}}\nactions:\n{actions}\n");
        sources.add(Source::new(format!("overlay{}.yaml", index + 1), text));
    }
    describe(sources)
}

fn changed(actions: &[&str]) -> String {
    read(actions).unwrap_or_else(|refused| panic!("{}", refused.render(false))).description().to_owned()
}

fn refused(actions: &[&str]) -> String {
    read(actions).err().unwrap_or_else(|| panic!("accepted: {actions:?}")).render(false)
}

#[test]
fn actions_merge_append_and_remove() {
    insta::assert_snapshot!(changed(&[
        r#"  - {target: $.info, update: {title: Animals, x-crate-name: animals, license: {name: MIT}}}
  - {target: "$.paths[*].get", update: {summary: Lists., tags: [Zoo], externalDocs: {url: https://docs.example}}}
  - {target: "$.paths.*.get.parameters", update: {name: page, in: query, schema: {type: integer}}}
  - {target: "$.paths['/pets'].delete", remove: true}
  - {target: "$.tags[?@.name == 'Pets'].description", remove: true}"#,
        // The next overlay applies to the result of the one before.
        r#"  - {target: "$.paths[*].get.parameters[?@.name == 'page']", update: {description: Which.}}
  - {target: $.servers, update: {url: https://second.example}}"#,
    ]));
}

/// Each selected item of a list is removed, and no other.
#[test]
fn several_items_can_be_removed_at_once() {
    let list = r#"  - {target: $, update: {x-list: [1, 2, 3, 4, 5]}}
  - {target: "$['x-list'][?@ != 3]", remove: true}"#;
    assert!(changed(&[list]).contains("x-list:\n- 3\n"));
}

/// A problem in the content of an overlay is shown in the overlay.
#[test]
fn problems_are_shown_at_their_source() {
    let wrong = "  - target: \"$.paths['/pets'].get\"\n    update:\n      responses:\n        '200':\n          description: Ok.\n          content:\n            application/json:\n              schema: {type: strin}";
    insta::assert_snapshot!(refused(&[wrong]));
    let described =
        read(&[r#"  - {target: "$.paths['/pets'].get", update: {summary: 7}}"#]).expect("a number is read as a text");
    insta::assert_snapshot!(described.render(&described.rewrites, false));
}

#[test]
fn an_invalid_action_is_rejected() {
    insta::assert_snapshot!(refused(&[r#"  - {target: "$.paths['/cats']", remove: true}
  - {target: "$.paths[", remove: true}
  - {target: $, remove: true}
  - {target: $.info.title, update: Pets}
  - {target: $.info, update: [Pets]}
  - {target: $.info, update: {title: [Pets]}}
  - {target: "$..*..*..*..*", update: {}}"#]));
}

#[test]
fn a_document_that_is_not_an_overlay_is_rejected() {
    let of_text = |text: &str| {
        let mut sources = Sources::from(SPEC);
        sources.add(Source::new("overlay.yaml", text));
        describe(sources).expect_err("it is not an overlay").render(false)
    };
    insta::assert_snapshot!(of_text("overlay: 2.0.0\nactoins: []\n"));
    insta::assert_snapshot!(of_text("- a"));
    insta::assert_snapshot!(of_text("overlay: 1.0.0\nactions: {}\n"));
    insta::assert_snapshot!(of_text("a: [\n"));
    insta::assert_snapshot!(of_text(
        "overlay: 1.0.0
actions:
  - {update: {}}
  - {target: 7, remove: true}
  - {target: $.info}
  - {target: $.info, remove: yes}
  - {target: $.info, remove: true, update: {}}
  - {tarket: $.info, remove: true}
"
    ));
}

/// The page on overlays shows a description, an overlay, and their result.
#[test]
fn the_example_of_the_page_works() {
    let page = fs::read_to_string(workspace_root().join("spec/OVERLAYS.md")).expect("the page is there");
    let block = |name: &str| {
        let (_, rest) = page.split_once(&format!("<!-- overlays: {name} -->\n```yaml\n")).expect("the block is there");
        rest.split_once("```").expect("it ends").0
    };
    let mut sources = Sources::from(block("spec"));
    sources.add(Source::new("overlay.yaml", block("overlay")));
    let described = describe(sources).unwrap_or_else(|refused| panic!("{}", refused.render(false)));
    let files = described.generate().expect("a crate").files;
    let surface = files.get("api.txt").expect("there is always one");
    for line in [
        "operation list_orders has pages",
        "operation list_orders setter page: i64, query p",
        "operation delete_orders has batches of 10",
        "operation delete_orders is idempotent",
        "type OrderPage.rows: Vec<Order>",
    ] {
        assert!(surface.lines().any(|found| found == line), "{line} is not in\n{surface}");
    }
}

/// A few lines of an overlay can request any number of values, at any depth.
#[test]
fn updates_are_bounded() {
    let many = |item: &str| format!("[{}]", vec![item; 1_000].join(","));
    let lists = format!("  - {{target: $, update: {{x-a: {}}}}}\n", many("[]"));
    let fill = format!("  - {{target: \"$['x-a'][*]\", update: {}}}\n", many("0"));
    let refused = refused(&[&(lists + &fill + &fill)]);
    assert!(refused.contains("E0002") && refused.contains("add more than 2000000 keys and values"), "{refused}");
    let nested = |depth: usize| format!("{}0{}", "[".repeat(depth), "]".repeat(depth));
    let deep = format!("  - {{target: $.info, update: {{x-a: {}}}}}\n", nested(100));
    assert!(changed(&[&deep]).contains("x-a"));
    let deeper = format!("{deep}  - {{target: \"$.info['x-a']{}\", update: {}}}", "[0]".repeat(60), nested(90));
    assert!(self::refused(&[&deeper]).contains("E0003"));
}
