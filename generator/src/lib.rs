//! Reads an OpenAPI 3.0 description and writes a Rust crate.
//!
//! The stages in their order, each a function from one plain data type to the next. A stage reports all problems that
//! it finds; the next begins only if there are none.
//!
//! | stage | from | to |
//! |---|---|---|
//! | [`source`] | text | a tree with positions |
//! | [`bundle`](mod@bundle) | tree, other files | the tree with the targets of its references in other files |
//! | [`overlay`] | tree, overlays | the tree as the overlays change it |
//! | [`slice`](mod@slice) | tree, patterns | the tree with the selected operations |
//! | [`adapt`](mod@adapt) | tree | the tree in strict OpenAPI 3.0.3, and one warning per rewrite |
//! | [`spec`] | tree | a document of OpenAPI 3.0 of which every key is known |
//! | [`lower`](mod@lower) | document | the [intermediate representation](ir) |
//! | [`names`] | representation | its Rust names |
//! | [`surface`](mod@surface) | representation and names | the Rust surface: methods, arguments, types |
//! | [`lints`] | tree and representation | warnings about a valid spec |
//! | [`emit`](mod@emit) | representation and surface | token streams, one per file |
//! | [`format`](mod@format) | token streams | text |
//! | [`write`](mod@write) | text | files in a directory |
//!
//! Beside them, [`changes`] compares two descriptions and reports what changes for callers, and [`drift`] reports the
//! differences on the wire between two descriptions.

pub mod adapt;
pub mod bundle;
pub mod changes;
pub mod cli;
pub mod diagnostics;
pub mod drift;
pub mod dump;
pub mod emit;
pub mod format;
pub mod hidden;
pub mod ident;
pub mod integer;
pub mod ir;
mod layout;
pub mod lints;
pub mod lower;
pub mod media_types;
pub mod names;
pub mod overlay;
pub mod package;
pub mod pointer;
pub mod slice;
pub mod source;
pub mod spec;
pub mod surface;
mod templates;
mod text_formats;
pub mod write;

use std::{io, panic, thread};

/// The allocator of the program: a run allocates millions of small pieces, and takes a fifth less time with it. On Linux
/// with the C library of GNU, it replaces `malloc` of every program that is linked with this package.
pub use mimalloc::MiMalloc as Allocator;

use adapt::{Adapted, Identified, Ignored};
use diagnostics::{Diagnostic, Place, Source, SourceId, Sources, Style};
use emit::Content;
use ir::Api;
use lower::Lowered;
use package::{Package, Wanted};
use pointer::Pointer;
use slice::Slice;
use source::Tree;
use surface::Surface;
use write::FileSet;

/// The result of the pipeline.
#[derive(Clone, Debug)]
pub struct Generated {
    pub files: FileSet,
    pub operations: usize,
    pub types: usize,
    /// The warnings about the spec, in the order of its text.
    pub warnings: Vec<Diagnostic>,
}

/// A spec that was read: the input of every output.
#[derive(Clone, Debug)]
pub struct Described {
    /// The texts of the description.
    pub sources: Sources,
    /// The text that the crate contains for its next run, if it is not the text of the description: the same without
    /// the unselected parts, and with the changes of overlays.
    copy: Option<String>,
    /// The tree that [`adapt`](mod@adapt) returns.
    pub tree: Tree,
    /// A warning for each rewrite.
    pub rewrites: Vec<Diagnostic>,
    /// The number of extensions of other tools.
    pub foreign_extensions: usize,
    /// The parts that a client does not use.
    pub ignored: Ignored,
    /// The representation.
    pub api: Api,
    /// The Rust surface of the crate.
    pub surface: Surface,
}

/// A spec for which no crate can be generated.
#[derive(Clone, Debug)]
pub struct Refused {
    /// The texts of the description.
    pub sources: Sources,
    /// The tree, if the text could be read.
    pub tree: Option<Tree>,
    /// Every problem of the first stage that has any.
    pub problems: Vec<Diagnostic>,
}

