//! The hand-written half of the generated crate, where it can be compiled, linted and tested by itself.
//!
//! The generator copies `src/runtime/` verbatim, so every path in there starts with `crate::runtime::` or
//! `crate::api::` and means the same in both crates. What is emitted from the spec there, stands here as a small
//! sample: `api.rs`.

pub mod runtime;

#[cfg(test)]
mod tests;
