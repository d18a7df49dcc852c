//! The settings of one call: what a caller adds to the operation's own request.

use crate::runtime::client::request::Problem;
use crate::runtime::client::{Request, RetryPolicy};
use http::{HeaderMap, HeaderName, HeaderValue};
use std::time::Duration;

/// `None` for most calls, so that each call stores only a pointer.
#[derive(Clone, Debug, Default)]
pub(crate) struct Adjustments(Option<Box<Settings>>);

#[derive(Clone, Debug, Default)]
struct Settings {
    headers: HeaderMap,
    timeout: Option<Duration>,
    retry: Option<RetryPolicy>,
    /// The first header that cannot be sent, and the reason.
    problem: Option<(String, &'static str)>,
}

/// Parses a header from a caller.
///
/// # Errors
/// Returns the reason why the header cannot be sent.
#[inline]
pub(crate) fn header(name: &str, value: Option<HeaderValue>) -> Result<(HeaderName, HeaderValue), &'static str> {
    let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| "this is not the name of a header")?;
    let value = value.ok_or("its value cannot be sent in a header: only visible ASCII, spaces and tabs can")?;
    Ok((name, value))
}

impl Adjustments {
    #[inline]
    fn settings(&mut self) -> &mut Settings {
        self.0.get_or_insert_default()
    }

    /// Adds a header; `None` represents an invalid value.
    #[inline]
    pub(crate) fn header(&mut self, name: &str, value: Option<HeaderValue>) {
        let settings = self.settings();
        match header(name, value) {
            Ok((name, value)) => drop(settings.headers.append(name, value)),
            Err(reason) => drop(settings.problem.get_or_insert_with(|| (name.to_owned(), reason))),
        }
    }

    #[inline]
    pub(crate) fn timeout(&mut self, limit: Duration) {
        self.settings().timeout = Some(limit);
    }

    #[inline]
    pub(crate) fn retry(&mut self, policy: RetryPolicy) {
        self.settings().retry = Some(policy);
    }
}

impl Request {
    /// Applies the settings of the call to the request.
    #[inline]
    pub(crate) fn adjusted(self, adjustments: &Adjustments) -> Request {
        let Some(settings) = &adjustments.0 else { return self };
        let Settings { headers, timeout, retry, problem } = &**settings;
        let mut request = self.headers(headers);
        if let Some((name, reason)) = problem {
            request = request.fail(Problem::new(name, reason));
        }
        if let Some(limit) = timeout {
            request = request.timeout(*limit);
        }
        match retry {
            Some(policy) => request.retry(*policy),
            None => request,
        }
    }
}
