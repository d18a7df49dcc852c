//! Brings a directory in line with a set of files, or only reports the differences.
//!
//! [`plan`](plan()) reads the directory and changes nothing: `--check` needs no more. [`apply`](apply()) makes the
//! plan, converts it to [`steps`](steps()) and executes them.
//!
//! # Files that a run may change
//!
//! The directory contains a list of its generated files ([`LIST`]), which is itself a part of the output. A directory
//! that is not empty but has no list belongs to somebody else and is rejected. Inside, only listed files are ever
//! changed or removed. Any other file is *foreign*: a run reports it and does not change it, because it may be
//! somebody's work, and `--check` fails until it is gone, because a left-over module is a difference. A foreign file
//! where an output file belongs stops the run before anything is written, unless it already has the right content. Not
//! foreign are the entries of other tools at the top: `target/`, `Cargo.lock` and `.git`.
//!
//! Symbolic links below the directory are never followed, for reading, writing or removing: the plan looks for them,
//! and each step checks the folders on its path again just before it is executed; a renaming relies on the check of the
//! writing just before it. There is no protection against somebody who can write to the directory and replaces a folder
//! by a link in the instant between that check and the step.
//!
//! # The state after an interrupted run
//!
//! A run is a list of [`Step`]s, and can end after any of them, or in the middle of one: killed, on a full disk, or
//! because of an error of the file system. It then has these properties:
//!
//! - **No file is half-written.** Each is written under a temporary name in its folder, and renamed. If the folder does
//!   not exist, the folder gets the temporary name, and is renamed with all files in it.
//! - **The crate loads**, and so does the workspace that it is in, which the generator needs to be run again. New files
//!   come first, then changed ones, `src/lib.rs` and `Cargo.toml` last of each, then removals: what a manifest or a
//!   `mod` line names is there. Files are removed earlier only if they are in the way: a file where a folder belongs, a
//!   folder where a file belongs, a name that differs only in case. None of these can meet the manifest, `lib.rs` or
//!   another target, since the crate's folders have no extension and its targets are in lower case.
//! - **It is detected.** Before the first change the run writes a second list, of every file that it will create or
//!   that an earlier run created ([`UNFINISHED`]); it is removed at the very end. While it or a temporary file exists,
//!   `--check` fails and reports it.
//! - **The next run completes it.** By that list it recognizes each file as its own, even if its output differs: it
//!   finishes or undoes the interrupted run. `.generated-files` is replaced after everything else.
//!
//! After a power cut, files can also be old or damaged, because a run does not wait for the disk. Version control
//! restores them.
//!
//! # Two runs at once
//!
//! A run holds an exclusive lock on the directory, and a check holds a shared one. The second run waits for two
//! seconds, then fails with [`WriteError::Busy`]. The locks are those of the system: they end with the process. Windows
//! has none for directories: there two runs can overlap.
//!
//! # Comparison
//!
//! Bytes are compared, line endings included: the repository's `.gitattributes` checks text out with `\n` everywhere.
//! An up-to-date file is not opened for writing, and keeps its time of modification.

use std::fmt;
use std::io;
use std::path::PathBuf;

mod apply;
mod file_set;
mod fingerprints;
mod list;
mod lock;
mod plan;
mod report;
mod steps;

pub use apply::apply;
pub use file_set::{FileSet, PathError, PathFault};
pub use fingerprints::{Fingerprint, Fingerprints, fingerprint};
pub use list::{LIST, UNFINISHED};
pub use plan::{Obstacle, ObstacleKind, Plan, plan};
pub use steps::{Step, steps};

/// Why a directory could not be read or written.
#[derive(Debug)]
pub enum WriteError {
    /// An error of the file system.
    Io {
        /// The attempted action, such as `cannot read`.
        action: &'static str,
        /// The file or directory.
        path: PathBuf,
        /// The cause.
        source: io::Error,
    },
    /// The path to write to is a file.
    NotADirectory(PathBuf),
    /// The directory has files, but no list of generated ones.
    NotOurs {
        /// The directory.
        directory: PathBuf,
        /// One of the entries in it.
        entry: String,
    },
    /// A line of the list is not a possible path of a generated file.
    BadList {
        /// The list.
        path: PathBuf,
        /// The line, counted from 1.
        line: usize,
        /// The problem.
        error: PathError,
    },
    /// Files of the output that cannot be written because other entries are in the way.
    Blocked {
        /// The directory.
        directory: PathBuf,
        /// The entries in the way.
        obstacles: Vec<Obstacle>,
    },
    /// Another run is writing to the directory.
    Busy(PathBuf),
}

impl WriteError {
    /// Returns a function that converts an error of the file system, for `map_err`.
    fn io(action: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { action, path, source }
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io { action, path, source } => write!(f, "{action} {}: {source}", path.display()),
            Self::NotADirectory(path) => {
                write!(f, "{} is not a directory: name another, or move it away", path.display())
            }
            Self::NotOurs { directory, entry } => write!(
                f,
                "{} was not written by the generator: it contains `{entry}` but no `{LIST}`\n\
                 Name a new or empty directory, or empty this one.",
                directory.display()
            ),
            Self::BadList { path, line, error } => write!(
                f,
                "{}:{line}: {error}\nRestore the file from version control, or empty its directory and run again.",
                path.display()
            ),
            Self::Blocked { directory, obstacles } => {
                writeln!(f, "{}: nothing was written, because these entries are in the way:", directory.display())?;
                for obstacle in obstacles {
                    writeln!(f, "    {obstacle}")?;
                }
                write!(f, "The generator did not create them: move or delete them, then run again.")
            }
            Self::Busy(path) => write!(f, "another run is writing to {}: wait for it, then run again", path.display()),
        }
    }
}

impl std::error::Error for WriteError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            Self::BadList { error, .. } => Some(error),
            Self::NotADirectory(_) | Self::NotOurs { .. } | Self::Blocked { .. } | Self::Busy(_) => None,
        }
    }
}
