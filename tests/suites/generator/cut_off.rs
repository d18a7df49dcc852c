//! A crate is never half-written: runs that are interrupted, refused or concurrent, and names that try to lead outside.
//!
//! `moments` stops a run at each of its steps, and inside them; `killed` ends the real program by a signal, many times;
//! `refused` makes the system refuse what a run requests; `together` starts several runs at once; `inside` uses names
//! that must not become paths.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

mod inside;
#[cfg(unix)]
mod killed;
mod moments;
#[cfg(unix)]
mod refused;
#[cfg(unix)]
mod together;

/// The content of a directory: each file with its bytes, each folder with `None`.
type State = BTreeMap<String, Option<Vec<u8>>>;

/// Reads a directory, except what a run stores below `target`, which is not part of the output.
fn state(directory: &Path) -> State {
    let mut state = State::new();
    let mut folders = vec![directory.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(directory).unwrap().to_str().unwrap().replace('\\', "/");
            if name == "target" {
                continue;
            }
            if path.is_dir() {
                state.insert(name, None);
                folders.push(path);
            } else {
                state.insert(name, Some(fs::read(&path).unwrap()));
            }
        }
    }
    state
}

/// The text of a file in a directory.
fn text<'a>(state: &'a State, path: &str) -> Option<&'a str> {
    state.get(path)?.as_deref().map(|bytes| std::str::from_utf8(bytes).unwrap())
}

/// Asserts that every `mod` line that can be reached from `src/lib.rs` has its file.
fn assert_modules_are_there(state: &State) {
    let mut files = vec![("src/lib.rs".to_owned(), "src".to_owned())];
    while let Some((file, folder)) = files.pop() {
        let lines = text(state, &file).unwrap_or_else(|| panic!("{file} is missing")).lines();
        for name in lines.filter_map(|line| line.trim_start_matches("pub ").strip_prefix("mod ")?.strip_suffix(';')) {
            let inner = format!("{folder}/{name}");
            let places = [format!("{inner}.rs"), format!("{inner}/mod.rs")];
            let place = places.into_iter().find(|place| state.contains_key(place));
            files.push((place.unwrap_or_else(|| panic!("{file} names the module {name}")), inner));
        }
    }
}

/// A directory in memory where the system has one: thousands of attempts would otherwise wait for the disk.
fn scratch() -> TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.unwrap()
}

/// The generator's program, on a spec and a directory.
fn program(spec: &Path, out: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_generator-under-test"));
    command.arg("--spec").arg(spec).arg("--out").arg(out);
    command
}

/// Two small specs: the base of the replayed changes, and one in which many schemas and operations have another name.
/// Most files of both crates are the runtime, as in every crate.
fn two_specs(folder: &Path) -> [PathBuf; 2] {
    let text = tests::changes::base();
    let specs = [("groups.yaml", text.clone()), ("teams.yaml", text.replace("Group", "Team"))];
    specs.map(|(name, text)| {
        let spec = folder.join(name);
        fs::write(&spec, text).unwrap();
        spec
    })
}

/// The directory as an undisturbed run makes it.
fn undisturbed(spec: &Path) -> State {
    let directory = scratch();
    let output = program(spec, directory.path()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    state(directory.path())
}
