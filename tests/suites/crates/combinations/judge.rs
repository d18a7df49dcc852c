//! Properties of every spec before anything is compiled.

use generator::changes::{Report, report};
use generator::diagnostics::Code;
use generator::write::FileSet;
use serde_json::Value;

use crate::combinations::document::{text, turned};
use crate::oracles;

/// Checks a spec; returns its crate, or else its problems.
///
/// Panics if a property does not hold.
pub(crate) fn judge(spec: &Value) -> Result<FileSet, Vec<String>> {
    let text = text(spec);
    let Some(files) = oracles::judge(&text) else {
        return Err(is_refused_with_a_way_out(&text));
    };
    no_example_is_warned_of(&text);
    nothing_changes_beside_itself(&text);
    the_order_of_the_spec_does_not_matter(&files, &turned(spec));
    Ok(files)
}

fn is_refused_with_a_way_out(text: &str) -> Vec<String> {
    let problems = generator::generate(text).expect_err("it was refused before");
    let bare = problems.iter().find(|problem| problem.help.is_none());
    assert!(bare.is_none(), "no way out: {bare:?}");
    problems.iter().map(|problem| format!("{} {}", problem.code.number(), problem.message)).collect()
}

/// Examples and defaults are values of their schemas by construction.
fn no_example_is_warned_of(text: &str) {
    let warnings = generator::generate(text).expect("it was accepted before").warnings;
    let wrong = |code: Code| matches!(code, Code::ExampleMismatch | Code::DefaultMismatch);
    let wrong: Vec<_> = warnings.into_iter().filter(|warning| wrong(warning.code)).collect();
    assert!(wrong.is_empty(), "a valid example is warned of:\n{}", generator::render(&wrong, "spec.yaml", text, false));
}

fn nothing_changes_beside_itself(text: &str) {
    let described = generator::describe(text).expect("it was accepted before");
    let Report { changes, .. } = report(&described, &described);
    assert!(changes.is_empty(), "a spec differs from itself: {changes:?}");
}

fn the_order_of_the_spec_does_not_matter(files: &FileSet, turned: &str) {
    let again = generator::generate(turned).unwrap_or_else(|problems| {
        panic!("in another order:\n{}", generator::render(&problems, "spec", turned, false))
    });
    let differs = |path: &str| path != generator::DESCRIPTION && files.get(path) != again.files.get(path);
    let differing: Vec<&str> = files.iter().map(|(path, _)| path).filter(|path| differs(path)).collect();
    assert!(differing.is_empty(), "in another order, these files differ: {}", differing.join(", "));
}
