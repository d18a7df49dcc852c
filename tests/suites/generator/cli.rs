//! The command line: in this process, and as a program.

mod arguments;
mod program;

use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::Path;

use generator::cli::{self, Outcome, Surroundings};
use generator::diagnostics::Style;
use generator::write::LIST;
use generator::{DESCRIPTION, generate};
use tempfile::TempDir;

/// The output and the exit code of a run in this process.
struct Ran {
    outcome: Outcome,
    out: String,
    err: String,
}

/// A spec of one operation, with a type for each of these names. A name with a `?` has no description, which causes a
/// warning.
fn spec(types: &[&str]) -> String {
    let mut text = "\
openapi: 3.0.3
info: {title: Small, description: Enough for a crate., version: 1.0.0, x-crate-name: small}
servers: [{url: 'https://api.example.com'}]
paths:
  /things:
    delete:
      operationId: DeleteThings
      summary: Delete things.
      description: Deletes what fits.
      responses: {'204': {description: Deleted.}}
"
    .to_owned();
    let mut section = |head: &str, entry: &dyn Fn(&str, &str) -> String| {
        text.push_str(if types.is_empty() { "" } else { head });
        for name in types {
            let (name, description) = match name.strip_suffix('?') {
                Some(name) => (name, ""),
                None => (*name, "description: One of several., "),
            };
            text.push_str(&entry(name, description));
        }
    };
    section("      parameters:\n", &|name, _| {
        let schema = format!("{{$ref: '#/components/schemas/{name}'}}");
        format!("        - {{name: {name}, in: query, description: Which., schema: {schema}}}\n")
    });
    section("components:\n  schemas:\n", &|name, description| {
        format!("    {name}: {{{description}type: string, example: some}}\n")
    });
    text
}

/// How many files a run on a spec writes, including the list of them.
fn files(spec: &str) -> usize {
    generate(spec).unwrap().files.len() + 1
}

/// Runs the command line in this process.
fn run(directory: &Path, arguments: &[&str]) -> Ran {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut surroundings = Surroundings {
        manifest_dir: Some(directory.join("generator")),
        current_dir: None,
        style: Style::default(),
        program: None,
        out: &mut out,
        err: &mut err,
    };
    let outcome = cli::run(arguments.iter().map(OsString::from), &mut surroundings);
    Ran { outcome, out: String::from_utf8(out).unwrap(), err: String::from_utf8(err).unwrap() }
}

/// A folder that looks like the workspace, with this spec.
fn workspace(spec: &str) -> TempDir {
    let directory = tempfile::tempdir().unwrap();
    fs::create_dir(directory.path().join("spec")).unwrap();
    fs::create_dir(directory.path().join("generator")).unwrap();
    fs::write(directory.path().join("Cargo.toml"), "[workspace]").unwrap();
    fs::write(directory.path().join("generator/Cargo.toml"), "[package]").unwrap();
    fs::write(directory.path().join(cli::SPEC), spec).unwrap();
    directory
}

#[test]
fn arguments_set_the_crate_name_and_version() {
    let directory = workspace(
        "openapi: 3.0.3\ninfo: {title: Boxes, version: v7}\nservers: [{url: https://a.example}]\npaths: {}\n",
    );
    let named = ["--crate-name", "my-boxes", "--crate-version", "2.5.0"];
    let package = || fs::read_to_string(directory.path().join("generated/Cargo.toml")).unwrap();
    assert_eq!(run(directory.path(), &[]).outcome, Outcome::Done);
    assert!(package().contains("name = \"boxes\"\nversion = \"7.0.0\"\n"), "{}", package());
    assert_eq!(run(directory.path(), &named).outcome, Outcome::Done);
    assert!(package().contains("name = \"my-boxes\"\nversion = \"2.5.0\"\n"), "{}", package());
    let again = run(directory.path(), &[]);
    assert!(again.out.contains("0 written, 0 removed"), "it remembers what it was called: {}", again.out);
    assert_eq!(run(directory.path(), &["--crate-version=2.6.0"]).outcome, Outcome::Done);
    assert!(package().contains("name = \"my-boxes\"\nversion = \"2.6.0\"\n"), "{}", package());
    assert!(package().contains("crate-name = \"my-boxes\"\ncrate-version = \"2.6.0\"\n"), "{}", package());
    let ran = run(directory.path(), &["--check", "--crate-name=other"]);
    assert_eq!(ran.outcome, Outcome::Different);
    assert!(ran.out.contains("run: cargo run -p generator -- --crate-name other\n"), "{}", ran.out);
}

