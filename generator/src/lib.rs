//! Reads an OpenAPI 3.0 description and writes a Rust crate.
//!
//! The stages in their order, each a function from one plain data type to the next; a stage reports all problems it
//! finds, and the next begins only if there are none.
//!
//! | stage | from | to |
//! |---|---|---|
//! | [`source`] | text | a tree with positions |
//! | [`bundle`](mod@bundle) | tree, other files | the tree with what its references lead to in other files |
//! | [`overlay`] | tree, overlays | the tree as the overlays change it |
//! | [`slice`](mod@slice) | tree, what is asked for | the tree with the operations that are asked for |
//! | [`adapt`](mod@adapt) | tree | the tree as OpenAPI 3.0.3 has it, and a warning for each rewrite |
//! | [`spec`] | tree | a document of OpenAPI 3.0 of which every key is known |
//! | [`lower`](mod@lower) | document | the [intermediate representation](ir) |
//! | [`names`] | representation | its Rust names |
//! | [`surface`](mod@surface) | representation and names | the Rust surface: methods, arguments, types |
//! | [`lints`] | tree and representation | warnings about a spec that is right |
//! | [`emit`](mod@emit) | representation and surface | token streams, a file each |
//! | [`format`](mod@format) | token streams | text |
//! | [`write`](mod@write) | text | files in a directory |
//!
//! Beside them, [`changes`] compares two descriptions and says what the difference means for callers, and [`drift`] says what
//! goes over the wire by one of them and not by the other.

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
pub mod write;

use std::{io, panic, thread};

/// What the program allocates with: a run is millions of small pieces, and takes a fifth less time with it.
pub use mimalloc::MiMalloc as Allocator;

use adapt::{Adapted, Identified, PassedOver};
use diagnostics::{Diagnostic, Place, Source, SourceId, Sources};
use emit::Content;
use ir::Api;
use lower::Lowered;
use package::{Package, Wanted};
use pointer::Pointer;
use slice::Slice;
use source::Tree;
use surface::Surface;
use write::FileSet;

/// What the pipeline makes of a spec.
#[derive(Clone, Debug)]
pub struct Generated {
    pub files: FileSet,
    pub operations: usize,
    pub types: usize,
    /// What could be better about the spec, in the order of its text.
    pub warnings: Vec<Diagnostic>,
}

/// A spec that was read: all that is made of it is made of this.
#[derive(Clone, Debug)]
pub struct Described {
    /// What it was read from.
    pub sources: Sources,
    /// What is read by the crate's next run, if it is not the text of the description: the same without what was left out,
    /// and with what overlays said.
    copy: Option<String>,
    /// Where everything stands, as [`adapt`](mod@adapt) leaves it.
    pub tree: Tree,
    /// What was rewritten in it.
    pub rewrites: Vec<Diagnostic>,
    /// How many extensions of other tools it has.
    pub foreign_extensions: usize,
    /// What it has that a client has no use for.
    pub passed_over: PassedOver,
    /// What it says.
    pub api: Api,
    /// What callers see of it in Rust.
    pub surface: Surface,
}

/// A spec that no crate can be made of.
#[derive(Clone, Debug)]
pub struct Refused {
    /// What it was read from.
    pub sources: Sources,
    /// Where everything stands, if the text could be read.
    pub tree: Option<Tree>,
    /// Every problem of the first stage that has any.
    pub problems: Vec<Diagnostic>,
}

/// The copy of the spec that a crate carries: by it the next run knows what it changes for callers.
pub const DESCRIPTION: &str = "openapi.yaml";

/// Turns the text of a spec into a crate. Nothing but the text decides what comes out.
///
/// # Errors
///
/// Every problem of the first stage that has any.
pub fn generate(text: &str) -> Result<Generated, Vec<Diagnostic>> {
    let generated = deep(|| describe(text).map_err(|refused| refused.problems)?.generate());
    generated.unwrap_or_else(|error| Err(vec![mistake(format!("there is no room for a stack: {error}"))]))
}

/// Reads the text of a spec, up to the point where code can be made of it.
///
/// # Errors
///
/// Every problem of the first stage that has any.
pub fn describe(sources: impl Into<Sources>) -> Result<Described, Box<Refused>> {
    describe_as(sources, &Wanted::default())
}

