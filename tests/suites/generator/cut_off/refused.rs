//! Refusals of the system: no space, no permission, an obstacle.

use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use generator::write::{FileSet, ObstacleKind, UNFINISHED, WriteError, apply, plan};
use tempfile::TempDir;

use super::{State, assert_modules_are_there, program, scratch, state, text, two_specs, undisturbed};

/// Asserts that a run failed and named the file; returns its output.
fn refusal(output: &Output) -> String {
    let error = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(output.status.code(), Some(2), "{error}");
    assert!(error.starts_with("error: cannot ") && error.lines().count() == 1, "{error}");
    error
}

// No space.

/// The program with a limit on the length of a file, in blocks: a longer file is refused as on a full disk.
fn program_with_limit(blocks: u32, spec: &Path, out: &Path) -> Command {
    let inner = program(spec, out);
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\""));
    shell.arg(inner.get_program()).args(inner.get_args());
    shell
}

/// A spec in which the description of one schema is so long that its model is the longest file of the crate: longer
/// than the copy of the spec, where a bracket is not escaped.
fn with_long_description(spec: &Path, schema: &str) -> PathBuf {
    let text = fs::read_to_string(spec).unwrap();
    let (head, long) = (format!("\n    {schema}:\n"), "[".repeat(200_000));
    let place = spec.with_file_name(format!("{schema}.yaml"));
    fs::write(&place, text.replace(&head, &format!("{head}      description: \"{long}\"\n"))).unwrap();
    place
}

/// Blocks of 512 bytes that are enough for the copy of the spec, but not for the longest model.
fn enough_for_the_spec(spec: &Path) -> u32 {
    let bytes = fs::metadata(spec).unwrap().len();
    u32::try_from(bytes / 512 + 16).unwrap()
}

#[test]
fn a_file_that_does_not_fit_leaves_a_crate_that_loads() {
    let folder = scratch();
    let specs = two_specs(folder.path());
    let out = folder.path().join("crate");
    let before = undisturbed(&specs[0]);
    // The journal, the copy of the spec, and models: the first, one in between, the last.
    let mut cases = vec![
        (specs[1].clone(), 0, UNFINISHED),
        (specs[1].clone(), 8, UNFINISHED),
        (specs[1].clone(), 11, "openapi.yaml"),
    ];
    for (schema, file) in [
        ("Link", "src/models/link.rs"),
        ("MemberList", "src/models/member_list.rs"),
        ("Team", "src/models/team.rs"),
        ("Tier", "src/models/tier.rs"),
    ] {
        let spec = with_long_description(&specs[1], schema);
        cases.push((spec.clone(), enough_for_the_spec(&spec), file));
    }
    for (index, (spec, blocks, file)) in cases.iter().enumerate() {
        assert!(program(&specs[0], &out).output().unwrap().status.success());
        let error = refusal(&program_with_limit(*blocks, spec, &out).output().unwrap());
        let expected = format!("error: cannot write {}/{file}: File too large", out.display());
        assert!(error.starts_with(&expected), "{error}");

        let after = undisturbed(spec);
        let found = state(&out);
        for (path, bytes) in found.iter().filter(|(path, bytes)| bytes.is_some() && *path != UNFINISHED) {
            let is_whole = [&before, &after].iter().any(|output| output.get(path) == Some(bytes));
            assert!(is_whole, "{file} does not fit: {path} is half-written");
        }
        assert!(text(&found, "Cargo.toml").is_some());
        assert_modules_are_there(&found);

        let is_begun = found != before;
        assert_eq!(is_begun, *file != UNFINISHED, "{file}");
        let check = program(spec, &out).arg("--check").output().unwrap();
        assert_eq!(String::from_utf8_lossy(&check.stdout).contains("was interrupted"), is_begun, "{file}");
        let (next, expected) = if index % 2 == 0 { (spec, &after) } else { (&specs[0], &before) };
        let output = program(next, &out).output().unwrap();
        let note = String::from_utf8_lossy(&output.stderr);
        assert_eq!(note.starts_with("note: an earlier run on"), is_begun, "{file}: {note}");
        assert!(state(&out) == *expected, "{file}: the next run gives what an undisturbed one does");
    }
}

// No permission.

/// A folder that every user may write to, with a copy of the program and a user with restricted permissions.
struct Restricted {
    folder: TempDir,
    program: PathBuf,
    /// Another user, if this process belongs to the superuser, for whom permissions have no effect.
    user: Option<u32>,
}

impl Restricted {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o777)).unwrap();
        // The folder of the build may be closed to others.
        let program = folder.path().join("program");
        fs::copy(env!("CARGO_BIN_EXE_generator-under-test"), &program).unwrap();
        let user = (fs::metadata(&program).unwrap().uid() == 0).then_some(65_534);
        Self { folder, program, user }
    }

    fn run(&self, spec: &Path, out: &Path) -> Output {
        let mut command = Command::new(&self.program);
        command.arg("--spec").arg(spec).arg("--out").arg(out);
        if let Some(user) = self.user {
            command.uid(user).gid(user);
        }
        command.output().unwrap()
    }
}

