//! The verdicts on the replayed changes, checked by the compiler and over the wire.
//!
//! Each `caller.rs` compiles with the old crate. It compiles with the new one if and only if no change was reported as
//! breaking to compile; otherwise, the compiler mentions the reported changes. If a change was reported as breaking on
//! the wire, `wire.rs` shows it with both crates. A `caller.rs` with a line `// features: a b` depends on the crates
//! with these features; one that a crate does not have counts as an error.
//!
//! All crates are in one workspace below the target folder, like those of the fixtures. Those of a `wire.rs` have to be
//! built, so their callers are built with them, and each crate is compiled once. The models of all cases that use models
//! only are modules of one crate without a client, so their callers are built too. Callers that must compile are modules
//! of one package, because it takes longer to start a compiler than to compile a caller.

mod packages;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::sync::{Mutex, PoisonError};

use generator::changes::{Change, Class, Part, Report};
use serde_json::Value;
use tests::changes::{Case, REPORTED, base};
use tests::{crates, shared, workspace_root};

use packages::{Library, Package, Side, lay_out};

/// The crate of the base.
const BASE: &str = "base";

/// The package that runs each `wire.rs`.
const WIRE: &str = "wire";

/// The callers that must compile: built with the crates of a `wire.rs`, and only checked.
const CALLERS: [&str; 2] = ["callers_built", "callers_checked"];

/// Held while the workspace is in use.
static WORKSPACE: Mutex<()> = Mutex::new(());

/// One in so many of the cases that use the client is compiled in every run.
const SAMPLE: usize = 16;

/// Every case that uses models only, and a sample of the others, which take much longer to compile.
#[test]
fn verdicts_on_models_agree_with_the_compiler() {
    let (client, models): (Vec<_>, Vec<_>) = REPORTED.iter().partition(|(case, _)| uses_client(case));
    assert_agreement(&models.into_iter().chain(client.into_iter().step_by(SAMPLE)).collect::<Vec<_>>());
}

#[test]
#[ignore = "it compiles a hundred crates: `.ci/run` runs it"]
fn verdicts_agree_with_the_compiler() {
    assert_agreement(&REPORTED.iter().collect::<Vec<_>>());
}

