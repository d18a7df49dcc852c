//! What changes for callers: between two specs, or by a run.

use std::fs;
use std::io;
use std::path::Path;

use super::{Named, Outcome, SPEC, Surroundings, contents, described, locate, remembered};
use crate::changes::{Source, report};
use crate::package::Wanted;
use crate::write::LIST;
use crate::{DESCRIPTION, Described, describe_as};

/// Compares the spec with an older one. It fails where the changes ask for a version that the spec does not have.
pub(super) fn against(
    spec: Option<&Path>,
    old: &Path,
    markdown: bool,
    surroundings: &Surroundings<'_>,
) -> Result<(Outcome, String), String> {
    let spec = locate(spec, SPEC, surroundings)?;
    let old = Named { path: old.to_owned(), shown: old.display().to_string() };
    let [before, after] =
        [&old, &spec].map(|spec| described(spec, &Wanted::default(), "nothing was compared", surroundings));
    let report = report(Source { name: &old.shown, spec: &before? }, Source { name: &spec.shown, spec: &after? });
    let outcome = if report.lacks_version() { Outcome::Different } else { Outcome::Done };
    Ok((outcome, if markdown { report.markdown } else { report.text }))
}

/// What a run is about to change for the callers of the crate that is there. The crate carries the spec that it was made
/// from; where that is the same, the templates alone can have changed, and there is nothing to say.
pub(super) fn replaced(directory: &Named, spec: &Named, new: &Described) -> Option<String> {
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
        Ok(old) if old == new.text => return None,
        Ok(old) => old,
        Err(error) => return Some(unknown(format!("cannot read {name}: {error}"))),
    };
    match describe_as(old, &remembered(Wanted::default(), directory)) {
        Ok(old) => {
            let report = report(Source { name: &name, spec: &old }, Source { name: &spec.shown, spec: new });
            (!report.changes.is_empty()).then(|| format!("{}\n", report.text))
        }
        Err(refused) => {
            let first = refused.problems.first().map(|problem| problem.message.as_str()).unwrap_or_default();
            Some(unknown(format!("{name}, which the crate was made from, is refused now: {first}")))
        }
    }
}