#[test]
fn extensions_of_other_tools_are_counted_in_one_line() {
    let spec = "openapi: 3.0.3\ninfo: {title: T, version: 1.0.0, x-logo: a}\nx-tags: []\nservers: [{url: https://a.example}]\npaths: {}\n";
    let ran = run(workspace(spec).path(), &[]);
    assert_eq!(ran.outcome, Outcome::Done);
    let notes: Vec<&str> = ran.err.lines().filter(|line| line.starts_with("note: ")).collect();
    assert_eq!(notes, ["note: 2 extensions of other tools in spec/org_groups.yaml have no effect here"]);
}

#[test]
fn a_run_writes_and_ends_with_one_line() {
    let (old, new) = (spec(&["Kind", "Size"]), spec(&["Size", "Tone"]));
    let (workspace, all) = (workspace(&old), files(&old));
    let ran = run(workspace.path(), &[]);
    assert_eq!(ran.out, format!("1 operation, 2 types, {all} files: {all} written, 0 removed, 0 unchanged\n"));
    assert_eq!((ran.outcome, ran.err.as_str()), (Outcome::Done, ""));
    let generated = |path: &str| workspace.path().join("generated").join(path);
    assert_eq!(fs::read_to_string(generated(DESCRIPTION)).unwrap(), old);

    fs::write(workspace.path().join(cli::SPEC), &new).unwrap();
    let ran = run(workspace.path(), &[]);
    assert!(ran.out.starts_with("What changes for callers: 2 breaking to compile, 1 additive.\n"), "{}", ran.out);
    let end = ran.out.lines().last().unwrap();
    assert!(end.starts_with(&format!("1 operation, 2 types, {all} files: ")), "{end}");
    assert!(end.contains(", 1 removed, "), "{end}");
    assert!(generated("src/models/tone.rs").exists() && !generated("src/models/kind.rs").exists());
    let ran = run(workspace.path(), &[]);
    assert_eq!(ran.out, format!("1 operation, 2 types, {all} files: 0 written, 0 removed, {all} unchanged\n"));

    fs::remove_file(generated(DESCRIPTION)).unwrap();
    fs::write(workspace.path().join(cli::SPEC), &old).unwrap();
    let unknown = "What changes for callers is unknown: generated/openapi.yaml, the spec of the crate, is \
                   missing\n";
    let ran = run(workspace.path(), &[]);
    assert!(ran.out.starts_with(unknown), "{}", ran.out);
}

#[test]
fn a_check_writes_nothing_and_lists_each_difference() {
    let old = spec(&["Kind", "Size"]);
    let (workspace, all) = (workspace(&old), files(&old));
    run(workspace.path(), &[]);
    let ran = run(workspace.path(), &["--check"]);
    assert_eq!(ran.outcome, Outcome::Done);
    assert_eq!(ran.out, format!("1 operation, 2 types, {all} files: 0 to write, 0 to remove, {all} unchanged\n"));

    fs::write(workspace.path().join(cli::SPEC), spec(&["Size", "Tone"])).unwrap();
    fs::write(workspace.path().join("generated/old.rs"), "").unwrap();
    let files = ["api.txt", "openapi.yaml", "src/models/mod.rs", "src/operations/delete_things.rs"];
    let differ: String = files.iter().map(|path| format!("would write  generated/{path} (different)\n")).collect();
    let rest = all - files.len() - 2;
    for _ in 0..2 {
        let ran = run(workspace.path(), &["--check"]);
        assert_eq!(ran.outcome, Outcome::Different);
        assert_eq!(
            ran.out,
            format!(
                "would write  generated/src/models/tone.rs (missing)\n\
                 would write  generated/{LIST} (different)\n\
                 {differ}\
                 would remove generated/src/models/kind.rs (no longer generated)\n\
                 left over    generated/old.rs (not written by the generator: move or delete it)\n\
                 To bring generated up to date, run: cargo run -p generator\n\
                 1 operation, 2 types, {all} files: 6 to write, 1 to remove, {rest} unchanged, 1 foreign\n"
            )
        );
    }
}