fn allow(folder: &Path, mode: u32) {
    fs::set_permissions(folder, fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn a_read_only_folder_is_named_and_nothing_is_lost() {
    let restricted = Restricted::new();
    let specs = two_specs(restricted.folder.path());
    let outputs = specs.each_ref().map(|spec| undisturbed(spec));
    let out = restricted.folder.path().join("crate");
    assert!(restricted.run(&specs[0], &out).status.success());

    // The directory itself: the run does not begin, and a run that has nothing to write succeeds.
    allow(&out, 0o555);
    let error = refusal(&restricted.run(&specs[1], &out));
    assert!(error.contains("crate/.generated-files.unfinished: Permission denied"), "{error}");
    assert!(restricted.run(&specs[0], &out).status.success());
    assert!(state(&out) == outputs[0]);
    allow(&out, 0o755);

    // A folder in it: the run begins, and is finished when that is possible.
    allow(&out.join("src/operations"), 0o555);
    let error = refusal(&restricted.run(&specs[1], &out));
    assert!(error.contains("crate/src/operations/") && error.contains("Permission denied"), "{error}");
    let found: State = state(&out);
    assert!(found.contains_key(UNFINISHED) && text(&found, "Cargo.toml").is_some());
    assert_modules_are_there(&found);
    allow(&out.join("src/operations"), 0o755);
    assert!(restricted.run(&specs[1], &out).status.success());
    assert!(state(&out) == outputs[1]);

    // A place where no directory can be created.
    let closed = restricted.folder.path().join("closed");
    fs::create_dir(&closed).unwrap();
    allow(&closed, 0o555);
    let error = refusal(&restricted.run(&specs[0], &closed.join("crate")));
    assert!(error.starts_with("error: cannot create the directory"), "{error}");
}

// An obstacle.

fn files() -> FileSet {
    FileSet::new([("Cargo.toml", "[package]\n"), ("src/lib.rs", "mod a;\n"), ("src/a.rs", "")]).unwrap()
}

fn written() -> TempDir {
    let directory = scratch();
    apply(&files(), directory.path()).unwrap();
    directory
}

fn pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

/// The obstacles that keep the files from being written, after asserting that nothing was changed.
fn obstacles(directory: &Path) -> Vec<(String, ObstacleKind)> {
    let names = || fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().file_name()).collect::<Vec<_>>();
    let before = names();
    let found = plan(&files(), directory).unwrap();
    assert!(!found.is_fresh() && found.report("out").contains("in the way "));
    let Err(WriteError::Blocked { obstacles, .. }) = apply(&files(), directory) else { panic!("not blocked") };
    assert_eq!(names(), before);
    obstacles.into_iter().map(|obstacle| (obstacle.path, obstacle.kind)).collect()
}

#[test]
fn an_entry_in_place_of_a_file_stops_the_run() {
    for name in ["src/a.rs", UNFINISHED, ".generated-files.tmp", "src/.generated-files.tmp"] {
        let directory = written();
        let place = directory.path().join(name);
        let _ = fs::remove_file(&place);

        fs::create_dir_all(place.join("inner")).unwrap();
        fs::write(place.join("inner/mine"), "").unwrap();
        assert_eq!(obstacles(directory.path()), [(name.to_owned(), ObstacleKind::Folder)]);

        // An empty folder can be removed without loss.
        fs::remove_file(place.join("inner/mine")).unwrap();
        fs::write(directory.path().join("src/lib.rs"), "other").unwrap();
        apply(&files(), directory.path()).unwrap();
        assert!(plan(&files(), directory.path()).unwrap().is_fresh());
        assert!(!place.is_dir() || name.ends_with(".tmp"), "{name}");
    }
    for name in ["src/a.rs", UNFINISHED] {
        let directory = written();
        let place = directory.path().join(name);
        let _ = fs::remove_file(&place);
        symlink("nowhere", &place).unwrap();
        assert_eq!(obstacles(directory.path()), [(name.to_owned(), ObstacleKind::Link)]);
        fs::remove_file(&place).unwrap();
        pipe(&place);
        assert_eq!(obstacles(directory.path()), [(name.to_owned(), ObstacleKind::Special)]);
    }
}

#[test]
fn an_entry_in_place_of_a_folder_stops_the_run() {
    let directory = written();
    let src = directory.path().join("src");
    fs::remove_dir_all(&src).unwrap();
    fs::write(&src, "mine").unwrap();
    assert_eq!(obstacles(directory.path()), [("src".to_owned(), ObstacleKind::File)]);
    assert_eq!(plan(&files(), directory.path()).unwrap().files(), 4);
    fs::remove_file(&src).unwrap();
    pipe(&src);
    assert_eq!(obstacles(directory.path()), [("src".to_owned(), ObstacleKind::Special)]);
    fs::remove_file(&src).unwrap();
    symlink(".", &src).unwrap();
    assert_eq!(obstacles(directory.path()), [("src".to_owned(), ObstacleKind::Link)]);
}

#[test]
fn an_entry_in_place_of_the_directory_is_rejected() {
    let directory = scratch();
    let at = |name: &str| directory.path().join(name);
    fs::write(at("file"), "mine").unwrap();
    pipe(&at("pipe"));
    symlink("nowhere", at("dangling")).unwrap();
    for name in ["file", "pipe"] {
        assert!(matches!(apply(&files(), &at(name)), Err(WriteError::NotADirectory(path)) if path == at(name)));
        assert!(matches!(plan(&files(), &at(name)), Err(WriteError::NotADirectory(path)) if path == at(name)));
    }
    for name in ["file/below", "dangling"] {
        let error = apply(&files(), &at(name)).unwrap_err().to_string();
        assert!(error.starts_with("cannot create the directory"), "{error}");
    }
    assert!(!at("nowhere").exists());

    // A link to a directory is a valid name of the directory.
    fs::create_dir(at("real")).unwrap();
    symlink("real", at("link")).unwrap();
    apply(&files(), &at("link")).unwrap();
    assert!(at("link").is_symlink() && at("real/Cargo.toml").is_file());
}
