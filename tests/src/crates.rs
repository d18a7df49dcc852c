//! Compiles emitted crates: in a workspace below cargo's folder for tests, with the lock file of this one, so that no
//! dependency is downloaded.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use generator::write::{self, FileSet};
use serde_json::Value;

use crate::workspace_root;

/// A workspace of emitted crates.
#[derive(Debug)]
pub struct Crates {
    scratch: String,
    root: PathBuf,
}

impl Crates {
    /// Writes crates, each to its folder, into the workspace `name` below `scratch`, cargo's folder for tests. Only
    /// changed files are written, so that cargo compiles only those.
    pub fn new<'f>(scratch: &str, name: &str, crates: impl IntoIterator<Item = (&'f str, &'f FileSet)>) -> Self {
        let root = Path::new(scratch).join(name);
        let mut members = Vec::new();
        for (folder, files) in crates {
            let directory = root.join(folder);
            fs::create_dir_all(&directory).expect("writable");
            write::apply(files, &directory).unwrap_or_else(|error| panic!("{error}"));
            members.push(format!("{folder:?}"));
        }
        write_workspace(&root, &members.join(", "));
        Self { scratch: scratch.to_owned(), root }
    }

    /// Runs cargo on the workspace and returns its output; a warning is a failure.
    pub fn cargo(&self, arguments: &[&str], variables: &[(&str, &str)]) -> String {
        let (clean, out, said) = self.run(arguments, variables);
        assert!(clean && !said.contains("warning"), "cargo {}:\n{said}\n{out}", arguments.join(" "));
        out
    }

    /// Runs cargo on the workspace and returns all errors and warnings of its crates.
    pub fn messages(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Vec<Message> {
        let arguments = [arguments, &["--keep-going", "--message-format", "json"]].concat();
        let (clean, out, said) = self.run(&arguments, variables);
        let messages: Vec<Message> = out.lines().filter_map(Message::read).collect();
        assert!(clean || !messages.is_empty(), "cargo {}:\n{said}\n{out}", arguments.join(" "));
        messages
    }

    /// Returns whether cargo succeeded, its output, and its messages.
    fn run(&self, arguments: &[&str], variables: &[(&str, &str)]) -> (bool, String, String) {
        let mut command = cargo(&self.scratch, arguments);
        let output = command.envs(variables.iter().copied()).current_dir(&self.root).output().expect("cargo runs");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (output.status.success(), text(&output.stdout), text(&output.stderr))
    }
}

/// Writes the manifest of a workspace with these members, and the lock file. Cargo compiles every crate again after it
/// sees another time of the manifest.
pub fn write_workspace(root: &Path, members: &str) {
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = [{members}]\n");
    if fs::read_to_string(root.join("Cargo.toml")).ok().as_ref() != Some(&manifest) {
        fs::write(root.join("Cargo.toml"), manifest).expect("writable");
    }
    fs::copy(workspace_root().join("Cargo.lock"), root.join("Cargo.lock")).expect("writable");
}

/// The variable that makes `cargo build` and `cargo test` compile the crates of a workspace with clippy, so that one
/// compilation gives the program, rustc's warnings and clippy's. `cargo clippy` would compile each crate once more.
pub fn with_clippy() -> (&'static str, String) {
    let driver = Path::new(env!("CARGO")).with_file_name(format!("clippy-driver{}", std::env::consts::EXE_SUFFIX));
    ("RUSTC_WORKSPACE_WRAPPER", driver.display().to_string())
}

/// Returns cargo with a command and its arguments. Everything that tests compile goes to one target folder, below
/// `scratch`, cargo's folder for tests: dependencies are built once for all of them, and a build of the workspace
/// neither waits nor keeps emitted crates.
pub fn cargo(scratch: &str, arguments: &[&str]) -> Command {
    let mut command = cargo_program();
    // Before the arguments, which can have others after `--`.
    let (first, rest) = arguments.split_at(arguments.len().min(1));
    command
        .args(first)
        .args(["--offline", "--quiet", "--target-dir"])
        .arg(Path::new(scratch).join("target"))
        .args(rest)
        .env("CARGO_INCREMENTAL", "0")
        // No debug information: panics show their lines without it.
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env("CARGO_TERM_COLOR", "never");
    command
}

/// Returns cargo without the variables that describe the package under test. Build scripts, such as that of ring, read
/// them, so cargo would compile these dependencies once more, and everything that depends on them.
pub fn cargo_program() -> Command {
    let mut command = Command::new(env!("CARGO"));
    let describes_package =
        |name: &str| name == "OUT_DIR" || name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_");
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(describes_package) {
            command.env_remove(name);
        }
    }
    command
}

/// A message of a compiler about a crate.
#[derive(Clone, Debug)]
pub struct Message {
    /// The target of the message, with underscores.
    pub target: String,
    /// The code of the error or the name of the lint, if it has one.
    pub code: Option<String>,
    /// The rendered message.
    pub text: String,
}

impl Message {
    /// Reads a message from a line of cargo's output, which also has other lines.
    fn read(line: &str) -> Option<Self> {
        let line: Value = serde_json::from_str(line).ok()?;
        let message = line.get("message").filter(|_| line["reason"] == "compiler-message")?;
        // "2 warnings emitted" and the like.
        if message["spans"].as_array()?.is_empty() && message["code"].is_null() {
            return None;
        }
        Some(Self {
            target: line["target"]["name"].as_str()?.replace('-', "_"),
            code: message["code"]["code"].as_str().map(str::to_owned),
            text: message["rendered"].as_str()?.to_owned(),
        })
    }

    /// Returns the kind of the message: its code, or else its beginning.
    pub fn kind(&self) -> String {
        let first = || self.text.lines().next().unwrap_or_default().chars().take(40).collect();
        self.code.clone().unwrap_or_else(first)
    }
}

/// Returns the code blocks of the operations' documentation, with the lines that rustdoc hides.
pub fn documented_examples(files: &FileSet) -> Vec<String> {
    let mut examples = Vec::new();
    for (_, text) in files.iter().filter(|(path, _)| path.starts_with("src/operations/")) {
        let mut lines = text.lines().map(str::trim_start);
        while lines.any(|line| line == "/// ```no_run") {
            let mut example = String::new();
            for line in lines.by_ref().take_while(|line| *line != "/// ```") {
                let line = line.trim_start_matches("///");
                let line = line.strip_prefix(' ').unwrap_or(line);
                example.push_str(line.strip_prefix("# ").unwrap_or(line));
                example.push('\n');
            }
            examples.push(example);
        }
    }
    examples
}
