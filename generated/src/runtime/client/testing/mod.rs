//! Test doubles for programs that call the API: a transport that responds from a script, a fake of the API, and single
//! responses and errors.
//!
//! A [`Script`] defines the responses of each operation, builds a client that needs no keys and no network, and records
//! the requests. Time is simulated: waits between attempts and delays pass immediately, and are counted.
//!
//! A [`Fake`] responds by itself: it stores the items that calls create, change and delete.
//!
//! If your program calls the client through its own trait, [`response`] and [`error`] create the return values of a
//! mock.

mod answer;
#[allow(dead_code, reason = "an API need not have resources of all kinds")]
pub(crate) mod fake;
mod id;
pub(crate) mod respond;
mod script;
mod sent;

pub use self::answer::Answer;
pub use self::fake::{Fake, Store};
pub use self::id::OperationId;
pub use self::script::Script;
pub use self::sent::Sent;

use crate::runtime::client::secrets::Secrets;
use crate::runtime::client::{Effect, Error, Response};
use http::{HeaderMap, StatusCode};

/// Creates a successful response with this body: a 200 without headers, at the first attempt.
pub fn response<T>(body: T) -> Response<T> {
    let (headers, secrets) = (HeaderMap::new(), Secrets::default());
    Response { status: StatusCode::OK, headers, body, attempts: 1, earlier: Effect::No, secrets }
}

/// Creates the error for a response with this status and without a body, such as a 404. [`Answer::into_error`] creates
/// others.
///
/// # Panics
/// The status does not mean an error.
#[track_caller]
#[must_use]
pub fn error(status: u16) -> Error {
    Answer::status(status).into_error()
}
