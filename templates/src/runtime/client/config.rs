//! The settings that all calls of a client share.

use crate::runtime::client::auth::Auth;
use crate::runtime::client::server::Targets;
use crate::runtime::client::{Limits, RetryPolicy};
use http::HeaderMap;

/// The settings from which a request is prepared. They do no I/O: a driver adds a transport.
pub(crate) struct Config {
    /// The destination of requests.
    pub(crate) targets: Targets,
    /// The headers of every request: `Accept` and `User-Agent`.
    pub(crate) headers: HeaderMap,
    /// The credentials.
    pub(crate) auth: Auth,
    pub(crate) limits: Limits,
    pub(crate) retry: RetryPolicy,
}
