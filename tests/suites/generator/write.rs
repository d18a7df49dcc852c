//! The write stage on real directories: what it writes, removes, leaves and refuses.

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use generator::write::{FileSet, LIST, ObstacleKind, WriteError, apply, plan, steps};
use tempfile::TempDir;

const CRATE: &[(&str, &str)] = &[
    ("Cargo.toml", "[package]\n"),
    ("src/lib.rs", "pub mod models;\n"),
    ("src/models/group.rs", "pub struct Group;\n"),
    ("src/models/mod.rs", "mod group;\n"),
];

fn set(files: &[(&str, &str)]) -> FileSet {
    FileSet::new(files.iter().copied()).unwrap()
}

/// The crate with some files replaced or added, and without those that have no text here.
fn set_with(changes: &[(&str, Option<&str>)]) -> FileSet {
    let mut files: std::collections::BTreeMap<&str, &str> = CRATE.iter().copied().collect();
    for (path, text) in changes {
        match text {
            Some(text) => files.insert(path, text),
            None => files.remove(path),
        };
    }
    FileSet::new(files).unwrap()
}

/// A directory that holds the crate.
fn written() -> TempDir {
    let directory = tempfile::tempdir().unwrap();
    apply(&set(CRATE), directory.path()).unwrap();
    directory
}

/// Asserts that a directory contains exactly an output and the list.
fn assert_holds(directory: &Path, files: &FileSet) {
    let mut found = Vec::new();
    let mut folders = vec![directory.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path.strip_prefix(directory).unwrap().to_str().unwrap().replace('\\', "/"));
            }
        }
    }
    found.sort();
    let mut expected: Vec<&str> = files.iter().map(|(path, _)| path).chain([LIST]).collect();
    expected.sort_unstable();
    assert_eq!(found, expected);
    for (path, text) in files.iter() {
        assert_eq!(fs::read_to_string(directory.join(path)).unwrap(), text, "{path}");
    }
    assert!(plan(files, directory).unwrap().is_fresh());
}

/// Sets the modification time of every file far back, so that a write is visible; returns that time.
fn age(directory: &Path, files: &FileSet) -> SystemTime {
    let past = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    for path in files.iter().map(|(path, _)| path).chain([LIST]) {
        fs::File::options().write(true).open(directory.join(path)).unwrap().set_modified(past).unwrap();
    }
    past
}

fn modified(path: impl AsRef<Path>) -> SystemTime {
    fs::metadata(path).unwrap().modified().unwrap()
}

// Writing.

#[test]
fn writes_a_crate_with_its_list() {
    let directory = tempfile::tempdir().unwrap();
    let inner = directory.path().join("not/there/yet");
    let done = apply(&set(CRATE), &inner).unwrap();
    assert_eq!((done.created.len(), done.written(), done.files()), (5, 5, 5));
    assert_holds(&inner, &set(CRATE));
    let list = fs::read_to_string(inner.join(LIST)).unwrap();
    let paths: Vec<&str> = list.lines().filter(|line| !line.starts_with('#')).collect();
    assert_eq!(paths, ["Cargo.toml", "src/lib.rs", "src/models/group.rs", "src/models/mod.rs"]);
    assert!(list.contains("cargo run -p generator"));
}

#[test]
fn looking_changes_nothing() {
    let directory = tempfile::tempdir().unwrap();
    let missing = directory.path().join("missing");
    let found = plan(&set(CRATE), &missing).unwrap();
    assert_eq!(found.created, [LIST, "Cargo.toml", "src/lib.rs", "src/models/group.rs", "src/models/mod.rs"]);
    assert!(!found.is_fresh() && found.has_work() && !missing.exists());
}

#[test]
fn a_second_run_writes_nothing() {
    let directory = written();
    let past = age(directory.path(), &set(CRATE));
    let done = apply(&set(CRATE), directory.path()).unwrap();
    assert!(done.is_fresh());
    assert_eq!((done.unchanged.len(), done.written()), (5, 0));
    for path in CRATE.iter().map(|(path, _)| *path).chain([LIST]) {
        assert_eq!(modified(directory.path().join(path)), past, "{path}");
    }
}

