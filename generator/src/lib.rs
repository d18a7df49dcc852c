//! Reads an OpenAPI 3.0 description and writes a Rust crate.

pub mod cli;
pub mod diagnostics;
pub mod pointer;
pub mod write;

mod stub;

pub use stub::{Generated, generate, render};
