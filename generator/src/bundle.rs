//! A description in several files: what its references lead to in other files becomes part of one tree.
//!
//! A definition of another file moves to the place that refers to it where that is an entry of the components or a path, and
//! else into the components, under its own name. It keeps its place in its file, so that later stages point at it there.
//!
//! | module | what it does |
//! |---|---|
//! | `address` | which file a reference means, and whether it may be read |
//! | `gather` | finds the files that a description is made of |
//! | `visit` | finds the references of an object, whatever its examples hold |
//! | `units` | takes definitions out of the files |
//! | `homes` | where each definition goes, and what it is called there |

mod address;
mod gather;
mod homes;
mod units;
mod visit;

use std::collections::BTreeMap;

use crate::diagnostics::{Code, Diagnostic, Place, Sources};
use crate::source::Tree;
use crate::spec::DOCUMENT;

pub use address::is_inside;
pub use gather::{MAX_FILES, gather};

use homes::Homes;
use units::Units;

/// Why references lead nowhere, by their texts.
pub type Unread = BTreeMap<String, String>;

/// Brings what references lead to in other files into the tree. Those that lead nowhere stay, each with a reason.
///
/// # Errors
///
/// All problems of files that are not YAML or JSON.
pub fn bundle(sources: &Sources, tree: &mut Tree) -> Result<Unread, Vec<Diagnostic>> {
    if !sources.has_files() && !gather::may_name_files(&sources.description.text) {
        return Ok(Unread::new());
    }
    let mut units = Units::new(sources);
    units.collect(tree.root_mut());
    if !units.problems.is_empty() {
        return Err(units.problems);
    }
    let homes = Homes::new(tree.root(), &units);
    homes.settle(tree.root_mut(), &mut units);
    visit::references(tree.root_mut(), &DOCUMENT, &mut |reference, kind| {
        if let Some(home) = units.target(reference, kind).and_then(|target| homes.reference(&target)) {
            *reference = home;
        }
    });
    Ok(units.unread)
}

/// Reports the references that are left of those that lead nowhere.
pub fn refuse_unread(tree: &Tree, unread: &Unread) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    if unread.is_empty() {
        return problems;
    }
    tree.root().each_reference(&mut |node| {
        let Some((reference, why)) = node.value.as_str().and_then(|text| unread.get_key_value(text)) else { return };
        let message = format!("`{reference}` cannot be followed: {why}");
        problems.push(Diagnostic::new(Code::UnreadReference, Place::Text(node.span), message).help(HELP));
    });
    problems
}

const HELP: &str = "a reference leads to a file in the folder of the description, or in one below it: bring the definition \
there, or bundle the description into one file first";
