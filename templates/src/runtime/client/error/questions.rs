//! Tests of an error by which callers decide how to react.

use super::Error;
use crate::runtime::client::retry::requested_wait;
use crate::runtime::client::{TransportError, TransportErrorKind};
use std::time::Duration;

impl Error {
    /// Whether the server responded with a 404: the resource does not exist, or the keys cannot see it.
    #[inline]
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.status() == Some(404)
    }

    /// Whether the server responded with a 409: the request conflicts with the current state.
    #[inline]
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        self.status() == Some(409)
    }

    /// Whether the server responded with a 401: it does not accept the credentials.
    #[inline]
    #[must_use]
    pub fn is_unauthorized(&self) -> bool {
        self.status() == Some(401)
    }

    /// Whether the server responded with a 403: the caller may not do this. See [`permission`](Error::permission).
    #[inline]
    #[must_use]
    pub fn is_forbidden(&self) -> bool {
        self.status() == Some(403)
    }

    /// Whether the server responded with a 429: there were too many calls. See [`retry_after`](Error::retry_after).
    #[inline]
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.status() == Some(429)
    }

    /// Whether the server responded with a 5xx: the server failed.
    #[inline]
    #[must_use]
    pub fn is_server_error(&self) -> bool {
        self.status().is_some_and(|status| (500..600).contains(&status))
    }

    /// How long the server asks to wait before the call is made again: by `Retry-After`, and after a 429 by
    /// `X-RateLimit-Reset`, the longer of the two.
    #[inline]
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        requested_wait(self.status()?, self.headers()?)
    }

    /// Whether a time limit was exceeded.
    #[inline]
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.transport_error().is_some_and(|error| error.kind() == TransportErrorKind::Timeout)
    }

    /// Whether no connection could be made, or none that can be trusted.
    #[inline]
    #[must_use]
    pub fn is_connect(&self) -> bool {
        let kind = self.transport_error().map(TransportError::kind);
        matches!(kind, Some(TransportErrorKind::Connect | TransportErrorKind::Tls))
    }
}