#[test]
fn a_run_leaves_a_foreign_file_but_warns() {
    let text = spec(&["Kind"]);
    let (workspace, all) = (workspace(&text), files(&text));
    run(workspace.path(), &[]);
    fs::write(workspace.path().join("generated/old.rs"), "mine").unwrap();
    let ran = run(workspace.path(), &[]);
    assert_eq!(ran.outcome, Outcome::Done);
    assert!(ran.err.starts_with("warning: generated/old.rs was not written by the generator"), "{}", ran.err);
    let expected = format!("1 operation, 1 type, {all} files: 0 written, 0 removed, {all} unchanged, 1 foreign\n");
    assert_eq!(ran.out, expected);
    assert_eq!(fs::read_to_string(workspace.path().join("generated/old.rs")).unwrap(), "mine");
}

#[test]
fn a_check_names_the_command_with_its_options() {
    let workspace = workspace("");
    let (path, out) = (workspace.path().join("it's.yaml"), workspace.path().join("out"));
    fs::write(&path, spec(&[])).unwrap();
    let ran = run(workspace.path(), &["--spec", path.to_str().unwrap(), "--out", out.to_str().unwrap(), "--check"]);
    let quoted = format!("'{}'", path.to_str().unwrap().replace('\'', r"'\''"));
    let command = format!("run: cargo run -p generator -- --spec {quoted} --out {}\n", out.display());
    assert!(ran.out.contains(&command), "{}", ran.out);
    assert!(!out.exists());
}

#[test]
fn a_dump_is_printed_and_nothing_is_written() {
    let text = spec(&["Kind?"]);
    let workspace = workspace(&text);
    let ran = run(workspace.path(), &["--dump-api"]);
    let dump = generator::describe(text).unwrap().dump().unwrap();
    assert_eq!((ran.outcome, ran.out, ran.err.as_str()), (Outcome::Done, dump, ""));
    assert!(!workspace.path().join("generated").exists());
}

#[test]
fn a_wrong_spec_is_rendered_and_nothing_is_written() {
    let text = spec(&[]).replace("3.0.3", "3.1.0");
    let workspace = workspace(&text);
    let rendered = generator::render(&generate(&text).unwrap_err(), cli::SPEC, &text, false);
    assert!(rendered.starts_with("error[E0106]: "), "{rendered}");
    for arguments in [&[][..], &["--check"], &["--dump-api"]] {
        let ran = run(workspace.path(), arguments);
        assert_eq!((ran.outcome, ran.out.as_str()), (Outcome::Failed, ""));
        assert_eq!(ran.err, format!("{rendered}error: 1 problem in spec/org_groups.yaml: nothing was written\n"));
    }
    assert!(!workspace.path().join("generated").exists());
}

#[test]
fn warnings_are_printed_and_the_run_continues() {
    let text = spec(&["Kind?", "Size?"]);
    let (workspace, all) = (workspace(&text), files(&text));
    let warnings = generator::render(&generate(&text).unwrap().warnings, cli::SPEC, &text, false);
    assert!(warnings.ends_with("\n2 warnings\n"), "{warnings}");
    let counts = format!("1 operation, 2 types, {all} files");
    let ran = run(workspace.path(), &[]);
    assert_eq!((ran.outcome, &ran.err), (Outcome::Done, &warnings));
    assert_eq!(ran.out, format!("{counts}: {all} written, 0 removed, 0 unchanged, 2 warnings\n"));
    let ran = run(workspace.path(), &["--check"]);
    assert_eq!((ran.outcome, &ran.err), (Outcome::Done, &warnings));
    assert_eq!(ran.out, format!("{counts}: 0 to write, 0 to remove, {all} unchanged, 2 warnings\n"));
}

