//! What every call of a client has in common.

use crate::runtime::client::auth::Auth;
use crate::runtime::client::{Limits, RetryPolicy};
use http::HeaderMap;
use http::uri::Authority;

/// The settings from which a request is prepared. They do no I/O: a driver puts a transport beside them.
pub(crate) struct Config {
    /// Scheme, host and path prefix, without a slash at the end.
    pub(crate) base_url: String,
    /// Its host and port, to which all requests go.
    pub(crate) authority: Authority,
    /// What every request carries: `Accept` and `User-Agent`.
    pub(crate) headers: HeaderMap,
    /// Who is calling.
    pub(crate) auth: Auth,
    pub(crate) limits: Limits,
    pub(crate) retry: RetryPolicy,
}
