//! A run that ends at each of its steps, and in the middle of those that can be divided.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use generator::write::{FileSet, LIST, Step, UNFINISHED, apply, plan, steps};

use super::{State, assert_modules_are_there, scratch, state, text};

const TEMPORARY: &str = ".generated-files.tmp";

/// A crate with everything that can be affected by a change.
const CRATE: &[(&str, &str)] = &[
    ("Cargo.toml", "[lib]\npath = \"src/lib.rs\"\n[[example]]\npath = \"examples/audit.rs\"\n"),
    ("README.md", "# It\n"),
    ("docs/Guide.md", "Read this.\n"),
    ("docs/figures", "one file\n"),
    ("examples/audit.rs", "fn main() {}\n"),
    ("src/api.rs", "pub struct Api;\n"),
    ("src/lib.rs", "mod api;\npub mod models;\n"),
    ("src/models/group.rs", "pub struct Group;\n"),
    ("src/models/mod.rs", "mod group;\n"),
];

/// The crate with some files replaced or added, and without those that have no text here.
fn set_with(changes: &[(&str, Option<&str>)]) -> FileSet {
    let mut files: BTreeMap<&str, &str> = CRATE.iter().copied().collect();
    for (path, text) in changes {
        match text {
            Some(text) => files.insert(path, text),
            None => files.remove(path),
        };
    }
    FileSet::new(files).unwrap()
}

fn crate_files() -> FileSet {
    set_with(&[])
}

/// Every file has another text; no file is added or removed.
fn all_changed() -> FileSet {
    FileSet::new(crate_files().iter().map(|(path, text)| (path, format!("{text}// more\n")))).unwrap()
}

/// A model, its folder, a module and an example are removed; others are added.
fn renamed() -> FileSet {
    set_with(&[
        ("Cargo.toml", Some("[lib]\npath = \"src/lib.rs\"\n[[example]]\npath = \"examples/tree.rs\"\n")),
        ("README.md", None),
        ("examples/audit.rs", None),
        ("examples/tree.rs", Some("fn main() {}\n")),
        ("src/api.rs", None),
        ("src/lib.rs", Some("mod calls;\npub mod types;\n")),
        ("src/calls.rs", Some("mod create;\n")),
        ("src/calls/create.rs", Some("")),
        ("src/models/group.rs", None),
        ("src/models/mod.rs", None),
        ("src/types/mod.rs", Some("mod team;\n")),
        ("src/types/team.rs", Some("pub struct Team;\n")),
    ])
}

/// Where a run is interrupted.
#[derive(Clone, Copy, Debug)]
struct Moment {
    /// How many steps are done.
    done: usize,
    /// How many bytes of the next one are written, if it writes.
    bytes: Option<usize>,
}