#[test]
fn denied_warnings_fail_the_run_and_nothing_is_written() {
    let text = spec(&["Kind?"]);
    let workspace = workspace(&text);
    let warnings = generator::render(&generate(&text).unwrap().warnings, cli::SPEC, &text, false);
    for arguments in [&["--deny-warnings"][..], &["--check", "--deny-warnings"]] {
        let ran = run(workspace.path(), arguments);
        assert_eq!((ran.outcome, ran.out.as_str()), (Outcome::Failed, ""));
        let error = "error: 1 warning in spec/org_groups.yaml, and warnings are denied: nothing was written\n";
        assert_eq!(ran.err, format!("{warnings}{error}"));
    }
    assert!(!workspace.path().join("generated").exists());

    fs::write(workspace.path().join(cli::SPEC), spec(&["Kind"])).unwrap();
    let ran = run(workspace.path(), &["--deny-warnings"]);
    assert_eq!((ran.outcome, ran.err.as_str()), (Outcome::Done, ""));
    assert_eq!(run(workspace.path(), &["--check", "--deny-warnings"]).outcome, Outcome::Done);
}

#[test]
fn all_warnings_are_printed_if_wanted() {
    let names: Vec<String> = (0..120).map(|index| format!("Kind{index}?")).collect();
    let workspace = workspace(&spec(&names.iter().map(String::as_str).collect::<Vec<_>>()));
    let shown = |ran: &Ran| ran.err.lines().filter(|line| line.starts_with("warning[")).count();
    let ran = run(workspace.path(), &[]);
    let rest = "20 more problems are not shown: fix these first, or print all with `--all`\n120 warnings\n";
    assert_eq!((shown(&ran), ran.err.ends_with(rest)), (100, true), "{}", ran.err);
    let ran = run(workspace.path(), &["--all", "--check"]);
    assert_eq!((shown(&ran), ran.err.ends_with("\n\n120 warnings\n")), (120, true), "{}", ran.err);
}

#[test]
fn colour_is_only_for_terminals_without_no_color() {
    let no_color = |value| Some(OsStr::new(value));
    assert!(cli::wants_colour(true, None));
    assert!(cli::wants_colour(true, no_color("")), "an empty NO_COLOR is none");
    assert!(!cli::wants_colour(true, no_color("1")));
    assert!(!cli::wants_colour(true, no_color("0")));
    assert!(!cli::wants_colour(false, None));
}

#[test]
fn a_spec_that_cannot_be_read_is_an_error() {
    let workspace = workspace("");
    let path = |name: &str| workspace.path().join(name).to_str().unwrap().to_owned();
    fs::write(path("latin1.yaml"), b"a\nb: \xe4\n").unwrap();
    let error = |name: &str| {
        let ran = run(workspace.path(), &["--spec", &path(name), "--out", &path("out")]);
        assert_eq!((ran.outcome, ran.out.as_str()), (Outcome::Failed, ""));
        ran.err
    };
    assert!(error("none.yaml").starts_with(&format!("error: cannot read the spec {}: ", path("none.yaml"))));
    assert!(error("spec").starts_with(&format!("error: cannot read the spec {}: ", path("spec"))));
    let expected = format!("error: {}:2: not UTF-8 at byte 5: save the file as UTF-8\n", path("latin1.yaml"));
    assert_eq!(error("latin1.yaml"), expected);
    assert!(!workspace.path().join("out").exists());
}

/// A device that never ends, and a file that is larger than any memory.
#[cfg(unix)]
#[test]
fn reading_a_spec_ends_at_its_limit() {
    let workspace = workspace("");
    let sparse = workspace.path().join("sparse.yaml");
    fs::File::create(&sparse).unwrap().set_len(1 << 40).unwrap();
    for spec in ["/dev/zero", sparse.to_str().unwrap()] {
        for arguments in [&["--spec", spec, "--out", "out"][..], &["--against", spec]] {
            let ran = run(workspace.path(), arguments);
            let expected =
                format!("error: cannot read the spec {spec}: it is longer than the limit of 67108864 bytes\n");
            assert_eq!((ran.outcome, ran.err), (Outcome::Failed, expected));
        }
    }
}

#[test]
fn a_foreign_directory_is_rejected() {
    let workspace = workspace(&spec(&[]));
    for arguments in [&["--out"][..], &["--check", "--out"]] {
        let ran = run(workspace.path(), &[arguments, &[workspace.path().to_str().unwrap()]].concat());
        assert_eq!(ran.outcome, Outcome::Failed);
        assert!(ran.err.contains("was not written by the generator"), "{}", ran.err);
    }
    assert!(!workspace.path().join("src").exists());
}
