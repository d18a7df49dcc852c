//! `api.txt` shows a reviewer everything that callers can see.

use std::collections::BTreeSet;
use std::fs;

use generator::Described;
use generator::cli::{OUT, SPEC};
use generator::ir::Shape;
use tests::workspace_root;

fn lines() -> Vec<String> {
    let path = workspace_root().join(OUT).join("api.txt");
    fs::read_to_string(path).expect("api.txt can be read").lines().map(str::to_owned).collect()
}

fn described() -> Described {
    let text = fs::read_to_string(workspace_root().join(SPEC)).expect("the spec can be read");
    generator::describe(text).expect("the spec is supported")
}

fn count(lines: &[String], start: &str) -> usize {
    lines.iter().filter(|line| line.starts_with(start)).count()
}

#[test]
fn lines_are_sorted_and_distinct() {
    let lines = lines();
    let sorted: BTreeSet<&String> = lines.iter().collect();
    assert!(lines.iter().eq(sorted), "api.txt is not a sorted set of lines");
}

#[test]
fn every_operation_has_its_lines() {
    let (lines, Described { api, surface, .. }) = (lines(), described());
    let listed = lines.iter().filter(|line| line.starts_with("operation ") && line.contains(" -> ")).count();
    assert_eq!((listed, listed == 0), (api.operations.len(), false));
    for (operation, call) in api.operations.iter().zip(&surface.calls) {
        let name = format!("operation {} ", call.way.method);
        let first = format!("{name}= {} {} -> ", operation.method.as_str(), operation.path);
        assert_eq!(count(&lines, &first), 1, "{first}");
        assert_eq!(count(&lines, &format!("{name}returns ")), operation.responses.len(), "{name}");
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
    let (lines, Described { api, surface, .. }) = (lines(), described());
    for ((_, def), ty) in api.types.iter().zip(&surface.types) {
        let name = format!("type {}", ty.ident);
        assert_eq!(count(&lines, &format!("{name} = ")), 1, "{name}");
        assert_eq!(count(&lines, &format!("{name} derives ")), usize::from(!ty.derives.is_empty()), "{name}");
        let (fields, variants) = match &def.shape {
            Shape::Object { fields, others } => (fields.len() + usize::from(others.is_some()), 0),
            Shape::Enum(values) | Shape::IntegerEnum(_, values) => (0, values.len()),
            Shape::Union(union) => (0, union.variants.len()),
            Shape::Scalar(_) | Shape::Alias(_) => (0, 0),
        };
        assert_eq!(count(&lines, &format!("{name}.")), fields, "{name}");
        assert_eq!(count(&lines, &format!("{name}::")), variants, "{name}");
    }
}

/// The leniency suite reads every example that exists; this test checks that each exists.
#[test]
fn every_request_and_success_has_an_example() {
    for operation in described().api.operations {
        if let Some(body) = &operation.body {
            assert!(body.content.example.is_some(), "{}: request", operation.id);
        }
        let successes = operation.responses.iter().filter(|response| response.status.is_success());
        for (response, content) in successes.filter_map(|response| Some((response, response.content.as_ref()?))) {
            assert!(content.example.is_some(), "{}: {}", operation.id, response.status);
        }
    }
}

#[test]
fn types_link_to_the_operations_that_use_them() {
    let model = |name: &str| {
        let path = workspace_root().join(OUT).join("src/models").join(name);
        fs::read_to_string(path).expect("the model can be read")
    };
    let link = |text: &str, verb: &str, method: &str| {
        let text = text.replace("\n/// ", " ");
        let sentence = text.split(". ").find(|sentence| sentence.contains(verb)).map(str::to_owned);
        assert!(
            sentence.is_some_and(|sentence| sentence.contains(&format!("crate::Client::{method})"))),
            "{verb} {method}"
        );
    };
    link(&model("org_group_id.rs"), "Input of", "get_org_group");
    link(&model("org_uuid.rs"), "Input of", "list_org_group_memberships");
    link(&model("global_org_identifier.rs"), "Input of", "bulk_update_org_group_memberships");
    link(&model("org_group_create_request.rs"), "Sent by", "create_org_group");
    link(&model("org_group_response.rs"), "Returned by", "create_org_group");
    link(&model("org_group_data.rs"), "Listed by", "list_org_groups");
}

#[test]
fn no_lint_is_disabled_for_the_whole_crate() {
    let mut folders = vec![workspace_root().join(OUT).join("src")];
    let mut seen = 0;
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("the folder can be read") {
            let path = entry.expect("the folder can be read").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            seen += 1;
            let text = fs::read_to_string(&path).expect("it is text");
            assert!(!text.contains("#![allow"), "{}", path.display());
        }
    }
    assert!(seen > 100, "the crate has files");
}

/// A call in the old order of fields must not compile, or must have the same meaning.
#[test]
fn another_order_of_fields_never_changes_a_call_silently() {
    let text = fs::read_to_string(workspace_root().join(SPEC)).expect("the spec can be read");
    let start = text.find("        source_org_group:\n          x-argument-name").expect("the field is there");
    let middle = text.find("        target_org_group:\n          x-argument-name").expect("the field is there");
    let end = text.find("    OrgGroupMembershipBulkUpdateType:").expect("the next schema is there");
    let swapped = [&text[..start], &text[middle..end], &text[start..middle], &text[end..]].concat();
    let surface = |text: &str| {
        let generated = generator::generate(text).expect("the spec is good");
        let surface = generated.files.get("api.txt").expect("it is written").to_owned();
        surface.lines().filter(|line| line.contains(" step ")).map(str::to_owned).collect::<Vec<_>>()
    };
    let [before, after] = [surface(&text), surface(&swapped)];
    let name = "operation bulk_update_org_group_memberships";
    assert!(before[0].starts_with(&format!("{name} step 1 from: OrgGroupId")), "{before:?}");
    assert!(after[0].starts_with(&format!("{name} step 1 to: OrgGroupId")), "{after:?}");
    // The names refer to the same fields as before.
    let place = |lines: &[String], step: &str| {
        let line = lines.iter().find(|line| line.contains(&format!(" {step}: "))).expect("the step is there");
        line.rsplit(", ").next().map(str::to_owned)
    };
    assert_eq!(place(&before, "from"), place(&after, "from"));
    assert_eq!(place(&before, "to"), place(&after, "to"));
}

/// Review tools fold the rest of the crate, but not this page.
#[test]
fn review_tools_fold_the_crate() {
    let attributes = fs::read_to_string(workspace_root().join(".gitattributes")).expect("the file can be read");
    let position = |line: &str| attributes.lines().position(|known| known == line).expect(line);
    // The last line that matches decides.
    let folded = position("generated/** text eol=lf linguist-generated");
    assert!(folded < position("generated/api.txt -linguist-generated"));
}
