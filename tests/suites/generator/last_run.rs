//! A run after which nothing has changed prints the same and checks every file on the disk, but does not read the spec
//! again. The memory tells whether it was read, since every other run writes it again.

use std::ffi::OsString;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use generator::cli::{self, Outcome, Surroundings};
use generator::diagnostics::Style;
use generator::write::UNFINISHED;
use tempfile::TempDir;

/// One operation, and a type without a description, which causes a warning.
const SPEC: &str = "\
openapi: 3.0.3
info: {title: Small, description: Enough for a crate., version: 1.0.0, x-crate-name: small}
servers: [{url: 'https://api.example.com'}]
paths:
  /things:
    get:
      tags: [things]
      operationId: GetThing
      summary: Get it.
      description: Gives it.
      responses: {'200': {description: It., content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}}
components:
  schemas:
    Thing: {type: string, minLength: 1, example: a, x-other: 1}
";

const PROGRAM: u64 = 1;

struct Crate {
    folder: TempDir,
}

struct Ran {
    outcome: Outcome,
    said: String,
}

impl Crate {
    /// A folder in which the generator has run.
    fn made() -> Self {
        let folder = tempfile::tempdir().expect("writable");
        fs::write(folder.path().join("spec.yaml"), SPEC).expect("writable");
        let made = Self { folder };
        let ran = made.run(&[]);
        assert_eq!(ran.outcome, Outcome::Done, "{}", ran.said);
        made
    }

    fn path(&self, way: &str) -> PathBuf {
        self.folder.path().join("crate").join(way)
    }

    fn memory(&self) -> PathBuf {
        self.path("target/generator/last-run")
    }

    fn run(&self, more: &[&str]) -> Ran {
        self.run_of(Some(PROGRAM), more)
    }

    fn run_of(&self, program: Option<u64>, more: &[&str]) -> Ran {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let path = |way: &str| self.folder.path().join(way).into_os_string();
        let mut arguments: Vec<OsString> = vec!["--spec".into(), path("spec.yaml"), "--out".into(), path("crate")];
        arguments.extend(more.iter().map(OsString::from));
        let mut surroundings = Surroundings {
            manifest_dir: None,
            current_dir: None,
            style: Style::default(),
            program,
            out: &mut out,
            err: &mut err,
        };
        let outcome = cli::run(arguments, &mut surroundings);
        Ran { outcome, said: String::from_utf8([err, out].concat()).expect("text") }
    }

    /// Whether a run uses the memory, and its output.
    fn recalls(&self, run: impl FnOnce() -> Ran) -> (bool, String) {
        let long_ago = SystemTime::UNIX_EPOCH;
        File::options()
            .append(true)
            .open(self.memory())
            .and_then(|file| file.set_modified(long_ago))
            .expect("writable");
        let ran = run();
        assert_eq!(ran.outcome, Outcome::Done, "{}", ran.said);
        let modified = fs::metadata(self.memory()).and_then(|found| found.modified()).expect("it is there");
        (modified == long_ago, ran.said)
    }
}

fn edit(path: &Path, with: impl FnOnce(String) -> String) {
    let text = fs::read_to_string(path).expect("readable");
    fs::write(path, with(text)).expect("writable");
}

#[test]
fn it_prints_the_same_as_before() {
    let made = Crate::made();
    let (_, full) = made.recalls(|| made.run_of(Some(2), &[]));
    let (recalled, said) = made.recalls(|| made.run_of(Some(2), &[]));
    assert!(recalled);
    assert_eq!(said, full);
    let expected = ["warning[W0", "note: 1 extension of other tools", "0 written, 0 removed", "unchanged, "];
    for part in expected {
        assert!(said.contains(part), "{part}: {said}");
    }
}

