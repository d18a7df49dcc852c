//! The program on the real spec, from its arguments to the files.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::SystemTime;

use datadog_org_groups::Timestamp;
use generator::cli::SPEC;
use tempfile::TempDir;
use tests::workspace_root;

/// The output and the exit code of a run.
struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Ran {
    fn last_line(&self) -> &str {
        self.out.lines().last().unwrap_or_default()
    }
}

fn program(directory: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_generator-under-test"));
    command.current_dir(directory).env_remove("CARGO_MANIFEST_DIR");
    command
}

fn ran(command: &mut Command) -> Ran {
    let Output { status, stdout, stderr } = command.output().unwrap();
    Ran { code: status.code(), out: String::from_utf8(stdout).unwrap(), err: String::from_utf8(stderr).unwrap() }
}

fn run(out: &Path, options: &[&str]) -> Ran {
    ran(program(&workspace_root()).arg("--out").arg(out).args(options))
}

/// A folder with the crate, and the folder that contains it.
fn generated() -> (TempDir, PathBuf) {
    let directory = tempfile::tempdir().unwrap();
    let out = directory.path().join("crate");
    let ran = run(&out, &[]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{}", ran.out);
    (directory, out)
}

/// All files below a folder, by their relative paths.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    paths(folder)
        .into_iter()
        .map(|path| (path.strip_prefix(folder).unwrap().into(), fs::read(&path).unwrap()))
        .collect()
}

/// Files that a run stores below `target` are not part of its output.
fn paths(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let entries = entries.filter(|path| !path.ends_with("target"));
    entries.flat_map(|path| if path.is_dir() { paths(&path) } else { vec![path] }).collect()
}

fn times(folder: &Path) -> BTreeMap<PathBuf, SystemTime> {
    paths(folder).into_iter().map(|path| (path.clone(), fs::metadata(path).unwrap().modified().unwrap())).collect()
}

/// The counts of the last line, by their names.
fn counts(line: &str) -> BTreeMap<String, usize> {
    let parts = line.split([',', ':']).map(|part| part.trim().split_once(' ').expect("a number and a word"));
    parts.map(|(number, word)| (word.to_owned(), number.parse().expect("a number"))).collect()
}

#[test]
fn a_second_run_writes_nothing() {
    let directory = tempfile::tempdir().unwrap();
    let out = directory.path().join("crate");

    let first = run(&out, &[]);
    assert_eq!((first.code, first.err.as_str()), (Some(0), ""));
    let count = counts(first.last_line());
    assert_eq!(count["operations"], tests::spec::operations(&tests::spec::read()).len());
    assert_eq!((count["written"], count["unchanged"]), (count["files"], 0), "{}", first.out);
    assert_eq!(paths(&out).len(), count["files"]);

    let before = times(&out);
    let second = run(&out, &[]);
    assert_eq!((second.code, second.err.as_str()), (Some(0), ""));
    let count = counts(second.last_line());
    assert_eq!((count["written"], count["removed"], count["unchanged"]), (0, 0, count["files"]), "{}", second.out);
    assert_eq!(times(&out), before);

    let check = run(&out, &["--check"]);
    assert_eq!((check.code, check.err.as_str()), (Some(0), ""), "{}", check.out);
    assert_eq!(times(&out), before);
}

#[test]
fn a_check_names_each_difference_and_changes_nothing() {
    let (_directory, out) = generated();
    fs::remove_file(out.join("src/api.rs")).unwrap();
    fs::write(out.join("Cargo.toml"), "[package]\n").unwrap();
    fs::write(out.join("src/models/mine.rs"), "//! Mine.\n").unwrap();
    let (before, held) = (times(&out), files(&out));

    let check = run(&out, &["--check"]);
    assert_eq!((check.code, check.err.as_str()), (Some(1), ""), "{}", check.out);
    let line =
        |name: &str| check.out.lines().find(|line| line.contains(name)).unwrap_or_else(|| panic!("{}", check.out));
    assert!(line("src/api.rs").contains("(missing)"), "{}", check.out);
    assert!(line("/Cargo.toml").contains("(different)"), "{}", check.out);
    assert!(line("src/models/mine.rs").starts_with("left over"), "{}", check.out);
    assert!(check.out.contains("run: cargo run -p generator -- --out"), "{}", check.out);
    assert_eq!((times(&out), files(&out)), (before, held));
}

