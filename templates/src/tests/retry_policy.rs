//! The decision alone: which failures are retried, and after which wait.

use super::operations::{DELETE_GROUP, GET_GROUP, LIST_GROUPS, MOVE_GROUPS, UPDATE_GROUP};
use crate::runtime::client::retry::{Attempts, random, requested_wait};
use crate::runtime::client::secrets::Secrets;
use crate::{Effect, Error, Operation, Reached, Response, RetryPolicy, TransportError, TransportErrorKind};
use bytes::Bytes;
use http::{HeaderMap, HeaderName, StatusCode};
use std::time::Duration;

const HALF: u64 = 1 << 63;

const fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
    pairs.iter().map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap())).collect()
}

fn status(operation: &'static Operation, status: u16, pairs: &[(&'static str, &str)]) -> Error {
    let status = StatusCode::from_u16(status).unwrap();
    let (headers, secrets) = (headers(pairs), Secrets::default());
    Error::status_of(
        operation,
        Response { status, headers, body: Bytes::new(), attempts: 1, earlier: Effect::No, secrets },
    )
}

fn transport(operation: &'static Operation, kind: TransportErrorKind, reached: Reached) -> Error {
    Error::transport(operation, TransportError::new(kind, reached, "on purpose"))
}

fn cut_off(operation: &'static Operation, kind: TransportErrorKind, status: u16) -> Error {
    let error = TransportError::new(kind, Reached::Unknown, "on purpose");
    Error::transport(
        operation,
        error.with_head(StatusCode::from_u16(status).unwrap(), headers(&[("content-type", "text/json")])),
    )
}

/// The wait before the second attempt, with half of the backoff.
fn wait(error: &Error) -> Option<Duration> {
    Attempts::new(RetryPolicy::default()).after(error, Duration::ZERO, HALF)
}

