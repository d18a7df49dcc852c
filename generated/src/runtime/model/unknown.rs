//! Counts the unknown parts of a JSON text: fields without a property, values that no enum lists, and parts that are not a
//! variant of their union. A union uses the variant that knows most.

use std::cell::Cell;

thread_local! {
    /// Counted since the thread began, so only differences are meaningful.
    static COUNT: Cell<usize> = const { Cell::new(0) };
}

/// Counts an unknown part.
#[inline]
pub(crate) fn count_one() {
    COUNT.set(COUNT.get().wrapping_add(1));
}

/// Reads something, and returns the number of unknown parts in it. They do not count for the enclosing value, until
/// they are [added](add).
pub(crate) fn count_in<T>(read: impl FnOnce() -> T) -> (T, usize) {
    let before = COUNT.get();
    let found = read();
    let count = COUNT.replace(before).wrapping_sub(before);
    (found, count)
}

/// Removes the last part from the count, because it is known after all.
#[inline]
pub(crate) fn uncount_one() {
    COUNT.set(COUNT.get().wrapping_sub(1));
}

/// Adds parts that were counted separately.
#[inline]
pub(crate) fn add(count: usize) {
    COUNT.set(COUNT.get().wrapping_add(count));
}
