//! Merges an update into its target.

use crate::diagnostics::{Code, Diagnostic, Place};
use crate::overlay::refusal;
use crate::pointer::Pointer;
use crate::source::{Entry, MAX_DEPTH, MAX_VALUES, Mapping, Node, Value};

/// The number of values that all updates may still add: a few lines could otherwise add any number.
pub(super) struct Budget(usize);

impl Default for Budget {
    fn default() -> Self {
        Self(MAX_VALUES)
    }
}

impl Budget {
    fn spend(&mut self, update: &Node) -> Result<(), Box<Diagnostic>> {
        match self.0.checked_sub(update.size()) {
            Some(left) => {
                self.0 = left;
                Ok(())
            }
            None => {
                let message = format!("the updates of all actions add more than {MAX_VALUES} keys and values");
                Err(refusal(Code::TooLarge, update, message, "select fewer values"))
            }
        }
    }
}

/// Merges an update into a value that an action has selected.
pub(super) fn into_target(
    target: &mut Node,
    pointer: &Pointer,
    update: &Node,
    budget: &mut Budget,
) -> Result<(), Box<Diagnostic>> {
    budget.spend(update)?;
    if pointer.segments().count().saturating_add(depth(update)) >= MAX_DEPTH {
        let message = format!("the update makes the description deeper than {MAX_DEPTH} levels");
        return Err(refusal(Code::TooDeep, update, message, "select fewer values"));
    }
    match (&mut target.value, &update.value) {
        (Value::Sequence(items), _) => {
            items.push(update.clone());
            Ok(())
        }
        (Value::Mapping(entries), Value::Mapping(update)) => mappings(entries, pointer, update),
        (Value::Mapping(_), _) => {
            let message = format!("the update of a mapping is a mapping, not {}", update.value.kind());
            let help = "write the keys that change: `update: { description: … }`";
            Err(selected(Code::InvalidOverlay, update, pointer, message, help))
        }
        (other, _) => {
            let message = format!("the action selects {}, into which nothing can be merged", other.kind());
            let help = "select the enclosing mapping, and write the key with its new value in `update`";
            Err(selected(Code::InvalidOverlay, update, pointer, message, help))
        }
    }
}

/// Keys that both have are merged; the others are appended.
fn mappings(entries: &mut Mapping, pointer: &Pointer, update: &Mapping) -> Result<(), Box<Diagnostic>> {
    for entry in update.iter() {
        match entries.get_mut(&entry.key) {
            Some(node) => values(node, &pointer.key(&entry.key), entry)?,
            None => entries.insert(entry.clone()),
        }
    }
    Ok(())
}

fn values(node: &mut Node, pointer: &Pointer, entry: &Entry) -> Result<(), Box<Diagnostic>> {
    let is_scalar = |value: &Value| !matches!(value, Value::Mapping(_) | Value::Sequence(_));
    match (&mut node.value, &entry.node.value) {
        (Value::Mapping(entries), Value::Mapping(update)) => mappings(entries, pointer, update),
        (Value::Sequence(items), Value::Sequence(more)) => {
            items.extend(more.iter().cloned());
            Ok(())
        }
        (old, new) if is_scalar(old) && is_scalar(new) => {
            *node = entry.node.clone();
            Ok(())
        }
        (old, new) => {
            let message = format!("`{}` is {} here, but {} in the description", entry.key, new.kind(), old.kind());
            let help = "to replace it, remove it first by an earlier action";
            Err(selected(Code::InvalidOverlay, &entry.node, pointer, message, help))
        }
    }
}

/// A problem of an update, with its target in the description.
fn selected(code: Code, update: &Node, pointer: &Pointer, message: String, help: &str) -> Box<Diagnostic> {
    let mut problem = refusal(code, update, message, help);
    problem.related.push((Place::Value(pointer.clone()), "the selected value".to_owned()));
    problem
}

/// Returns the depth of a value.
fn depth(node: &Node) -> usize {
    let inside = match &node.value {
        Value::Sequence(items) => items.iter().map(depth).max(),
        Value::Mapping(entries) => entries.iter().map(|entry| depth(&entry.node)).max(),
        _ => return 0,
    };
    inside.unwrap_or_default().saturating_add(1)
}
