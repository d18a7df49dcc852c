//! How deep unions stand in one another: each reads its text with a parser of its own, which counts from zero.

use std::cell::Cell;

use crate::runtime::model::value::scan::is_deeper_than;

/// How deep the text of a union inside of another may be. It is kept as it is if it is deeper, so that no answer can
/// exhaust the stack.
const MAX_DEPTH: usize = 100;

thread_local! {
    static LEVEL: Cell<usize> = const { Cell::new(0) };
}

/// A union that is being read. When it is dropped, it has been.
pub(super) struct Level(());

/// Goes into a union, unless its text is too deep for one.
pub(super) fn enter(json: &str) -> Option<Level> {
    let level = LEVEL.get();
    // Further in, the text is a part of what was looked at here.
    if level == 1 && is_deeper_than(json, MAX_DEPTH) {
        return None;
    }
    LEVEL.set(level + 1);
    Some(Level(()))
}

impl Drop for Level {
    fn drop(&mut self) {
        LEVEL.set(LEVEL.get().saturating_sub(1));
    }
}
