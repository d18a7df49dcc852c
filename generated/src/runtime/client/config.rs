//! What every call of a client has in common.

use crate::runtime::client::auth::Auth;
use crate::runtime::client::server::Targets;
use crate::runtime::client::{Limits, RetryPolicy};
use http::HeaderMap;

/// The settings from which a request is prepared. They do no I/O: a driver puts a transport beside them.
pub(crate) struct Config {
    /// Where requests go.
    pub(crate) targets: Targets,
    /// What every request carries: `Accept` and `User-Agent`.
    pub(crate) headers: HeaderMap,
    /// Who is calling.
    pub(crate) auth: Auth,
    pub(crate) limits: Limits,
    pub(crate) retry: RetryPolicy,
}
