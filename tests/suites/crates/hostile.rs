//! Hostile specs, and specs that look hostile: each gives correct code or a clear error, in bounded time and memory.
//!
//! rustc, rustdoc and clippy decide what is correct: all accepted specs are compiled together.

mod compiled;
mod names;
mod prose;
mod size;
mod spec;
mod text;
mod wide;