/// Whether a failure of an idempotent operation is retried, and of another operation.
fn repeats(error: impl Fn(&'static Operation) -> Error) -> (bool, bool) {
    let [get, list, delete] = [&GET_GROUP, &LIST_GROUPS, &DELETE_GROUP].map(|operation| wait(&error(operation)));
    assert!(get == list && get == delete, "the method does not matter");
    let [update, moved] = [&UPDATE_GROUP, &MOVE_GROUPS].map(|operation| wait(&error(operation)));
    assert_eq!(update, moved);
    (get.is_some(), update.is_some())
}

const ALL: (bool, bool) = (true, true);
const IDEMPOTENT: (bool, bool) = (true, false);
const NONE: (bool, bool) = (false, false);

#[test]
fn harmless_statuses_are_retried() {
    for (code, expected) in [
        (300..400, NONE),
        (400..408, NONE),
        (408..409, IDEMPOTENT),
        (409..429, NONE),
        (429..430, ALL),
        (430..500, NONE),
        (500..501, IDEMPOTENT),
        (501..502, NONE),
        (502..505, IDEMPOTENT),
        (505..506, NONE),
        (506..600, IDEMPOTENT),
        (600..1000, NONE),
    ] {
        for code in code {
            assert_eq!(repeats(|operation| status(operation, code, &[])), expected, "{code}");
        }
    }
}

#[test]
fn harmless_failures_are_retried() {
    use TransportErrorKind::{Body, Connect, Other, Timeout, TooLarge};
    for (kind, reached, expected) in [
        (Connect, Reached::No, ALL),
        (Timeout, Reached::No, ALL),
        // It would fail again: there is no runtime, or no such request.
        (Other, Reached::No, NONE),
        (Connect, Reached::Unknown, IDEMPOTENT),
        (Timeout, Reached::Unknown, IDEMPOTENT),
        (Other, Reached::Unknown, IDEMPOTENT),
        (Body, Reached::Unknown, IDEMPOTENT),
        (TooLarge, Reached::Unknown, NONE),
    ] {
        assert_eq!(repeats(|operation| transport(operation, kind, reached)), expected, "{kind:?} {reached:?}");
    }
    for (kind, code, expected) in [
        (Body, 200, IDEMPOTENT),
        (Timeout, 204, IDEMPOTENT),
        (TooLarge, 200, NONE),
        (TooLarge, 503, NONE),
        (Body, 503, IDEMPOTENT),
        (Body, 404, NONE),
        (Body, 302, NONE),
        (Body, 429, ALL),
        (TooLarge, 429, ALL),
    ] {
        assert_eq!(repeats(|operation| cut_off(operation, kind, code)), expected, "{kind:?} {code}");
    }
}

#[test]
fn other_errors_are_final() {
    assert_eq!(wait(&Error::configuration("no keys", None)), None);
    assert_eq!(wait(&status(&GET_GROUP, 400, &[("retry-after", "1")])), None);
    let mut attempts = Attempts::new(RetryPolicy::never());
    assert_eq!(attempts.after(&status(&GET_GROUP, 429, &[]), Duration::ZERO, 0), None);
    for none in [0, 1] {
        let policy = RetryPolicy::default().max_attempts(none);
        assert_eq!(Attempts::new(policy).after(&status(&GET_GROUP, 429, &[]), Duration::ZERO, 0), None);
    }
}

/// The waits until a call fails, if each of its attempts ends with this error.
fn waits(policy: RetryPolicy, error: &Error, random: u64) -> Vec<Duration> {
    let (mut attempts, mut elapsed, mut waits) = (Attempts::new(policy), Duration::ZERO, Vec::new());
    while let Some(wait) = attempts.after(error, elapsed, random) {
        elapsed += wait;
        waits.push(wait);
        assert_eq!(attempts.made() as usize, waits.len() + 1);
        assert!(waits.len() < 100, "it has no end");
    }
    waits
}

#[test]
fn the_backoff_doubles_up_to_its_bound() {
    let policy = RetryPolicy::default().max_attempts(8);
    let error = status(&GET_GROUP, 503, &[]);
    let millis = |random| waits(policy, &error, random).iter().map(Duration::as_millis).collect::<Vec<_>>();
    assert_eq!(millis(0), [0; 7]);
    assert_eq!(millis(HALF), [250, 500, 1_000, 2_000, 4_000, 5_000, 5_000]);
    // All but a nanosecond of the bounds.
    assert_eq!(millis(u64::MAX), [499, 999, 1_999, 3_999, 7_999, 9_999, 9_999]);
    assert_eq!(waits(RetryPolicy::default(), &error, HALF).len(), 3);
    // The first bound is above the longest; and nothing overflows.
    let policy = RetryPolicy::default().backoff(secs(9), secs(2));
    assert_eq!(waits(policy, &error, HALF), [secs(1); 3]);
    let policy = RetryPolicy::default().backoff(Duration::MAX, Duration::MAX).max_attempts(u32::MAX);
    assert!(waits(policy, &error, u64::MAX).is_empty());
    assert_eq!(waits(policy.max_attempts(50), &error, 0), [Duration::ZERO; 49]);
}

#[test]
fn the_jitter_is_spread_over_the_whole_bound() {
    let error = status(&GET_GROUP, 503, &[]);
    let mut quarters = [0; 4];
    for _ in 0..1_000 {
        let wait = Attempts::new(RetryPolicy::default()).after(&error, Duration::ZERO, random()).unwrap();
        quarters[(wait.as_millis() / 125) as usize] += 1;
    }
    assert!(quarters.iter().all(|count| *count > 100), "{quarters:?}");
}

#[test]
fn the_backoff_is_added_to_the_servers_wait() {
    const BACKOFF: Duration = Duration::from_millis(250);
    for (pairs, requested) in [
        (&[("x-ratelimit-reset", "12")][..], secs(12)),
        (&[("retry-after", "7")], secs(7)),
        (&[("retry-after", "7"), ("x-ratelimit-reset", "12")], secs(12)),
        (&[("retry-after", "30"), ("x-ratelimit-reset", "12")], secs(30)),
        (&[("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT"), ("date", "Sun, 06 Nov 1994 08:49:17 GMT")], secs(20)),
        (&[("retry-after", "soon"), ("x-ratelimit-reset", "1.5")], Duration::from_millis(1500)),
        // An invalid wait, or none, leaves the backoff.
        (&[], Duration::ZERO),
        (&[("retry-after", "0")], Duration::ZERO),
        (&[("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT")], Duration::ZERO),
        (&[("retry-after", "-5")], Duration::ZERO),
        (&[("retry-after", "")], Duration::ZERO),
    ] {
        for operation in [&GET_GROUP, &MOVE_GROUPS] {
            assert_eq!(wait(&status(operation, 429, pairs)), Some(requested + BACKOFF), "{pairs:?}");
        }
    }
    // Every response has the time of the reset; a 503 is not about it.
    assert_eq!(wait(&status(&GET_GROUP, 503, &[("x-ratelimit-reset", "55")])), Some(BACKOFF));
    assert_eq!(wait(&status(&GET_GROUP, 503, &[("retry-after", "55")])), Some(secs(55) + BACKOFF));
}

#[test]
fn retries_are_neither_early_nor_simultaneous() {
    let limited = status(&GET_GROUP, 429, &[("x-ratelimit-reset", "7")]);
    let mut waits: Vec<Duration> = (0..10)
        .map(|_| Attempts::new(RetryPolicy::default()).after(&limited, Duration::ZERO, random()).unwrap())
        .collect();
    waits.sort_unstable();
    waits.dedup();
    assert_eq!(waits.len(), 10);
    assert!(waits[0] >= secs(7) && waits[9] < Duration::from_millis(7_500), "{waits:?}");
}

#[test]
fn a_wait_is_read_in_every_form() {
    const DATE: (&str, &str) = ("date", "Sun, 06 Nov 1994 08:49:17 GMT");
    for (text, requested) in [
        ("0", Some(0)),
        (" 7 ", Some(7_000)),
        ("1.5", Some(1_500)),
        ("0.25", Some(250)),
        ("120, 60", Some(120_000)),
        ("120;q=1", Some(120_000)),
        ("\"9\"", Some(9_000)),
        ("999999999", Some(999_999_999_000)),
        ("Sun, 06 Nov 1994 08:49:37 GMT", Some(20_000)),
        ("sun, 6 nov 1994 08:49:37 gmt", Some(20_000)),
        // Another day of the week than the date has.
        ("Mon, 06 Nov 1994 08:49:37 GMT", Some(20_000)),
        ("Sun, 06 Nov 1994 08:49:37 UTC", Some(20_000)),
        ("Sun, 06 Nov 1994 09:49:37 +0100", Some(20_000)),
        ("6 Nov 1994 03:19:37 -0530", Some(20_000)),
        ("Sun, 06 Nov 1994 08:49:60 GMT", Some(42_000)),
        ("Sunday, 06-Nov-94 08:49:37 GMT", Some(20_000)),
        ("Sunday, 06-Nov-1994 08:49:37 GMT", Some(20_000)),
        ("Sun Nov  6 08:49:37 1994", Some(20_000)),
        ("Sun Nov 06 08:49:37 1994", Some(20_000)),
        ("1994-11-06T08:49:37Z", Some(20_000)),
        ("1994-11-06T08:49:37.5+00:00", Some(20_500)),
        ("Sun, 06 Nov 1994 08:49:16 GMT", Some(0)),
        ("Sunday, 06-Nov-94 08:49:16 GMT", Some(0)),
        ("soon", None),
        ("-1", None),
        ("+1", None),
        ("1e3", None),
        (".5", None),
        ("1.", None),
        ("", None),
        ("Sun Nov 31 08:49:37 1994", None),
        ("Sun Nov 6 1994", None),
        ("Sun Nov 6 08:49 1994", None),
        ("Sun, 06 Nov 1994 99:49:37 GMT", None),
        ("Sun, 06 Nov 1994 08:60:37 GMT", None),
        ("Sun, 06 Nov 1994 08:49:61 GMT", None),
        ("Sun, 29 Feb 1995 08:49:37 GMT", None),
        ("Sun, 00 Nov 1994 08:49:37 GMT", None),
        ("Sun, 06 Nov 19945 08:49:37 GMT", None),
        ("Sun, 06 Nov 1994 08:49:37 +01", None),
        ("Sun, 06 Nov 1994 08:49:37 é0100", None),
    ] {
        for (code, name) in [(429, "retry-after"), (503, "retry-after"), (429, "x-ratelimit-reset")] {
            let requested = requested.map(Duration::from_millis);
            assert_eq!(requested_wait(code, &headers(&[(name, text), DATE])), requested, "{name}: {text:?}");
        }
    }
    // A time since 1970. The first thousand million seconds ended in 2001.
    let date = ("date", "Wed, 26 Nov 2025 00:00:00 GMT");
    let now = 1_764_115_200_i64;
    for text in [
        (now + 3).to_string(),
        format!("{}.0", now + 3),
        ((now + 3) * 1_000).to_string(),
        ((now + 3) * 1_000_000).to_string(),
        ((now + 3) * 1_000_000_000).to_string(),
    ] {
        for name in ["retry-after", "x-ratelimit-reset"] {
            assert_eq!(requested_wait(429, &headers(&[(name, &text), date])), Some(secs(3)), "{name}: {text}");
            let passed = (now - 3).to_string();
            assert_eq!(requested_wait(429, &headers(&[(name, &passed), date])), Some(Duration::ZERO));
        }
    }
    assert_eq!(requested_wait(429, &headers(&[("retry-after", "99999999999999999999999"), date])), Some(Duration::MAX));
    // Of several headers with this name, the first valid one.
    let mut several = headers(&[("retry-after", "soon")]);
    several.append("retry-after", "8".parse().unwrap());
    several.append("retry-after", "9".parse().unwrap());
    assert_eq!(requested_wait(503, &several), Some(secs(8)));
}

#[test]
fn a_date_without_a_clock_is_compared_with_this_machines() {
    let until = jiff::Timestamp::try_from(std::time::SystemTime::now() + secs(60)).unwrap();
    let text = jiff::fmt::rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&until).unwrap();
    let requested = requested_wait(503, &headers(&[("retry-after", &text)])).unwrap();
    assert!(requested > secs(30) && requested <= secs(60), "{text}: {requested:?}");
}

