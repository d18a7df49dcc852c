//! What a run found out, kept for the next: if nothing has changed since, that one need not find it out again.
//!
//! It stands below the crate's `target`, so that `cargo clean` removes it and no tool takes it for a part of the crate. It is
//! good for the same question only: the same program, arguments and texts. What is asked of the disk is asked again:
//! every file of the crate is read and compared with a fingerprint of what the run gave. If one differs, or anything is
//! in the way, left over or foreign, the run goes on as if there were no memory. `--check` neither reads nor writes it.

use std::env;
use std::fs;
use std::hash::Hash;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{Args, Counts, Named};
use crate::diagnostics::Sources;
use crate::package::Wanted;
use crate::write::{FileSet, Fingerprint, Fingerprints, Plan, fingerprint};

/// The folder in the crate's own.
const FOLDER: [&str; 2] = ["target", "generator"];

const FILE: &str = "last-run";

/// What a run found out.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Memory {
    question: Fingerprint,
    /// What it said of the spec.
    pub(super) said: String,
    pub(super) counts: Counts,
    files: Fingerprints,
}

/// Everything that decides what a run gives and says, but for what is on the disk where it writes.
pub(super) fn question(
    program: Fingerprint,
    args: &Args,
    wanted: &Wanted,
    spec: &Named,
    sources: &Sources,
    colour: bool,
) -> Fingerprint {
    let Wanted { name, version, tag_features, slice } = wanted;
    fingerprint(&(program, name, version, tag_features, slice, args.deny_warnings, &spec.shown, sources, colour))
}

/// Which program this is, by its file: another build has another one. Nothing if that cannot be told.
pub(super) fn program() -> Option<Fingerprint> {
    let path = env::current_exe().ok()?;
    let found = fs::metadata(&path).ok()?;
    let changed = found.modified().ok()?;
    Some(fingerprint(&(env!("CARGO_PKG_VERSION"), path, found.len(), changed, place_on_disk(&found))))
}

/// What no two files have alike, even if one is put in the place of the other with its time.
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

    /// That of the last run in a directory, if it was asked the same and the directory is as it left it; with a look at that.
    pub(super) fn recalled(question: Fingerprint, directory: &Path) -> Option<(Self, Plan)> {
        let text = fs::read_to_string(folder(directory)?.join(FILE)).ok()?;
        let (seal, text) = text.split_once('\n')?;
        // A power cut can leave a file torn.
        if seal != sealed(text) {
            return None;
        }
        let memory: Self = serde_json::from_str(text).ok().filter(|memory: &Self| memory.question == question)?;
        let plan = memory.files.plan(directory).ok().filter(Plan::is_fresh)?;
        Some((memory, plan))
    }

    /// Keeps it for the next run in a directory. If that fails, the next run takes longer.
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
    // For git, and for what makes copies of disks.
    for (name, text) in [(".gitignore", "*\n"), ("CACHEDIR.TAG", "Signature: 8a477f597d28d172789f06886806bc55\n")] {
        if !folder.join(name).exists() {
            fs::write(folder.join(name), text)?;
        }
    }
    fs::write(folder.join(TEMPORARY), text)?;
    fs::rename(folder.join(TEMPORARY), folder.join(FILE))
}

/// Where it is kept, unless that leads out of the crate.
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
