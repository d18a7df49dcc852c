//! A transport that responds from a script and records the requests: it also shows that callers can implement one.

use crate::{BoxFuture, Client, Limits, Operation, RetryPolicy, Transport, TransportError};
use bytes::Bytes;
use std::sync::{Arc, Mutex};
use std::time::Duration;

pub(super) type Outcome = Result<http::Response<Bytes>, TransportError>;

pub(super) const API_KEY: &str = "api-key-5f0c1e";
pub(super) const APP_KEY: &str = "app-key-77ab21";
pub(super) const GROUP: &str = r#"{"data": {"id": "g1", "attributes": {"name": "Payments"}}}"#;

#[derive(Default)]
pub(super) struct Double {
    outcomes: Mutex<Vec<Outcome>>,
    seen: Mutex<Vec<(http::Request<Bytes>, Limits)>>,
}

impl Double {
    /// A transport with one outcome, and a client that sends one request.
    pub(super) fn with(outcome: Outcome) -> (Arc<Double>, Client) {
        let double = Arc::new(Double { outcomes: Mutex::new(vec![outcome]), seen: Mutex::default() });
        let client = Client::builder()
            .api_key(API_KEY)
            .application_key(APP_KEY)
            .transport(Arc::clone(&double))
            .retry(RetryPolicy::never())
            .build()
            .expect("settings are complete");
        (double, client)
    }

    /// A client that receives one response.
    pub(super) fn answering(status: u16, headers: &[(&'static str, &str)], body: impl Into<Bytes>) -> Client {
        Double::with(Ok(answer(status, headers, body))).1
    }

    pub(super) fn seen(&self) -> Vec<(http::Request<Bytes>, Limits)> {
        std::mem::take(&mut self.seen.lock().unwrap())
    }
}

impl Transport for Double {
    fn send(&self, request: http::Request<Bytes>, limits: Limits) -> BoxFuture<'_, Outcome> {
        assert!(request.extensions().get::<&'static Operation>().is_some());
        self.seen.lock().unwrap().push((request, limits));
        let outcome = self.outcomes.lock().unwrap().pop().expect("one outcome for each request");
        Box::pin(std::future::ready(outcome))
    }

    fn sleep(&self, _duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(std::future::ready(()))
    }
}

pub(super) fn answer(status: u16, headers: &[(&'static str, &str)], body: impl Into<Bytes>) -> http::Response<Bytes> {
    let mut builder = http::Response::builder().status(status);
    for (name, value) in headers {
        builder = builder.header(*name, *value);
    }
    builder.body(body.into()).expect("a valid answer")
}

/// A transport that calls a function for each response.
pub(super) struct Answering<F>(pub(super) F);

impl<F: Fn(&http::Request<Bytes>) -> Outcome + Send + Sync> Transport for Answering<F> {
    fn send(&self, request: http::Request<Bytes>, _limits: Limits) -> BoxFuture<'_, Outcome> {
        Box::pin(async move { (self.0)(&request) })
    }

    fn sleep(&self, _duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(std::future::ready(()))
    }
}

/// A builder for a client whose transport calls a function for each response.
pub(super) fn answering(f: impl Fn(&http::Request<Bytes>) -> Outcome + Send + Sync + 'static) -> crate::ClientBuilder {
    Client::builder().api_key(API_KEY).application_key(APP_KEY).transport(Answering(f))
}