#[test]
fn a_run_removes_each_difference_except_foreign_files() {
    let (_directory, out) = generated();
    let whole = files(&out);
    fs::remove_file(out.join("README.md")).unwrap();
    fs::write(out.join("src/lib.rs"), "").unwrap();
    let ran = run(&out, &[]);
    assert_eq!((ran.code, counts(ran.last_line())["written"]), (Some(0), 2), "{}", ran.out);
    assert_eq!(files(&out), whole);
}

#[test]
fn a_broken_spec_is_reported_and_nothing_is_written() {
    let directory = tempfile::tempdir().unwrap();
    let (spec, out) = (directory.path().join("broken.yaml"), directory.path().join("crate"));
    let text = fs::read_to_string(workspace_root().join(SPEC)).unwrap();
    let broken = text.replacen("\n        minimum: 0\n", "\n        minimun: 0\n", 1);
    assert_ne!(broken, text);
    let line = broken.lines().position(|line| line.contains("minimun")).unwrap() + 1;
    fs::write(&spec, broken).unwrap();

    let ran = run(&out, &["--spec", spec.to_str().unwrap()]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert!(ran.err.contains(&format!("{}:{line}:9", spec.display())), "{}", ran.err);
    assert!(ran.err.contains("#/components/parameters/PageNumber/schema/minimun"), "{}", ran.err);
    assert!(ran.err.contains("did you mean `minimum`?"), "{}", ran.err);
    assert!(ran.err.ends_with("nothing was written\n"), "{}", ran.err);
    assert!(!out.exists());
}

#[test]
fn a_warning_is_reported_and_can_be_denied() {
    let directory = tempfile::tempdir().unwrap();
    let (spec, out) = (directory.path().join("odd.yaml"), directory.path().join("crate"));
    let text = fs::read_to_string(workspace_root().join(SPEC)).unwrap();
    let odd = text.replacen("    owner_org_uuid: \"0b6f4d19-", "    owner_org_uuid: \"0b6f4d1-", 1);
    assert_ne!(odd, text);
    let line = odd.lines().position(|line| line.contains("\"0b6f4d1-")).unwrap() + 1;
    fs::write(&spec, odd).unwrap();
    let spec = spec.to_str().unwrap();

    for options in [&["--spec", spec, "--deny-warnings"][..], &["--spec", spec, "--deny-warnings", "--check"]] {
        let denied = run(&out, options);
        assert_eq!((denied.code, denied.out.as_str()), (Some(2), ""));
        assert!(denied.err.starts_with("warning[W0203]: this example does not fit its schema: "), "{}", denied.err);
        assert!(denied.err.contains(&format!("{spec}:{line}:39")), "{}", denied.err);
        assert!(denied.err.ends_with("nothing was written\n"), "{}", denied.err);
        assert!(!out.exists());
    }
    let ran = run(&out, &["--spec", spec]);
    assert_eq!((ran.code, counts(ran.last_line())["warning"]), (Some(0), 1), "{}", ran.out);
    assert!(ran.err.ends_with("\n1 warning\n"), "{}", ran.err);
    let check = run(&out, &["--spec", spec, "--check"]);
    assert_eq!((check.code, check.err), (Some(0), ran.err), "{}", check.out);
}

#[test]
fn a_broken_spec_does_not_change_the_crate() {
    let (directory, out) = generated();
    let before = times(&out);
    let spec = directory.path().join("broken.yaml");
    fs::write(&spec, "openapi: 3.0.3\ninfo: {title: A, version: '1'}\npaths: {}\npaths: {}\n").unwrap();
    let ran = run(&out, &["--spec", spec.to_str().unwrap()]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert!(ran.err.contains("broken.yaml:4:1"), "{}", ran.err);
    assert_eq!(times(&out), before);
}

#[test]
fn the_program_runs_in_every_folder_of_the_workspace() {
    let root = workspace_root();
    for folder in ["spec", "generator/src/lower", "tests/facts", "generated/src"] {
        let ran = ran(program(&root.join(folder)).arg("--check"));
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "in {folder}: {}", ran.out);
    }
}

#[test]
fn the_output_depends_on_the_spec_alone() {
    let (_one, first) = generated();
    let other = tempfile::tempdir().unwrap();
    let (spec, second) = (other.path().join("copy of the spec.yaml"), other.path().join("deep/in/a b/crate"));
    fs::copy(workspace_root().join(SPEC), &spec).unwrap();
    let mut command = program(other.path());
    command.args(["--spec", "copy of the spec.yaml", "--out"]).arg(&second);
    command.env("TZ", "Pacific/Chatham").env("LANG", "tr_TR.UTF-8").env("HOME", "/nowhere").env("HOSTNAME", "else");
    let ran = ran(&mut command);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{}", ran.out);

    let (first, second) = (files(&first), files(&second));
    assert_eq!(first.keys().collect::<Vec<_>>(), second.keys().collect::<Vec<_>>());
    for (path, content) in &first {
        assert!(*content == second[path], "{} differs between two runs", path.display());
    }
}

#[test]
fn the_output_does_not_depend_on_the_machine() {
    let (directory, out) = generated();
    let spec = fs::read_to_string(workspace_root().join(SPEC)).unwrap();
    let today = Timestamp::now().to_string()[..10].to_owned();
    let host = fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default().trim().to_owned();
    let home = std::env::var("HOME").unwrap_or_default();
    let places = [workspace_root(), directory.path().to_owned()].map(|path| path.to_str().unwrap().to_owned());
    // A host name that is an ordinary word would prove nothing.
    let telling = |trace: &String| trace.contains(|c: char| !c.is_alphabetic()) && !spec.contains(trace.as_str());
    let traces: Vec<_> = places.into_iter().chain([today, host, home]).filter(telling).collect();
    assert!(traces.len() >= 2, "{traces:?}");
    for (path, content) in files(&out) {
        let text = String::from_utf8(content).unwrap();
        for trace in &traces {
            assert!(!text.contains(trace), "{} holds {trace}", path.display());
        }
    }
}

#[test]
fn the_crate_is_independent_of_the_workspace() {
    let (_directory, out) = generated();
    let manifest = fs::read_to_string(out.join("Cargo.toml")).unwrap();
    for part in ["workspace = true", "[workspace", "path = \"..", "git = "] {
        assert!(!manifest.contains(part), "{part}:\n{manifest}");
    }
    assert!(manifest.contains("name = \"datadog-org-groups\"") && manifest.contains("path = \"src/lib.rs\""));
}

/// Nobody reads an index of thousands of lines.
#[test]
fn a_very_large_crate_has_folders() {
    let count = 1_001;
    let mut text =
        "openapi: 3.0.3\ninfo: {title: Many, version: 1.0.0}\nservers: [{url: https://a.example}]\npaths:\n".to_owned();
    for index in 0..count {
        let parameter =
            format!("{{name: a, in: query, schema: {{$ref: '#/components/schemas/{}{index}'}}}}", letter(index));
        text += &format!(
            "  /{index}: {{get: {{operationId: {}{index}, parameters: [{parameter}], responses: {{'204': {{description: Done.}}}}}}}}\n",
            letter(index)
        );
    }
    text += "components:\n  schemas:\n";
    for index in 0..count {
        text += &format!("    {}{index}: {{type: string, maxLength: {}}}\n", letter(index), index + 1);
    }
    let files = generator::generate(&text).expect("a crate").files;
    for path in ["src/models/letter_b/mod.rs", "src/models/letter_b/b1.rs", "src/operations/letter_c/c2.rs"] {
        assert!(files.get(path).is_some(), "{path}");
    }
    let lines = |path: &str| files.get(path).map(|text| text.lines().count());
    assert!(lines("src/models/mod.rs") < Some(100) && lines("src/operations/mod.rs") < Some(1_100));
}

fn letter(index: usize) -> char {
    char::from(b'A' + u8::try_from(index % 26).expect("a letter"))
}
