//! The runtime's models, included in place, in the module path that they expect.

#[path = "../../../../templates/src/runtime/model/mod.rs"]
#[allow(unused_imports, reason = "the bench needs some of its types")]
pub mod model;
