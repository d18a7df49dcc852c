//! Calls that are dropped before they end: no part of them continues.

use super::double::{API_KEY, APP_KEY, Outcome, answer};
use super::operations::GET_GROUP;
use crate::{BoxFuture, Client, Limits, Request, Transport};
use bytes::Bytes;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Waker};
use std::time::Duration;

/// A transport whose exchanges and sleeps last until they are dropped, except for responses of 429 if it has these.
#[derive(Default)]
struct Endless {
    refuses: bool,
    sent: AtomicUsize,
    slept: AtomicUsize,
    alive: Arc<AtomicUsize>,
}

/// Counts the running futures.
struct Alive(Arc<AtomicUsize>);

impl Drop for Alive {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Endless {
    fn endless<T: Send + 'static>(&self) -> BoxFuture<'_, T> {
        self.alive.fetch_add(1, Ordering::SeqCst);
        let alive = Alive(Arc::clone(&self.alive));
        Box::pin(async move {
            let _alive = alive;
            std::future::pending().await
        })
    }
}

impl Transport for Endless {
    fn send(&self, _request: http::Request<Bytes>, _limits: Limits) -> BoxFuture<'_, Outcome> {
        self.sent.fetch_add(1, Ordering::SeqCst);
        if self.refuses {
            return Box::pin(std::future::ready(Ok(answer(429, &[("retry-after", "5")], "{}"))));
        }
        self.endless()
    }

    fn sleep(&self, _duration: Duration) -> BoxFuture<'_, ()> {
        self.slept.fetch_add(1, Ordering::SeqCst);
        self.endless()
    }
}

/// Begins a call, counts the running futures, and drops the call.
fn begin_and_drop(transport: Endless) -> Arc<Endless> {
    let transport = Arc::new(transport);
    let builder = Client::builder().api_key(API_KEY).application_key(APP_KEY);
    let client = builder.transport(Arc::clone(&transport)).build().expect("settings are complete");
    let mut call: Pin<Box<dyn Future<Output = _>>> =
        Box::pin(client.send::<serde_json::Value>(Request::new(&GET_GROUP).path("group_id", &"g1")));
    assert!(call.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    assert_eq!(transport.alive.load(Ordering::SeqCst), 1, "one thing goes on");
    drop(call);
    assert_eq!(transport.alive.load(Ordering::SeqCst), 0, "nothing goes on");
    transport
}

#[test]
fn dropping_a_call_ends_its_exchange() {
    let transport = begin_and_drop(Endless::default());
    assert_eq!((transport.sent.load(Ordering::SeqCst), transport.slept.load(Ordering::SeqCst)), (1, 0));
}

#[test]
fn a_dropped_call_is_not_retried() {
    let transport = begin_and_drop(Endless { refuses: true, ..Endless::default() });
    assert_eq!((transport.sent.load(Ordering::SeqCst), transport.slept.load(Ordering::SeqCst)), (1, 1));
}