#[test]
fn only_what_changed_is_written() {
    let directory = written();
    let past = age(directory.path(), &set(CRATE));
    let next = set_with(&[("src/models/group.rs", Some("pub struct Group();\n"))]);
    let done = apply(&next, directory.path()).unwrap();
    assert_eq!(done.changed, ["src/models/group.rs"]);
    assert_eq!((done.created.len(), done.removed.len(), done.unchanged.len()), (0, 0, 4));
    assert_holds(directory.path(), &next);
    for path in next.iter().map(|(path, _)| path).chain([LIST]) {
        assert_eq!(modified(directory.path().join(path)) == past, path != "src/models/group.rs", "{path}");
    }
}

#[test]
fn line_endings_are_a_change() {
    let directory = written();
    fs::write(directory.path().join("src/lib.rs"), "pub mod models;\r\n").unwrap();
    assert_eq!(apply(&set(CRATE), directory.path()).unwrap().changed, ["src/lib.rs"]);
    assert_holds(directory.path(), &set(CRATE));
}

#[test]
fn a_file_that_is_no_longer_produced_is_removed_with_its_empty_folder() {
    let directory = written();
    let next = set_with(&[("src/models/group.rs", None), ("src/models/mod.rs", None)]);
    let done = apply(&next, directory.path()).unwrap();
    assert_eq!(done.removed, ["src/models/group.rs", "src/models/mod.rs"]);
    assert_eq!(done.changed, [LIST]);
    assert_holds(directory.path(), &next);
    assert!(!directory.path().join("src/models").exists());
}

#[test]
fn a_deleted_file_is_restored() {
    let directory = written();
    fs::remove_file(directory.path().join("src/lib.rs")).unwrap();
    assert_eq!(apply(&set(CRATE), directory.path()).unwrap().created, ["src/lib.rs"]);
    assert_holds(directory.path(), &set(CRATE));
}

#[test]
fn a_file_becomes_a_folder_and_back() {
    let directory = tempfile::tempdir().unwrap();
    let file = set(&[("src/lib.rs", ""), ("src/models", "")]);
    let folder = set(&[("src/lib.rs", ""), ("src/models/a/b.rs", "")]);
    let upper = set(&[("src/lib.rs", ""), ("src/Models/a/b.rs", "")]);
    for files in [&file, &folder, &upper, &file, &upper, &folder] {
        apply(files, directory.path()).unwrap();
        assert_holds(directory.path(), files);
    }
}

// Ownership of files.

#[test]
fn a_directory_with_files_and_no_list_is_rejected() {
    let directory = tempfile::tempdir().unwrap();
    fs::write(directory.path().join("thesis.txt"), "mine").unwrap();
    let error = apply(&set(CRATE), directory.path()).unwrap_err();
    assert!(matches!(&error, WriteError::NotOurs { entry, .. } if entry == "thesis.txt"));
    assert!(error.to_string().contains("Name a new or empty directory"), "{error}");
    assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 1);
}

/// A whole disk by mistake (`--out /`) is refused without reading all of it.
#[cfg(unix)]
#[test]
fn a_foreign_directory_is_recognized_by_its_top() {
    use std::os::unix::fs::PermissionsExt as _;

    let directory = tempfile::tempdir().unwrap();
    let locked = directory.path().join("locked");
    fs::create_dir(&locked).unwrap();
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).unwrap();
    let error = apply(&set(CRATE), directory.path()).unwrap_err();
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o700)).unwrap();
    assert!(matches!(&error, WriteError::NotOurs { entry, .. } if entry == "locked"), "{error}");
}

#[test]
fn a_file_in_place_of_the_directory_is_rejected() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("file");
    fs::write(&file, "mine").unwrap();
    assert!(matches!(apply(&set(CRATE), &file), Err(WriteError::NotADirectory(path)) if path == file));
    assert!(matches!(apply(&set(CRATE), &file.join("below")), Err(WriteError::Io { .. })));
}

