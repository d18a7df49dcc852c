//! The record of one operation: what the description says about it, as data.

use http::Method;

/// One operation of the API, as data.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Operation {
    /// The operation's id in the API's description, such as `GetThing`.
    pub id: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path below the base URL, with `{name}` where an argument goes.
    pub path: &'static str,
    /// The permission that the keys need.
    pub permission: Option<&'static str>,
    /// Why the operation may still change, where the API says so.
    pub unstable: Option<&'static str>,
    /// Whether sending the same request twice does the same as sending it once.
    pub idempotent: bool,
    /// Each documented status, with the name of the model that its body holds.
    pub responses: &'static [(u16, Option<&'static str>)],
}

impl Operation {
    /// An operation that this crate does not know, to be sent with [`Client::send`](crate::Client::send).
    ///
    /// `path` starts with a slash; `idempotent` tells whether the request may be sent again when it is not known
    /// whether it arrived.
    #[must_use]
    pub const fn new(id: &'static str, method: Method, path: &'static str, idempotent: bool) -> Operation {
        Operation { id, method, path, permission: None, unstable: None, idempotent, responses: &[] }
    }
}
