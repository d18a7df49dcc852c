//! The replayed changes: two specs each, and code that uses the old one.
//!
//! `tests/changes/NAME/` has `new.diff` or `old.diff` or both, which convert `tests/changes/base.yaml` to the new and
//! the old spec; `caller.rs`, written for the old crate; and `wire.rs`, tests of both crates together.

use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use generator::changes::{Report, report};
use generator::describe;
use generator::diagnostics::Source;

use crate::workspace_root;

/// A folder with a change.
#[derive(Clone, Debug)]
pub struct Case {
    /// Name of the folder.
    pub name: String,
    /// The folder.
    pub directory: PathBuf,
    /// The text of the old spec; `None` is the base.
    pub own_old: Option<String>,
    /// The text of the new spec.
    pub new: String,
}

/// The folder of all changes.
pub fn root() -> PathBuf {
    workspace_root().join("tests/changes")
}

/// Returns the base of all changes.
///
/// # Panics
/// If it cannot be read.
pub fn base() -> String {
    fs::read_to_string(root().join("base.yaml")).expect("the base can be read")
}

/// Every change with its report. It panics if the generator rejects a spec.
pub static REPORTED: LazyLock<Vec<(Case, Report)>> = LazyLock::new(|| {
    let with_report = |case: Case| {
        let report = case.report();
        (case, report)
    };
    cases().into_iter().map(with_report).collect()
});

/// Returns every change, by name.
///
/// # Panics
/// If one cannot be read, or does not apply to the base.
pub fn cases() -> Vec<Case> {
    let base = base();
    let entries = fs::read_dir(root()).expect("the folder can be read");
    let folders = entries.map(|entry| entry.expect("the folder can be read").path()).filter(|path| path.is_dir());
    let mut cases: Vec<Case> = folders
        .map(|directory| {
            let name = directory.file_name().and_then(|name| name.to_str()).expect("names are plain").to_owned();
            let changed = |file: &str| {
                let diff = fs::read_to_string(directory.join(file)).ok()?;
                Some(patched(&base, &diff).unwrap_or_else(|hunk| panic!("{name}/{file} does not fit:\n{hunk}")))
            };
            let (own_old, new) = (changed("old.diff"), changed("new.diff"));
            assert!(own_old.is_some() || new.is_some(), "{name} changes nothing");
            Case { own_old, new: new.unwrap_or_else(|| base.clone()), name: name.clone(), directory }
        })
        .collect();
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    cases
}

impl Case {
    /// The text of the old spec.
    pub fn old(&self) -> String {
        self.own_old.clone().unwrap_or_else(base)
    }

    /// Returns the report on the change.
    ///
    /// # Panics
    /// If the generator rejects one of the specs.
    pub fn report(&self) -> Report {
        compared(&self.old(), &self.new)
    }

    /// Whether the case has a file of this name.
    pub fn has(&self, file: &str) -> bool {
        self.directory.join(file).exists()
    }
}

/// Returns the report on two specs, `old.yaml` and `new.yaml`.
///
/// # Panics
/// If the generator rejects one of them.
pub fn compared(old: &str, new: &str) -> Report {
    let read = |name: &str, text: &str| {
        describe(Source::new(name, text)).unwrap_or_else(|refused| panic!("{:?}", refused.problems))
    };
    let (old, new) = (read("old.yaml", old), read("new.yaml", new));
    report(&old, &new)
}

/// Applies a unified diff whose hunks are found by their lines, not by numbers.
///
/// # Errors
/// The lines of a hunk that does not occur exactly once.
pub fn patched(text: &str, diff: &str) -> Result<String, String> {
    let mut text = text.to_owned();
    for hunk in diff.split("@@").map(|hunk| hunk.trim_start_matches('\n')).filter(|hunk| !hunk.is_empty()) {
        let side = |mark: char| -> String {
            let lines = hunk.lines().filter(|line| line.starts_with([' ', mark]));
            lines.map(|line| format!("{}\n", &line[1..])).collect()
        };
        let (old, new) = (side('-'), side('+'));
        if text.matches(&old).count() != 1 {
            return Err(old);
        }
        text = text.replacen(&old, &new, 1);
    }
    Ok(text)
}
