//! How deep unions stand in one another, and how often their text may be read: each union reads its text with a parser of
//! its own, which counts from zero.

use std::cell::Cell;

use crate::runtime::model::value::scan::is_deeper_than;

/// How deep the text of a union inside of another may be. It is kept as it is if it is deeper, so that no response can
/// exhaust the stack.
const MAX_DEPTH: usize = 100;

/// How often the text of a union and of those inside of it may be read, all in all, before no second variant is tried any
/// more. Each variant of an outer union that fails has read all unions inside of it for nothing: without an end to that,
/// the work would double with each level.
const MAX_TIMES: usize = 256;

/// What may be read of a text however short it is.
const ENOUGH: usize = 4096;

thread_local! {
    static LEVEL: Cell<usize> = const { Cell::new(0) };
    /// How many bytes may still be read before no second variant is tried.
    static LEFT: Cell<usize> = const { Cell::new(0) };
    static HALF: Cell<usize> = const { Cell::new(0) };
}

/// A union, or a value of a type that was kept as text, that is being read. When it is dropped, it has been.
pub(crate) struct Level(());

/// Goes into a union, unless its text is too deep for one.
pub(crate) fn enter(json: &str) -> Option<Level> {
    let level = LEVEL.get();
    // Further in, the text is a part of what was looked at here.
    match level {
        0 => {
            let left = json.len().saturating_mul(MAX_TIMES).max(ENOUGH);
            LEFT.set(left);
            HALF.set(left / 2);
        }
        1 if is_deeper_than(json, MAX_DEPTH) => return None,
        _ => {}
    }
    LEVEL.set(level + 1);
    Some(Level(()))
}

impl Level {
    /// A variant is read.
    pub(super) fn spend(&self, json: &str) {
        LEFT.set(LEFT.get().saturating_sub(json.len()));
    }

    /// Whether another one may be tried.
    pub(super) fn may_spend(&self) -> bool {
        LEFT.get() > 0
    }

    /// Whether another one may be tried although one could be read. Half of what may be read is left for those that fail.
    pub(super) fn may_compare(&self) -> bool {
        LEFT.get() > HALF.get()
    }
}

impl Drop for Level {
    fn drop(&mut self) {
        LEVEL.set(LEVEL.get().saturating_sub(1));
    }
}
