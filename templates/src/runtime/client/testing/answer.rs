//! The responses and faults of a script.

use crate::runtime::client::secrets::Secrets;
use crate::runtime::client::{Error, Operation, Reached, TransportError, TransportErrorKind, adjustments, interpret};
use bytes::Bytes;
use http::header::{CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use serde_core::Serialize;
use std::time::Duration;

/// An answer of a test double: the response of an operation, or a fault of the exchange.
#[derive(Clone, Debug)]
#[must_use = "an answer does nothing until it is put into a script"]
pub struct Answer {
    outcome: Outcome,
    delay: Duration,
}

#[derive(Clone, Debug)]
enum Outcome {
    Answered { status: StatusCode, headers: HeaderMap, body: Bytes },
    Failed { kind: TransportErrorKind, reached: Reached, reason: String },
}

/// The operation of an error without a call.
static MOCKED: Operation = Operation::new("Mocked", Method::POST, "/", false);

impl Answer {
    /// Creates a 200 with a model, or any other serializable value, as JSON.
    ///
    /// # Panics
    /// The value cannot be written as JSON.
    #[track_caller]
    pub fn ok(body: &(impl Serialize + ?Sized)) -> Answer {
        Answer::json(200, body)
    }

    /// Creates a response with this status and a model, or any other serializable value, as JSON.
    ///
    /// # Panics
    /// The status is invalid, or the value cannot be written as JSON.
    #[track_caller]
    pub fn json(status: u16, body: &(impl Serialize + ?Sized)) -> Answer {
        match serde_json::to_vec(body) {
            Ok(json) => Answer::bytes(status, "application/json", json),
            Err(error) => fail(&format!("the body of an answer cannot be written as JSON: {error}")),
        }
    }

    /// Creates a response with this status and a body of a media type.
    ///
    /// # Panics
    /// The status or the media type is invalid.
    #[track_caller]
    pub fn bytes(status: u16, media_type: &str, body: impl Into<Bytes>) -> Answer {
        let mut answer = Answer::status(status).header(CONTENT_TYPE, media_type);
        if let Outcome::Answered { body: kept, .. } = &mut answer.outcome {
            *kept = body.into();
        }
        answer
    }

    /// Creates a response with this status and without a body, such as a 204 or an error without details.
    ///
    /// # Panics
    /// The status is invalid.
    #[track_caller]
    pub fn status(status: u16) -> Answer {
        match StatusCode::from_u16(status) {
            Ok(status) => Answer::of(Outcome::Answered { status, headers: HeaderMap::new(), body: Bytes::new() }),
            Err(_) => fail(&format!("{status} is not a valid status")),
        }
    }

    /// Creates an error with a message: `{"errors": [{"detail": …}]}`.
    ///
    /// # Panics
    /// The status is invalid.
    #[track_caller]
    pub fn error(status: u16, detail: &str) -> Answer {
        Answer::json(status, &serde_json::json!({"errors": [{"detail": detail}]}))
    }

    /// Creates a 429 with a `Retry-After` of this many seconds.
    pub fn rate_limited(seconds: u64) -> Answer {
        Answer::status(429).header(RETRY_AFTER, seconds)
    }

    /// A failed connection: nothing was sent.
    pub fn no_connection() -> Answer {
        Answer::fault(TransportErrorKind::Connect, Reached::No, "the script has no connection")
    }

    /// A connection that ends without a response: the server may have received the request.
    pub fn no_answer() -> Answer {
        Answer::fault(TransportErrorKind::Other, Reached::Unknown, "the script ends the connection")
    }

    /// An exchange that fails in another way.
    pub fn fault(kind: TransportErrorKind, reached: Reached, reason: impl Into<String>) -> Answer {
        Answer::of(Outcome::Failed { kind, reached, reason: reason.into() })
    }

    /// Adds a header, as texts or in the types of the crate `http`. A failed exchange has no headers.
    ///
    /// # Panics
    /// It cannot be sent as a header.
    #[track_caller]
    pub fn header(mut self, name: impl AsRef<str>, value: impl TryInto<HeaderValue>) -> Answer {
        match adjustments::header(name.as_ref(), value.try_into().ok()) {
            Ok((name, value)) => {
                if let Outcome::Answered { headers, .. } = &mut self.outcome {
                    headers.append(name, value);
                }
            }
            Err(reason) => fail(&format!("the header {:?} of an answer cannot be sent: {reason}", name.as_ref())),
        }
        self
    }

    /// Delays this answer. If the delay is the call's timeout or longer, the call times out. The test itself does not
    /// wait.
    pub fn after(mut self, delay: Duration) -> Answer {
        self.delay = delay;
        self
    }

    /// Converts the answer to the error that a call with it returns.
    ///
    /// # Panics
    /// The answer is a success.
    #[track_caller]
    #[must_use]
    pub fn into_error(self) -> Error {
        match interpret::status(&MOCKED, self.outcome(), &Secrets::default()) {
            Ok(answer) => fail(&format!("an answer with {} is not an error", answer.status())),
            Err(error) => error,
        }
    }

    fn of(outcome: Outcome) -> Answer {
        Answer { outcome, delay: Duration::ZERO }
    }

    pub(super) fn delay(&self) -> Duration {
        self.delay
    }

    /// Returns the result of a transport.
    pub(super) fn outcome(self) -> Result<http::Response<Bytes>, TransportError> {
        match self.outcome {
            Outcome::Failed { kind, reached, reason } => Err(TransportError::new(kind, reached, reason)),
            Outcome::Answered { status, headers, body } => {
                let mut answer = http::Response::new(body);
                *answer.status_mut() = status;
                *answer.headers_mut() = headers;
                Ok(answer)
            }
        }
    }
}

/// Reports a mistake in a test.
#[track_caller]
#[allow(clippy::panic, reason = "documented; a test that cannot continue fails in this way")]
pub(super) fn fail(reason: &str) -> ! {
    panic!("{reason}")
}