/// The copy of the spec in a crate, from which the next run knows what it changes for callers.
pub const DESCRIPTION: &str = "openapi.yaml";

/// Generates a crate from the text of a spec. The result depends on the text alone.
///
/// # Errors
/// Every problem of the first stage that has any.
pub fn generate(text: &str) -> Result<Generated, Vec<Diagnostic>> {
    let generated = deep(|| describe(text).map_err(|refused| refused.problems)?.generate());
    generated.unwrap_or_else(|error| Err(vec![mistake(format!("the stack cannot be allocated: {error}"))]))
}

/// Reads the text of a spec, up to the stage from which code can be emitted.
///
/// # Errors
/// Every problem of the first stage that has any.
pub fn describe(sources: impl Into<Sources>) -> Result<Described, Box<Refused>> {
    describe_as(sources, &Wanted::default())
}

/// The same for a crate whose name, version and slice the arguments set.
///
/// # Errors
/// Every problem of the first stage that has any.
pub fn describe_as(sources: impl Into<Sources>, wanted: &Wanted) -> Result<Described, Box<Refused>> {
    let sources = sources.into();
    let Read { identified, copy } = match read(&sources, &wanted.slice) {
        Ok(read) => read,
        Err((tree, problems)) => return Err(Box::new(Refused { sources, tree, problems })),
    };
    let Adapted { tree, warnings, foreign_extensions, ignored } = adapt::adapt(&sources, identified);
    match understand(&tree, wanted) {
        Ok((api, surface, others)) => {
            let rewrites = warnings.into_iter().chain(others).collect();
            Ok(Described { sources, copy, tree, rewrites, foreign_extensions, ignored, api, surface })
        }
        Err(problems) => Err(Box::new(Refused { sources, tree: Some(tree), problems })),
    }
}

/// Lists the tags and operations of a description, to choose from.
///
/// # Errors
/// As [`describe_as`], except for problems within operations and components.
pub fn list(sources: impl Into<Sources>, slice: &Slice) -> Result<String, Box<Refused>> {
    let sources = sources.into();
    match read(&sources, slice) {
        Ok(Read { identified, .. }) => Ok(slice::list(&identified.tree)),
        Err((tree, problems)) => Err(Box::new(Refused { sources, tree, problems })),
    }
}

/// A description before it is checked.
pub(crate) struct Read {
    pub(crate) identified: Identified,
    copy: Option<String>,
}

/// Reads the texts, and leaves out the unselected parts.
pub(crate) fn read(sources: &Sources, slice: &Slice) -> Result<Read, (Option<Tree>, Vec<Diagnostic>)> {
    let mut tree = source::parse(&sources.description.text).map_err(|problems| (None, problems))?;
    let unread = match bundle::bundle(sources, &mut tree) {
        Ok(unread) => unread,
        Err(problems) => return Err((Some(tree), problems)),
    };
    let overlays: Vec<(SourceId, &Source)> = sources.overlays().collect();
    let is_whole = slice.is_whole() && overlays.is_empty() && !sources.has_files();
    if let Err(problems) = overlay::apply(&mut tree, overlays) {
        return Err((Some(tree), problems));
    }
    let mut identified = adapt::identify(sources, tree);
    if let Err(problems) = slice::cut(&mut identified, slice) {
        return Err((Some(identified.tree), problems));
    }
    let problems = bundle::refuse_unread(&identified.tree, &unread);
    if !problems.is_empty() {
        return Err((Some(identified.tree), problems));
    }
    let copy = if is_whole { None } else { Some(identified.tree.to_yaml()) };
    match copy.transpose() {
        Ok(copy) => Ok(Read { identified, copy }),
        Err(error) => Err((None, vec![mistake(format!("the copy of the description is not YAML: {error}"))])),
    }
}

