//! The report on what a change of the spec means for callers, for each replayed change, and a test that it misses
//! none.

use std::collections::BTreeSet;
use std::fs;
use std::panic::{self, AssertUnwindSafe};

use generator::changes::{Class, Part, Spot};
use insta::Settings;
use tests::changes::{Case, REPORTED, base, cases, compared};
use tests::messages;
use tests::{fixtures, spec, workspace_root};

#[test]
fn every_report_matches_its_snapshots() {
    let mut problems = Vec::new();
    for (case, report) in &*REPORTED {
        let mut settings = Settings::clone_current();
        settings.set_snapshot_path(&case.directory);
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        for (name, text) in [("terminal", &report.text), ("pull_request", &report.markdown)] {
            let compared = AssertUnwindSafe(|| settings.bind(|| insta::assert_snapshot!(name, text)));
            if panic::catch_unwind(compared).is_err() {
                problems.push(format!("{}/{name}.snap is not what comes out", case.name));
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// For `tests/changes/semver.sh`.
#[test]
#[ignore = "it writes files"]
fn write_specs() {
    for case in cases() {
        let folder = workspace_root().join("target/semver").join(&case.name);
        fs::create_dir_all(&folder).expect("writable");
        fs::write(folder.join("old.yaml"), case.old()).expect("writable");
        fs::write(folder.join("new.yaml"), &case.new).expect("writable");
    }
}

#[test]
fn every_file_of_a_case_is_used() {
    let known = ["caller.rs", "new.diff", "old.diff", "pull_request.snap", "terminal.snap", "wire.rs"];
    for Case { name, directory, .. } in cases() {
        for entry in fs::read_dir(directory).expect("a folder") {
            let file = entry.expect("readable").file_name().into_string().expect("a plain name");
            assert!(known.contains(&file.as_str()) || file.ends_with(".snap.new"), "{name}/{file} is left over");
        }
    }
}

#[test]
fn every_class_has_a_case_without_a_more_severe_one() {
    let gravest: BTreeSet<Class> = REPORTED.iter().map(|(_, report)| report.changes[0].class).collect();
    assert_eq!(gravest.into_iter().collect::<Vec<_>>(), Class::ALL);
}

#[test]
fn a_usual_report_fits_on_a_screen() {
    for (case, report) in &*REPORTED {
        let lines = report.text.lines().count();
        assert!(lines <= 24, "{}: {lines} lines", case.name);
    }
}

/// A removal is shown at its old place, everything else at its new place.
#[test]
fn places_are_in_the_spec_that_has_them() {
    for (case, report) in &*REPORTED {
        let lines = |text: &str, name: &str| text.matches(name).count();
        let old = report.changes.iter().filter(|change| matches!(change.spot, Spot::Old(_))).count();
        assert_eq!(lines(&report.markdown, "`old.yaml:"), old, "{}", case.name);
        assert_eq!(lines(&report.markdown, "`new.yaml:"), report.changes.len() - old, "{}", case.name);
    }
}

/// The modules that report no change: they pair, print and count.
const TELL_NOTHING: &[&str] = &["lists", "pairs", "report", "text", "version"];

/// Changes that no replay can show, with the reason.
const NOT_REPLAYED: &[(&str, &str)] = &[
    ("is named {}, was {}", "no caller of the old crate names the new one"),
    ("the type of the call is {}, was {}", MEETS_ANOTHER),
    ("is in the file {}, was {}", MEETS_ANOTHER),
    ("its field is {}, was {}", MEETS_ANOTHER),
    ("the accessor of {2} is {}, was {}", MEETS_ANOTHER),
];

const MEETS_ANOTHER: &str = "it follows from the name, unless that meets another, which the report lists too";

/// The compiler, and a test of what is sent, then have judged each verdict.
#[test]
fn every_text_occurs_in_a_replay() {
    let said: Vec<&str> = REPORTED.iter().flat_map(|(_, report)| report.text.lines()).collect();
    let entries = fs::read_dir(workspace_root().join("generator/src/changes")).expect("a folder");
    let files = entries.map(|entry| entry.expect("readable").file_name().into_string().expect("a plain name"));
    let sources = files.filter(|file| !TELL_NOTHING.contains(&file.trim_end_matches(".rs")));
    let sources: Vec<String> = sources.map(|file| format!("changes/{file}")).collect();
    let sources: Vec<&str> = sources.iter().map(String::as_str).collect();
    let unsaid: Vec<String> = messages::unsaid(&sources, &said);
    let excused: Vec<&str> = NOT_REPLAYED.iter().map(|(message, _)| *message).collect();
    let missing: Vec<&str> = unsaid.iter().map(String::as_str).filter(|message| !excused.contains(message)).collect();
    assert!(missing.is_empty(), "no replay shows these:\n{}", missing.join("\n"));
    let stale = excused.iter().filter(|message| !unsaid.iter().any(|unsaid| unsaid == **message));
    assert_eq!(stale.count(), 0, "some of these are shown: {excused:?}");
}

#[test]
fn a_spec_changes_nothing_against_itself() {
    let mut texts = vec![spec::text(), base()];
    texts.extend(fixtures::accepted().into_iter().map(|fixture| fixture.text));
    for text in texts {
        let report = compared(&text, &text);
        assert_eq!(report.changes, []);
        assert!(!report.lacks_version());
    }
}

/// A change is reported in both directions: what one direction adds, the other removes.
#[test]
fn the_reverse_is_a_change_too() {
    for case in cases() {
        assert!(!compared(&case.new, &case.old()).changes.is_empty(), "{}", case.name);
    }
}

#[test]
fn names_in_a_report_are_marked() {
    let old = base();
    let new =
        old.replace("        - GROUP_MANAGED\n", "        - \"**bold** `tick` <b>\"\n      x-enum-varnames: [A, B]\n");
    let report = compared(&old, &new);
    let names = report.changes.iter().flat_map(|change| change.what.parts());
    assert!(names.clone().any(|part| *part == Part::Code("**bold** `tick` <b>".to_owned())));
    assert!(report.markdown.contains("``**bold** `tick` <b>``"), "{}", report.markdown);
}
