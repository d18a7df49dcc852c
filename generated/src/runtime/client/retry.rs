//! When a failed call is retried.
//!
//! Nothing here sleeps: functions take the time that has passed and return the time to wait.

use crate::runtime::client::{Effect, Error, Operation, Reached, TransportErrorKind};
use crate::runtime::client::{http_time, rate_limit};
use http::{HeaderMap, StatusCode, header};
use std::hash::{BuildHasher, RandomState};
use std::time::Duration;

/// When a failed call is retried. To change the default policy, begin with `RetryPolicy::default()`:
///
/// ```
#[doc = concat!("use ", env!("CARGO_CRATE_NAME"), "::RetryPolicy;")]
/// use std::time::Duration;
///
/// let patient = RetryPolicy::default().max_attempts(8).max_elapsed(Duration::from_secs(600));
/// ```
///
/// | failure | retried |
/// |---|---|
/// | 429 | always: the server rejected the call |
/// | no connection, so nothing was sent | always, but not if the server cannot be trusted |
/// | 408 or 5xx, except 501 and 505 | if the operation is [idempotent](crate::Operation::idempotent) |
/// | no whole response, though something was sent | if the operation is idempotent, and the response not too large |
/// | 401, and a [`TokenProvider`](crate::TokenProvider) returns another token | once, immediately, whatever the policy: the server rejected the call |
/// | anything else | never |
///
/// An operation that is not idempotent therefore never takes effect twice. A call whose [body](crate::Body) is a stream
/// is retried only before the stream is read, and a call whose response is a stream only before the response begins.
///
/// The wait is a random part of a backoff that doubles with each attempt. If the server asks for a wait (`Retry-After`,
/// and after a 429 `X-RateLimit-Reset`), the random part is added to that: no call is retried early, and calls that
/// were rejected together are not retried together.
///
/// The wait after a 429 applies to all calls of the client and of its clones: they wait until then, plus a random part,
/// before they send. A call whose [`max_elapsed`](RetryPolicy::max_elapsed) ends earlier does not wait: it is sent
/// immediately, and the server decides.
///
/// A call fails with the error of its last attempt when its attempts are used up, or as soon as the next one would
/// begin after [`max_elapsed`](RetryPolicy::max_elapsed). So no call waits without a further attempt, and none takes longer than
/// `max_elapsed` plus one [timeout](crate::ClientBuilder::timeout).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    max_attempts: u32,
    max_elapsed: Duration,
    first_backoff: Duration,
    longest_backoff: Duration,
}

impl RetryPolicy {
    /// Never retries, and sends every call immediately, even after a 429 of another call.
    #[inline]
    #[must_use]
    pub const fn never() -> RetryPolicy {
        DEFAULT.max_attempts(1)
    }

    /// Limits the number of attempts, including the first: 4 by default. Zero counts as one.
    #[inline]
    #[must_use]
    pub const fn max_attempts(mut self, attempts: u32) -> RetryPolicy {
        self.max_attempts = attempts;
        self
    }

    /// Limits how long after the start of a call its last attempt may begin: two minutes by default.
    #[inline]
    #[must_use]
    pub const fn max_elapsed(mut self, elapsed: Duration) -> RetryPolicy {
        self.max_elapsed = elapsed;
        self
    }

    /// Limits the wait before the second attempt, and the wait before any attempt, unless the server asks for more:
    /// half a second and ten seconds by default. Between the two, the limit doubles with each attempt.
    #[inline]
    #[must_use]
    pub const fn backoff(mut self, first: Duration, longest: Duration) -> RetryPolicy {
        self.first_backoff = first;
        self.longest_backoff = longest;
        self
    }
}

impl Default for RetryPolicy {
    #[inline]
    fn default() -> RetryPolicy {
        DEFAULT
    }
}

const DEFAULT: RetryPolicy = RetryPolicy {
    max_attempts: 4,
    max_elapsed: Duration::from_secs(120),
    first_backoff: Duration::from_millis(500),
    longest_backoff: Duration::from_secs(10),
};

/// The attempts of one call.
pub(crate) struct Attempts {
    policy: RetryPolicy,
    made: u32,
    effect: Effect,
}

impl Attempts {
    /// Begins the first attempt.
    pub(crate) fn new(policy: RetryPolicy) -> Attempts {
        Attempts { policy, made: 1, effect: Effect::No }
    }

    /// The number of attempts so far, including the current one.
    pub(crate) fn made(&self) -> u32 {
        self.made
    }

    /// The combined effect of the attempts before the current one.
    pub(crate) fn effect(&self) -> Effect {
        self.effect
    }

