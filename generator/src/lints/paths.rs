//! `equal-paths`: paths that differ only in the names of their parameters. Their operations are different methods of
//! the client, but a server cannot distinguish their requests.

use std::collections::BTreeMap;

use super::warning;
use crate::diagnostics::{Code, Diagnostic, Place};
use crate::ir::Api;
use crate::pointer::Pointer;
use crate::spec::without_names;

pub(super) fn equal(api: &Api) -> Vec<Diagnostic> {
    let mut operations: Vec<_> = api.operations.iter().collect();
    operations.sort_by(|a, b| a.pointer.cmp(&b.pointer));
    let mut known: BTreeMap<String, (&str, Pointer)> = BTreeMap::new();
    let mut warnings = Vec::new();
    for operation in operations {
        let Some(at) = operation.pointer.parent() else { continue };
        let path = operation.path.as_str();
        let shape = without_names(&operation.target());
        let (first, other) = known.entry(shape).or_insert_with(|| (path, at.clone()));
        if *first != path {
            let problem =
                warning(Code::EqualPaths, Place::Key(at), format!("`{path}` and `{first}` are the same path"))
                    .related(Place::Key(other.clone()), "the other one")
                    .help("move the operations of both to one of them, and use its parameter names");
            warnings.push(problem);
        }
    }
    warnings
}
