//! Compares a directory with an output, without changing anything.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::io;
use std::path::Path;

use super::WriteError;
use super::file_set::{self, FileSet};
use super::list::{self, LIST, TEMPORARY, UNFINISHED};
use super::lock::Lock;
use super::steps::temporary;

/// The differences between a directory and an output. All paths are relative to the directory and sorted; the list of
/// generated files is one of the output's files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Files of the output that do not exist.
    pub created: Vec<String>,
    /// Files of the output with another content.
    pub changed: Vec<String>,
    /// Files that an earlier run created and the output no longer has.
    pub removed: Vec<String>,
    /// Up-to-date files of the output.
    pub unchanged: Vec<String>,
    /// Files that no run created and the output does not have. They are not changed, and are a difference.
    pub foreign: Vec<String>,
    /// Entries in the way of files of the output: if there are any, nothing can be written.
    pub obstacles: Vec<Obstacle>,
    /// Whether an earlier run was interrupted; where runs can overlap, one may also be running.
    pub cut_off: bool,
    /// The number of output files that cannot be written because of the obstacles.
    pub(super) blocked: usize,
    /// Every file that is listed as generated here, whether it still exists or not.
    pub(super) owned: BTreeSet<String>,
    /// Temporary files of an interrupted run.
    pub(super) temporaries: Vec<String>,
    /// Folders of the output that do not exist, without those inside another such folder.
    pub(super) new_folders: BTreeSet<String>,
    /// Folders in the place of a file, and those in them. They only contain files that are going to be removed.
    pub(super) hollow: BTreeSet<String>,
}

/// An entry in the place of an output file that the generator did not create.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Obstacle {
    /// Where it is.
    pub path: String,
    /// Its kind.
    pub kind: ObstacleKind,
}

/// The kind of an [`Obstacle`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ObstacleKind {
    /// A file that is not listed, in the place of a file or a folder of the output, or with a name that differs from
    /// one only in case.
    File,
    /// A folder with other than generated files, in the place of an output file.
    Folder,
    /// A symbolic link in the place of a file or a folder of the output.
    Link,
    /// Neither file, folder nor link: a device or a pipe.
    Special,
}

impl Plan {
    /// Whether the directory is exactly the output: nothing to write, to remove or to report.
    pub fn is_fresh(&self) -> bool {
        !self.has_work() && self.foreign.is_empty() && self.obstacles.is_empty()
    }

    /// Whether [`apply`](super::apply) would change anything.
    pub fn has_work(&self) -> bool {
        self.cut_off || self.written() != 0 || !self.removed.is_empty()
    }

    /// The number of files to write.
    pub fn written(&self) -> usize {
        self.created.len().saturating_add(self.changed.len())
    }

    /// The number of files in the output, including the list.
    pub fn files(&self) -> usize {
        self.written().saturating_add(self.unchanged.len()).saturating_add(self.blocked)
    }
}

/// Compares a directory with an output, and changes nothing. Waits for a run that is writing there.
///
/// # Errors
/// The directory is not a directory, belongs to somebody else, cannot be read, has a list that no run wrote, or is
/// being written to.
pub fn plan(files: &FileSet, directory: &Path) -> Result<Plan, WriteError> {
    let _lock = Lock::shared(directory)?;
    look_for(files, directory)
}

/// [`plan`] for a caller that holds the lock.
pub(super) fn look_for(files: &FileSet, directory: &Path) -> Result<Plan, WriteError> {
    let paths = files.iter().map(|(path, _)| path);
    look(paths, directory, &|path, place| files.get(path).map_or(Ok(false), |text| is_equal(place, text)))
}

