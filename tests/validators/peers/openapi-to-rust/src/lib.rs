//! The output of openapi-to-rust for the spec.

pub mod generated;
