//! How a call becomes an HTTP request, and an HTTP response becomes a value or an [`Error`].
//!
//! A call has three steps. [`Request`] and the client's settings are **prepared** into an `http::Request`, the
//! [`Transport`] sends it, and the response is **interpreted**. The first and the last are plain functions; only the
//! transport does I/O, sleeps or reads a clock. Another plain function decides on retries.

#[allow(dead_code, reason = "an API need not have operations")]
mod adjustments;
pub(crate) mod auth;
mod base_url;
#[allow(dead_code, unused_imports, unused_macros, reason = "an API need not have calls that are sent in batches")]
mod batches;
#[cfg(feature = "blocking")]
pub mod blocking;
pub(crate) mod body;
mod builder;
#[allow(dead_code, unused_imports, unused_macros, reason = "an API need not have responses that depend on the status")]
pub(crate) mod by_status;
#[allow(unused_imports, unused_macros, reason = "an API need not have operations")]
mod call;
mod config;
pub(crate) mod content;
mod driver;
mod error;
#[allow(dead_code, reason = "an API need not have bodies that are forms")]
mod form;
mod gate;
#[allow(dead_code, unused_imports, unused_macros, reason = "an API need not document headers")]
pub(crate) mod headers;
pub(crate) mod http_time;
pub(crate) mod interpret;
pub(crate) mod json_path;
#[allow(dead_code, reason = "an API need not have multipart bodies")]
pub(crate) mod multipart;
mod operation;
mod origin;
#[allow(dead_code, unused_imports, unused_macros, reason = "an API need not have lists that come in pages")]
pub(crate) mod pages;
#[allow(dead_code, reason = "an API need not have parameters of other styles")]
mod parameters;
pub mod production;
mod rate_limit;
mod request;
#[cfg(feature = "reqwest")]
pub(crate) mod reqwest;
mod response;
pub(crate) mod retry;
pub(crate) mod secrets;
mod sending;
pub(crate) mod server;
mod site;
pub(crate) mod streams;
#[cfg(feature = "testing")]
pub mod testing;
mod text;
mod trace;
mod transport;

#[allow(unused_imports, reason = "an API need not have operations")]
pub(crate) use self::adjustments::Adjustments;
pub use self::auth::TokenProvider;
#[allow(unused_imports, reason = "an API need not have credentials")]
pub(crate) use self::auth::{Scheme, Security, Sent};
pub use self::batches::{Batch, BatchError};
#[allow(unused_imports, reason = "an API need not have calls that are sent in batches")]
pub(crate) use self::batches::{Batches, batches};
pub use self::body::Body;
pub use self::builder::ClientBuilder;
#[allow(unused_imports, reason = "an API need not have responses that depend on the status")]
pub(crate) use self::by_status::by_status;
#[allow(unused_imports, reason = "an API need not have operations")]
pub(crate) use self::call::call;
pub use self::driver::{Async, Client};
pub use self::error::{Effect, Error, ErrorItem, ErrorKind, ErrorSource};
#[allow(unused_imports, reason = "an API need not document headers")]
pub(crate) use self::headers::headers;
pub use self::multipart::FilePart;
#[allow(unused_imports, reason = "an API need not have multipart bodies")]
pub(crate) use self::multipart::PartForm;
pub use self::operation::Operation;
#[allow(unused_imports, reason = "an API need not have lists that come in pages")]
pub(crate) use self::pages::pages;
pub use self::pages::{Items, Pages};
#[allow(unused_imports, reason = "an API need not have parameters of other styles")]
pub(crate) use self::parameters::Style;
pub use self::rate_limit::RateLimit;
pub use self::request::Request;
#[cfg(feature = "reqwest")]
pub use self::reqwest::{ReqwestTransport, ReqwestTransportBuilder};
pub use self::response::Response;
pub use self::retry::RetryPolicy;
pub use self::sending::Sending;
#[allow(unused_imports, unreachable_pub, reason = "an API need not have servers to choose from")]
pub use self::server::Server;
#[allow(unused_imports, reason = "an API need not have variables, or operations with servers of their own")]
pub(crate) use self::server::{OwnServers, Variable};
pub use self::site::Site;
pub use self::streams::{ByteStream, Event, Events, Lines};
pub use self::transport::{BoxFuture, Limits, Reached, Transport, TransportError, TransportErrorKind};
