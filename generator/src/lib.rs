//! Reads an OpenAPI 3.0 description and writes a Rust crate.

pub mod diagnostics;
pub mod pointer;
pub mod source;
pub mod spec;
