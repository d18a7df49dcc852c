//! Formats the files of a crate. Several threads share the work for a large crate, since it takes most of a run.

use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::diagnostics::Diagnostic;
use crate::emit::{Content, Failures, File, emit};
use crate::format::FormatError;
use crate::ir::Api;
use crate::surface::Surface;
use crate::write::FileSet;
use crate::{STACK, format, joined, mistake};

/// The number of types and operations that justify another thread.
const SHARE: usize = 200;

/// The maximum number of threads.
const MOST_THREADS: usize = 4;

/// A file, or the defect that prevented it.
type Made = Result<(String, String), Box<Diagnostic>>;

/// Returns every file of the crate.
///
/// # Errors
/// Defects of the generator.
pub(crate) fn files(api: &Api, surface: &Surface, more: Vec<File>) -> Result<FileSet, Vec<Diagnostic>> {
    let mut made = on_threads(api, surface, threads(api));
    made.extend(more.into_iter().map(text_of));
    let mut files = Vec::with_capacity(made.len());
    let mut problems = Vec::new();
    for made in made {
        match made {
            Ok(file) => files.push(file),
            Err(problem) => problems.push(*problem),
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    FileSet::new(files).map_err(|errors| errors.iter().map(|error| mistake(error.to_string())).collect())
}

/// Returns the number of threads for a crate.
pub(crate) fn threads(api: &Api) -> usize {
    let worth = api.types.len().saturating_add(api.operations.len()) / SHARE;
    thread::available_parallelism().map_or(1, NonZero::get).min(MOST_THREADS).min(worth).max(1)
}

/// Distributes the files among this thread and others: each takes the next when it is done. The order of the result
/// does not depend on the threads.
fn on_threads(api: &Api, surface: &Surface, threads: usize) -> Vec<Made> {
    let next = AtomicUsize::new(0);
    let failures = Failures::of(api);
    let share = || {
        let jobs = emit(api, surface, &failures);
        let mut made: Vec<(usize, Made)> = Vec::with_capacity(jobs.len() / threads);
        while let (index, Some(job)) = taken(&next, &jobs) {
            made.push((index, text_of(job())));
        }
        made
    };
    let mut made = thread::scope(|scope| {
        // If the system has no room for another thread, the others do its part.
        let spawn = |_| thread::Builder::new().stack_size(STACK).spawn_scoped(scope, share).ok();
        let spawned: Vec<_> = (1..threads).filter_map(spawn).collect();
        let mut made = share();
        for thread in spawned {
            made.extend(joined(thread.join()));
        }
        made
    });
    made.sort_by_key(|(index, _)| *index);
    made.into_iter().map(|(_, made)| made).collect()
}

fn taken<'j, T>(next: &AtomicUsize, jobs: &'j [T]) -> (usize, Option<&'j T>) {
    let index = next.fetch_add(1, Ordering::Relaxed);
    (index, jobs.get(index))
}

fn text_of(file: File) -> Made {
    let File { path, content } = file;
    let items = match content {
        Content::Text(text) => return Ok((path, text)),
        Content::Rust(items) => items,
    };
    match format::file(items) {
        Ok(text) => Ok((path, text)),
        Err(FormatError { error, rust }) => {
            Err(Box::new(mistake(format!("{path} is not Rust: {error} in `{}`", rust.trim_end()))))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};
    use std::{env, fs};

    use super::{files, text_of};
    use crate::emit::{Content, Failures, File, emit};
    use crate::format::{Item, both};
    use crate::{Described, deep, describe, render};

    const SPEC: &str = "openapi: 3.0.3\ninfo: {title: T, version: 1.0.0}\npaths: {}\n";

    #[test]
    fn a_mistake_of_an_emitter_is_a_diagnostic() {
        let described = describe(SPEC).expect("a spec");
        let file = || File { path: "src/lib.rs".to_owned(), content: Content::Text(String::new()) };
        let problems = files(&described.api, &described.surface, vec![file()]).expect_err("two files in one place");
        insta::assert_snapshot!(render(&problems, "spec.yaml", "openapi: 3.0.3\n", false));
    }

    #[test]
    fn invalid_rust_is_shown() {
        let file = File { path: "a.rs".to_owned(), content: Content::Rust(vec![Item::Rust(quote::quote! { fn })]) };
        let problem = text_of(file).expect_err("it is not Rust");
        assert!(problem.message.ends_with("in `fn`"), "{}", problem.message);
    }

    /// Every crate that the tests generate, and the descriptions in the folder that the variable `CORPUS` names.
    #[test]
    fn the_direct_layout_is_that_of_prettyplease() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let mut specs = vec![root.join("spec/org_groups.yaml")];
        find_specs(&root.join("tests/fixtures"), &mut specs);
        find_specs(&root.join("tests/changes"), &mut specs);
        if let Some(corpus) = env::var_os("CORPUS") {
            find_specs(Path::new(&corpus), &mut specs);
        }
        assert!(specs.len() > 100, "{specs:?}");
        let (mut direct, mut all) = (0, 0);
        for spec in specs {
            let text = fs::read_to_string(&spec).expect("a readable file");
            let compare = || describe(text).map_or((0, 0), |described| compare(&described, &spec));
            let (some, of) = deep(compare).expect("a thread");
            direct += some;
            all += of;
        }
        // Otherwise the emitters have a usual construct that only `prettyplease` knows, and a run takes longer.
        assert!(direct * 100 >= all * 97, "{direct} of {all} items");
    }

    fn find_specs(folder: &Path, specs: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                find_specs(&path, specs);
            } else if path.extension().is_some_and(|extension| extension == "yaml" || extension == "json") {
                specs.push(path);
            }
        }
    }

    /// Compares both layouts of all items. Returns the number of those that are laid out directly, and of all.
    fn compare(described: &Described, spec: &Path) -> (usize, usize) {
        let (mut direct, mut all) = (0, 0);
        let failures = Failures::of(&described.api);
        for job in emit(&described.api, &described.surface, &failures) {
            let File { path, content } = job();
            let Content::Rust(items) = content else { continue };
            for item in items {
                let Item::Rust(tokens) = item else { continue };
                let (ours, theirs) = both(tokens);
                all += 1;
                if let Some(ours) = ours {
                    direct += 1;
                    assert_eq!(ours, theirs.expect("it is Rust"), "{path} of {}", spec.display());
                }
            }
        }
        (direct, all)
    }
}
