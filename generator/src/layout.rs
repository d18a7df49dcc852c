//! The files of a crate as text. A large crate is laid out by several threads, since that takes most of a run.

use std::num::NonZero;
use std::thread;

use crate::diagnostics::Diagnostic;
use crate::emit::{Content, File, Job, emit};
use crate::ir::Api;
use crate::surface::{Surface, surface};
use crate::write::FileSet;
use crate::{STACK, format, mistake, names};

/// How many types and operations are worth another thread.
const SHARE: usize = 200;

/// How many threads there are at most: each has identifiers of its own.
const MOST_THREADS: usize = 4;

/// A file, or the mistake that there is in place of it.
type Made = Result<(String, String), Box<Diagnostic>>;

/// Every file of the crate.
///
/// # Errors
///
/// Mistakes of the generator.
pub(crate) fn files(api: &Api, surface: &Surface, more: Vec<File>) -> Result<FileSet, Vec<Diagnostic>> {
    let mut made = match threads(api) {
        1 => emit(api, surface).into_iter().map(text_of).collect(),
        threads => on_threads(api, surface, threads)?,
    };
    made.extend(more.into_iter().map(|file| text_of(Box::new(move || file))));
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

fn threads(api: &Api) -> usize {
    let worth = api.types.len().saturating_add(api.operations.len()) / SHARE;
    thread::available_parallelism().map_or(1, NonZero::get).min(MOST_THREADS).min(worth).max(1)
}

/// Deals the files to this thread and to others. Identifiers belong to the thread that has made them, so that each of the
/// others makes its own.
fn on_threads(api: &Api, surface: &Surface, threads: usize) -> Result<Vec<Made>, Vec<Diagnostic>> {
    let share = |surface: &Surface, first: usize| -> Vec<Made> {
        emit(api, surface).into_iter().skip(first).step_by(threads).map(text_of).collect()
    };
    let other = |first: usize| {
        let (names, _) = names::assign(api);
        self::surface(api, &names).map(|surface| share(&surface, first))
    };
    let shares = thread::scope(|scope| -> Result<Vec<Vec<Made>>, Vec<Diagnostic>> {
        let other = &other;
        let spawn = |first| thread::Builder::new().stack_size(STACK).spawn_scoped(scope, move || other(first));
        let spawned: Vec<_> = (1..threads).map(|first| (first, spawn(first))).collect();
        let mut shares = vec![share(surface, 0)];
        for (first, thread) in spawned {
            // Where the system has no room for another thread, this one does its part.
            let joined = thread.map_or_else(|_| Ok(share(surface, first)), |thread| joined(thread.join()));
            shares.push(joined?);
        }
        Ok(shares)
    })?;
    let mut shares: Vec<_> = shares.into_iter().map(Vec::into_iter).collect();
    let rounds = (0..).flat_map(|_: usize| 0..threads);
    Ok(rounds.map_while(|thread| shares.get_mut(thread)?.next()).collect())
}

fn joined<T>(joined: thread::Result<T>) -> T {
    joined.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

fn text_of(job: Job<'_>) -> Made {
    let File { path, content } = job();
    match content {
        Content::Text(text) => Ok((path, text)),
        Content::Rust(items) => match format::file(&items) {
            Ok(text) => Ok((path, text)),
            Err(error) => Err(Box::new(mistake(format!("{path} is no Rust: {error}")))),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::files;
    use crate::emit::{Content, File};
    use crate::{describe, render};

    const SPEC: &str = "openapi: 3.0.3\ninfo: {title: T, version: 1.0.0}\npaths: {}\n";

    #[test]
    fn a_mistake_of_an_emitter_is_a_diagnostic() {
        let described = describe(SPEC).expect("a spec");
        let file = || File { path: "src/lib.rs".to_owned(), content: Content::Text(String::new()) };
        let problems = files(&described.api, &described.surface, vec![file()]).expect_err("two files in one place");
        insta::assert_snapshot!(render(&problems, "spec.yaml", "openapi: 3.0.3\n", false));
    }
}
