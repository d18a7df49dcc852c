//! Specs that mean harm, or look as if they did: each gives right code or a clear refusal, in bounded time and memory.
//!
//! What is right is for rustc, rustdoc and clippy to say: what is accepted here is compiled in one go.

mod compiled;
mod names;
mod prose;
mod size;
mod spec;
mod text;
mod wide;
