//! A run as a list of steps, in an order that leaves a valid directory after each step.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::file_set::{self, FileSet};
use super::list::{self, JOURNAL_AND_LIST, LIST, UNFINISHED};
use super::plan::Plan;

/// An operation on the file system. Paths are relative to the directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step<'a> {
    /// Write the text of the file `path` under the temporary name in its folder, which is created if necessary.
    Write {
        /// The final place of the file.
        path: &'a str,
        /// The text of the file.
        text: Cow<'a, str>,
        /// Whether to wait until the bytes are on disk.
        lasting: bool,
    },
    /// Rename the written file to `path`, atomically and in place of an existing file.
    Place(&'a str),
    /// Remove a file; one that is already gone counts as removed.
    Remove(&'a str),
    /// Remove a folder if it is empty.
    Prune(&'a str),
    /// Synchronize the names in a folder with the disk, so that a power cut does not undo the previous steps.
    Settle(&'a str),
}

/// The directory itself, as the path of a folder.
const TOP: &str = "";

/// Returns the steps that execute a plan.
///
/// The module's documentation explains the order. A plan without work has no steps.
pub fn steps<'a>(plan: &'a Plan, files: &'a FileSet) -> Vec<Step<'a>> {
    if !plan.has_work() {
        return Vec::new();
    }
    let outputs = || files.iter().map(|(path, _)| path);
    let hollow = || plan.hollow.iter().map(String::as_str);
    let owned = || plan.owned.iter().map(String::as_str);
    // Most runs remove nothing.
    let places = (!plan.removed.is_empty()).then(|| Places::of(files));
    let meets = |path: &&str| places.as_ref().is_some_and(|places| places.meets(path));
    let (in_the_way, left_over) = plan.removed.iter().map(String::as_str).partition(meets);

    // The folders of earlier outputs, including that of an interrupted run, that this one does not need.
    let kept: BTreeSet<&str> = outputs().flat_map(file_set::folders).collect();
    let emptied = || owned().flat_map(file_set::folders).filter(|folder| !kept.contains(folder)).chain(hollow());

    let mut steps: Vec<Step<'a>> = plan.temporaries.iter().map(|path| Step::Remove(path)).collect();
    prune(&mut steps, hollow());
    let every: BTreeSet<&str> = owned().chain(outputs()).collect();
    put(&mut steps, UNFINISHED, list::of_paths(every.into_iter()));
    steps.push(Step::Settle(TOP));

    remove(&mut steps, in_the_way);
    prune(&mut steps, emptied());
    for paths in [&plan.created, &plan.changed] {
        let mut paths: Vec<&str> = paths.iter().map(String::as_str).collect();
        paths.sort_by_key(|path| rank(path));
        for path in paths {
            if let Some(text) = files.get(path) {
                put(&mut steps, path, text);
            }
        }
    }
    remove(&mut steps, left_over);
    prune(&mut steps, emptied());
    if !plan.unchanged.iter().any(|path| path == LIST) {
        put(&mut steps, LIST, list::text(files));
    }

    let folders: BTreeSet<&str> = owned().flat_map(file_set::folders).chain(kept).chain([TOP]).collect();
    steps.extend(folders.into_iter().map(Step::Settle));
    steps.push(Step::Remove(UNFINISHED));
    steps
}

/// Writes a file under the temporary name and renames it, so that it is never seen half-written. For the files that the
/// next run needs, this holds even after a power cut.
fn put<'a>(steps: &mut Vec<Step<'a>>, path: &'a str, text: impl Into<Cow<'a, str>>) {
    let lasting = rank(path) > 0 || JOURNAL_AND_LIST.contains(&path);
    steps.extend([Step::Write { path, text: text.into(), lasting }, Step::Place(path)]);
}

fn remove<'a>(steps: &mut Vec<Step<'a>>, paths: Vec<&'a str>) {
    steps.extend(paths.into_iter().map(Step::Remove));
}

/// Removes those folders that are empty.
fn prune<'a>(steps: &mut Vec<Step<'a>>, folders: impl Iterator<Item = &'a str>) {
    // Sorted and backwards, a folder comes after those inside it.
    let folders: BTreeSet<&str> = folders.collect();
    steps.extend(folders.into_iter().rev().map(Step::Prune));
}

/// The places that an output takes, in lower case: some file systems ignore case.
struct Places {
    files: BTreeSet<String>,
    folders: BTreeSet<String>,
}

impl Places {
    fn of(files: &FileSet) -> Self {
        let paths = || files.iter().map(|(path, _)| path);
        Self {
            files: paths().map(str::to_ascii_lowercase).collect(),
            folders: paths().flat_map(file_set::folders).map(str::to_ascii_lowercase).collect(),
        }
    }

    /// Whether a file must be removed before the output can be written: it is in the place of a folder of the output,
    /// in a folder in the place of a file, or differs from an output file only in case.
    fn meets(&self, path: &str) -> bool {
        let path = path.to_ascii_lowercase();
        self.files.contains(&path)
            || self.folders.contains(&path)
            || file_set::folders(&path).any(|folder| self.files.contains(folder))
    }
}

/// The position of a file in the order of writing: the files that make the others a crate come last.
fn rank(path: &str) -> u8 {
    match path {
        "Cargo.toml" => 2,
        "src/lib.rs" => 1,
        _ => 0,
    }
}