#[test]
fn a_wait_beyond_the_time_limit_does_not_begin() {
    let limited = |seconds: &str| status(&GET_GROUP, 429, &[("x-ratelimit-reset", seconds)]);
    for (requested, elapsed, expected) in [
        // The part on top of the wait is limited to the remaining time.
        ("120", 0, Some(secs(120))),
        ("119.9", 0, Some(secs(120))),
        ("121", 0, None),
        ("20", 100, Some(secs(20))),
        ("20", 101, None),
        // In the year 2100, and at a time that the clock cannot represent.
        ("4102444800", 0, None),
        ("18446744073709551615", u64::MAX, None),
    ] {
        let mut attempts = Attempts::new(RetryPolicy::default());
        assert_eq!(attempts.after(&limited(requested), secs(elapsed), HALF), expected, "{requested} after {elapsed}");
        assert_eq!(attempts.made(), if expected.is_some() { 2 } else { 1 });
    }
    assert_eq!(wait(&status(&GET_GROUP, 429, &[("retry-after", "99999999999999999999")])), None);
    // Whatever the duration of the attempts, the time is limited.
    let mut attempts = Attempts::new(RetryPolicy::default().max_attempts(1_000));
    let error = status(&GET_GROUP, 503, &[]);
    let starts = (0..).map(|attempt| secs(60 * attempt + 60));
    assert_eq!(starts.take_while(|elapsed| attempts.after(&error, *elapsed, 0).is_some()).count(), 2);
    assert_eq!(waits(RetryPolicy::default().max_attempts(1_000), &limited("50"), 0), [secs(50); 2]);
}

