//! The hand-written half of the generated crate, where it can be compiled, linted and tested by itself.
//!
//! The generator copies `src/runtime/` verbatim, so every path in there starts with `crate::runtime::` or
//! `crate::api::` or `crate::resources::` and means the same in both crates. Its docs link to the public types as `crate::Client`, so the
//! re-exports below are those of the generated crate. The modules that are emitted from the spec there are here a small
//! sample: `api.rs`, `resources.rs`.

#![warn(missing_docs)]

#[cfg(feature = "client")]
mod api;
#[cfg(feature = "testing")]
mod resources;
pub mod runtime;
#[cfg(test)]
mod tests;

crate::runtime::link_targets! { Client { list_groups, } }

#[cfg(feature = "blocking")]
pub use crate::runtime::client::blocking;
#[cfg(feature = "client")]
pub use crate::runtime::client::production;
#[cfg(feature = "testing")]
pub use crate::runtime::client::testing;
#[cfg(feature = "client")]
pub use crate::runtime::client::{
    Async, Batch, BatchError, Body, BoxFuture, ByteStream, Client, ClientBuilder, Effect, Error, ErrorItem, ErrorKind,
    ErrorSource, Event, Events, FilePart, Items, Limits, Lines, Operation, Pages, RateLimit, Reached, Request,
    Response, RetryPolicy, Sending, Server, Site, TokenProvider, Transport, TransportError, TransportErrorKind,
};
#[cfg(feature = "reqwest")]
pub use crate::runtime::client::{ReqwestTransport, ReqwestTransportBuilder};
pub use crate::runtime::model::{
    Base64, Date, Extra, JsonObject, Nullable, ParseError, Timestamp, Unrecognized, Value,
};
#[cfg(feature = "reqwest")]
pub use reqwest;
#[cfg(feature = "client")]
pub use {bytes, http};
