//! Reads an OpenAPI 3.0 description and writes a Rust crate.

pub mod cli;
pub mod diagnostics;
pub mod emit;
pub mod format;
pub mod ir;
pub mod lower;
pub mod names;
pub mod pointer;
mod templates;
pub mod write;

mod stub;

pub use stub::{Generated, generate, render};
