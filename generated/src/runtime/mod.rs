//! What the generated code stands on, the same for every API: how models meet JSON, and how calls meet HTTP.

#[cfg(feature = "client")]
pub(crate) mod client;
pub(crate) mod model;
