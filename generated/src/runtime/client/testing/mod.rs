//! For tests of programs that call the API: a transport that answers from a script, and answers and errors by themselves.
//!
//! A [`Script`] says what each operation answers, gives a client that needs no keys and no network, and remembers what was
//! asked of it. Time takes no time: waits between attempts and delays pass at once, and are counted.
//!
//! Where a program has a trait of its own in front of the client, [`response`] and [`error`] make what its mock returns.

mod answer;
mod script;
mod sent;

pub use self::answer::Answer;
pub use self::script::Script;
pub use self::sent::Sent;

use crate::runtime::client::secrets::Secrets;
use crate::runtime::client::{Effect, Error, Response};
use http::{HeaderMap, StatusCode};

/// A successful answer with this body: a 200 without headers, at the first attempt.
pub fn response<T>(body: T) -> Response<T> {
    let (headers, secrets) = (HeaderMap::new(), Secrets::default());
    Response { status: StatusCode::OK, headers, body, attempts: 1, earlier: Effect::No, secrets }
}

/// The error that an answer with this status is, such as a 404 without a body. [`Answer::into_error`] makes others.
///
/// # Panics
/// The status is none that means an error.
#[track_caller]
#[must_use]
pub fn error(status: u16) -> Error {
    Answer::status(status).into_error()
}
