//! Tests of the runtime, in a folder that is not copied.

#[cfg(feature = "client")]
mod auth;
#[cfg(feature = "client")]
mod batches;
#[cfg(feature = "blocking")]
mod blocking;
#[cfg(feature = "client")]
mod bodies;
#[cfg(feature = "client")]
mod calls;
#[cfg(feature = "client")]
mod cancel;
#[cfg(feature = "client")]
mod claims;
#[cfg(feature = "reqwest")]
mod constant_memory;
#[cfg(feature = "client")]
#[allow(unreachable_pub, dead_code, reason = "it is what the generator emits, where nothing leaves the crate")]
mod courses;
#[cfg(feature = "client")]
mod decoding;
#[cfg(feature = "client")]
mod double;
#[cfg(feature = "client")]
mod errors;
#[cfg(feature = "testing")]
mod fake;
#[cfg(feature = "client")]
mod gate;
#[cfg(feature = "client")]
mod items;
#[cfg(feature = "client")]
mod json_path;
#[cfg(feature = "client")]
mod keys;
#[cfg(feature = "reqwest")]
mod loopback;
mod model;
#[cfg(feature = "client")]
#[allow(unreachable_pub, dead_code, reason = "it is what the generator emits, where nothing leaves the crate")]
mod operations;
#[cfg(feature = "client")]
mod pages;
#[cfg(feature = "client")]
mod parameters;
#[cfg(feature = "reqwest")]
mod parts;
#[cfg(feature = "reqwest")]
mod peer;
#[cfg(feature = "reqwest")]
mod proxies;
#[cfg(feature = "client")]
mod requests;
#[cfg(feature = "client")]
mod retries;
#[cfg(feature = "client")]
mod retry_policy;
#[cfg(feature = "reqwest")]
mod runtimes;
#[cfg(feature = "client")]
mod secrets;
#[cfg(feature = "reqwest")]
mod server;
#[cfg(feature = "client")]
mod servers;
#[cfg(feature = "client")]
mod setup;
#[cfg(feature = "reqwest")]
mod streams;
#[cfg(feature = "testing")]
mod testing;
#[cfg(feature = "reqwest")]
mod tls;
#[cfg(all(feature = "tracing", feature = "reqwest"))]
mod tracing;
