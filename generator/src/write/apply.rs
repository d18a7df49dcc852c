//! Carries a plan out, so that the directory is in order whenever the run is cut off.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write as _};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use super::WriteError;
use super::file_set::{self, FileSet};
use super::list::{self, LIST, TEMPORARY, UNFINISHED};
use super::plan::{Plan, plan};

/// How long another run is waited for.
const PATIENCE: Duration = Duration::from_secs(2);

/// Makes a directory hold exactly an output, foreign files apart, and gives the plan that was carried out.
///
/// The directory and those above it are made when they are not there. A fresh directory is only read.
///
/// # Errors
///
/// Those of [`plan`], a place of the output that is taken, another run at the same time, or the file system's refusal. In
/// the last case the directory is as after a cut-off run; in the others nothing was written.
pub fn apply(files: &FileSet, directory: &Path) -> Result<Plan, WriteError> {
    if !directory.exists() {
        fs::create_dir_all(directory).map_err(WriteError::io("cannot make the directory", directory))?;
    }
    let _lock = lock(directory)?;
    let plan = plan(files, directory)?;
    if !plan.obstacles.is_empty() {
        return Err(WriteError::Blocked { directory: directory.to_owned(), obstacles: plan.obstacles });
    }
    if plan.has_work() {
        carry_out(&plan, files, directory)?;
    }
    Ok(plan)
}

/// Keeps a second run out until the file is dropped or the process ends.
///
/// It is the directory itself that is locked, so that nothing is left to clean up. Where directories or files cannot be
/// locked (Windows, some network file systems), two runs at once are not kept apart.
///
/// Another run is short, so it is waited for; and a lock outlives its file for a moment in a process that is just being
/// started by this one.
fn lock(directory: &Path) -> Result<Option<File>, WriteError> {
    let Ok(file) = File::open(directory) else {
        return Ok(None);
    };
    let begun = Instant::now();
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(Some(file)),
            Err(TryLockError::WouldBlock) if begun.elapsed() < PATIENCE => thread::sleep(Duration::from_millis(10)),
            Err(TryLockError::WouldBlock) => return Err(WriteError::Busy(directory.to_owned())),
            Err(TryLockError::Error(_)) => return Ok(None),
        }
    }
}

/// The steps of a run, in the order that the module's documentation gives reasons for.
fn carry_out(plan: &Plan, files: &FileSet, directory: &Path) -> Result<(), WriteError> {
    for path in &plan.temporaries {
        remove(directory, path)?;
    }
    let outputs = || files.iter().map(|(path, _)| path);
    let every: BTreeSet<&str> = plan.owned.iter().map(String::as_str).chain(outputs()).collect();
    put(directory, UNFINISHED, &list::of_paths(every.into_iter()))?;

    let (in_the_way, left_over) = plan.removed.iter().partition::<Vec<&String>, _>(|path| is_in_the_way(path, files));
    for path in in_the_way {
        remove(directory, path)?;
    }
    prune(plan, files, directory)?;
    for paths in [&plan.created, &plan.changed] {
        let mut paths: Vec<&String> = paths.iter().collect();
        paths.sort_by_key(|path| rank(path));
        for path in paths {
            if let Some(text) = files.get(path) {
                put(directory, path, text)?;
            }
        }
    }
    for path in left_over {
        remove(directory, path)?;
    }
    prune(plan, files, directory)?;

    if !plan.unchanged.iter().any(|path| path == LIST) {
        put(directory, LIST, &list::text(files))?;
    }
    remove(directory, UNFINISHED)
}

/// Whether a file has to go before the output can be written: it stands where a folder of the output belongs, is in a
/// folder where a file belongs, or differs from a file of the output only in case.
fn is_in_the_way(path: &str, files: &FileSet) -> bool {
    let is_under = |inner: &str, outer: &str| file_set::folders(inner).any(|folder| folder.eq_ignore_ascii_case(outer));
    files
        .iter()
        .any(|(output, _)| path.eq_ignore_ascii_case(output) || is_under(output, path) || is_under(path, output))
}

/// Where a file comes in the order of writing: what makes the others a crate is last.
fn rank(path: &str) -> u8 {
    match path {
        "Cargo.toml" => 2,
        "src/lib.rs" => 1,
        _ => 0,
    }
}

/// Writes a file beside its place and moves it there, so that it is never seen half-written.
fn put(directory: &Path, path: &str, text: &str) -> Result<(), WriteError> {
    let place = directory.join(path);
    let folder = place.parent().unwrap_or(directory);
    let temporary = folder.join(TEMPORARY);
    let write = || {
        fs::create_dir_all(folder)?;
        // A new file only: nothing that stands there, a link least of all, is written through.
        let mut file = OpenOptions::new().write(true).create_new(true).open(&temporary)?;
        file.write_all(text.as_bytes())?;
        drop(file);
        fs::rename(&temporary, &place)
    };
    write().map_err(|error| {
        // The first error is the one to report; a temporary file that stays is removed by the next run.
        let _ = fs::remove_file(&temporary);
        WriteError::io("cannot write", &place)(error)
    })
}

/// Removes a file; one that is gone already is as good.
fn remove(directory: &Path, path: &str) -> Result<(), WriteError> {
    let place = directory.join(path);
    match fs::remove_file(&place) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(WriteError::io("cannot remove", place)(error)),
        _ => Ok(()),
    }
}

/// Removes the folders of earlier outputs that are empty by now, those left by a cut-off run included.
fn prune(plan: &Plan, files: &FileSet, directory: &Path) -> Result<(), WriteError> {
    let kept: BTreeSet<&str> = files.iter().flat_map(|(path, _)| file_set::folders(path)).collect();
    let mut emptied: BTreeSet<&str> = plan.owned.iter().flat_map(|path| file_set::folders(path)).collect();
    emptied.retain(|folder| !kept.contains(folder));
    // Backwards, a folder comes after those inside it.
    for folder in emptied.into_iter().rev() {
        let place = directory.join(folder);
        match fs::remove_dir(&place) {
            Ok(()) => {}
            Err(error) if is_not_removable_yet(&error) => {}
            Err(error) => return Err(WriteError::io("cannot remove the empty folder", place)(error)),
        }
    }
    Ok(())
}

/// Whether a folder is gone already, still in use, or no longer a folder: all as good as removed.
fn is_not_removable_yet(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::DirectoryNotEmpty | io::ErrorKind::NotADirectory)
}
