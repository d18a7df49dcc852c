//! The wait after a 429 of one call applies to the other calls of the client.

use super::double::{GROUP, Outcome, answer};
use crate::{BoxFuture, Client, Limits, RetryPolicy, Transport};
use bytes::Bytes;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

const fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// A server whose rate limit is used up until some time, with a clock that the test drives.
#[derive(Default)]
struct Limited {
    state: Mutex<State>,
}

struct State {
    begun: Instant,
    passed: Duration,
    /// Before this time, every request is rejected.
    reset: Duration,
    /// Whether a rejection names that time.
    says: bool,
    /// The times of the requests.
    sent: Vec<Duration>,
    sleepers: BTreeMap<Duration, Vec<Waker>>,
}

impl Default for State {
    fn default() -> State {
        let (passed, reset) = (Duration::ZERO, Duration::ZERO);
        State { begun: Instant::now(), passed, reset, says: true, sent: Vec::new(), sleepers: BTreeMap::new() }
    }
}

impl Limited {
    /// Advances the time until the first sleeper wakes up; returns whether there was one.
    fn pass(&self) -> bool {
        let mut state = self.state.lock().unwrap();
        let Some((until, wakers)) = state.sleepers.pop_first() else { return false };
        state.passed = state.passed.max(until);
        drop(state);
        wakers.into_iter().for_each(Waker::wake);
        true
    }
}

impl Transport for Limited {
    fn send(&self, _: http::Request<Bytes>, _: Limits) -> BoxFuture<'_, Outcome> {
        let mut state = self.state.lock().unwrap();
        let now = state.passed;
        state.sent.push(now);
        let left = state.reset.saturating_sub(now).as_secs_f64().to_string();
        let answer = match (left.as_str(), state.says) {
            ("0", _) => answer(200, &[], GROUP),
            (left, true) => answer(429, &[("x-ratelimit-reset", left)], ""),
            (_, false) => answer(429, &[], ""),
        };
        Box::pin(std::future::ready(Ok(answer)))
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        let until = self.state.lock().unwrap().passed + duration;
        Box::pin(std::future::poll_fn(move |context| {
            let mut state = self.state.lock().unwrap();
            if state.passed >= until {
                return Poll::Ready(());
            }
            state.sleepers.entry(until).or_default().push(context.waker().clone());
            Poll::Pending
        }))
    }

    fn now(&self) -> Instant {
        let state = self.state.lock().unwrap();
        state.begun + state.passed
    }
}

fn limited(reset: Duration, policy: RetryPolicy) -> (Arc<Limited>, Client) {
    let transport = Arc::new(Limited::default());
    transport.state.lock().unwrap().reset = reset;
    let builder = Client::builder().api_key("a").application_key("b").transport(Arc::clone(&transport)).retry(policy);
    (transport, builder.build().unwrap())
}

/// Makes calls, each as soon as the previous one waits; returns the number of attempts of each, or the status of its
/// error.
fn calls(transport: &Limited, clients: &[Client]) -> Vec<Result<u32, Option<u16>>> {
    let mut context = Context::from_waker(Waker::noop());
    let mut calls: Vec<_> =
        clients.iter().map(|client| Box::pin(client.get_group("g1").send_with_response())).collect();
    let mut outcomes: Vec<Option<Result<u32, Option<u16>>>> = vec![None; calls.len()];
    loop {
        for (call, outcome) in calls.iter_mut().zip(&mut outcomes) {
            if outcome.is_none()
                && let Poll::Ready(done) = call.as_mut().poll(&mut context)
            {
                *outcome = Some(done.map(|answer| answer.attempts()).map_err(|error| error.status()));
            }
        }
        if outcomes.iter().all(Option::is_some) || !transport.pass() {
            return outcomes.into_iter().map(|outcome| outcome.expect("it ends")).collect();
        }
    }
}

#[test]
fn calls_that_begin_while_the_limit_is_used_up_wait_for_its_reset() {
    let (transport, client) = limited(secs(10), RetryPolicy::default());
    // Clones are one client.
    let clients: Vec<Client> = (0..10).map(|_| client.clone()).collect();
    let outcomes = calls(&transport, &clients);
    // The first was rejected, the others were not sent.
    assert_eq!(outcomes[0], Ok(2));
    assert!(outcomes[1..].iter().all(|outcome| *outcome == Ok(1)), "{outcomes:?}");
    let mut sent = transport.state.lock().unwrap().sent.clone();
    assert_eq!((sent.len(), sent.remove(0)), (11, Duration::ZERO));
    // No two at the same instant, none early, and all of them soon.
    sent.sort_unstable();
    assert!(sent.windows(2).all(|pair| pair[0] < pair[1]), "{sent:?}");
    assert!(sent[0] >= secs(10) && sent[9] <= secs(11), "{sent:?}");
}

#[test]
fn calls_also_wait_for_a_later_reset() {
    let (transport, client) = limited(secs(10), RetryPolicy::default());
    let mut context = Context::from_waker(Waker::noop());
    let mut first = Box::pin(client.get_group("g1").send());
    assert!(first.as_mut().poll(&mut context).is_pending());
    transport.state.lock().unwrap().reset = secs(30);
    // The second waits for the ten seconds of the first, and then learns to wait for twenty more.
    assert_eq!(calls(&transport, std::slice::from_ref(&client)), [Ok(2)]);
    let sent = transport.state.lock().unwrap().sent.clone();
    assert!(sent[1] >= secs(10) && sent[1] < secs(11) && sent[2] >= secs(30), "{sent:?}");
}

#[test]
fn a_call_without_the_time_to_wait_is_sent_at_once() {
    for (reset, policy) in [(secs(121), RetryPolicy::default()), (secs(10), RetryPolicy::never())] {
        let (transport, client) = limited(reset, policy);
        assert_eq!(calls(&transport, &[client.clone(), client.clone()]), [Err(Some(429)), Err(Some(429))]);
        assert_eq!(transport.state.lock().unwrap().sent, [Duration::ZERO; 2]);
    }
    // A rejection without a time applies to one call only.
    let (transport, client) = limited(secs(1), RetryPolicy::default().max_attempts(2));
    transport.state.lock().unwrap().says = false;
    calls(&transport, &[client.clone(), client]);
    assert_eq!(transport.state.lock().unwrap().sent[..2], [Duration::ZERO; 2]);
}

#[tokio::test]
async fn a_sleep_that_takes_no_time_does_not_loop() {
    let outcomes = Mutex::new(vec![answer(200, &[], GROUP), answer(200, &[], GROUP)]);
    let client = super::double::answering(move |_| {
        let next = outcomes.lock().unwrap().pop();
        Ok(next.unwrap_or_else(|| answer(429, &[("retry-after", "60")], "")))
    });
    let client = client.build().unwrap();
    client.get_group("g1").send().await.unwrap();
    client.get_group("g1").send().await.unwrap();
    assert_eq!(client.get_group("g1").send().await.unwrap_err().attempts(), 4);
    assert_eq!(client.get_group("g1").send().await.unwrap_err().attempts(), 4);
}