#[test]
fn a_foreign_file_is_a_difference_and_is_kept() {
    let directory = written();
    let old = directory.path().join("src/models/old.rs");
    fs::write(&old, "mine").unwrap();
    let found = plan(&set(CRATE), directory.path()).unwrap();
    assert_eq!(found.foreign, ["src/models/old.rs"]);
    assert!(!found.is_fresh() && !found.has_work());
    let done = apply(&set_with(&[("src/models/group.rs", None)]), directory.path()).unwrap();
    assert_eq!(done.foreign, ["src/models/old.rs"]);
    assert_eq!(fs::read_to_string(old).unwrap(), "mine");
}

#[test]
fn build_outputs_at_the_top_are_not_foreign() {
    let directory = tempfile::tempdir().unwrap();
    for path in ["target/debug", ".git"] {
        fs::create_dir_all(directory.path().join(path)).unwrap();
    }
    fs::write(directory.path().join("target/debug/x"), "").unwrap();
    fs::write(directory.path().join("Cargo.lock"), "").unwrap();
    assert_eq!(apply(&set(CRATE), directory.path()).unwrap().created.len(), 5);
    assert!(plan(&set(CRATE), directory.path()).unwrap().is_fresh());

    fs::create_dir(directory.path().join("src/target")).unwrap();
    fs::write(directory.path().join("src/target/x.rs"), "").unwrap();
    assert_eq!(plan(&set(CRATE), directory.path()).unwrap().foreign, ["src/target/x.rs"]);
}

#[test]
fn a_foreign_file_in_place_of_an_output_file_stops_the_run() {
    let directory = written();
    let next = set_with(&[("src/models/new.rs", Some("new")), ("src/lib.rs", Some("changed"))]);
    fs::write(directory.path().join("src/models/new.rs"), "mine").unwrap();
    let Err(WriteError::Blocked { obstacles, .. }) = apply(&next, directory.path()) else { panic!("not blocked") };
    assert_eq!((obstacles[0].path.as_str(), obstacles[0].kind), ("src/models/new.rs", ObstacleKind::File));
    assert_eq!(fs::read_to_string(directory.path().join("src/lib.rs")).unwrap(), "pub mod models;\n");

    fs::write(directory.path().join("src/models/new.rs"), "new").unwrap();
    let done = apply(&next, directory.path()).unwrap();
    assert_eq!(done.changed, [LIST, "src/lib.rs"]);
    assert_holds(directory.path(), &next);
}

#[test]
fn foreign_files_and_folders_where_the_other_belongs_are_obstacles() {
    let directory = written();
    fs::create_dir_all(directory.path().join("src/a.rs")).unwrap();
    fs::write(directory.path().join("src/a.rs/x"), "").unwrap();
    fs::write(directory.path().join("src/b"), "").unwrap();
    fs::write(directory.path().join("src/C.rs"), "").unwrap();
    let next = set_with(&[("src/a.rs", Some("")), ("src/b/c.rs", Some("")), ("src/c.rs", Some(""))]);
    let found = plan(&next, directory.path()).unwrap();
    let obstacles: Vec<_> = found.obstacles.iter().map(|obstacle| (obstacle.path.as_str(), obstacle.kind)).collect();
    assert_eq!(
        obstacles,
        [("src/a.rs", ObstacleKind::Folder), ("src/b", ObstacleKind::File), ("src/C.rs", ObstacleKind::File)]
    );
    assert!(matches!(apply(&next, directory.path()), Err(WriteError::Blocked { .. })));
}

#[test]
fn a_list_cannot_remove_files_outside() {
    let directory = tempfile::tempdir().unwrap();
    let (victim, output) = (directory.path().join("victim"), directory.path().join("output"));
    fs::write(&victim, "mine").unwrap();
    apply(&set(CRATE), &output).unwrap();
    fs::write(output.join(LIST), "Cargo.toml\n../victim\n").unwrap();
    let error = apply(&set(CRATE), &output).unwrap_err();
    assert!(matches!(error, WriteError::BadList { line: 2, .. }), "{error}");
    assert!(victim.exists());
}