/// Every moment of a run: between two steps, and with nothing, a half or all of the bytes written.
fn moments(steps: &[Step<'_>]) -> Vec<Moment> {
    let mut moments = Vec::new();
    for (done, step) in steps.iter().enumerate() {
        moments.push(Moment { done, bytes: None });
        if let Step::Write { text, .. } = step {
            let mut written = vec![0, text.len() / 2, text.len()];
            written.dedup();
            moments.extend(written.into_iter().map(|bytes| Moment { done, bytes: Some(bytes) }));
        }
    }
    moments.push(Moment { done: steps.len(), bytes: None });
    moments
}

/// Lets a run begin, and end at a moment.
fn run_until(moment: Moment, steps: &[Step<'_>], directory: &Path) {
    for step in &steps[..moment.done] {
        step.take(directory).unwrap();
    }
    if let (Some(bytes), Some(Step::Write { path, unit, text, .. })) = (moment.bytes, steps.get(moment.done)) {
        let unit_place = directory.join(unit).with_file_name(TEMPORARY);
        let temporary = match path.strip_prefix(unit).unwrap() {
            "" => unit_place,
            inside => unit_place.join(inside.trim_start_matches('/')),
        };
        fs::create_dir_all(temporary.parent().unwrap()).unwrap();
        fs::write(temporary, &text.as_bytes()[..bytes]).unwrap();
    }
}

/// One run: from a directory as `begin` leaves it to an output, with the outputs that the next run may be started for.
struct Run<'a> {
    begin: &'a dyn Fn(&Path),
    to: &'a FileSet,
    next: &'a [FileSet],
}

impl Run<'_> {
    /// Interrupts the run at every moment, and checks the directory and what the next run makes of it.
    fn judge_every_moment(&self) {
        let (after, next) = (clean(self.to), self.next.iter().map(|next| (next, clean(next))).collect::<Vec<_>>());
        for index in 0.. {
            for (next, expected) in &next {
                let directory = scratch();
                let directory = directory.path();
                (self.begin)(directory);
                let before = state(directory);
                let plan_before = plan(self.to, directory).unwrap();
                let steps = steps(&plan_before, self.to);
                let Some(&moment) = moments(&steps).get(index) else {
                    assert!(index > 4, "the run has something to do");
                    return;
                };
                run_until(moment, &steps, directory);

                let found = state(directory);
                let case = format!("{moment:?}, before {:?}", steps.get(moment.done));
                self.judge(&found, &before, &steps, &case);
                let is_cut_off = found != after && (plan_before.cut_off || found != before);
                assert_eq!(plan(next, directory).unwrap().cut_off, is_cut_off, "{case}: what a look says");
                apply(next, directory).unwrap_or_else(|error| panic!("{case}: {error}"));
                assert_eq!(&state(directory), expected, "{case}: the next run");
            }
        }
    }

    /// The conditions that are true at every moment.
    fn judge(&self, found: &State, before: &State, steps: &[Step<'_>], case: &str) {
        for (path, bytes) in found.iter().filter_map(|(path, bytes)| Some((path, bytes.as_ref()?))) {
            let is_temporary = path.split('/').any(|name| name == TEMPORARY);
            let is_new = steps.iter().any(|step| match step {
                Step::Write { path: written, text, .. } => written == path && text.as_bytes() == bytes,
                _ => false,
            });
            let is_old = before.get(path).is_some_and(|old| old.as_ref() == Some(bytes));
            assert!(is_temporary || is_new || is_old, "{case}: {path} is half-written");
        }
        for path in ["Cargo.toml", "src/lib.rs"] {
            assert!(!before.contains_key(path) || found.contains_key(path), "{case}: {path} is gone");
        }
        // If the root was removed, there is a moment at which it is created again.
        let is_broken = |state: &State| state.contains_key("Cargo.toml") && !state.contains_key("src/lib.rs");
        if is_broken(before) && is_broken(found) {
            return;
        }
        if let Some(manifest) = text(found, "Cargo.toml") {
            let targets = manifest.lines().filter_map(|line| line.strip_prefix("path = \"")?.strip_suffix('"'));
            for target in targets {
                assert!(found.contains_key(target), "{case}: the manifest names {target}");
            }
            assert_modules_are_there(found);
        }
    }
}

/// What a run makes of an empty directory.
fn clean(files: &FileSet) -> State {
    let directory = scratch();
    apply(files, directory.path()).unwrap();
    state(directory.path())
}

/// Checks a run from one output to another, which the next run finishes or reverts.
fn judge(from: &FileSet, to: &FileSet) {
    let begin = |directory: &Path| {
        apply(from, directory).unwrap();
    };
    Run { begin: &begin, to, next: &[to.clone(), from.clone()] }.judge_every_moment();
}

#[test]
fn the_first_run() {
    Run { begin: &|_| {}, to: &crate_files(), next: &[crate_files(), FileSet::default()] }.judge_every_moment();
}

#[test]
fn a_new_folder_appears_with_all_its_files() {
    let directory = scratch();
    let files = crate_files();
    let plan = plan(&files, directory.path()).unwrap();
    for step in steps(&plan, &files) {
        step.take(directory.path()).unwrap();
        let found = state(directory.path());
        for folder in ["docs", "examples", "src"] {
            let own = CRATE.iter().filter(|(path, _)| path.starts_with(folder));
            let is_whole = own.clone().all(|(path, _)| found.contains_key(*path));
            assert!(is_whole || !found.contains_key(folder), "{folder} after {step:?}");
        }
    }
}

#[test]
fn a_change_of_every_file() {
    judge(&crate_files(), &all_changed());
}

#[test]
fn removed_and_added_files() {
    judge(&crate_files(), &renamed());
    judge(&renamed(), &crate_files());
}

#[test]
fn a_module_that_becomes_a_folder_and_back() {
    let inner =
        set_with(&[("src/api.rs", None), ("src/api/mod.rs", Some("mod inner;\n")), ("src/api/inner.rs", Some(""))]);
    judge(&crate_files(), &inner);
    judge(&inner, &crate_files());
}

#[test]
fn a_file_that_becomes_a_folder_and_back() {
    let folder =
        set_with(&[("docs/figures", None), ("docs/figures/deep/one", Some("1")), ("docs/figures/two", Some("2"))]);
    judge(&crate_files(), &folder);
    judge(&folder, &crate_files());
}

#[test]
fn a_name_that_changes_its_case() {
    let lower = set_with(&[("docs/Guide.md", None), ("docs/guide.md", Some("Read this.\n"))]);
    judge(&crate_files(), &lower);
}

#[test]
fn a_list_of_another_form() {
    let begin = |directory: &Path| {
        apply(&crate_files(), directory).unwrap();
        let paths: Vec<&str> = CRATE.iter().map(|(path, _)| *path).collect();
        fs::write(directory.join(LIST), paths.join("\r\n")).unwrap();
    };
    for to in [crate_files(), renamed()] {
        Run { begin: &begin, to: &to, next: &[crate_files(), renamed()] }.judge_every_moment();
    }
}

#[test]
fn a_run_after_an_interrupted_run() {
    let begin = |directory: &Path| {
        apply(&crate_files(), directory).unwrap();
        let lost = renamed();
        let plan = plan(&lost, directory).unwrap();
        let steps = steps(&plan, &lost);
        run_until(Moment { done: steps.len() / 2, bytes: None }, &steps, directory);
        assert!(directory.join("src/types/team.rs").exists() && directory.join("src/api.rs").exists());
    };
    for to in [crate_files(), all_changed()] {
        Run { begin: &begin, to: &to, next: &[crate_files(), all_changed(), renamed()] }.judge_every_moment();
    }
}

#[test]
fn a_deleted_file_or_folder() {
    let begin = |directory: &Path| {
        apply(&crate_files(), directory).unwrap();
        fs::remove_file(directory.join("src/lib.rs")).unwrap();
        fs::remove_dir_all(directory.join("src/models")).unwrap();
    };
    Run { begin: &begin, to: &crate_files(), next: &[crate_files(), renamed()] }.judge_every_moment();
}

/// A run that ends at once is detected by the journal, and completed with its help.
#[test]
fn the_journal_comes_first_and_goes_last() {
    let directory = scratch();
    apply(&crate_files(), directory.path()).unwrap();
    let target = renamed();
    let plan = plan(&target, directory.path()).unwrap();
    let steps = steps(&plan, &target);
    assert!(matches!(&steps[0], Step::Write { path, .. } if *path == UNFINISHED));
    assert_eq!(steps[1], Step::Place(UNFINISHED));
    assert_eq!(steps[steps.len() - 2..], [Step::Place(LIST), Step::Remove(UNFINISHED)]);
}
