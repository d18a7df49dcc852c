//! A run as a list of steps, in an order that leaves a valid directory after each step.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::file_set::{self, FileSet};
use super::list::{self, LIST, TEMPORARY, UNFINISHED};
use super::plan::Plan;

/// An operation on the file system. Paths are relative to the directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step<'a> {
    /// Write the text of the file `path` under the temporary name of its unit. The folders above it are created if
    /// necessary.
    Write {
        /// The final place of the file.
        path: &'a str,
        /// What the next [`Place`](Self::Place) renames: the file itself, or a new folder above it.
        unit: &'a str,
        /// The text of the file.
        text: Cow<'a, str>,
    },
    /// Rename the written unit to this path, atomically and in place of an existing file.
    Place(&'a str),
    /// Remove a file; one that is already gone counts as removed.
    Remove(&'a str),
    /// Remove a folder if it is empty.
    Prune(&'a str),
}

/// Returns the path of a file while its unit has the temporary name, which is next to the unit's place.
pub(super) fn temporary(unit: &str, path: &str) -> String {
    let beside = unit.rsplit_once('/').map_or(0, |(folder, _)| folder.len().saturating_add(1));
    let folder = unit.get(..beside).unwrap_or_default();
    [folder, TEMPORARY, path.get(unit.len()..).unwrap_or_default()].concat()
}

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
    let (used, kept) = (file_set::all_folders(owned()), file_set::all_folders(outputs()));
    let emptied = || used.difference(&kept).copied().chain(hollow());

    let mut steps: Vec<Step<'a>> = plan.temporaries.iter().map(|path| Step::Remove(path)).collect();
    prune(&mut steps, hollow());
    let every: BTreeSet<&str> = owned().chain(outputs()).collect();
    put_file(&mut steps, UNFINISHED, list::of_paths(every.into_iter()));

    remove(&mut steps, in_the_way);
    prune(&mut steps, emptied());
    for paths in [&plan.created, &plan.changed] {
        let texts = paths.iter().filter_map(|path| Some((path.as_str(), files.get(path)?)));
        put(&mut steps, texts, &plan.new_folders);
    }
    remove(&mut steps, left_over);
    prune(&mut steps, emptied());
    if !plan.unchanged.iter().any(|path| path == LIST) {
        put_file(&mut steps, LIST, list::text(files));
    }
    steps.push(Step::Remove(UNFINISHED));
    steps
}

/// Writes files under a temporary name, and renames them: one by one, or with the new folder that they are in.
fn put<'a>(steps: &mut Vec<Step<'a>>, files: impl Iterator<Item = (&'a str, &'a str)>, new_folders: &BTreeSet<String>) {
    let mut units: BTreeMap<&str, Vec<(&str, &str)>> = BTreeMap::new();
    for (path, text) in files {
        let unit = file_set::folders(path).find(|folder| new_folders.contains(*folder)).unwrap_or(path);
        units.entry(unit).or_default().push((path, text));
    }
    let mut units: Vec<_> = units.into_iter().collect();
    units.sort_by_key(|(_, files)| files.iter().map(|(path, _)| rank(path)).max());
    for (unit, files) in units {
        steps.extend(files.into_iter().map(|(path, text)| write(path, unit, text)));
        steps.push(Step::Place(unit));
    }
}

fn put_file<'a>(steps: &mut Vec<Step<'a>>, path: &'a str, text: String) {
    steps.extend([write(path, path, text), Step::Place(path)]);
}

fn write<'a>(path: &'a str, unit: &'a str, text: impl Into<Cow<'a, str>>) -> Step<'a> {
    Step::Write { path, unit, text: text.into() }
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
