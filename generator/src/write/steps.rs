//! A run as a list of steps, in an order that leaves the directory in order wherever the list is cut off.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::file_set::{self, FileSet};
use super::list::{self, JOURNAL_AND_LIST, LIST, UNFINISHED};
use super::plan::Plan;

/// One thing that a run asks of the file system. Paths are relative to the directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step<'a> {
    /// Write the text of the file `path` under the temporary name beside it, in a folder that is made if need be.
    Write {
        /// Where the file is going to be.
        path: &'a str,
        /// What it is going to hold.
        text: Cow<'a, str>,
        /// Whether to wait until the bytes are on disk.
        lasting: bool,
    },
    /// Give what was just written the name `path`, at once and in place of the file that has it.
    Place(&'a str),
    /// Remove a file; one that is gone already is as good.
    Remove(&'a str),
    /// Remove a folder if nothing is left in it.
    Prune(&'a str),
    /// Put the names in a folder on disk, so that a power cut does not take back the steps before.
    Settle(&'a str),
}

/// The directory itself, as the path of a folder.
const TOP: &str = "";

/// What has to be done to carry a plan out.
///
/// The module's documentation says what the order is good for. A plan that has no work has no steps.
pub fn steps<'a>(plan: &'a Plan, files: &'a FileSet) -> Vec<Step<'a>> {
    if !plan.has_work() {
        return Vec::new();
    }
    let outputs = || files.iter().map(|(path, _)| path);
    let hollow = || plan.hollow.iter().map(String::as_str);
    let owned = || plan.owned.iter().map(String::as_str);
    let places = Places::of(files);
    let (in_the_way, left_over) = plan.removed.iter().map(String::as_str).partition(|path| places.meets(path));

    // The folders of earlier outputs, those of a cut-off run included, that this one does not need.
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

    let folders: BTreeSet<&str> = owned().chain(outputs()).flat_map(file_set::folders).chain([TOP]).collect();
    steps.extend(folders.into_iter().map(Step::Settle));
    steps.push(Step::Remove(UNFINISHED));
    steps
}

/// Writes a file beside its place and moves it there, so that it is never seen half-written. Those that the next run
/// cannot do without are so even after a power cut.
fn put<'a>(steps: &mut Vec<Step<'a>>, path: &'a str, text: impl Into<Cow<'a, str>>) {
    let lasting = rank(path) > 0 || JOURNAL_AND_LIST.contains(&path);
    steps.extend([Step::Write { path, text: text.into(), lasting }, Step::Place(path)]);
}

fn remove<'a>(steps: &mut Vec<Step<'a>>, paths: Vec<&'a str>) {
    steps.extend(paths.into_iter().map(Step::Remove));
}

/// Removes those folders that are empty by now.
fn prune<'a>(steps: &mut Vec<Step<'a>>, folders: impl Iterator<Item = &'a str>) {
    // Sorted and backwards, a folder comes after those inside it.
    let folders: BTreeSet<&str> = folders.collect();
    steps.extend(folders.into_iter().rev().map(Step::Prune));
}

/// The places that an output takes, in lower case: there are systems where case does not count.
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

    /// Whether a file has to go before the output can be written: it stands where a folder of the output belongs, is in
    /// a folder where a file belongs, or differs from a file of the output only in case.
    fn meets(&self, path: &str) -> bool {
        let path = path.to_ascii_lowercase();
        self.files.contains(&path)
            || self.folders.contains(&path)
            || file_set::folders(&path).any(|folder| self.files.contains(folder))
    }
}

/// Where a file comes in the order of writing: what makes the others a crate is last.
fn rank(path: &str) -> u8 {
    match path {
        "Cargo.toml" => 2,
        "src/lib.rs" => 1,
        _ => 0,
    }
}
