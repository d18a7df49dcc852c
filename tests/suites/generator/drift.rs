//! `--drift`: every difference between two descriptions on the wire is reported with its places, and no other.

mod changes;

use std::fs;
use std::path::Path;
use std::process::Command;

use generator::drift::intended::Intended;
use generator::drift::{Side, compare, record, report};
use generator::slice::Slice;
use generator::source;
use tests::workspace_root;

use changes::CHANGES;

fn base() -> String {
    fs::read_to_string(workspace_root().join("tests/drift/ours.yaml")).expect("the description can be read")
}

fn side(text: &str) -> Side {
    Side::read(text, &Slice::default()).unwrap_or_else(|unread| panic!("{}", unread.render(false)))
}

/// The report without the lines with places.
fn reported(ours: &str, theirs: &str, intended: &str) -> Vec<String> {
    let intended = Intended::read(&source::parse(intended).expect("YAML")).expect("a list");
    let (ours, theirs) = (side(ours), side(theirs));
    let differences = compare(&ours, &theirs, &intended);
    let report = report(&ours, &theirs, &differences, &intended, false);
    let lines = report.lines().skip(1).filter(|line| !line.is_empty() && !line.starts_with("  "));
    lines.map(str::to_owned).collect()
}

fn changed(from: &str, to: &str) -> String {
    let base = base();
    assert!(base.contains(from), "{from}");
    base.replace(from, to)
}

#[test]
fn every_change_on_the_wire_is_reported_and_no_other() {
    for (from, to, expected) in CHANGES {
        let mut reported = reported(&base(), &changed(from, to), "[]");
        reported.sort();
        let mut expected: Vec<_> = expected.iter().map(|line| (*line).to_owned()).collect();
        expected.sort();
        assert_eq!(reported, expected, "{from} -> {to}");
    }
}

/// A record is equivalent to the description that it was made of.
#[test]
fn a_record_replaces_its_description() {
    let recorded = record(&side(&base()));
    assert_eq!(reported(&base(), &recorded, "[]"), [""; 0]);
    assert_eq!(record(&side(&recorded)), recorded);
    for (from, to, expected) in CHANGES {
        let changed = changed(from, to);
        let is_reported = |ours: &str, theirs: &str| !reported(ours, theirs, "[]").is_empty();
        let recorded = record(&side(&changed));
        assert_eq!(is_reported(&base(), &recorded), !expected.is_empty(), "{from} -> {to}");
        assert_eq!(reported(&changed, &recorded, "[]"), [""; 0], "{from} -> {to}");
    }
}

#[test]
fn intended_differences_are_not_reported() {
    let theirs = changed("maximum: 100", "maximum: 1000").replace("    put:", "    patch:");
    let intended = "
- {at: ListThings query size, ours: maximum *, theirs: maximum 1000, reason: Ours is careful.}
- {at: 'ReplaceShape', reason: They have moved on.}
";
    assert_eq!(reported(&base(), &theirs, intended), [""; 0]);
    // A part of it remains.
    let partly = "- {at: '*', theirs: maximum 1000, reason: So it is.}\n- {at: ReplaceShape, reason: So it is.}";
    assert_eq!(reported(&base(), &theirs, partly), ["`ListThings query size`: only ours says `maximum 100`"]);
    // An entry without a difference is reported.
    let more = format!("{intended}- {{at: ListThings query kind, ours: required, reason: It was so.}}\n");
    let left = reported(&base(), &theirs, &more);
    assert_eq!(left, ["Intended differences that no longer exist: remove these entries."]);
}

fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(workspace_root().join("tests/drift"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

fn run(folder: &Path, arguments: &[&str]) -> Ran {
    let output = Command::new(env!("CARGO_BIN_EXE_generator-under-test"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("CARGO_MANIFEST_DIR")
        .output()
        .expect("it runs");
    let text = |bytes| String::from_utf8(bytes).expect("text");
    Ran { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

fn folder(theirs: &str, intended: Option<&str>) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("writable");
    write("ours.yaml", &base());
    write("theirs.yaml", theirs);
    if let Some(intended) = intended {
        write("drift.yaml", intended);
    }
    folder
}

const ARGUMENTS: [&str; 4] = ["--spec", "ours.yaml", "--drift", "theirs.yaml"];

#[test]
fn the_program_shows_both_places_and_fails() {
    let theirs = changed("maximum: 100", "maximum: 1000").replace("enum: [a, b]", "enum: [a, b, c]");
    let folder = folder(&theirs, Some("- {at: '*', theirs: value c, reason: Nobody has asked for it.}\n"));
    let ran = run(folder.path(), &ARGUMENTS);
    assert_eq!((ran.code, ran.err.as_str()), (Some(1), ""));
    insta::assert_snapshot!(ran.out, @"
    1 difference between ours.yaml and theirs.yaml, in 4 operations of both; 3 differences are intended.

    `ListThings query size`: ours says `maximum 100`, theirs `maximum 1000`
      ours ours.yaml:73:95, theirs theirs.yaml:73:95
    ");
    let ran = run(folder.path(), &[&ARGUMENTS[..], &["--markdown"]].concat());
    assert_eq!(ran.code, Some(1));
    insta::assert_snapshot!(ran.out, @"
    ### 1 difference between ours.yaml and theirs.yaml, in 4 operations of both; 3 differences are intended.

    - `ListThings query size`: ours says `maximum 100`, theirs `maximum 1000`
      ours `ours.yaml:73:95`, theirs `theirs.yaml:73:95`
    ");
    fs::write(folder.path().join("none.yaml"), "[]").expect("writable");
    let ran = run(folder.path(), &["--spec", "ours.yaml", "--drift", "ours.yaml", "--intended", "none.yaml"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), "ours.yaml and ours.yaml agree on 4 operations.\n"));
}

#[test]
fn a_part_of_their_description_can_be_selected() {
    let folder = folder(
        &base().replace("      operationId: ListThings\n", "      operationId: ListThings\n      tags: [Lists]\n"),
        None,
    );
    let ran = run(folder.path(), &[&ARGUMENTS[..], &["--tag", "Lists"]].concat());
    assert_eq!(ran.code, Some(1));
    assert_eq!(ran.out.matches("only ours has it").count(), 3, "{}", ran.out);
    let ran = run(folder.path(), &[&ARGUMENTS[..], &["--tag", "List"]].concat());
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("similar names: `Lists`") && ran.err.contains("nothing was compared"), "{}", ran.err);
}

#[test]
fn an_invalid_list_of_differences_is_rejected() {
    let folder = folder(
        &base(),
        Some("- at: ListThings\n  our: required\n- {at: 5, reason: x}\n- {at: a, ours: [1], reason: x}\n- text\n"),
    );
    let ran = run(folder.path(), &ARGUMENTS);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    snapshot("no_list", &ran.err);
    fs::write(folder.path().join("drift.yaml"), "at: ListThings\n").expect("writable");
    snapshot("a_mapping", &run(folder.path(), &ARGUMENTS).err);
    fs::write(folder.path().join("drift.yaml"), "[]").expect("writable");
    fs::write(folder.path().join("theirs.yaml"), "record: 2\noperations:\n  A: {says: x, query a: 5}\n")
        .expect("writable");
    snapshot("no_record", &run(folder.path(), &ARGUMENTS).err);
}

/// A description in which every word is hostile is compared or refused, in bounded time and without a panic.
#[test]
fn hostile_descriptions_are_compared_or_rejected() {
    let endless = "openapi: 3.0.3\ninfo: {title: A, version: 1.0.0}\npaths:\n  /a:\n    get:\n      responses:\n        '200':\n          \
                   description: A\n          content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}\n\
                   components:\n  schemas:\n    A: {type: array, items: {$ref: '#/components/schemas/A'}}\n    B: {allOf: \
                   [{$ref: '#/components/schemas/B'}]}\n";
    assert_eq!(reported(endless, endless, "[]"), [""; 0]);
    for (from, to) in [
        ("json: {schema: {$ref: '#/components/schemas/A'", "json: {schema: {$ref: '#/components/schemas/B'"),
        ("json: {schema: {$ref: '#/components/schemas/A'}}", "json: {schema: 5}"),
        ("responses:", "parameters: [{in: [], name: {}}, 5, null]\n      requestBody: []\n      responses:"),
    ] {
        let changed = endless.replace(from, to);
        assert_ne!(changed, endless);
        if let Ok(side) = Side::read(changed.as_str(), &Slice::default()) {
            let _differences = compare(&side, &side, &Intended::default());
        }
    }
    // Fields that double at every level.
    let schemas: String = (0..40)
        .map(|level| {
            let next = format!("{{$ref: '#/components/schemas/S{}'}}", level + 1);
            format!("    S{level}: {{type: object, properties: {{a: {next}, b: {next}}}}}\n")
        })
        .collect();
    let wide = format!(
        "{}{schemas}    S40: {{type: string}}\n",
        endless.replace(
            "json: {schema: {$ref: '#/components/schemas/A'",
            "json: {schema: {$ref: '#/components/schemas/S0'"
        )
    );
    let wide = Side::read(wide.as_str(), &Slice::default()).expect("it is read");
    let differences = compare(&wide, &wide, &Intended::default());
    assert!(differences.unexplained.is_empty() && differences.shallow.len() == 1, "{differences:?}");
    let report = report(&wide, &wide, &differences, &Intended::default(), false);
    assert!(report.contains("fields further in were not compared: `GetA` ("), "{report}");
}
