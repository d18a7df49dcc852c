//! The requests that a script received.

use super::answer::fail;
use crate::runtime::client::Operation;
use bytes::Bytes;
use http::{HeaderMap, Method};
use percent_encoding::percent_decode_str;
use serde_core::de::DeserializeOwned;
use std::fmt;

/// A request as it was sent.
///
/// Its `Debug` output leaves out the headers, which can contain keys.
#[derive(Clone)]
#[non_exhaustive]
pub struct Sent {
    /// The operation's id in the API's description; empty if the request bypassed the client.
    pub operation: &'static str,
    /// The method.
    pub method: Method,
    /// The percent-encoded path after the host.
    pub path: String,
    /// The query as it was sent, without the `?`; empty if there is none.
    pub query: String,
    /// The headers.
    pub headers: HeaderMap,
    /// The body; empty if there is none.
    pub body: Bytes,
}

impl Sent {
    pub(super) fn new(request: http::Request<Bytes>) -> Sent {
        let (head, body) = request.into_parts();
        let operation = head.extensions.get::<&'static Operation>().map_or("", |operation| operation.id);
        let (path, query) = (head.uri.path().to_owned(), head.uri.query().unwrap_or_default().to_owned());
        Sent { operation, method: head.method, path, query, headers: head.headers, body }
    }

    /// Reads the body into a model, or any other type.
    ///
    /// # Panics
    /// The body is not JSON, or does not fit the type.
    #[track_caller]
    #[must_use]
    pub fn json<T: DeserializeOwned>(&self) -> T {
        match serde_json::from_slice(&self.body) {
            Ok(value) => value,
            Err(error) => fail(&format!("the body of {self:?} is not what was expected: {error}")),
        }
    }

    /// Returns the first value of a query parameter, decoded.
    #[must_use]
    pub fn query_value(&self, name: &str) -> Option<String> {
        self.query_pairs().into_iter().find(|(own, _)| own == name).map(|(_, value)| value)
    }

    /// Returns the names and values of the query, decoded, in their order.
    #[must_use]
    pub fn query_pairs(&self) -> Vec<(String, String)> {
        let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
        let pairs = self.query.split('&').filter(|pair| !pair.is_empty());
        let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
        pairs.map(|(name, value)| (decoded(name), decoded(value))).collect()
    }
}

impl fmt::Debug for Sent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Sent { operation, method, path, query, headers: _, body } = self;
        f.debug_struct("Sent")
            .field("operation", operation)
            .field("method", method)
            .field("path", path)
            .field("query", query)
            .field("body", &String::from_utf8_lossy(body))
            .finish_non_exhaustive()
    }
}