fn understand(tree: &Tree, wanted: &Wanted) -> Result<(Api, Surface, Vec<Diagnostic>), Vec<Diagnostic>> {
    let document = spec::read(tree)?;
    // Problems of both are reported together.
    let (package, mut problems) = match package::package(&document, wanted) {
        Ok(package) => (package, Vec::new()),
        Err(problems) => (Package::default(), problems),
    };
    let lowered = lower::lower(&document, package);
    let Lowered { api, mut warnings } = match lowered {
        Ok(lowered) if problems.is_empty() => lowered,
        lowered => {
            problems.extend(lowered.err().unwrap_or_default());
            return Err(problems);
        }
    };
    let (names, renamed) = names::assign(&api);
    warnings.extend(renamed);
    let surface = surface::surface(&api, &names)?;
    Ok((api, surface, warnings))
}

impl Described {
    /// Generates the crate. Formatting deep examples takes more than the usual stack: see [`deep`].
    ///
    /// # Errors
    /// A defect of the generator.
    pub fn generate(&self) -> Result<Generated, Vec<Diagnostic>> {
        let Self { tree, rewrites, api, surface, .. } = self;
        let copy = emit::File { path: DESCRIPTION.to_owned(), content: Content::Text(self.description().to_owned()) };
        let lints = || lints::check(tree, api);
        let (files, lints) = if layout::threads(api) == 1 {
            (layout::files(api, surface, vec![copy]), lints())
        } else {
            thread::scope(|scope| {
                let beside = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, lints);
                let files = layout::files(api, surface, vec![copy]);
                // If the system has no room for another thread, this one does both.
                (files, beside.map_or_else(|_| lints(), |beside| joined(beside.join())))
            })
        };
        let files = files?;
        let warnings = rewrites.iter().cloned().chain(lints).collect();
        Ok(Generated {
            files,
            operations: api.operations.iter().filter(|operation| operation.alternative.is_none()).count(),
            types: api.types.len(),
            warnings,
        })
    }

    /// Returns the [dump](mod@dump) of its intermediate representation.
    ///
    /// # Errors
    /// A defect of the generator.
    pub fn dump(&self) -> Result<String, Vec<Diagnostic>> {
        dump::dump(&self.api).map_err(|error| vec![mistake(format!("the dump is not JSON: {error}"))])
    }

    /// The copy of the description in the crate: everything from which the crate was generated, and no more.
    pub fn description(&self) -> &str {
        self.copy.as_deref().unwrap_or(&self.sources.description.text)
    }

    /// Shows problems of the spec.
    pub fn render(&self, problems: &[Diagnostic], style: impl Into<Style>) -> String {
        diagnostics::render(&self.sources, Some(&self.tree), problems, style)
    }
}

impl Refused {
    /// Shows why the spec is rejected.
    pub fn render(&self, style: impl Into<Style>) -> String {
        diagnostics::render(&self.sources, self.tree.as_ref(), &self.problems, style)
    }
}

/// Shows problems of a spec whose name in messages is `name`.
pub fn render(problems: &[Diagnostic], name: &str, text: &str, colour: bool) -> String {
    let tree = source::parse(text).ok();
    diagnostics::render(&Source::new(name, text).into(), tree.as_ref(), problems, colour)
}

/// Several times the stack that the deepest example needs in a debug build: the parser of Rust recurses with large
/// frames, which need more than the usual stack.
const STACK: usize = 256 * 1024 * 1024;

/// Runs code that recurses over a spec or over emitted code, on a sufficient stack.
///
/// # Errors
/// The system has no room for the stack.
pub fn deep<T: Send>(run: impl FnOnce() -> T + Send) -> io::Result<T> {
    thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, run)?;
        Ok(joined(thread.join()))
    })
}

/// Returns the result of a thread, or continues its panic.
fn joined<T>(joined: thread::Result<T>) -> T {
    joined.unwrap_or_else(|panic| panic::resume_unwind(panic))
}

/// A defect of the generator, which no spec should be able to cause.
fn mistake(message: String) -> Diagnostic {
    Diagnostic::mistake(Place::Value(Pointer::root()), message)
}
