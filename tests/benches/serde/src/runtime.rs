//! The runtime's models, in place, under the name that they expect.

#[path = "../../../../templates/src/runtime/model/mod.rs"]
pub mod model;
