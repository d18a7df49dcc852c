//! Tests of the runtime, outside of what is copied.

#[cfg(feature = "client")]
mod double;
#[cfg(feature = "client")]
mod errors;
#[cfg(feature = "client")]
mod json_path;
#[cfg(feature = "reqwest")]
mod loopback;
mod model;
#[cfg(feature = "client")]
mod operations;
#[cfg(feature = "client")]
mod requests;
#[cfg(feature = "reqwest")]
mod server;
#[cfg(feature = "client")]
mod setup;
