//! `--against`, and the report of a run about the crate that it replaces: the program with the specs of the replayed
//! changes.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;
use tests::changes::base;

/// A folder with two specs.
struct Specs {
    folder: TempDir,
}

/// The output and the exit code of a run.
struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Specs {
    fn new(old: &str, new: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("old.yaml"), old).expect("writable");
        fs::write(folder.path().join("new.yaml"), new).expect("writable");
        Self { folder }
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        let output = Command::new(env!("CARGO_BIN_EXE_generator-under-test"))
            .args(arguments)
            .current_dir(self.folder.path())
            .env_remove("CARGO_MANIFEST_DIR")
            .output()
            .expect("it runs");
        let text = |bytes| String::from_utf8(bytes).expect("text");
        Ran { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }

    fn against(&self) -> Ran {
        self.run(&["--spec", "new.yaml", "--against", "old.yaml"])
    }

    fn write(&self, spec: &str) -> Ran {
        self.run(&["--spec", spec, "--out", "crate"])
    }

    fn path(&self, path: impl AsRef<Path>) -> PathBuf {
        self.folder.path().join(path)
    }
}

fn without_purpose() -> String {
    base().replacen("        purpose:\n          type: string\n", "", 1)
}

fn with_version(spec: &str, version: &str) -> String {
    let changed = spec.replacen("version: 0.4.1", &format!("version: {version}"), 1);
    assert_ne!(changed, spec);
    changed
}

#[test]
fn a_change_without_its_version_fails() {
    let additive = |version| Specs::new(&without_purpose(), &with_version(&base(), version)).against();
    let breaking = |version| Specs::new(&base(), &with_version(&without_purpose(), version)).against();
    for (ran, code, end) in [
        (additive("0.4.2"), 0, "This requires version 0.4.2 or later, and gets 0.4.2; it was 0.4.1.\n"),
        (
            additive("0.4.0"),
            1,
            "This requires version 0.4.2 or later, but goes from 0.4.1 to 0.4.0: set `info.version`.\n",
        ),
        (breaking("0.5.0"), 0, "This requires version 0.5.0 or later, and gets 0.5.0; it was 0.4.1.\n"),
        (
            breaking("0.4.2"),
            1,
            "This requires version 0.5.0 or later, but goes from 0.4.1 to 0.4.2: set `info.version`.\n",
        ),
    ] {
        assert_eq!((ran.code, ran.err.as_str()), (Some(code), ""), "{}", ran.out);
        assert!(ran.out.ends_with(end), "{}", ran.out);
    }
    let still = Specs::new(&base(), &without_purpose()).against();
    assert_eq!(still.code, Some(1));
    assert!(still.out.ends_with("but the version is still 0.4.1: set `info.version`.\n"), "{}", still.out);
}

#[test]
fn no_change_needs_no_version() {
    let ran = Specs::new(&base(), &base()).against();
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert_eq!(ran.out, "Nothing changes for callers.\n\nThis requires no other version than 0.4.1.\n");
    let words = base().replacen("summary: List the groups", "summary: All groups", 1);
    let ran = Specs::new(&base(), &words).against();
    assert_eq!(ran.code, Some(0));
    assert!(ran.out.contains("1 docs only"), "{}", ran.out);
}

