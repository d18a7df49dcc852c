//! How much of a JSON text this version does not know: fields without a property, values that no enum lists, and parts that
//! are no variant of their union. A union takes the variant that knows most.

use std::cell::Cell;

thread_local! {
    /// Counted since the thread began, so that only differences mean something.
    static COUNT: Cell<usize> = const { Cell::new(0) };
}

/// Something unknown is kept.
pub(crate) fn tell() {
    COUNT.set(COUNT.get().wrapping_add(1));
}

/// Reads something, and says how much of it is unknown. It does not count for what it is a part of, before it is [added](add).
pub(crate) fn aside<T>(read: impl FnOnce() -> T) -> (T, usize) {
    let before = COUNT.get();
    let found = read();
    let count = COUNT.replace(before).wrapping_sub(before);
    (found, count)
}

/// What was told last is known after all.
pub(crate) fn settle() {
    COUNT.set(COUNT.get().wrapping_sub(1));
}

/// Counts what was read aside.
pub(crate) fn add(count: usize) {
    COUNT.set(COUNT.get().wrapping_add(count));
}
