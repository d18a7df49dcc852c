//! What changes for callers: between two specs, or by a run.

use std::fs;
use std::io;
use std::path::Path;

use super::{Named, Outcome, Pipeline, SPEC, Surroundings, contents, locate, read, refusal};
use crate::DESCRIPTION;
use crate::changes::{Refused, Source};
use crate::write::LIST;

/// Compares the spec with an older one. It fails where the changes ask for a version that the spec does not have.
pub(super) fn against(
    spec: Option<&Path>,
    old: &Path,
    markdown: bool,
    pipeline: &Pipeline,
    surroundings: &Surroundings<'_>,
) -> Result<(Outcome, String), String> {
    let spec = locate(spec, SPEC, surroundings)?;
    let old = Named { path: old.to_owned(), shown: old.display().to_string() };
    let (old_text, text) = (read(&old)?, read(&spec)?);
    let refused = |problems: &[_], spec: &Named, text: &str| {
        refusal(problems, spec, text, "nothing was compared", pipeline, surroundings)
    };
    let report =
        (pipeline.compare)(Source { name: &old.shown, text: &old_text }, Source { name: &spec.shown, text: &text })
            .map_err(|problems| match problems {
                Refused::Old(problems) => refused(&problems, &old, &old_text),
                Refused::New(problems) => refused(&problems, &spec, &text),
            })?;
    let outcome = if report.lacks_version() { Outcome::Different } else { Outcome::Done };
    Ok((outcome, if markdown { report.markdown } else { report.text }))
}

/// What a run is about to change for the callers of the crate that is there. The crate carries the spec that it was made
/// from; where that is the same, the templates alone can have changed, and there is nothing to say.
pub(super) fn replaced(directory: &Named, spec: &Named, text: &str, pipeline: &Pipeline) -> Option<String> {
    let is_file = |name: &str| fs::symlink_metadata(directory.path.join(name)).is_ok_and(|found| found.is_file());
    let name = format!("{}/{DESCRIPTION}", directory.shown);
    let unknown = |reason: String| format!("What changes for callers is not known: {reason}\n");
    if !is_file(LIST) {
        return None;
    }
    if !is_file(DESCRIPTION) {
        return Some(unknown(format!("{name} is missing, the spec that the crate was made from")));
    }
    let invalid = |error| io::Error::new(io::ErrorKind::InvalidData, error);
    let old = contents(&directory.path.join(DESCRIPTION));
    let old = old.and_then(|bytes| String::from_utf8(bytes).map_err(invalid));
    let old = match old {
        Ok(old) if old == text => return None,
        Ok(old) => old,
        Err(error) => return Some(unknown(format!("cannot read {name}: {error}"))),
    };
    let compared = (pipeline.compare)(Source { name: &name, text: &old }, Source { name: &spec.shown, text });
    match compared {
        Ok(report) if report.changes.is_empty() => None,
        Ok(report) => Some(format!("{}\n", report.text)),
        Err(Refused::Old(problems) | Refused::New(problems)) => {
            let first = problems.first().map(|problem| problem.message.as_str()).unwrap_or_default();
            Some(unknown(format!("{name}, which the crate was made from, is refused now: {first}")))
        }
    }
}
