//! What openapi-to-rust makes of the spec.

pub mod generated;
