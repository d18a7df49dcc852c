//! Limits on the nesting of unions, and on how often their text is read: each union reads its text with a new parser,
//! which counts from zero.

use std::cell::Cell;

use crate::runtime::model::value::scan::is_deeper_than;

/// The maximum depth of the text of a union inside another. A deeper text is kept unchanged, so that no response can
/// exhaust the stack.
const MAX_DEPTH: usize = 100;

/// The maximum number of times that the text of a union and of the unions inside it may be read in total, before
/// only the first variant is tried. Each variant of an outer union that fails has read all unions inside it: without a
/// limit, the work would double with each level.
const MAX_TIMES: usize = 256;

/// The number of bytes that may be read in any case, even if the text is short.
const ENOUGH: usize = 4096;

thread_local! {
    static LEVEL: Cell<usize> = const { Cell::new(0) };
    /// The number of bytes that may still be read before only the first variant is tried.
    static LEFT: Cell<usize> = const { Cell::new(0) };
    static HALF: Cell<usize> = const { Cell::new(0) };
}

/// A union, or a value of a type that was kept as text, that is being read. It is dropped when reading ends.
pub(crate) struct Level(());

/// Whether no text is being read that was taken.
#[inline]
pub(super) fn is_outside() -> bool {
    LEVEL.get() == 0
}

/// Enters a union, unless its text is too deep.
#[inline]
pub(crate) fn enter(json: &str) -> Option<Level> {
    let level = LEVEL.get();
    // Inside, the text is a part of the text that was checked here.
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
    /// Counts the text of a variant that is being read.
    #[inline]
    pub(super) fn spend(&self, json: &str) {
        LEFT.set(LEFT.get().saturating_sub(json.len()));
    }

    /// Whether another variant may be tried.
    #[inline]
    pub(super) fn may_spend(&self) -> bool {
        LEFT.get() > 0
    }

    /// Whether another variant may be tried although one was read. Half of the limit is left for variants that fail.
    #[inline]
    pub(super) fn may_compare(&self) -> bool {
        LEFT.get() > HALF.get()
    }
}

impl Drop for Level {
    #[inline]
    fn drop(&mut self) {
        LEVEL.set(LEVEL.get().saturating_sub(1));
    }
}
