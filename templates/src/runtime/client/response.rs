//! A successful response.

use crate::runtime::client::secrets::Secrets;
use crate::runtime::client::{Effect, RateLimit};
use http::{HeaderMap, StatusCode};
use std::fmt;

/// A response: its body, status, headers and rate limit.
///
/// Its `Debug` output contains no key of the client, even if the response repeats one; the body's own `Debug` is
/// unchanged.
#[derive(Clone)]
pub struct Response<T> {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: T,
    pub(crate) attempts: u32,
    /// The combined effect of the attempts before it.
    pub(crate) earlier: Effect,
    /// The secrets that are never printed.
    pub(crate) secrets: Secrets,
}

impl<T> Response<T> {
    /// The status, a 2xx.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The rate limit, as far as the server states it.
    #[must_use]
    pub fn rate_limit(&self) -> RateLimit {
        RateLimit::from_headers(&self.headers)
    }

    /// The number of attempts: 1, unless earlier ones failed.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// What earlier, failed attempts may have changed on the server: [`Effect::No`] if there was only one attempt.
    ///
    /// Otherwise, this response may reflect an earlier attempt of the same call, such as a `PUT` that replaces the
    /// resource that it has itself created.
    #[must_use]
    pub fn earlier_effect(&self) -> Effect {
        self.earlier
    }

    /// The body.
    #[must_use]
    pub fn body(&self) -> &T {
        &self.body
    }

    /// The body alone.
    #[must_use]
    pub fn into_body(self) -> T {
        self.body
    }

    /// Replaces the body.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Response<U> {
        let Response { status, headers, body, attempts, earlier, secrets } = self;
        Response { status, headers, body: f(body), attempts, earlier, secrets }
    }

    /// Sets the number of attempts, and the effect of those before the last.
    pub(crate) fn after(mut self, attempts: u32, earlier: Effect) -> Response<T> {
        (self.attempts, self.earlier) = (attempts, earlier);
        self
    }
}

impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Response { status, headers, body, attempts, earlier: _, secrets } = self;
        f.debug_struct("Response")
            .field("status", status)
            .field("headers", &secrets.debug(headers))
            .field("body", &secrets.debug(body))
            .field("attempts", attempts)
            .finish()
    }
}
