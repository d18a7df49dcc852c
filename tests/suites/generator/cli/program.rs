//! The program: its output and its exit codes.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use generator::cli;

use super::workspace;

/// Runs the program.
fn program(directory: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_generator-under-test"))
        .args(arguments)
        .current_dir(directory)
        .env_remove("CARGO_MANIFEST_DIR")
        .output()
        .unwrap()
}

#[test]
fn the_program_prints_no_colour_without_a_terminal() {
    let workspace = workspace("openapi: 3.1.0\n");
    let output = program(workspace.path(), &[]);
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(text.starts_with("error[E0106]: ") && !text.contains('\u{1b}'), "{text}");
}

#[test]
fn the_program_prints_its_usage() {
    let output = program(Path::new("."), &["--help"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0));
    for part in [
        "Usage: cargo run -p generator",
        "--spec FILE",
        "--out DIR",
        "--check",
        "--deny-warnings",
        "--dump-api",
        "Exit codes:",
    ] {
        assert!(text.contains(part), "{text}");
    }
    assert!(text.lines().all(|line| line.len() <= 100), "{text}");
}

#[test]
fn the_program_rejects_invalid_arguments() {
    let output = program(Path::new("."), &["--chek"]);
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    assert!(text.starts_with("error: unknown argument `--chek`: did you mean `--check`?\n\nUsage:"), "{text}");
}

#[test]
fn the_program_names_a_missing_spec() {
    let output = program(Path::new("."), &["--spec", "no/such.yaml", "--out", "no/such"]);
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    assert!(text.starts_with("error: cannot read the spec no/such.yaml: "), "{text}");
}

/// Half a dump must not pass for a complete one.
#[cfg(target_os = "linux")]
#[test]
fn the_program_fails_when_a_dump_cannot_be_printed() {
    let full = fs::File::options().write(true).open("/dev/full").unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_generator-under-test"));
    let output = command.arg("--dump-api").current_dir(tests::workspace_root()).stdout(full).output().unwrap();
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(text.starts_with("error: cannot print the dump: "), "{text}");
}

#[test]
fn the_program_finds_the_workspace_only_from_inside() {
    let workspace = workspace("");
    fs::remove_file(workspace.path().join(cli::SPEC)).unwrap();
    let output = program(&workspace.path().join("spec"), &[]);
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(text.starts_with("error: cannot read the spec spec/org_groups.yaml: "), "{text}");

    let elsewhere = tempfile::tempdir().unwrap();
    let output = program(elsewhere.path(), &["--check"]);
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(text, "error: this is not a folder of the workspace: pass both --spec and --out\n");
}
