//! Reads an OpenAPI 3.0 description and writes a Rust crate.
//!
//! The stages in their order, each a function from one plain data type to the next; a stage reports all problems it
//! finds, and the next begins only if there are none.
//!
//! | stage | from | to |
//! |---|---|---|
//! | [`source`] | text | a tree with positions |
//! | [`spec`] | tree | a document of OpenAPI 3.0 of which every key is known |
//! | [`lower`](mod@lower) | document | the [intermediate representation](ir) |
//! | [`names`] | representation | its Rust names |
//! | [`lints`] | tree and representation | warnings about a spec that is right |
//! | [`emit`](mod@emit) | representation and names | token streams, a file each |
//! | [`format`](mod@format) | token streams | text |
//! | [`write`](mod@write) | text | files in a directory |
//!
//! Beside them, [`changes`] compares two descriptions and says what the difference means for callers.

pub mod changes;
pub mod cli;
pub mod diagnostics;
pub mod dump;
pub mod emit;
pub mod format;
pub mod hidden;
pub mod ir;
pub mod lints;
pub mod lower;
pub mod names;
pub mod pointer;
pub mod source;
pub mod spec;
mod templates;
pub mod write;

use std::{panic, thread};

use diagnostics::{Code, Diagnostic, Place};
use emit::Content;
use pointer::Pointer;
use write::FileSet;

/// What the pipeline makes of a spec.
#[derive(Clone, Debug)]
pub struct Generated {
    /// The files of the crate.
    pub files: FileSet,
    /// How many operations it has.
    pub operations: usize,
    /// How many types it has.
    pub types: usize,
    /// What could be better about the spec, in the order of its text.
    pub warnings: Vec<Diagnostic>,
}

/// A spec that was read.
#[derive(Clone, Debug)]
pub struct Described {
    /// Where everything stands.
    pub tree: source::Tree,
    /// What it says.
    pub api: ir::Api,
    /// What that is called in Rust.
    pub names: names::Names,
}

/// The copy of the spec that a crate carries: by it the next run knows what it changes for callers.
pub const DESCRIPTION: &str = "openapi.yaml";

/// Turns the text of a spec into a crate. Nothing but the text decides what comes out.
///
/// # Errors
///
/// Every problem of the first stage that has any.
pub fn generate(text: &str) -> Result<Generated, Vec<Diagnostic>> {
    let tree = source::parse(text)?;
    let document = spec::read(&tree)?;
    let api = lower::lower(&document)?;
    let (files, warnings) = deep(|| {
        let names = names::assign(&api)?;
        let mut files = emit::emit(&api, &names);
        files.push(emit::File { path: DESCRIPTION.to_owned(), content: Content::Text(text.to_owned()) });
        Ok((lay_out(files)?, lints::check(&tree, &api)))
    })?;
    Ok(Generated { files, operations: api.operations.len(), types: api.types.len(), warnings })
}

/// Reads the text of a spec, up to the point where code can be made of it.
///
/// # Errors
///
/// Every problem of the first stage that has any.
pub fn describe(text: &str) -> Result<Described, Vec<Diagnostic>> {
    let tree = source::parse(text)?;
    let document = spec::read(&tree)?;
    let api = lower::lower(&document)?;
    let names = names::assign(&api)?;
    Ok(Described { tree, api, names })
}

/// Turns the text of a spec into the [dump](mod@dump) of its intermediate representation.
///
/// # Errors
///
/// Every problem of the first stage that has any.
pub fn dump_api(text: &str) -> Result<String, Vec<Diagnostic>> {
    let tree = source::parse(text)?;
    let document = spec::read(&tree)?;
    Ok(dump::dump(&lower::lower(&document)?))
}

/// Shows problems of a spec, which messages call `name`.
pub fn render(problems: &[Diagnostic], name: &str, text: &str, colour: bool) -> String {
    let tree = source::parse(text).ok();
    diagnostics::render(name, text, tree.as_ref(), problems, colour)
}

/// What laying out the deepest example takes in a debug build, several times over: the parser of Rust recurses with large
/// frames, more than the usual stack holds.
const STACK: usize = 256 * 1024 * 1024;

/// Runs the stages that recurse over what the spec says and over what is emitted.
fn deep<T: Send>(stages: impl FnOnce() -> Result<T, Vec<Diagnostic>> + Send) -> Result<T, Vec<Diagnostic>> {
    thread::scope(|scope| match thread::Builder::new().stack_size(STACK).spawn_scoped(scope, stages) {
        Ok(thread) => thread.join().unwrap_or_else(|panic| panic::resume_unwind(panic)),
        Err(error) => Err(vec![mistake(format!("there is no room for a stack: {error}"))]),
    })
}

fn lay_out(files: Vec<emit::File>) -> Result<FileSet, Vec<Diagnostic>> {
    let mut texts = Vec::with_capacity(files.len());
    let mut problems = Vec::new();
    for file in files {
        match file.content {
            Content::Text(text) => texts.push((file.path, text)),
            Content::Rust(items) => match format::file(&items) {
                Ok(text) => texts.push((file.path, text)),
                Err(error) => problems.push(mistake(format!("{} is no Rust: {error}", file.path))),
            },
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    FileSet::new(texts).map_err(|errors| errors.iter().map(|error| mistake(error.to_string())).collect())
}

/// A mistake of the generator, which no spec should be able to bring about.
fn mistake(message: String) -> Diagnostic {
    Diagnostic::new(Code::GeneratorMistake, Place::Value(Pointer::root()), message)
        .help("this is a mistake of the generator: please report it with the spec")
}

#[cfg(test)]
mod tests {
    use super::{lay_out, render};
    use crate::emit::{Content, File};

    #[test]
    fn a_mistake_of_an_emitter_is_a_diagnostic() {
        let file = || File { path: "src/lib.rs".to_owned(), content: Content::Text(String::new()) };
        let problems = lay_out(vec![file(), file()]).expect_err("two files in one place");
        insta::assert_snapshot!(render(&problems, "spec.yaml", "openapi: 3.0.3\n", false));
    }
}
