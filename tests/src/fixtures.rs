//! The fixtures: small specs, each in a folder with its expected results.
//!
//! `tests/fixtures/NAME/` has `spec.yaml`, the snapshots of the emitted code, and possibly `behaviour.rs`.
//! `tests/fixtures/errors/NAME/` has a rejected `spec.yaml`, and a snapshot of its errors;
//! `tests/fixtures/warnings/NAME/` one that is accepted with warnings, `tests/fixtures/adapted/NAME/` one that is
//! rewritten. To add a fixture, add a folder.

use std::collections::BTreeSet;
use std::fs;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};

use generator::bundle::gather;
use generator::diagnostics::{Source, Sources};
use insta::Settings;

use crate::workspace_root;

/// The folder of rejected specs.
const ERRORS: &str = "errors";

/// The folder of specs with warnings.
const WARNINGS: &str = "warnings";

/// The folder of specs that are rewritten before they are read.
const ADAPTED: &str = "adapted";

/// The folders with more fixtures.
const FOLDERS: [&str; 3] = [ADAPTED, ERRORS, WARNINGS];

/// A folder with a spec.
#[derive(Clone, Debug)]
pub struct Fixture {
    /// Name of the folder.
    pub name: String,
    /// The folder.
    pub directory: PathBuf,
    /// The text of the spec.
    pub text: String,
}

/// The fixtures that become crates, by name.
pub fn accepted() -> Vec<Fixture> {
    let mut fixtures = folders(&root());
    fixtures.retain(|fixture| !FOLDERS.contains(&fixture.name.as_str()));
    fixtures
}

/// The fixtures that are rejected, by name.
pub fn refused() -> Vec<Fixture> {
    folders(&root().join(ERRORS))
}

/// The fixtures with warnings, by name.
pub fn warned() -> Vec<Fixture> {
    folders(&root().join(WARNINGS))
}

/// The fixtures that are rewritten before they are read, by name.
pub fn adapted() -> Vec<Fixture> {
    folders(&root().join(ADAPTED))
}

/// The folder of a description in several files.
pub fn folder_of_several_files() -> PathBuf {
    workspace_root().join("tests/suites/generator/input/several_files")
}

/// That description, with the files that it refers to.
pub fn several_files() -> Sources {
    let read = |way: &str| fs::read_to_string(folder_of_several_files().join(way)).map(|text| Source::new(way, text));
    let mut sources = Sources::from(read("api.yaml").expect("there is one"));
    gather(&mut sources, &mut |way| read(way).map_err(|error| error.to_string()));
    sources
}

fn root() -> PathBuf {
    workspace_root().join("tests/fixtures")
}

fn folders(root: &Path) -> Vec<Fixture> {
    let mut fixtures: Vec<Fixture> = entries(root)
        .into_iter()
        .filter(|name| name != "README.md")
        .map(|name| {
            let directory = root.join(&name);
            let spec = directory.join("spec.yaml");
            let text = if FOLDERS.contains(&name.as_str()) { Ok(String::new()) } else { fs::read_to_string(&spec) };
            let text = text.unwrap_or_else(|error| panic!("cannot read {}: {error}", spec.display()));
            Fixture { name, directory, text }
        })
        .collect();
    fixtures.sort_by(|a, b| a.name.cmp(&b.name));
    fixtures
}

fn entries(directory: &Path) -> Vec<String> {
    let entries = fs::read_dir(directory).unwrap_or_else(|error| panic!("{}: {error}", directory.display()));
    entries.map(|entry| entry.expect("readable").file_name().into_string().expect("a plain name")).collect()
}

impl Fixture {
    /// Generates the crate of the spec.
    ///
    /// # Panics
    /// If the spec is rejected.
    pub fn generate(&self) -> generator::Generated {
        generator::generate(&self.text).unwrap_or_else(|problems| panic!("{}: {}", self.name, self.render(&problems)))
    }

    /// Renders problems for people.
    pub fn render(&self, problems: &[generator::diagnostics::Diagnostic]) -> String {
        generator::render(problems, "spec.yaml", &self.text, false)
    }

    /// Compares snapshots, each a name and a text, with those in the folder, and returns the failures.
    pub fn compare(&self, snapshots: &[(String, String)]) -> Vec<String> {
        let mut settings = Settings::clone_current();
        settings.set_snapshot_path(&self.directory);
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        let mut problems = Vec::new();
        for (name, text) in snapshots {
            let compared = AssertUnwindSafe(|| settings.bind(|| insta::assert_snapshot!(name.as_str(), text)));
            if panic::catch_unwind(compared).is_err() {
                problems.push(format!("{}/{name}.snap is not what comes out", self.name));
            }
        }
        problems.extend(self.leftovers(snapshots));
        if snapshots.is_empty() {
            problems.push(format!("{} expects nothing", self.name));
        }
        problems
    }

    /// Returns files without an expectation.
    fn leftovers(&self, snapshots: &[(String, String)]) -> Vec<String> {
        let known = ["spec.yaml", "behaviour.rs"].map(str::to_owned);
        let known: BTreeSet<String> = snapshots.iter().map(|(name, _)| format!("{name}.snap")).chain(known).collect();
        let entries = entries(&self.directory).into_iter().filter(|entry| !entry.ends_with(".snap.new"));
        entries
            .filter(|entry| !known.contains(entry))
            .map(|entry| format!("{}/{entry} is left over", self.name))
            .collect()
    }
}