#[test]
fn every_input_is_part_of_the_fingerprint() {
    let made = Crate::made();
    assert!(made.recalls(|| made.run(&[])).0);
    assert!(!made.recalls(|| made.run_of(Some(2), &[])).0, "another program");
    assert!(!made.recalls(|| made.run_of(Some(2), &["--tag", "things"])).0, "another slice");
    assert!(made.recalls(|| made.run_of(Some(2), &[])).0, "the slice that the crate remembers");
    assert!(!made.recalls(|| made.run_of(Some(2), &["--crate-name", "other"])).0, "another name");
    edit(&made.folder.path().join("spec.yaml"), |text| text.replace("Gives it.", "Gives it all."));
    assert!(!made.recalls(|| made.run_of(Some(2), &[])).0, "another text");
    let denied = made.run_of(Some(2), &["--deny-warnings"]);
    assert_eq!(denied.outcome, Outcome::Failed, "{}", denied.said);
}

#[test]
fn every_file_on_the_disk_is_checked() {
    let made = Crate::made();
    let model = made.path("src/models/thing.rs");
    let text = fs::read_to_string(&model).expect("readable");
    // With the same length, and then removed.
    edit(&model, |text| text.replace("Thing", "Think"));
    let (recalled, said) = made.recalls(|| made.run(&[]));
    assert!(!recalled && said.contains(" 1 written, 0 removed"), "{said}");
    fs::remove_file(&model).expect("writable");
    let (recalled, said) = made.recalls(|| made.run(&[]));
    assert!(!recalled && said.contains(" 1 written, 0 removed"), "{said}");
    assert_eq!(fs::read_to_string(&model).expect("readable"), text);

    fs::write(made.path("src/foreign.rs"), "").expect("writable");
    let (recalled, said) = made.recalls(|| made.run(&[]));
    assert!(!recalled && said.contains("src/foreign.rs was not written by the generator"), "{said}");
    fs::remove_file(made.path("src/foreign.rs")).expect("writable");

    fs::copy(made.path(".generated-files"), made.path(UNFINISHED)).expect("writable");
    let (recalled, said) = made.recalls(|| made.run(&[]));
    assert!(!recalled && said.contains("was interrupted: this run completed it"), "{said}");
    assert!(made.recalls(|| made.run(&[])).0);
}

#[test]
fn a_check_does_not_use_the_memory() {
    let made = Crate::made();
    // The output that the memory would give.
    let forged = |text: String| text.replace("Thing", "Forged");
    let (recalled, said) = made.recalls(|| made.run(&["--check"]));
    assert!(recalled && !said.contains("Forged"), "it writes none either: {said}");
    edit(&made.memory(), forged);
    let ran = made.run(&["--check"]);
    assert_eq!(ran.outcome, Outcome::Done, "{}", ran.said);
    assert!(!ran.said.contains("Forged"), "{}", ran.said);
    fs::remove_file(made.path("src/models/thing.rs")).expect("writable");
    assert_eq!(made.run(&["--check"]).outcome, Outcome::Different);
}

#[test]
fn a_damaged_or_missing_memory_does_no_harm() {
    let made = Crate::made();
    edit(&made.memory(), |text| text.replace("Thing", "Thong"));
    let (recalled, said) = made.recalls(|| made.run(&[]));
    assert!(!recalled && !said.contains("Thong"), "{said}");
    edit(&made.memory(), |text| text.split_at(text.len() / 2).0.to_owned());
    assert!(!made.recalls(|| made.run(&[])).0);
    fs::remove_dir_all(made.path("target")).expect("writable");
    fs::write(made.path("target"), "").expect("writable");
    for _ in 0..2 {
        let ran = made.run(&[]);
        assert_eq!(ran.outcome, Outcome::Done, "{}", ran.said);
    }
    assert_eq!(made.run(&["--check"]).outcome, Outcome::Done);
}

#[cfg(unix)]
#[test]
fn it_is_not_stored_behind_a_link() {
    let made = Crate::made();
    fs::remove_dir_all(made.path("target")).expect("writable");
    let elsewhere = tempfile::tempdir().expect("writable");
    std::os::unix::fs::symlink(elsewhere.path(), made.path("target")).expect("writable");
    assert_eq!(made.run(&[]).outcome, Outcome::Done);
    assert_eq!(fs::read_dir(elsewhere.path()).expect("readable").count(), 0);
}
