//! The spec agrees with the official description except for intended differences, and with what only prose documents.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use generator::drift::intended::Intended;
use generator::drift::{Side, compare, report};
use generator::slice::Slice;
use generator::source;
use serde::Deserialize;
use serde_yaml::Value;
use tests::{spec, workspace_root};

fn text(path: &str) -> String {
    fs::read_to_string(workspace_root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn side(path: &str) -> Side {
    let source = generator::diagnostics::Source::new(path, text(path));
    Side::read(source, &Slice::default()).unwrap_or_else(|unread| panic!("{}", unread.render(false)))
}

#[test]
fn the_spec_states_the_facts_and_nothing_else() {
    let intended = source::parse(&text("spec/drift.yaml")).expect("it is YAML");
    let intended = Intended::read(&intended).expect("it is a list");
    let (ours, theirs) = (side("spec/org_groups.yaml"), side("tests/facts/official.yaml"));
    let differences = compare(&ours, &theirs, &intended);
    let report = report(&ours, &theirs, &differences, &intended, false);
    assert!(differences.unexplained.is_empty() && differences.idle.is_empty(), "{report}");
    assert!(differences.operations > 20 && differences.intended > 0, "{report}");
}

/// `prose.yaml`, and the same structure read from the spec.
#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Prose {
    sites: Sites,
    /// The header of each key, and the variable that contains it.
    keys: BTreeMap<String, String>,
    pages: Pages,
    at_least_one_of: BTreeMap<String, Vec<String>>,
    batches: BTreeMap<String, String>,
}

#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sites {
    variable: String,
    servers: BTreeMap<String, String>,
}

#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Pages {
    operations: BTreeSet<String>,
    /// The value in `x-pagination`.
    by: BTreeMap<String, String>,
}

/// The other statements of our extensions about the API, read without the generator.
#[test]
fn the_spec_states_the_facts_of_prose() {
    let stated: Prose = serde_yaml::from_str(&text("tests/facts/prose.yaml")).expect("the facts");
    assert_eq!(prose(&spec::read()), stated, "the spec, and tests/facts/prose.yaml");
}

fn prose(spec: &Value) -> Prose {
    let mut prose = Prose::default();
    prose.sites.variable = word(&spec["x-site-env"]);
    for server in spec["servers"].as_sequence().into_iter().flatten() {
        prose.sites.servers.insert(word(&server["x-site"]), word(&server["url"]));
    }
    for (_, scheme) in spec["components"]["securitySchemes"].as_mapping().into_iter().flatten() {
        prose.keys.insert(word(&scheme["name"]), word(&scheme["x-env"]));
    }
    for operation in spec::operations(spec) {
        let id = operation.id.to_owned();
        if let Some(pages) = operation.node.get("x-pagination").and_then(Value::as_mapping) {
            let by: BTreeMap<_, _> = pages.iter().map(|(key, value)| (word(key), word(value))).collect();
            assert!(prose.pages.by.is_empty() || prose.pages.by == by, "{id} has pages of another kind: {by:?}");
            prose.pages.by = by;
            prose.pages.operations.insert(id.clone());
        }
        if let Some(choice) = operation.node.get("x-at-least-one-of") {
            let names = choice["parameters"].as_sequence().into_iter().flatten().map(word).collect();
            prose.at_least_one_of.insert(id.clone(), names);
        }
        if let Some(batch) = operation.node.get("x-batch") {
            prose.batches.insert(id, word(&batch["argument"]));
        }
    }
    prose
}

fn word(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// Each of these facts, changed in a copy of the spec, is detected: the check can fail.
#[test]
fn a_change_of_a_fact_of_prose_is_detected() {
    let text = spec::text();
    let stated = prose(&spec::read());
    for (from, to) in [
        ("x-site-env: DD_SITE", "x-site-env: DD_HOST"),
        ("    x-site: datadoghq.eu", "    x-site: datadoghq.de"),
        ("x-env: DD_APP_KEY", "x-env: DD_APPLICATION_KEY"),
        ("        next: /meta/page/next_number\n      # Only", "      # Only"),
        ("          - filter[org_uuid]\n", ""),
        ("argument: orgs", "argument: org"),
    ] {
        assert!(text.contains(from), "{from}");
        let changed: Value = serde_yaml::from_str(&text.replacen(from, to, 1)).expect("YAML");
        let prose = std::panic::catch_unwind(|| prose(&changed));
        assert!(prose.is_err() || prose.is_ok_and(|prose| prose != stated), "{from}");
    }
}
