//! Tests of the runtime: they stay outside the files that are copied.

mod model;