/// The same for a crate of which the arguments say how it is called, and what of the description it has.
///
/// # Errors
///
/// Every problem of the first stage that has any.
pub fn describe_as(sources: impl Into<Sources>, wanted: &Wanted) -> Result<Described, Box<Refused>> {
    let sources = sources.into();
    let Read { identified, copy } = match read(&sources, &wanted.slice) {
        Ok(read) => read,
        Err((tree, problems)) => return Err(Box::new(Refused { sources, tree, problems })),
    };
    let Adapted { tree, warnings, foreign_extensions, passed_over } = adapt::adapt(&sources, identified);
    match understand(&tree, wanted) {
        Ok((api, surface, others)) => {
            let rewrites = warnings.into_iter().chain(others).collect();
            Ok(Described { sources, copy, tree, rewrites, foreign_extensions, passed_over, api, surface })
        }
        Err(problems) => Err(Box::new(Refused { sources, tree: Some(tree), problems })),
    }
}

/// The tags and operations of a description, for somebody who chooses among them.
///
/// # Errors
///
/// As [`describe_as`], but for what is wrong within operations and components.
pub fn list(sources: impl Into<Sources>, slice: &Slice) -> Result<String, Box<Refused>> {
    let sources = sources.into();
    match read(&sources, slice) {
        Ok(Read { identified, .. }) => Ok(slice::list(&identified.tree)),
        Err((tree, problems)) => Err(Box::new(Refused { sources, tree, problems })),
    }
}

/// A description before it is judged.
pub(crate) struct Read {
    pub(crate) identified: Identified,
    copy: Option<String>,
}

/// Reads the texts, and leaves out what is not asked for.
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
        Err(error) => Err((None, vec![mistake(format!("the copy of the description is no YAML: {error}"))])),
    }
}

fn understand(tree: &Tree, wanted: &Wanted) -> Result<(Api, Surface, Vec<Diagnostic>), Vec<Diagnostic>> {
    let document = spec::read(tree)?;
    // What is wrong with either is reported at once.
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
    /// The crate. Laying out deep examples takes more than the usual stack: see [`deep`].
    ///
    /// # Errors
    ///
    /// A mistake of the generator.
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
                // Where the system has no room for another thread, this one does both.
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

    /// The [dump](mod@dump) of its intermediate representation.
    ///
    /// # Errors
    ///
    /// A mistake of the generator.
    pub fn dump(&self) -> Result<String, Vec<Diagnostic>> {
        dump::dump(&self.api).map_err(|error| vec![mistake(format!("the dump is no JSON: {error}"))])
    }

    /// The copy of the description that the crate carries: what the crate was made of, and no more.
    pub fn description(&self) -> &str {
        self.copy.as_deref().unwrap_or(&self.sources.description.text)
    }

    /// Shows problems of the spec.
    pub fn render(&self, problems: &[Diagnostic], colour: bool) -> String {
        diagnostics::render(&self.sources, Some(&self.tree), problems, colour)
    }
}

impl Refused {
    /// Shows why the spec is refused.
    pub fn render(&self, colour: bool) -> String {
        diagnostics::render(&self.sources, self.tree.as_ref(), &self.problems, colour)
    }
}

/// Shows problems of a spec, which messages call `name`.
pub fn render(problems: &[Diagnostic], name: &str, text: &str, colour: bool) -> String {
    let tree = source::parse(text).ok();
    diagnostics::render(&Source::new(name, text).into(), tree.as_ref(), problems, colour)
}

/// What laying out the deepest example takes in a debug build, several times over: the parser of Rust recurses with large
/// frames, more than the usual stack holds.
const STACK: usize = 256 * 1024 * 1024;

/// Runs what recurses over what a spec says and over what is emitted, on a stack that is deep enough.
///
/// # Errors
///
/// The system has no room for the stack.
pub fn deep<T: Send>(run: impl FnOnce() -> T + Send) -> io::Result<T> {
    thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, run)?;
        Ok(joined(thread.join()))
    })
}

/// What a thread gives, or the panic that it ended with.
fn joined<T>(joined: thread::Result<T>) -> T {
    joined.unwrap_or_else(|panic| panic::resume_unwind(panic))
}

/// A mistake of the generator, which no spec should be able to bring about.
fn mistake(message: String) -> Diagnostic {
    Diagnostic::mistake(Place::Value(Pointer::root()), message)
}
