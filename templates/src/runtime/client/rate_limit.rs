//! Reads the rate limit from the headers of a response.

use crate::runtime::client::http_time;
use http::{HeaderMap, HeaderName};
use std::str::FromStr;
use std::time::Duration;

/// The rate limit of an operation, from the `X-RateLimit-*` headers of the response.
///
/// A header that is absent or invalid is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimit {
    /// The number of calls that a period allows.
    pub limit: Option<u64>,
    /// The length of a period.
    pub period: Option<Duration>,
    /// The number of calls that are left in this period.
    pub remaining: Option<u64>,
    /// The time until the next period. The header has the time as seconds, with or without a fraction, or as a point in
    /// time: a date, or a number above a thousand million, which counts from 1970. A point in time is compared with the
    /// response's `Date`, or else with the current time.
    pub reset: Option<Duration>,
    /// The name of the limit, which you need to request a higher one.
    pub name: Option<String>,
}

impl RateLimit {
    #[inline]
    pub(crate) fn from_headers(headers: &HeaderMap) -> RateLimit {
        let period = text(headers, "x-ratelimit-period").and_then(http_time::seconds);
        RateLimit {
            limit: read(headers, "x-ratelimit-limit"),
            period: period.and_then(|period| Duration::try_from_secs_f64(period).ok()),
            remaining: read(headers, "x-ratelimit-remaining"),
            reset: reset(headers),
            name: read(headers, "x-ratelimit-name"),
        }
    }
}

/// The time until the next period.
pub(crate) fn reset(headers: &HeaderMap) -> Option<Duration> {
    http_time::until(headers, &HeaderName::from_static("x-ratelimit-reset"))
}

fn read<T: FromStr>(headers: &HeaderMap, name: &str) -> Option<T> {
    text(headers, name)?.parse().ok()
}

#[inline]
fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    Some(headers.get(name)?.to_str().ok()?.trim())
}
