//! Keeps the result of a run for the next: if nothing has changed since, that run need not compute it again.
//!
//! It is stored below the crate's `target`, so that `cargo clean` removes it and no tool takes it for a part of the
//! crate. It is valid only for the same program, arguments and texts. The disk is checked again: every file of the
//! crate is read and compared with a fingerprint of the run's output. If one differs, or any file is in the way, left
//! over or foreign, the run continues as if there were no memory. `--check` neither reads nor writes it.

use std::env;
use std::fs;
use std::hash::Hash;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{Args, Counts, Named};
use crate::diagnostics::{Sources, Style};
use crate::package::Wanted;
use crate::write::{FileSet, Fingerprint, Fingerprints, Plan, fingerprint};

/// The folder inside the crate.
const FOLDER: [&str; 2] = ["target", "generator"];

const FILE: &str = "last-run";

/// The result of a run.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Memory {
    question: Fingerprint,
    /// The output about the spec.
    pub(super) said: String,
    pub(super) counts: Counts,
    files: Fingerprints,
}

/// Returns the fingerprint of everything that determines the output and messages of a run, except for the directory
/// where it writes.
pub(super) fn question(
    program: Fingerprint,
    args: &Args,
    wanted: &Wanted,
    spec: &Named,
    sources: &Sources,
    style: Style,
) -> Fingerprint {
    let Wanted { name, version, tag_features, slice } = wanted;
    fingerprint(&(program, name, version, tag_features, slice, args.deny_warnings, &spec.shown, sources, style))
}

/// Identifies this program by its file: another build has another one. Returns `None` if it cannot be identified.
pub(super) fn program() -> Option<Fingerprint> {
    let path = env::current_exe().ok()?;
    let found = fs::metadata(&path).ok()?;
    let changed = found.modified().ok()?;
    Some(fingerprint(&(env!("CARGO_PKG_VERSION"), path, found.len(), changed, place_on_disk(&found))))
}

/// Returns the properties that no two files share, even if one replaces the other and keeps its time.
#[cfg(unix)]
fn place_on_disk(found: &fs::Metadata) -> impl Hash + use<> {
    use std::os::unix::fs::MetadataExt as _;

    (found.dev(), found.ino(), found.ctime(), found.ctime_nsec())
}

#[cfg(not(unix))]
fn place_on_disk(found: &fs::Metadata) -> impl Hash + use<> {
    found.created().ok()
}

impl Memory {
    pub(super) fn new(question: Fingerprint, said: String, counts: Counts, files: &FileSet) -> Self {
        Self { question, said, counts, files: Fingerprints::of(files) }
    }

    /// Returns the memory of the last run in a directory, if it had the same input and the directory is as that run
    /// left it; together with the state of the directory.
    pub(super) fn recalled(question: Fingerprint, directory: &Path) -> Option<(Self, Plan)> {
        let text = fs::read_to_string(folder(directory)?.join(FILE)).ok()?;
        let (seal, text) = text.split_once('\n')?;
        // A power cut can leave a damaged file.
        if seal != sealed(text) {
            return None;
        }
        let memory: Self = serde_json::from_str(text).ok().filter(|memory: &Self| memory.question == question)?;
        let plan = memory.files.plan(directory).ok().filter(Plan::is_fresh)?;
        Some((memory, plan))
    }

    /// Stores it for the next run in a directory. If that fails, the next run takes longer.
    pub(super) fn keep(&self, directory: &Path) {
        let kept = || -> Option<io::Result<()>> {
            let text = serde_json::to_string(self).ok()?;
            let folder = folder(directory)?;
            let written = write(&folder, &format!("{}\n{text}", sealed(&text)));
            Some(written.inspect_err(|_| drop(fs::remove_file(folder.join(TEMPORARY)))))
        };
        let _ = kept();
    }
}

const TEMPORARY: &str = "last-run.tmp";

fn write(folder: &Path, text: &str) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    // For git, and for backup programs.
    for (name, text) in [(".gitignore", "*\n"), ("CACHEDIR.TAG", "Signature: 8a477f597d28d172789f06886806bc55\n")] {
        if !folder.join(name).exists() {
            fs::write(folder.join(name), text)?;
        }
    }
    fs::write(folder.join(TEMPORARY), text)?;
    fs::rename(folder.join(TEMPORARY), folder.join(FILE))
}

/// Returns the folder, unless it leads out of the crate.
fn folder(directory: &Path) -> Option<PathBuf> {
    let mut folder = directory.to_owned();
    for name in FOLDER {
        folder.push(name);
        if fs::symlink_metadata(&folder).is_ok_and(|found| !found.is_dir()) {
            return None;
        }
    }
    Some(folder)
}

fn sealed(text: &str) -> String {
    format!("{:016x}", fingerprint(text))
}
