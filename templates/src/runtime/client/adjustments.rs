//! What a caller asks of one call beside what its operation has.

use crate::runtime::client::request::Problem;
use crate::runtime::client::{Request, RetryPolicy};
use http::{HeaderMap, HeaderName, HeaderValue};
use std::time::Duration;

/// Nothing, for most calls: so it takes no more room than a pointer in each of them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Adjustments(Option<Box<Asked>>);

#[derive(Clone, Debug, Default)]
struct Asked {
    headers: HeaderMap,
    timeout: Option<Duration>,
    retry: Option<RetryPolicy>,
    /// The first header that cannot be sent, and why.
    problem: Option<(String, &'static str)>,
}

/// A header as a caller gives it.
///
/// # Errors
/// Says why it cannot be sent.
pub(crate) fn header(name: &str, value: Option<HeaderValue>) -> Result<(HeaderName, HeaderValue), &'static str> {
    let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| "this is not the name of a header")?;
    let value =
        value.ok_or("its value cannot be sent in a header: it holds more than visible ASCII, spaces and tabs")?;
    Ok((name, value))
}

impl Adjustments {
    fn asked(&mut self) -> &mut Asked {
        self.0.get_or_insert_default()
    }

    /// Adds a header; `None` represents a value that is none.
    pub(crate) fn header(&mut self, name: &str, value: Option<HeaderValue>) {
        let asked = self.asked();
        match header(name, value) {
            Ok((name, value)) => drop(asked.headers.append(name, value)),
            Err(reason) => drop(asked.problem.get_or_insert_with(|| (name.to_owned(), reason))),
        }
    }

    pub(crate) fn timeout(&mut self, limit: Duration) {
        self.asked().timeout = Some(limit);
    }

    pub(crate) fn retry(&mut self, policy: RetryPolicy) {
        self.asked().retry = Some(policy);
    }
}

impl Request {
    /// The same request with what the caller asks of the call.
    pub(crate) fn adjusted(self, adjustments: &Adjustments) -> Request {
        let Some(asked) = &adjustments.0 else { return self };
        let Asked { headers, timeout, retry, problem } = &**asked;
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