#[test]
fn the_effect_of_earlier_attempts_is_remembered() {
    let mut attempts = Attempts::new(RetryPolicy::default());
    let mut effect_after = |error| {
        attempts.after(&error, Duration::ZERO, 0).unwrap();
        attempts.effect()
    };
    assert_eq!(effect_after(status(&DELETE_GROUP, 429, &[])), Effect::No);
    assert_eq!(effect_after(status(&DELETE_GROUP, 502, &[])), Effect::Unknown);
    assert_eq!(effect_after(status(&DELETE_GROUP, 429, &[])), Effect::Unknown);
    let mut attempts = Attempts::new(RetryPolicy::default());
    attempts.after(&cut_off(&DELETE_GROUP, TransportErrorKind::Body, 200), Duration::ZERO, 0).unwrap();
    assert_eq!(attempts.effect(), Effect::Yes);

    let gone = status(&DELETE_GROUP, 404, &[]).after(2, Effect::Unknown);
    assert_eq!((gone.effect(), gone.attempts()), (Effect::Unknown, 2));
    assert_eq!(
        gone.to_string(),
        "DeleteGroup: after 2 attempts: 404 Not Found; an earlier attempt may have taken effect"
    );
    let refused = transport(&DELETE_GROUP, TransportErrorKind::Connect, Reached::No).after(3, Effect::Yes);
    assert_eq!(refused.effect(), Effect::Yes);
    assert_eq!(
        refused.to_string(),
        "DeleteGroup: after 3 attempts: cannot connect (on purpose); an earlier attempt has taken effect"
    );
}
