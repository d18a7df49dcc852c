//! A run without changes: no file is written, and cargo has nothing to compile.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use generator::cli::SPEC;
use serde_json::Value;
use tests::{crates, workspace_root};

#[test]
fn a_second_run_writes_nothing_and_recompiles_nothing() {
    let root = workspace();
    let spec = fs::read_to_string(workspace_root().join(SPEC)).expect("the spec is there");

    generate(&root, &spec);
    check(&root);
    let before = times(&root.join("crate"));
    generate(&root, &spec);
    assert_eq!(times(&root.join("crate")), before, "a file was written");
    assert!(check(&root), "cargo compiled the crate again");

    generate(&root, &spec.replacen("title: ", "title: New ", 1));
    assert_ne!(times(&root.join("crate")), before, "another title is in no file");
    assert!(!check(&root), "cargo does not see a file that was written");
}

/// A workspace below the target folder with the lock file of this one, so that no dependency is downloaded.
fn workspace() -> PathBuf {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("rebuild");
    fs::create_dir_all(root.join("crate")).expect("writable");
    crates::write_workspace(&root, "\"crate\"");
    root
}

fn generate(root: &Path, spec: &str) {
    let file = root.join("spec.yaml");
    fs::write(&file, spec).expect("writable");
    let output = Command::new(env!("CARGO_BIN_EXE_generator-under-test"))
        .args(["--spec".as_ref(), file.as_os_str(), "--out".as_ref(), root.join("crate").as_os_str()])
        .output()
        .expect("the generator runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Returns the time of modification of each file below a folder.
fn times(folder: &Path) -> BTreeMap<PathBuf, SystemTime> {
    let mut times = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("readable") {
            let entry = entry.expect("readable");
            let metadata = entry.metadata().expect("readable");
            if metadata.is_dir() {
                folders.push(entry.path());
            } else {
                times.insert(entry.path(), metadata.modified().expect("this system keeps times"));
            }
        }
    }
    times
}

/// Runs cargo check on the crate; returns whether everything was up to date.
fn check(root: &Path) -> bool {
    let mut command =
        crates::cargo(env!("CARGO_TARGET_TMPDIR"), &["check", "--no-default-features", "--message-format=json"]);
    let output = command.current_dir(root).output().expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let messages = String::from_utf8(output.stdout).expect("cargo writes JSON");
    let artifacts: Vec<Value> = messages
        .lines()
        .map(|line| serde_json::from_str(line).expect("cargo writes JSON"))
        .filter(|message: &Value| message["reason"] == "compiler-artifact")
        .collect();
    assert!(!artifacts.is_empty(), "cargo told nothing");
    artifacts.iter().all(|artifact| artifact["fresh"] == true)
}