#[test]
fn markdown_has_the_same_report_and_exit_code() {
    let specs = Specs::new(&base(), &without_purpose());
    let ran = specs.run(&["--spec", "new.yaml", "--against", "old.yaml", "--markdown"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.out.starts_with("### For callers this breaks: the version must be 0.5.0\n"), "{}", ran.out);
    let count = |text: &str, start: &str| text.lines().filter(|line| line.starts_with(start)).count();
    let terminal = specs.against().out;
    assert_eq!(count(&ran.out, "- "), count(&terminal, "  old.yaml:") + count(&terminal, "  new.yaml:"));
}

#[test]
fn a_rejected_spec_is_named() {
    for (old, new, name) in
        [("openapi: 3.1.0\n", base().as_str(), "old.yaml"), (&base(), "openapi: 3.1.0\n", "new.yaml")]
    {
        let ran = Specs::new(old, new).against();
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
        assert!(ran.err.contains(&format!("{name}:1:10")), "{}", ran.err);
        assert!(ran.err.ends_with(&format!("in {name}: nothing was compared\n")), "{}", ran.err);
    }
    let specs = Specs::new(&base(), &base());
    let ran = specs.run(&["--spec", "new.yaml", "--against", "none.yaml"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.starts_with("error: cannot read the spec none.yaml: "), "{}", ran.err);
}

#[test]
fn a_comparison_writes_nothing() {
    let specs = Specs::new(&base(), &without_purpose());
    specs.against();
    assert_eq!(fs::read_dir(specs.folder.path()).expect("a folder").count(), 2);
}

#[test]
fn a_run_reports_the_changes() {
    let specs = Specs::new(&base(), &without_purpose());
    let first = specs.write("old.yaml");
    assert_eq!((first.code, first.out.lines().count()), (Some(0), 1), "{}", first.out);
    let copy = fs::read_to_string(specs.path("crate/openapi.yaml")).expect("the crate has its description");
    assert_eq!(copy, base());

    let second = specs.write("new.yaml");
    assert_eq!((second.code, second.err.as_str()), (Some(0), ""));
    let report = specs.against().out.replace("old.yaml:", "crate/openapi.yaml:");
    let (said, summary) = second.out.rsplit_once("\n\n").expect("the report, then the line at the end");
    let (said, compared) = said.rsplit_once('\n').expect("the report, then what it is of");
    assert_eq!(format!("{said}\n"), report);
    assert!(compared.contains("the crate on disk") && compared.contains("--against"), "{compared}");
    assert!(summary.contains(" written, "), "{summary}");

    let third = specs.write("new.yaml");
    assert_eq!(third.out.lines().count(), 1, "{}", third.out);
}

#[test]
fn a_run_without_changes_for_callers_reports_none() {
    let specs = Specs::new(&base(), &format!("# A comment.\n{}", base()));
    specs.write("old.yaml");
    let ran = specs.write("new.yaml");
    assert_eq!(ran.out.lines().count(), 1, "{}", ran.out);
    assert!(ran.out.contains(": 1 written, "), "{}", ran.out);
    // As after a change of the templates.
    fs::write(specs.path("crate/src/lib.rs"), "").expect("writable");
    let ran = specs.write("new.yaml");
    assert_eq!(ran.out.lines().count(), 1, "{}", ran.out);
}

#[test]
fn a_run_continues_if_the_changes_are_unknown() {
    let specs = Specs::new(&base(), &without_purpose());
    for (spoil, reason) in [
        ("openapi: 3.1.0\n", "crate/openapi.yaml, the spec of the crate, is rejected now: "),
        ("", "crate/openapi.yaml, the spec of the crate, is rejected now: "),
    ] {
        specs.write("old.yaml");
        fs::write(specs.path("crate/openapi.yaml"), spoil).expect("writable");
        let ran = specs.write("new.yaml");
        assert_eq!((ran.code, ran.err.as_str(), ran.out.lines().count()), (Some(0), "", 2), "{}", ran.out);
        assert!(ran.out.starts_with(&format!("What changes for callers is unknown: {reason}")), "{}", ran.out);
        assert_eq!(fs::read_to_string(specs.path("crate/openapi.yaml")).expect("it is there"), without_purpose());
    }
    specs.write("old.yaml");
    fs::remove_file(specs.path("crate/openapi.yaml")).expect("it is there");
    let ran = specs.write("new.yaml");
    assert_eq!((ran.code, ran.out.lines().count()), (Some(0), 2), "{}", ran.out);
    assert!(ran.out.contains("crate/openapi.yaml, the spec of the crate, is missing"), "{}", ran.out);
}
