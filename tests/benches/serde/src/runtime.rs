//! The runtime's models, included in place, in the module path that they expect.

#[path = "../../../../templates/src/runtime/model/mod.rs"]
pub mod model;
