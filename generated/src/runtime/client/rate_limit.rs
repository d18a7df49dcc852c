//! What the server says about its rate limit.

use http::HeaderMap;
use std::str::FromStr;
use std::time::Duration;

/// The rate limit that an operation counts against, from the answer's `X-RateLimit-*` headers.
///
/// What is absent, or cannot be understood, is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimit {
    /// How many calls a period allows.
    pub limit: Option<u64>,
    /// How long a period is.
    pub period: Option<Duration>,
    /// How many calls are left in this period.
    pub remaining: Option<u64>,
    /// The time until the next period.
    pub reset: Option<Duration>,
    /// The name of the limit, to ask for a higher one.
    pub name: Option<String>,
}

impl RateLimit {
    pub(crate) fn from_headers(headers: &HeaderMap) -> RateLimit {
        RateLimit {
            limit: read(headers, "x-ratelimit-limit"),
            period: read(headers, "x-ratelimit-period").map(Duration::from_secs),
            remaining: read(headers, "x-ratelimit-remaining"),
            reset: read(headers, "x-ratelimit-reset").map(Duration::from_secs),
            name: read(headers, "x-ratelimit-name"),
        }
    }
}

fn read<T: FromStr>(headers: &HeaderMap, name: &str) -> Option<T> {
    headers.get(name)?.to_str().ok()?.trim().parse().ok()
}
