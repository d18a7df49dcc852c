//! Emitted crates, compiled: in a workspace below the target folder, with the lock file of this one and the same target
//! folder, so that no dependency is fetched, and none is built that is there already.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use generator::write::{self, FileSet};

use crate::workspace_root;

/// A workspace of emitted crates.
#[derive(Debug)]
pub struct Crates {
    root: PathBuf,
    target: PathBuf,
}

impl Crates {
    /// Writes crates, each with its folder, into the workspace `name` below `scratch`: cargo's folder for tests. Only what
    /// changed is written, so that cargo compiles only what changed.
    pub fn new<'f>(scratch: &str, name: &str, crates: impl IntoIterator<Item = (&'f str, &'f FileSet)>) -> Self {
        let scratch = Path::new(scratch);
        let root = scratch.join(name);
        let mut members = Vec::new();
        for (folder, files) in crates {
            let directory = root.join(folder);
            fs::create_dir_all(&directory).expect("writable");
            write::apply(files, &directory).unwrap_or_else(|error| panic!("{error}"));
            members.push(format!("{folder:?}"));
        }
        let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = [{}]\n", members.join(", "));
        fs::write(root.join("Cargo.toml"), manifest).expect("writable");
        fs::copy(workspace_root().join("Cargo.lock"), root.join("Cargo.lock")).expect("writable");
        Self { root, target: scratch.parent().expect("it is in the target folder").to_owned() }
    }

    /// Runs cargo on the workspace and gives what it printed; a warning is a failure.
    pub fn cargo(&self, arguments: &[&str], variables: &[(&str, &str)]) -> String {
        let (before, after) = match arguments.iter().position(|argument| *argument == "--") {
            Some(at) => arguments.split_at(at),
            None => (arguments, &[][..]),
        };
        let output = Command::new(env!("CARGO"))
            .args(before)
            .args(["--offline", "--quiet", "--target-dir"])
            .arg(&self.target)
            .args(after)
            .envs(variables.iter().copied())
            .env("CARGO_INCREMENTAL", "0")
            .env("CARGO_TERM_COLOR", "never")
            .current_dir(&self.root)
            .output()
            .expect("cargo runs");
        let (out, said) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        let clean = output.status.success() && !said.contains("warning");
        assert!(clean, "cargo {}:\n{said}\n{out}", arguments.join(" "));
        out.into_owned()
    }
}
