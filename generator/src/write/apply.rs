//! Executes a plan, while no other run writes to the directory.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

use super::WriteError;
use super::file_set::{self, FileSet};
use super::lock::Lock;
use super::plan::{Plan, look_for};
use super::steps::{Step, steps, temporary};

/// Makes the contents of a directory exactly those of an output, except for foreign files, and returns the executed
/// plan.
///
/// Missing directories are created, including parents. An up-to-date directory is only read.
///
/// # Errors
/// Those of [`plan`](super::plan()), an entry in the way of the output, another run at the same time, or an error of
/// the file system. In the last case the directory is as after an interrupted run; in the others nothing was written.
pub fn apply(files: &FileSet, directory: &Path) -> Result<Plan, WriteError> {
    if !directory.exists() {
        fs::create_dir_all(directory).map_err(WriteError::io("cannot create the directory", directory))?;
    }
    let _lock = Lock::alone(directory)?;
    let plan = look_for(files, directory)?;
    if !plan.obstacles.is_empty() {
        return Err(WriteError::Blocked { directory: directory.to_owned(), obstacles: plan.obstacles });
    }
    for step in steps(&plan, files) {
        match step {
            // The step before it has just checked the same folders.
            Step::Place(_) => step.execute(directory)?,
            _ => step.take(directory)?,
        }
    }
    Ok(plan)
}

impl Step<'_> {
    /// Executes the step in a directory.
    ///
    /// # Errors
    /// An error of the file system, or a folder that has become a link. A file under a temporary name is then removed
    /// again.
    pub fn take(&self, directory: &Path) -> Result<(), WriteError> {
        match self {
            Self::Write { path, unit, .. } => stay_inside(directory, &temporary(unit, path))?,
            Self::Place(path) | Self::Remove(path) | Self::Prune(path) => {
                stay_inside(directory, path)?;
            }
        }
        self.execute(directory)
    }

    fn execute(&self, directory: &Path) -> Result<(), WriteError> {
        match self {
            Self::Write { path, unit, text } => {
                let temporary = directory.join(temporary(unit, path));
                write(&temporary, text).map_err(|error| given_up(&temporary, &directory.join(path), error))
            }
            Self::Place(unit) => {
                let (temporary, place) = (directory.join(temporary(unit, unit)), directory.join(unit));
                fs::rename(&temporary, &place).map_err(|error| given_up(&temporary, &place, error))
            }
            Self::Remove(path) => remove(&directory.join(path)),
            Self::Prune(folder) => prune(&directory.join(folder)),
        }
    }
}

/// Rejects a folder that has become a link since the plan was made.
fn stay_inside(directory: &Path, path: &str) -> Result<(), WriteError> {
    let mut folder = directory.to_owned();
    for name in file_set::folders(path).filter_map(|folder| folder.rsplit('/').next()) {
        folder.push(name);
        if fs::symlink_metadata(&folder).is_ok_and(|found| found.is_symlink()) {
            let error = io::Error::other("it has become a symbolic link");
            return Err(WriteError::io("cannot write below", folder)(error));
        }
    }
    Ok(())
}

fn write(temporary: &Path, text: &str) -> io::Result<()> {
    // Only a new file: an existing entry, in particular a link, is never written through.
    let open = || OpenOptions::new().write(true).create_new(true).open(temporary);
    let mut file = match (open(), temporary.parent()) {
        // Most folders exist by now.
        (Err(error), Some(folder)) if error.kind() == io::ErrorKind::NotFound => {
            fs::create_dir_all(folder)?;
            open()?
        }
        (opened, _) => opened?,
    };
    file.write_all(text.as_bytes())
}

/// Returns the error of a unit that could not be written. It is the one to report: remaining temporary files are
/// removed by the next run.
fn given_up(temporary: &Path, place: &Path, error: io::Error) -> WriteError {
    let _ = fs::remove_file(temporary);
    WriteError::io("cannot write", place)(error)
}

fn remove(place: &Path) -> Result<(), WriteError> {
    match fs::remove_file(place) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(WriteError::io("cannot remove", place)(error)),
        _ => Ok(()),
    }
}

fn prune(folder: &Path) -> Result<(), WriteError> {
    use io::ErrorKind::{DirectoryNotEmpty, NotADirectory, NotFound};

    match fs::remove_dir(folder) {
        // Already gone, still in use, or no longer a folder: all count as removed.
        Err(error) if matches!(error.kind(), NotFound | DirectoryNotEmpty | NotADirectory) => Ok(()),
        done => done.map_err(WriteError::io("cannot remove the empty folder", folder)),
    }
}