    /// Returns how long to wait before the next attempt; `None` if there is none. `elapsed` is the time since the first
    /// one began, and `random` selects the part of the backoff.
    pub(crate) fn after(&mut self, error: &Error, elapsed: Duration, random: u64) -> Option<Duration> {
        if self.made >= self.policy.max_attempts || !may_repeat(error.operation()?, error) {
            return None;
        }
        let backoff = self.backoff(random);
        let asked = error.status().zip(error.headers()).and_then(|(status, headers)| requested_wait(status, headers));
        let delay = self.policy.wait(asked.unwrap_or(backoff), elapsed, asked.map_or(Duration::ZERO, |_| backoff))?;
        self.made += 1;
        self.effect = self.effect.or(error.effect());
        Some(delay)
    }

    /// Begins the next attempt at once, in addition to those that the policy allows: the previous one was rejected for
    /// its token, and there is another token.
    pub(crate) fn once_more(&mut self, error: &Error) {
        self.policy.max_attempts = self.policy.max_attempts.saturating_add(1);
        self.made += 1;
        self.effect = self.effect.or(error.effect());
    }

    /// Returns how long to wait for a time before which no call should be sent; `None` if the call is to be sent at
    /// once.
    pub(crate) fn until(&self, opens_in: Duration, elapsed: Duration, random: u64) -> Option<Duration> {
        if self.policy.max_attempts <= 1 {
            return None;
        }
        self.policy.wait(opens_in, elapsed, self.backoff(random))
    }

    #[inline]
    fn backoff(&self, random: u64) -> Duration {
        self.policy.backoff_before(self.made, random)
    }
}

impl RetryPolicy {
    /// Returns a wait that begins this long after the call, plus as much on top as there is time for; `None` if there
    /// is not even time for the wait.
    fn wait(&self, wait: Duration, elapsed: Duration, on_top: Duration) -> Option<Duration> {
        let left = self.max_elapsed.checked_sub(elapsed)?.checked_sub(wait)?;
        Some(wait + on_top.min(left))
    }

    /// Full jitter: a random time up to the exponential bound, so that clients that failed together do not retry
    /// together. `made` is the number of attempts so far.
    fn backoff_before(&self, made: u32, random: u64) -> Duration {
        let doublings = made.saturating_sub(1).min(31);
        let bound = self.first_backoff.saturating_mul(1 << doublings).min(self.longest_backoff);
        let nanos = u64::try_from(bound.as_nanos()).unwrap_or(u64::MAX);
        // The high half of the product of two 64-bit numbers is one of them, scaled by the other.
        let part = (u128::from(nanos) * u128::from(random)) >> 64;
        Duration::from_nanos(part as u64)
    }
}

/// Returns a random number, from the seeds that the standard library gives to its hash maps.
pub(crate) fn random() -> u64 {
    RandomState::new().hash_one(())
}

/// Whether a retry can do no harm, and may succeed.
fn may_repeat(operation: &Operation, error: &Error) -> bool {
    let status = error.status().and_then(|status| StatusCode::from_u16(status).ok());
    if status == Some(StatusCode::TOO_MANY_REQUESTS) {
        return true;
    }
    if let Some(transport) = error.transport_error() {
        match (transport.reached(), transport.kind()) {
            (Reached::No, TransportErrorKind::Connect | TransportErrorKind::Timeout) => return true,
            // A request that cannot be sent now cannot be sent later, and a large response does not shrink.
            (Reached::No, _) | (_, TransportErrorKind::TooLarge | TransportErrorKind::RequestBody) => return false,
            (Reached::Unknown, _) => {}
        }
    }
    let passes = match status {
        Some(StatusCode::NOT_IMPLEMENTED | StatusCode::HTTP_VERSION_NOT_SUPPORTED) => false,
        Some(StatusCode::REQUEST_TIMEOUT) => true,
        Some(status) if status.is_server_error() => true,
        // A response that did not arrive whole; with a status other than a success, the status is enough.
        Some(status) => status.is_success() && error.transport_error().is_some(),
        None => error.transport_error().is_some(),
    };
    passes && operation.idempotent
}

/// Returns how long the server asks to wait: the longer of the two times in its headers. Every response has the
/// time until the limit is reset, which is a request to wait only after a 429.
pub(crate) fn requested_wait(status: u16, headers: &HeaderMap) -> Option<Duration> {
    let reset = if status == 429 { rate_limit::reset(headers) } else { None };
    http_time::until(headers, &header::RETRY_AFTER).max(reset)
}
