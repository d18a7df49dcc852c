//! What every call of a client has in common.

use crate::runtime::client::secrets::Secrets;
use crate::runtime::client::{Limits, RetryPolicy};
use http::HeaderMap;
use http::uri::Authority;

/// The settings from which a request is prepared. They do no I/O: a driver puts a transport beside them.
pub(crate) struct Config {
    /// Scheme, host and path prefix, without a slash at the end.
    pub(crate) base_url: String,
    /// Its host and port, to which all requests go.
    pub(crate) authority: Authority,
    /// What every request carries: `Accept`, `User-Agent` and the keys, which are marked sensitive.
    pub(crate) headers: HeaderMap,
    /// The keys among them, which are not to be printed.
    pub(crate) secrets: Secrets,
    pub(crate) limits: Limits,
    pub(crate) retry: RetryPolicy,
}
