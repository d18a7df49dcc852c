//! Stands in for the pipeline until its stages are joined.

use crate::diagnostics::{Code, Diagnostic, Place};
use crate::pointer::Pointer;
use crate::write::FileSet;

/// What the pipeline makes of a spec.
#[derive(Clone, Debug)]
pub struct Generated {
    /// The files of the crate.
    pub files: FileSet,
    /// How many operations it has.
    pub operations: usize,
    /// How many types it has.
    pub types: usize,
}

/// Turns the text of a spec into a crate.
///
/// # Errors
///
/// Every problem of the spec.
pub fn generate(_text: &str) -> Result<Generated, Vec<Diagnostic>> {
    Err(vec![Diagnostic::new(Code::Unsupported, Place::Value(Pointer::root()), "no pipeline yet")])
}

/// Shows problems of a spec.
pub fn render(problems: &[Diagnostic], name: &str, _text: &str, _colour: bool) -> String {
    problems.iter().map(|problem| format!("error[{}]: {name}: {}\n", problem.code.number(), problem.message)).collect()
}
