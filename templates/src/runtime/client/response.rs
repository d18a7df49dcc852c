//! A successful answer.

use crate::runtime::client::RateLimit;
use http::{HeaderMap, StatusCode};

/// An answer: its body, with what came along.
#[derive(Clone, Debug)]
pub struct Response<T> {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: T,
    pub(crate) attempts: u32,
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

    /// What is left of the rate limit, as far as the server says.
    #[must_use]
    pub fn rate_limit(&self) -> RateLimit {
        RateLimit::from_headers(&self.headers)
    }

    /// How many attempts it took to get it: 1, unless those before failed.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
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

    /// The same answer with another body.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Response<U> {
        Response { status: self.status, headers: self.headers, body: f(self.body), attempts: self.attempts }
    }

    /// The same answer, got by the last of so many attempts.
    pub(crate) fn after(mut self, attempts: u32) -> Response<T> {
        self.attempts = attempts;
        self
    }
}
