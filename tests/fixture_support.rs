//! Shared code for fixtures' `behaviour.rs`. It is compiled with them, in the workspace of their crates.

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

/// Writes a value of a model.
pub fn written<T: Serialize>(value: &T) -> Value {
    serde_json::to_value(value).expect("models can be written")
}

/// Reads a value, checks that it is written back unchanged, and returns it.
pub fn kept<T: DeserializeOwned + Serialize + PartialEq + Debug>(json: Value) -> T {
    let value: T = read(&json);
    assert_eq!(written(&value), json);
    assert_eq!(read::<T>(&json), value);
    value
}

/// Asserts that a model rejects a value.
pub fn refused<T: DeserializeOwned + Debug>(json: Value) -> String {
    serde_json::from_str::<T>(&json.to_string()).expect_err("it is not a value of the model").to_string()
}

/// Runs a future that is ready at once: a transport that does no I/O.
pub fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("it waits"),
    }
}

/// The records of a transport, one per request.
pub type Noted<N> = Arc<Mutex<Vec<N>>>;

/// The method, path with query, and body of each request.
pub type Sent = Noted<(String, String, String)>;

/// Defines a transport of a fixture's crate that responds to each request with a status and a body, and records the
/// requests. The body is an expression that each request evaluates.
macro_rules! transport {
    ($library:ident, $status:expr, $body:expr, $note:expr) => {{
        use $library::{BoxFuture, Limits, Transport, TransportError, bytes::Bytes, http};

        struct Double<N> {
            answer: Box<dyn Fn() -> (u16, Bytes) + Send + Sync>,
            note: fn(http::Request<Bytes>) -> N,
            noted: $crate::support::Noted<N>,
        }

        impl<N: Send> Transport for Double<N> {
            fn send(
                &self,
                request: http::Request<Bytes>,
                _: Limits,
            ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
                self.noted.lock().expect("one thread").push((self.note)(request));
                let (status, body) = (self.answer)();
                let mut answer = http::Response::new(body);
                *answer.status_mut() = http::StatusCode::from_u16(status).expect("a status");
                Box::pin(async { Ok(answer) })
            }

            fn sleep(&self, _: std::time::Duration) -> BoxFuture<'_, ()> {
                Box::pin(async {})
            }
        }

        let noted = $crate::support::Noted::default();
        let answer = Box::new(move || ($status, Bytes::from(String::from($body))));
        (Double { answer, note: $note, noted: noted.clone() }, noted)
    }};
}
pub(crate) use transport;

/// Creates a client with such a transport, and returns its records. Additional calls of the builder come last:
/// `key("k1")`.
macro_rules! answering {
    ($library:ident, $status:expr, $body:expr, $note:expr $(, $setter:ident($value:expr))*) => {{
        let (transport, noted) = $crate::support::transport!($library, $status, $body, $note);
        let builder = $library::Client::builder().transport(transport)$(.$setter($value))*;
        (builder.build().expect("it has what it needs"), noted)
    }};
}
pub(crate) use answering;

/// The same, and records method, path with query, and body.
macro_rules! client {
    ($library:ident, $status:expr, $body:expr $(, $setter:ident($value:expr))*) => {{
        fn note(request: $library::http::Request<$library::bytes::Bytes>) -> (String, String, String) {
            let target = request.uri().path_and_query().expect("a path").to_string();
            let body = String::from_utf8(request.body().to_vec()).expect("text");
            (request.method().to_string(), target, body)
        }
        $crate::support::answering!($library, $status, $body, note $(, $setter($value))*)
    }};
}
pub(crate) use client;

/// The same, and records the requests themselves, for tests of headers.
macro_rules! requests {
    ($library:ident, $status:expr, $body:expr $(, $setter:ident($value:expr))*) => {
        $crate::support::answering!($library, $status, $body, std::convert::identity $(, $setter($value))*)
    };
}
pub(crate) use requests;