/// The same for an output of these sorted paths; `is_right` says whether a file is up to date.
pub(super) fn look<'o>(
    paths: impl Iterator<Item = &'o str>,
    directory: &Path,
    is_right: &dyn Fn(&str, &Path) -> Result<bool, WriteError>,
) -> Result<Plan, WriteError> {
    let tree = Tree::scan(directory)?;
    let mut owned = BTreeSet::new();
    for record in list::JOURNAL_AND_LIST {
        if tree.is_file(record) {
            owned.append(&mut read_list(&directory.join(record))?);
        }
    }
    if let Some(entry) = tree.entries.keys().next().filter(|_| !tree.is_ours()) {
        return Err(WriteError::NotOurs { directory: directory.to_owned(), entry: entry.clone() });
    }

    let paths: Vec<&str> = paths.collect();
    let list = list::of_paths(paths.iter().copied());
    let outputs: BTreeSet<&str> = paths.into_iter().chain([LIST]).collect();
    let is_output = |path: &str| outputs.contains(path);
    let is_right = |path: &str| {
        let place = directory.join(path);
        if path == LIST { is_equal(&place, &list) } else { is_right(path, &place) }
    };
    // Only an interrupted run leaves a folder with the temporary name.
    let is_staging = tree.entries.keys().any(|path| is_temporary(path));
    let staged = if is_staging { staged(&owned) } else { BTreeSet::new() };
    let is_owned = |path: &str| path == LIST || path == UNFINISHED || owned.contains(path) || staged.contains(path);

    let mut temporaries = tree.temporaries.clone();
    temporaries.extend(staged.iter().filter(|path| tree.is_file(path)).cloned());
    let mut plan = Plan { cut_off: tree.is_file(UNFINISHED) || !temporaries.is_empty(), ..Plan::default() };
    for &path in &outputs {
        if let Some(obstacle) = tree.obstacle(path, &is_owned, &is_output) {
            plan.obstacles.push(obstacle);
        } else if !tree.is_file(path) {
            plan.created.push(path.to_owned());
        } else if is_right(path)? {
            plan.unchanged.push(path.to_owned());
        } else if is_owned(path) {
            plan.changed.push(path.to_owned());
        } else {
            plan.obstacles.push(Obstacle { path: path.to_owned(), kind: ObstacleKind::File });
        }
    }
    plan.new_folders = tree.new_folders(&plan.created);
    plan.blocked = outputs.len().saturating_sub(plan.files());
    // An entry in the place of a folder is in the way of each file in it.
    plan.obstacles.dedup();
    plan.removed = owned.iter().filter(|path| tree.is_file(path) && !is_output(path)).cloned().collect();
    // Places that a run itself needs.
    let own = tree.entries.keys().map(String::as_str).filter(|path| *path == UNFINISHED || is_temporary(path));
    plan.obstacles.extend(own.clone().filter_map(|path| tree.obstacle(path, &is_owned, &is_output)));
    plan.hollow = outputs.iter().copied().chain(own).flat_map(|path| tree.folders(path)).map(str::to_owned).collect();
    let is_obstacle = |path: &str| plan.obstacles.iter().any(|obstacle| obstacle.path == path);
    plan.foreign = tree
        .entries
        .iter()
        .filter(|(path, kind)| match kind {
            Kind::File => !is_owned(path) && !is_output(path) && !is_obstacle(path),
            Kind::Folder => false,
            Kind::Link | Kind::Special => !is_obstacle(path),
        })
        .map(|(path, _)| path.clone())
        .collect();
    plan.temporaries = temporaries;
    plan.owned = owned;
    Ok(plan)
}

/// The contents of a directory, without following links.
#[derive(Default)]
struct Tree {
    /// Each entry by its relative path, except those of other tools and temporary ones.
    entries: BTreeMap<String, Kind>,
    /// The temporary files of an interrupted run.
    temporaries: Vec<String>,
}

/// The kind of an entry in a directory.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    File,
    Folder,
    Link,
    Special,
}

impl Tree {
    /// Reads a directory and all folders in it. A missing directory is empty.
    fn scan(directory: &Path) -> Result<Self, WriteError> {
        let mut tree = Self::default();
        match fs::metadata(directory) {
            Ok(found) if found.is_dir() => {}
            Ok(_) => return Err(WriteError::NotADirectory(directory.to_owned())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(tree),
            Err(error) => return Err(WriteError::io("cannot look at", directory)(error)),
        }
        let mut folders = vec![String::new()];
        while let Some(folder) = folders.pop() {
            tree.scan_folder(directory, &folder, &mut folders)?;
            if folder.is_empty() && !tree.is_ours() {
                // The directory will be rejected because of the entries at its top: the rest, possibly a whole disk,
                // need not be read.
                break;
            }
        }
        tree.temporaries.sort();
        Ok(tree)
    }

    /// Reads one folder, and adds the folders in it to those still to be read.
    fn scan_folder(&mut self, root: &Path, folder: &str, folders: &mut Vec<String>) -> Result<(), WriteError> {
        let place = if folder.is_empty() { root.to_owned() } else { root.join(folder) };
        let failed = |error| WriteError::io("cannot look into", &place)(error);
        for entry in fs::read_dir(&place).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let kind = entry.file_type().map_err(failed)?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if folder.is_empty() && file_set::is_others(&name) {
                continue;
            }
            let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
            if is_temporary(&path) && !kind.is_dir() {
                self.temporaries.push(path);
                continue;
            }
            let kind = if kind.is_symlink() {
                Kind::Link
            } else if kind.is_dir() {
                folders.push(path.clone());
                Kind::Folder
            } else if kind.is_file() {
                Kind::File
            } else {
                Kind::Special
            };
            self.entries.insert(path, kind);
        }
        Ok(())
    }

    /// Whether a run of the generator created it.
    fn is_ours(&self) -> bool {
        list::JOURNAL_AND_LIST.iter().any(|record| self.is_file(record))
    }

    fn is_file(&self, path: &str) -> bool {
        self.entries.get(path) == Some(&Kind::File)
    }