#[test]
fn a_list_with_merge_conflicts_counts_both_sides() {
    let directory = written();
    let list = "Cargo.toml\r\n<<<<<<< ours\nsrc/a.rs\n=======\nsrc/b.rs\n>>>>>>> theirs\nsrc/lib.rs\n";
    fs::write(directory.path().join(LIST), list).unwrap();
    for path in ["src/a.rs", "src/b.rs"] {
        fs::write(directory.path().join(path), "made by one side").unwrap();
    }
    let next = set_with(&[("src/a.rs", Some("merged"))]);
    let done = apply(&next, directory.path()).unwrap();
    assert_eq!((done.changed, done.removed), (vec![LIST.into(), "src/a.rs".into()], vec!["src/b.rs".to_owned()]));
    assert_holds(directory.path(), &next);
}

// Symbolic links.

/// Between two steps a folder is replaced by a link to one outside, at each step in turn.
#[cfg(unix)]
#[test]
fn a_folder_that_becomes_a_link_during_a_run_is_not_followed() {
    use std::os::unix::fs::symlink;

    let before = set(CRATE);
    let after = set_with(&[("src/models/group.rs", Some("changed")), ("src/models/new.rs", Some("new"))]);
    let count = |output: &Path| steps(&plan(&after, output).unwrap(), &after).len();
    for swapped in 0.. {
        let directory = tempfile::tempdir().unwrap();
        let (outside, output) = (directory.path().join("outside"), directory.path().join("output"));
        apply(&before, &output).unwrap();
        fs::create_dir(&outside).unwrap();
        if swapped == count(&output) {
            break;
        }
        let plan = plan(&after, &output).unwrap();
        let mut failed = false;
        for (index, step) in steps(&plan, &after).iter().enumerate() {
            if index == swapped {
                fs::rename(output.join("src/models"), output.join("src/moved")).unwrap();
                symlink(&outside, output.join("src/models")).unwrap();
            }
            if let Err(error) = step.take(&output) {
                assert!(error.to_string().ends_with("src/models: it has become a symbolic link"), "{error}");
                failed = true;
                break;
            }
        }
        assert_eq!(fs::read_dir(&outside).unwrap().count(), 0, "swapped before step {swapped}");
        assert!(failed || fs::symlink_metadata(output.join("src/models")).unwrap().is_symlink());
    }
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    use std::os::unix::fs::symlink;

    let directory = tempfile::tempdir().unwrap();
    let (outside, output) = (directory.path().join("outside"), directory.path().join("output"));
    fs::create_dir(&outside).unwrap();
    fs::write(outside.join("group.rs"), "mine").unwrap();
    apply(&set(CRATE), &output).unwrap();

    // A folder of the output was replaced by a link: the run neither writes to it nor removes from it.
    fs::remove_dir_all(output.join("src/models")).unwrap();
    symlink(&outside, output.join("src/models")).unwrap();
    for next in [set(CRATE), set_with(&[("src/models/group.rs", Some("changed"))])] {
        let Err(WriteError::Blocked { obstacles, .. }) = apply(&next, &output) else { panic!("not blocked") };
        assert_eq!((obstacles[0].path.as_str(), obstacles[0].kind), ("src/models", ObstacleKind::Link));
    }
    let without = set_with(&[("src/models/group.rs", None), ("src/models/mod.rs", None)]);
    let done = apply(&without, &output).unwrap();
    assert_eq!((done.removed.len(), done.foreign), (0, vec!["src/models".to_owned()]));
    assert_eq!(fs::read_to_string(outside.join("group.rs")).unwrap(), "mine");
    fs::remove_file(output.join("src/models")).unwrap();

    // A file of the output, or a temporary one, was replaced by a link.
    fs::remove_file(output.join("src/lib.rs")).unwrap();
    symlink(outside.join("group.rs"), output.join("src/lib.rs")).unwrap();
    assert!(matches!(apply(&set(CRATE), &output), Err(WriteError::Blocked { .. })));
    fs::remove_file(output.join("src/lib.rs")).unwrap();
    symlink(outside.join("group.rs"), output.join("src/.generated-files.tmp")).unwrap();
    apply(&set(CRATE), &output).unwrap();
    assert_holds(&output, &set(CRATE));
    assert_eq!(fs::read_to_string(outside.join("group.rs")).unwrap(), "mine");
}
