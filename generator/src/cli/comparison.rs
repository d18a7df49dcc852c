//! The changes for callers: between two specs, or by a run.

use std::fs;
use std::io;

use super::{Args, Named, Outcome, SPEC, Surroundings, contents, described, locate, remembered, sources};
use crate::changes::report;
use crate::diagnostics::Source;
use crate::package::Wanted;
use crate::slice::Slice;
use crate::write::LIST;
use crate::{DESCRIPTION, Described, describe_as};

/// Compares the spec with an older one. It fails if the changes require a version that the spec does not have.
pub(super) fn against(args: &Args, surroundings: &Surroundings<'_>) -> Result<(Outcome, String), String> {
    let spec = locate(args.spec.as_deref(), SPEC, surroundings)?;
    let old = args.against.clone().unwrap_or_default();
    let old = Named { shown: old.display().to_string(), path: old };
    let wanted = Wanted { slice: args.slice.clone(), ..Wanted::default() };
    let read = |spec| described(sources(spec, &args.overlays)?, &wanted, "nothing was compared", surroundings);
    let (before, after) = (read(&old)?, read(&spec)?);
    let report = report(&before, &after);
    let outcome = if report.lacks_version() { Outcome::Different } else { Outcome::Done };
    Ok((outcome, if args.markdown { report.markdown } else { report.text }))
}

/// Reports the changes that a run makes for the callers of the existing crate. The crate contains the spec from which
/// it was generated; if that is unchanged, only the templates can have changed, and there is nothing to report.
pub(super) fn replaced(directory: &Named, new: &Described) -> Option<String> {
    let is_file = |name: &str| fs::symlink_metadata(directory.path.join(name)).is_ok_and(|found| found.is_file());
    let name = format!("{}/{DESCRIPTION}", directory.shown);
    let unknown = |reason: String| format!("What changes for callers is unknown: {reason}\n");
    if !is_file(LIST) {
        return None;
    }
    if !is_file(DESCRIPTION) {
        return Some(unknown(format!("{name}, the spec of the crate, is missing")));
    }
    let invalid = |error| io::Error::new(io::ErrorKind::InvalidData, error);
    let old = contents(&directory.path.join(DESCRIPTION));
    let old = old.and_then(|bytes| String::from_utf8(bytes).map_err(invalid));
    let old = match old {
        Ok(old) if old == new.description() => return None,
        Ok(old) => old,
        Err(error) => return Some(unknown(format!("cannot read {name}: {error}"))),
    };
    // The crate contains everything from which it was generated.
    let wanted = Wanted { slice: Slice::default(), ..remembered(Wanted::default(), directory) };
    match describe_as(Source::new(name.clone(), old), &wanted) {
        Ok(old) => {
            let report = report(&old, new);
            let compared = "Compared with the crate on disk; `--against` compares with the spec of another commit.";
            (!report.changes.is_empty()).then(|| format!("{}{compared}\n\n", report.text))
        }
        Err(refused) => {
            let first = refused.problems.first().map(|problem| problem.message.as_str()).unwrap_or_default();
            Some(unknown(format!("{name}, the spec of the crate, is rejected now: {first}")))
        }
    }
}
