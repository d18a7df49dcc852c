//! Brings a directory in line with a set of files, or only says how far it is from it.
//!
//! [`plan`](plan()) looks and changes nothing: it is all that `--check` needs. [`apply`](apply()) makes the plan, turns it
//! into [`steps`](steps()) and takes them.
//!
//! # What a run may touch
//!
//! The directory carries a list of the files that were made in it ([`LIST`]), itself a part of the output. A directory
//! that holds anything but has no list is somebody else's and is refused. Inside, only listed files are ever changed or
//! removed. Any other file is *foreign*: a run reports it and leaves it alone, because it may be somebody's work, and
//! `--check` fails until it is gone, because a left-over module is a difference. A foreign file where an output file
//! belongs stops the run before anything is written, unless it already has the right content. Not foreign are what
//! other tools keep at the top: `target/`, `Cargo.lock` and `.git`.
//!
//! Symbolic links below the directory are not followed, neither to read nor to write nor to remove: the plan looks for
//! them, and each step looks again at the folders on its way right before it is taken. There is no protection against
//! somebody who may write to the directory and swaps a folder for a link in the instant between that look and the step.
//!
//! # What a cut-off run leaves behind
//!
//! A run is a list of [`Step`]s, and can end after any of them, or in the middle of one: killed, on a full disk, refused
//! by the file system. What then holds:
//!
//! - **No file is half-written.** Each is written under a temporary name beside its place, and renamed.
//! - **The crate loads**, and so does the workspace that it is in, which the generator needs to be run again. New files
//!   come first, then changed ones, `src/lib.rs` and `Cargo.toml` last of each, then removals: what a manifest or a `mod`
//!   line names is there. Files are removed earlier only where they stand in the way: a file where a folder belongs, a
//!   folder where a file belongs, a name that differs only in case. None of these can meet the manifest, `lib.rs` or
//!   another target, since the crate's folders have no extension and its targets are in lower case.
//! - **It shows.** Before the first change a second list is written, of every file that the run will make or made before
//!   ([`UNFINISHED`]); it is removed at the very end. While it or a temporary file stands, `--check` fails and says so.
//! - **The next run mends it.** By that list it knows each file as its own, whatever it then has to write: it finishes or
//!   undoes what was cut off. `.generated-files` is replaced after everything else.
//!
//! A power cut is one more way to end, and can also take back what was done shortly before. What the next run cannot do
//! without is put on disk before it takes its name: the two lists, `Cargo.toml` and `src/lib.rs`. So the generator can be
//! run again, and knows its files. The second list is on disk before the first change, and the names in all folders before
//! it is removed. Other files are not waited for, since that takes longer than all the rest: after a power cut they can be
//! old or torn. As bytes are compared, `--check` reports them and the next run writes them again. On systems other than
//! Unix, folders cannot be put on disk, and the order of the names is up to the file system.
//!
//! # Two runs at once
//!
//! A run holds a lock on the directory, and so does a look, which others may share. The second waits for two seconds, then
//! gives up with [`WriteError::Busy`]. Locks of files are those of the system: they end with the process. Windows has none
//! for directories: there two runs at once are not kept apart.
//!
//! # What counts as a change
//!
//! Bytes are compared, line endings included: the repository's `.gitattributes` checks text out with `\n` everywhere.
//! A file that is right is not opened for writing, and keeps its time of modification.

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

/// Why a directory could not be looked at or written.
#[derive(Debug)]
pub enum WriteError {
    /// The file system refused.
    Io {
        /// What was tried, such as `cannot read`.
        action: &'static str,
        /// On which file or directory.
        path: PathBuf,
        /// The cause.
        source: io::Error,
    },
    /// The path to write to is a file.
    NotADirectory(PathBuf),
    /// The directory holds files and no list of generated ones.
    NotOurs {
        /// The directory.
        directory: PathBuf,
        /// One of the entries in it.
        entry: String,
    },
    /// A line of the list is not the path of a file that can have been generated.
    BadList {
        /// The list.
        path: PathBuf,
        /// The line, counted from 1.
        line: usize,
        /// What is wrong with it.
        error: PathError,
    },
    /// Output files whose places are taken.
    Blocked {
        /// The directory.
        directory: PathBuf,
        /// What stands in the way.
        obstacles: Vec<Obstacle>,
    },
    /// Another run is writing to the directory.
    Busy(PathBuf),
}

impl WriteError {
    /// Makes an error of the file system's response, for `map_err`.
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
                "{} was not written by the generator: it holds `{entry}` but no `{LIST}`\n\
                 Name a new or empty directory, or empty this one.",
                directory.display()
            ),
            Self::BadList { path, line, error } => write!(
                f,
                "{}:{line}: {error}\nRestore the file from version control, or empty its directory and run again.",
                path.display()
            ),
            Self::Blocked { directory, obstacles } => {
                writeln!(f, "{}: nothing was written, for these places are taken:", directory.display())?;
                for obstacle in obstacles {
                    writeln!(f, "    {obstacle}")?;
                }
                write!(f, "The generator did not make them: move or delete them, then run again.")
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
