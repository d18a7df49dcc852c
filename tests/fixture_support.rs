//! What the fixtures' `behaviour.rs` share. It is compiled with them, in the workspace of their crates.

use std::fmt::Debug;
use std::future::Future;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use serde::Serialize;
use serde::de::DeserializeOwned;
pub use serde_json::{Value, json};

/// Reads a value of a model.
pub fn read<T: DeserializeOwned>(json: &Value) -> T {
    serde_json::from_str(&json.to_string()).unwrap_or_else(|error| panic!("{json}: {error}"))
}

/// What a model writes.
pub fn written<T: Serialize>(value: &T) -> Value {
    serde_json::to_value(value).expect("models can be written")
}

/// Reads a value that is written as it was read, and gives it back.
pub fn kept<T: DeserializeOwned + Serialize + PartialEq + Debug>(json: Value) -> T {
    let value: T = read(&json);
    assert_eq!(written(&value), json);
    assert_eq!(read::<T>(&json), value);
    value
}

/// Asserts that a model refuses a value.
pub fn refused<T: DeserializeOwned + Debug>(json: Value) -> String {
    serde_json::from_str::<T>(&json.to_string()).expect_err("it is no value of the model").to_string()
}

/// Waits for what is there at once: no transport here does I/O.
pub fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("it waits"),
    }
}

/// The requests that were sent: method, path with query, and body.
pub type Sent = Arc<Mutex<Vec<(String, String, String)>>>;

/// A client of a fixture's crate whose transport notes each request and answers with a status and a body. What the builder
/// needs besides comes last: `key("k1")`.
macro_rules! client {
    ($library:ident, $status:literal, $body:expr $(, $setter:ident($value:expr))*) => {{
        use $library::{BoxFuture, Limits, Transport, TransportError, bytes::Bytes, http};

        struct Double($crate::support::Sent);

        impl Transport for Double {
            fn send(
                &self,
                request: http::Request<Bytes>,
                _: Limits,
            ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
                let target = request.uri().path_and_query().expect("a path").to_string();
                let body = String::from_utf8(request.body().to_vec()).expect("text");
                self.0.lock().expect("one thread").push((request.method().to_string(), target, body));
                let mut answer = http::Response::new(Bytes::from(String::from($body)));
                *answer.status_mut() = http::StatusCode::from_u16($status).expect("a status");
                Box::pin(async { Ok(answer) })
            }

            fn sleep(&self, _: std::time::Duration) -> BoxFuture<'_, ()> {
                Box::pin(async {})
            }
        }

        let sent = $crate::support::Sent::default();
        let builder = $library::Client::builder().transport(Double(sent.clone()))$(.$setter($value))*;
        let client = builder.build().expect("it has what it needs");
        (client, sent)
    }};
}
pub(crate) use client;

/// The same with the requests themselves, for what is in their headers.
macro_rules! requests {
    ($library:ident, $status:literal, $body:expr) => {{
        use $library::{BoxFuture, Limits, Transport, TransportError, bytes::Bytes, http};

        type Requests = std::sync::Arc<std::sync::Mutex<Vec<http::Request<Bytes>>>>;

        struct Double(Requests);

        impl Transport for Double {
            fn send(
                &self,
                request: http::Request<Bytes>,
                _: Limits,
            ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
                self.0.lock().expect("one thread").push(request);
                let mut answer = http::Response::new(Bytes::from(String::from($body)));
                *answer.status_mut() = http::StatusCode::from_u16($status).expect("a status");
                Box::pin(async { Ok(answer) })
            }

            fn sleep(&self, _: std::time::Duration) -> BoxFuture<'_, ()> {
                Box::pin(async {})
            }
        }

        let requests = Requests::default();
        let client = $library::Client::builder().transport(Double(requests.clone())).build().expect("it needs no key");
        (client, requests)
    }};
}
pub(crate) use requests;
