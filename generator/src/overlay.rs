//! Overlays (OpenAPI Overlay Specification 1.0): documents that change a description without touching its text.
//!
//! An overlay is a list of actions. Each selects values by a JSONPath (RFC 9535), and removes them or merges an update
//! into them. A value from an overlay keeps its place there, so that later stages point at it.
//!
//! | module | what it does |
//! |---|---|
//! | `document` | reads an overlay |
//! | `targets` | finds the values that an action selects |
//! | `merge` | merges an update into a value |

mod document;
mod merge;
mod targets;

use crate::diagnostics::{Code, Diagnostic, Place, Source, SourceId};
use crate::pointer::Pointer;
use crate::source::{self, Node, Tree, Value};

use document::{Action, Change};
use merge::Budget;
use targets::Targets;

/// Applies overlays to a description, one after the other.
///
/// # Errors
///
/// All problems of the first overlay that has any.
pub fn apply<'s>(
    tree: &mut Tree,
    overlays: impl IntoIterator<Item = (SourceId, &'s Source)>,
) -> Result<(), Vec<Diagnostic>> {
    let mut budget = Budget::default();
    for (id, overlay) in overlays {
        let overlay = source::parse_of(id, &overlay.text)?;
        let actions = document::actions(&overlay)?;
        let mut targets = Targets::new(tree);
        let mut problems = Vec::new();
        for action in &actions {
            if let Err(problem) = carry_out(action, tree, &mut targets, &mut budget) {
                problems.push(*problem);
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
    }
    Ok(())
}

/// Applies one action.
fn carry_out(
    action: &Action<'_>,
    tree: &mut Tree,
    targets: &mut Targets,
    budget: &mut Budget,
) -> Result<(), Box<Diagnostic>> {
    let selected = targets.select(action)?;
    // The last first: a removal does not move values that are still to be handled.
    for pointer in selected.iter().rev() {
        let touched = match &action.change {
            Change::Remove => remove(tree, pointer, action.target)?,
            Change::Update(update) => {
                let Some(node) = tree.node_mut(pointer) else { continue };
                merge::into_target(node, pointer, update, budget)?;
                pointer.clone()
            }
        };
        targets.refresh(tree, &touched);
    }
    Ok(())
}

/// Removes a value, and returns the place that contained it.
fn remove(tree: &mut Tree, pointer: &Pointer, target: &Node) -> Result<Pointer, Box<Diagnostic>> {
    let (Some(parent), Some(last)) = (pointer.parent(), pointer.last()) else {
        let message = "the whole description cannot be removed";
        return Err(refusal(Code::InvalidOverlay, target, message, "select a part of it: `$.paths`"));
    };
    match tree.node_mut(&parent).map(|node| &mut node.value) {
        Some(Value::Mapping(entries)) => {
            entries.remove(&last);
        }
        Some(Value::Sequence(items)) => {
            if let Some(index) = last.parse().ok().filter(|index| *index < items.len()) {
                items.remove(index);
            }
        }
        _ => {}
    }
    Ok(parent)
}

/// A problem of a value in an overlay.
fn refusal(code: Code, node: &Node, message: impl Into<String>, help: &str) -> Box<Diagnostic> {
    Box::new(Diagnostic::new(code, at(node), message).help(help))
}

/// The place of a value of an overlay.
fn at(node: &Node) -> Place {
    Place::Text(node.span)
}
