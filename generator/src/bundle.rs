//! Joins a description in several files: the targets of its references in other files become part of one tree.
//!
//! A definition of another file moves to the place that refers to it, if that is an entry of the components or a path;
//! and otherwise into the components, under its own name. It keeps its place in its file, so that later stages point at
//! it there.
//!
//! | module | what it does |
//! |---|---|
//! | `address` | which file a reference means, and whether it may be read |
//! | `gather` | finds the files of a description |
//! | `visit` | finds the references of an object, but not in its examples |
//! | `units` | takes definitions out of the files |
//! | `homes` | the destination of each definition, and its name there |

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

/// The reasons why references have no target, by their texts.
pub type Unread = BTreeMap<String, String>;

/// Moves the targets of references in other files into the tree. References without a target stay, each with a reason.
///
/// # Errors
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

/// Reports the remaining references without a target.
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
