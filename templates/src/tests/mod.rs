//! Tests of the runtime, outside of what is copied.

#[cfg(feature = "client")]
mod double;
#[cfg(feature = "client")]
mod errors;
#[cfg(feature = "client")]
mod json_path;
#[cfg(feature = "client")]
mod operations;
#[cfg(feature = "client")]
mod requests;
#[cfg(feature = "client")]
mod setup;