    /// Returns the obstacle to writing an output file at `path`, except for a file at that place.
    fn obstacle(
        &self,
        path: &str,
        is_owned: &impl Fn(&str) -> bool,
        is_output: &impl Fn(&str) -> bool,
    ) -> Option<Obstacle> {
        let obstacle = |path: &str, kind| Some(Obstacle { path: path.to_owned(), kind });
        for place in file_set::folders(path).chain([path]) {
            let is_above = place != path;
            match self.entries.get(place) {
                Some(Kind::Link) => return obstacle(place, ObstacleKind::Link),
                Some(Kind::Special) => return obstacle(place, ObstacleKind::Special),
                Some(Kind::File) if is_above && !is_owned(place) => return obstacle(place, ObstacleKind::File),
                Some(Kind::Folder) if !is_above && !self.will_be_empty(place, is_owned, is_output) => {
                    return obstacle(place, ObstacleKind::Folder);
                }
                Some(Kind::File | Kind::Folder) => {}
                None => return self.twin(place, is_owned).and_then(|twin| obstacle(twin, ObstacleKind::File)),
            }
        }
        None
    }

    /// The folder at `path`, if there is one, and those in it.
    fn folders(&self, path: &str) -> impl Iterator<Item = &str> {
        let found = self.entries.range(path.to_owned()..).take_while(move |(other, _)| other.starts_with(path));
        let is_inside =
            move |other: &str| other.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        found.filter(move |(other, kind)| **kind == Kind::Folder && is_inside(other)).map(|(other, _)| other.as_str())
    }

    /// Returns a foreign file whose path differs from `path` only in case: on a case-insensitive file system, it is the
    /// same file.
    fn twin(&self, path: &str, is_owned: &impl Fn(&str) -> bool) -> Option<&str> {
        let parent = path.rsplit_once('/').map_or("", |(parent, _)| parent);
        let siblings = self.entries.range(parent.to_owned()..).take_while(|(other, _)| other.starts_with(parent));
        siblings
            .filter(|(other, kind)| **kind != Kind::Folder && other.eq_ignore_ascii_case(path) && !is_owned(other))
            .map(|(other, _)| other.as_str())
            .next()
    }

    /// Returns the outermost folders above these files that do not exist, not even with a name that differs only in case.
    fn new_folders(&self, files: &[String]) -> BTreeSet<String> {
        let is_known = |folder: &&str| self.entries.contains_key(*folder);
        let outermost = files.iter().filter_map(|path| file_set::folders(path).find(|folder| !is_known(folder)));
        let outermost: BTreeSet<&str> = outermost.collect();
        let has_twin = |folder: &&str| self.entries.keys().any(|other| other.eq_ignore_ascii_case(folder));
        outermost.into_iter().filter(|folder| !has_twin(folder)).map(str::to_owned).collect()
    }

    /// Whether a folder only contains files that are going to be removed.
    fn will_be_empty(&self, folder: &str, is_owned: &impl Fn(&str) -> bool, is_output: &impl Fn(&str) -> bool) -> bool {
        let inside = format!("{folder}/");
        self.entries
            .range(inside.clone()..)
            .take_while(|(path, _)| path.starts_with(&inside))
            .all(|(path, kind)| *kind == Kind::Folder || (*kind == Kind::File && is_owned(path) && !is_output(path)))
    }
}

/// Whether an entry has the temporary name of files and folders.
fn is_temporary(path: &str) -> bool {
    path.rsplit('/').next() == Some(TEMPORARY)
}

/// The places of these files while a new folder above them has the temporary name.
fn staged(owned: &BTreeSet<String>) -> BTreeSet<String> {
    let units = owned.iter().flat_map(|path| file_set::folders(path).map(move |unit| (unit, path)));
    units.map(|(unit, path)| temporary(unit, path)).collect()
}

/// Reads a list of generated files.
fn read_list(path: &Path) -> Result<BTreeSet<String>, WriteError> {
    let bytes = fs::read(path).map_err(WriteError::io("cannot read", path))?;
    list::parse(&String::from_utf8_lossy(&bytes), path)
}

/// Whether a file holds exactly this text.
fn is_equal(path: &Path, text: &str) -> Result<bool, WriteError> {
    let failed = |error| WriteError::io("cannot read", path)(error);
    let length = fs::symlink_metadata(path).map_err(failed)?.len();
    Ok(u64::try_from(text.len()) == Ok(length) && fs::read(path).map_err(failed)? == text.as_bytes())
}

impl fmt::Display for Obstacle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            ObstacleKind::File => "a file that is not listed as generated",
            ObstacleKind::Folder => "a folder with files that are not listed as generated",
            ObstacleKind::Link => "a symbolic link",
            ObstacleKind::Special => "neither a file nor a folder",
        };
        write!(f, "{}: {kind}", self.path)
    }
}
