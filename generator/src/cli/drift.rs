//! The differences on the wire between the spec and another description.

use std::fs;

use super::{Args, Named, Outcome, SPEC, Surroundings, contents, locate, refusal, sources};
use crate::diagnostics::{self, Diagnostic, Source, Sources};
use crate::drift::intended::Intended;
use crate::drift::{Side, compare, record, report};
use crate::slice::Slice;
use crate::source;

/// The default file of intended differences, beside the spec.
const INTENDED: &str = "drift.yaml";

const NOTHING_COMPARED: &str = "nothing was compared";

/// Compares the spec with another description, of which the arguments select a part. It fails if they differ.
pub(super) fn drift(args: &Args, surroundings: &Surroundings<'_>) -> Result<(Outcome, String), String> {
    let spec = locate(args.spec.as_deref(), SPEC, surroundings)?;
    let other = args.drift.clone().unwrap_or_default();
    let other = Named { shown: other.display().to_string(), path: other };
    let intended = intended(args, &spec, surroundings)?;
    let ours = side(sources(&spec, &args.overlays)?, &Slice::default(), surroundings)?;
    let theirs = side(sources(&other, &[])?, &args.slice, surroundings)?;
    let differences = compare(&ours, &theirs, &intended);
    let text = report(&ours, &theirs, &differences, &intended, args.markdown);
    let is_none = differences.unexplained.is_empty() && differences.idle.is_empty();
    Ok((if is_none { Outcome::Done } else { Outcome::Different }, text))
}

/// Prints the record of the spec, as a file for comparison.
pub(super) fn print_record(args: &Args, surroundings: &Surroundings<'_>) -> Result<(Outcome, String), String> {
    let spec = locate(args.spec.as_deref(), SPEC, surroundings)?;
    let side = side(sources(&spec, &args.overlays)?, &args.slice, surroundings)?;
    Ok((Outcome::Done, record(&side)))
}

fn side(sources: Sources, slice: &Slice, surroundings: &Surroundings<'_>) -> Result<Side, String> {
    Side::read(sources, slice)
        .map_err(|unread| refused(&unread.sources, unread.tree.as_ref(), &unread.problems, surroundings))
}

/// Reads the intended differences: from the given file, or from the one beside the spec.
fn intended(args: &Args, spec: &Named, surroundings: &Surroundings<'_>) -> Result<Intended, String> {
    let file = match &args.intended {
        Some(path) => Named { path: path.clone(), shown: path.display().to_string() },
        None => {
            let beside = |path: &str| match path.rsplit_once(['/', '\\']) {
                Some((folder, _)) => format!("{folder}/{INTENDED}"),
                None => INTENDED.to_owned(),
            };
            Named { path: spec.path.with_file_name(INTENDED), shown: beside(&spec.shown) }
        }
    };
    if args.intended.is_none() && fs::symlink_metadata(&file.path).is_err() {
        return Ok(Intended::default());
    }
    let bytes = contents(&file.path).map_err(|error| format!("error: cannot read {}: {error}\n", file.shown))?;
    let text = String::from_utf8(bytes)
        .map_err(|_| format!("error: {} is not UTF-8: save the file as UTF-8\n", file.shown))?;
    let sources = Sources::from(Source::new(file.shown, text));
    let tree = source::parse(&sources.description.text)
        .map_err(|problems| refused(&sources, None, &problems, surroundings))?;
    Intended::read(&tree).map_err(|problems| refused(&sources, Some(&tree), &problems, surroundings))
}

fn refused(
    sources: &Sources,
    tree: Option<&source::Tree>,
    problems: &[Diagnostic],
    surroundings: &Surroundings<'_>,
) -> String {
    let rendered = diagnostics::render(sources, tree, problems, surroundings.style);
    refusal(&rendered, problems.len(), &sources.description.name, NOTHING_COMPARED)
}