fn assert_agreement(cases: &[&'static (Case, Report)]) {
    let _alone = WORKSPACE.lock().unwrap_or_else(PoisonError::into_inner);
    let workspace = workspace(cases);
    let mut said = errors(&workspace, cases);
    for (caller, feature) in missing_features(&workspace, cases) {
        said.entry(caller).or_default().push_str(&format!("the package does not have the feature `{feature}`\n"));
    }
    let is_caller =
        |target: &str| cases.iter().any(|(case, _)| ["old", "new"].iter().any(|side| caller(case, side) == target));
    let mut wrong = Vec::new();
    wrong.extend(
        said.iter().filter(|(target, _)| !is_caller(target)).map(|(target, errors)| format!("{target}:\n{errors}")),
    );
    for (case, report) in cases {
        let breaks: Vec<&Change> = report.changes.iter().filter(|change| change.class == Class::Compile).collect();
        if let Some(errors) = said.get(&caller(case, "old")) {
            wrong.push(format!("{}: the caller does not compile with the old crate:\n{errors}", case.name));
        }
        match (said.get(&caller(case, "new")), breaks.is_empty()) {
            (None, true) => {}
            (None, false) => wrong.push(format!("{}: the caller compiles, against\n{}", case.name, report.text)),
            (Some(errors), true) => {
                wrong.push(format!("{}: the caller does not compile, against\n{}{errors}", case.name, report.text));
            }
            (Some(errors), false) => {
                let unsaid = breaks.iter().filter(|change| !is_mentioned(change, errors));
                wrong.extend(unsaid.map(|change| format!("{}: {change:?} is not in\n{errors}", case.name)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));

    let output = cargo(&workspace, &["test", "--package", WIRE]);
    let texts = [&output.stdout, &output.stderr].map(|text| String::from_utf8_lossy(text).into_owned());
    assert!(output.status.success(), "{}", texts.join("\n"));
}

#[test]
fn breaks_on_the_wire_are_shown() {
    for (case, report) in &*REPORTED {
        let is_wire = report.changes.iter().any(|change| change.class == Class::Wire);
        assert!(!is_wire || case.has("wire.rs"), "{} needs a wire.rs", case.name);
        let is_told = is_wire || report.changes.iter().any(|change| change.also_on_the_wire);
        assert!(is_told || !case.has("wire.rs"), "{} shows what is not told", case.name);
    }
}

/// Whether the compiler names an item that the report names.
fn is_mentioned(change: &Change, errors: &str) -> bool {
    let parts = change.subjects.iter().flat_map(|subject| subject.parts()).chain(change.what.parts());
    let names = parts.filter_map(|part| match part {
        Part::Code(name) => Some(name),
        Part::Words(_) => None,
    });
    let mut words = names.flat_map(|name| name.split("::")).filter(|word| word.len() > 2);
    words.any(|word| errors.contains(word))
}

fn workspace(cases: &[&(Case, Report)]) -> PathBuf {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("changes");
    let mut members = vec![BASE.to_owned()];
    let mut wire = Package::new(WIRE);
    let mut callers = CALLERS.map(Package::new);
    let mut modules = format!("//! Both crates together.\n\n#[path = {:?}]\nmod support;\n", support());
    lay_out(&root, BASE, &base());
    let sides = sides(cases);
    let mut libraries: BTreeMap<String, Library> = BTreeMap::new();
    for crate_of_models in shared::shared("models", &sides) {
        packages::apply(&root.join(&crate_of_models.name), &crate_of_models.files());
        libraries.extend(
            crate_of_models.apis.iter().map(|side| (side.name.clone(), Library::module(&crate_of_models, side))),
        );
        members.push(crate_of_models.name);
    }
    for (case, report) in cases {
        let mut library = |name: String, text: &str| match libraries.get(&name) {
            Some(library) if !uses_client(case) => library.clone(),
            _ => {
                if name != BASE {
                    lay_out(&root, &name, text);
                    members.push(name.clone());
                }
                Library::own(&name)
            }
        };
        let old = match &case.own_old {
            Some(text) => library(format!("{}_old", case.name), text),
            None => library(BASE.to_owned(), ""),
        };
        let new = library(format!("{}_new", case.name), &case.new);
        for (side, library) in [("old", &old), ("new", &new)] {
            // With the features of the caller, so that one build of the crate serves both.
            let needed = features(case);
            let features = || needed.iter().filter(|feature| has_feature(&root, library, feature)).cloned();
            if case.has("wire.rs") {
                wire.depend(library, features());
            }
            if side == "old" || !breaks(report) {
                let callers = &mut callers[usize::from(!is_built(case))];
                callers.depend(library, features());
                callers.add_module(&caller(case, side), library, &read(case, "caller.rs"));
            } else {
                let mut caller = Package::new(&caller(case, side));
                caller.depend(library, features());
                caller.set_root(library, &read(case, "caller.rs"));
                members.push(caller.write(&root));
            }
        }
        if case.has("wire.rs") {
            let path = case.directory.join("wire.rs");
            // Writing to a string cannot fail.
            let _ = writeln!(
                modules,
                "mod {} {{\n    use {} as new;\n    use {} as old;\n    include!({path:?});\n}}",
                case.name, new.path, old.path
            );
        }
    }
    wire.others = "serde = { version = \"1\", default-features = false }\nserde_json = \"1\"\n";
    wire.files.extend([("src/lib.rs".to_owned(), String::new()), ("tests/wire.rs".to_owned(), modules)]);
    members.extend([wire].into_iter().chain(callers).map(|package| package.write(&root)));
    crates::write_workspace(&root, &members.iter().map(|member| format!("{member:?}")).collect::<Vec<_>>().join(", "));
    root
}

/// Returns the sides of the cases that use models only, except those with features by tag, which are in the manifest.
fn sides(cases: &[&(Case, Report)]) -> Vec<Side> {
    let mut sides = vec![Side::new(BASE.to_owned(), &base())];
    for (case, _) in cases.iter().filter(|(case, _)| features(case).is_empty()) {
        let old = case.own_old.iter().map(|text| Side::new(format!("{}_old", case.name), text));
        sides.extend(old.chain([Side::new(format!("{}_new", case.name), &case.new)]));
    }
    sides.retain(shared::Api::can_share);
    sides
}

/// Whether the crates of a case are built, not only checked.
fn is_built(case: &Case) -> bool {
    case.has("wire.rs") || !uses_client(case)
}

/// Whether a change is reported as breaking to compile.
fn breaks(report: &Report) -> bool {
    report.changes.iter().any(|change| change.class == Class::Compile)
}

/// Returns the features that a case needs: those that its caller names, and the client if it uses it.
fn features(case: &Case) -> Vec<String> {
    let caller = read(case, "caller.rs");
    let named = caller.lines().find_map(|line| line.strip_prefix("// features: ")).unwrap_or_default();
    let client = uses_client(case).then_some("client");
    client.into_iter().chain(named.split_whitespace()).map(str::to_owned).collect()
}

/// Whether the code of a case names anything of a crate except models.
fn uses_client(case: &Case) -> bool {
    let wire = if case.has("wire.rs") { read(case, "wire.rs") } else { String::new() };
    let text = read(case, "caller.rs") + &wire;
    ["api", "old", "new"].iter().any(|name| {
        let other = text.replace(&format!("{name}::models"), "");
        other.contains(&format!("{name}::")) || other.contains(&format!("({name},"))
    })
}

fn has_feature(root: &Path, library: &Library, feature: &str) -> bool {
    let manifest = fs::read_to_string(root.join(&library.folder).join("Cargo.toml")).expect("it was written");
    manifest.lines().any(|line| line.starts_with(&format!("{feature} = ")))
}

/// Returns the features that callers need and the new crates do not have.
fn missing_features(root: &Path, cases: &[&(Case, Report)]) -> Vec<(String, String)> {
    let missing = |(case, _): &&(Case, Report)| {
        let (new, caller) = (Library::own(&format!("{}_new", case.name)), caller(case, "new"));
        let missing = features(case).into_iter().filter(|feature| !has_feature(root, &new, feature));
        missing.map(|feature| (caller.clone(), feature)).collect::<Vec<_>>()
    };
    cases.iter().flat_map(missing).collect()
}

fn support() -> PathBuf {
    workspace_root().join("tests/fixture_support.rs")
}

fn read(case: &Case, file: &str) -> String {
    fs::read_to_string(case.directory.join(file)).unwrap_or_else(|error| panic!("{}/{file}: {error}", case.name))
}

/// Returns the messages of the compiler about each caller that does not compile.
fn errors(workspace: &Path, cases: &[&(Case, Report)]) -> BTreeMap<String, String> {
    let mut errors: BTreeMap<String, String> = BTreeMap::new();
    for (command, together) in ["build", "check"].into_iter().zip(CALLERS) {
        let is_here = |case: &Case| is_built(case) == (command == "build");
        let here = cases.iter().filter(|(case, report)| is_here(case) && breaks(report));
        let packages = here.map(|(case, _)| caller(case, "new")).chain([together.to_owned()]).collect::<Vec<_>>();
        // With the package of the tests, which is run later, so that dependencies have the same features in both builds.
        let tests = (command == "build").then_some(WIRE);
        let named = packages.iter().map(String::as_str).chain(tests).flat_map(|name| ["--package", name]);
        let arguments = [command, "--keep-going", "--message-format", "json"].into_iter().chain(named);
        let output = cargo(workspace, &arguments.collect::<Vec<_>>());
        let mut compiled = 0;
        for line in String::from_utf8_lossy(&output.stdout).lines() {
            let Ok(event) = serde_json::from_str::<Value>(line) else { continue };
            compiled += 1;
            let message = &event["message"];
            if let (Some(package), true) = (event["target"]["name"].as_str(), message["level"] == "error") {
                // "aborting due to 2 previous errors" has no place.
                let Some(file) = message["spans"][0]["file_name"].as_str() else { continue };
                let module = Path::new(file).file_stem().and_then(|stem| stem.to_str()).unwrap_or(package);
                let caller = if package == together { module } else { package };
                let rendered = message["rendered"].as_str().unwrap_or_default();
                errors.entry(caller.to_owned()).or_default().push_str(rendered);
            }
        }
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(compiled > packages.len(), "cargo {command} compiled little:\n{said}");
    }
    errors
}

/// The package of the caller of the old or of the new crate.
fn caller(case: &Case, side: &str) -> String {
    format!("{}_caller_{side}", case.name)
}

fn cargo(workspace: &Path, arguments: &[&str]) -> Output {
    let mut command = crates::cargo(env!("CARGO_TARGET_TMPDIR"), arguments);
    command.current_dir(workspace).output().expect("cargo runs")
}
