//! The only error type.

mod display;
mod effect;
mod item;
mod questions;

pub use self::effect::Effect;
pub use self::item::{ErrorItem, ErrorSource};

use crate::runtime::client::interpret::{self, DecodeFailure};
use crate::runtime::client::origin;
use crate::runtime::client::pages::Repeated;
use crate::runtime::client::request::Problem;
use crate::runtime::client::secrets::Secrets;
use crate::runtime::client::{Operation, RateLimit, Response, TransportError};
use crate::runtime::model::ParseError;
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde_core::de::DeserializeOwned;
use std::convert::Infallible;
use std::error::Error as StdError;
use std::io;
use std::time::Duration;

/// An error of a call, or of setting up a client.
///
/// It prints as one line: the operation, the number of attempts if there was more than one, the status, the server's
/// message, the permission that a 403 is about, when to retry after a 429, and the cause. Therefore
/// [`source`](std::error::Error::source) is `None`: a report of the whole chain would print the cause twice.
/// [`cause`](Error::cause) returns it.
///
/// The printed text never contains the client's keys, even if the server repeats them: they are blanked there and in
/// [`errors`](Error::errors). [`body`](Error::body) and [`headers`](Error::headers) are unchanged.
///
/// ```
#[doc = concat!("use ", env!("CARGO_CRATE_NAME"), "::{Effect, Error};")]
///
/// fn advice(error: &Error) -> String {
///     if error.is_not_found() {
///         return "it does not exist".to_owned();
///     }
///     if let Some(wait) = error.retry_after() {
///         return format!("try again in {} s", wait.as_secs());
///     }
///     match error.effect() {
///         Effect::No => format!("nothing has changed: {error}"),
///         Effect::Unknown | Effect::Yes => format!("check whether it has taken effect: {error}"),
///     }
/// }
/// ```
pub struct Error {
    /// Boxed, because results that contain it are everywhere and errors are rare.
    inner: Box<Inner>,
}

struct Inner {
    operation: Option<&'static Operation>,
    failure: Failure,
    attempts: u32,
    /// The combined effect of the attempts before the last.
    earlier: Effect,
    /// The duration of the last attempt, if it had no response.
    took: Duration,
    /// The reason why a rejected token could not be renewed.
    renewal: Option<Box<dyn StdError + Send + Sync>>,
    /// The call was not retried only because its body is a stream that was already read from.
    spent: bool,
    /// The received part of the item within which a stream broke off.
    rest: Bytes,
    /// The secrets that are never printed.
    secrets: Secrets,
}

enum Failure {
    Configuration {
        message: String,
        source: Option<Box<dyn StdError + Send + Sync>>,
    },
    Request(Problem),
    Credentials {
        message: String,
        source: Option<Box<dyn StdError + Send + Sync>>,
    },
    Transport(TransportError),
    Status {
        answer: Response<Bytes>,
        items: Vec<ErrorItem>,
    },
    /// `from_api` says whether the API sent the response, and reports no error in it.
    Decode {
        answer: Response<Bytes>,
        failure: DecodeFailure,
        from_api: bool,
        items: Vec<ErrorItem>,
    },
    RepeatedPage(Repeated),
}

/// The kinds of [`Error`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The settings of the client are invalid.
    Configuration,
    /// The request cannot be sent: an argument is wrong.
    Request,
    /// The client has no credentials for the operation, or could not get a token. Nothing was sent.
    Credentials,
    /// No whole response was received.
    Transport,
    /// The status of the response is not a 2xx.
    Status,
    /// The status is a 2xx, but the body cannot be read or does not seem to come from the API.
    Decode,
    /// The server repeats pages of a list, or sends page after page without new items, so that following them would
    /// never end.
    RepeatedPage,
}

impl Error {
    pub(crate) fn configuration(message: impl Into<String>, source: Option<Box<dyn StdError + Send + Sync>>) -> Error {
        Error::new(None, Failure::Configuration { message: message.into(), source })
    }

    pub(crate) fn request(operation: &'static Operation, problem: Problem) -> Error {
        Error::new(Some(operation), Failure::Request(problem))
    }

    pub(crate) fn transport(operation: &'static Operation, error: TransportError) -> Error {
        Error::new(Some(operation), Failure::Transport(error))
    }

    pub(crate) fn status_of(operation: &'static Operation, answer: Response<Bytes>) -> Error {
        let secrets = answer.secrets.clone();
        let items = item::read(&answer.body, &secrets);
        Error::new(Some(operation), Failure::Status { answer, items }).hiding(secrets)
    }

    pub(crate) fn decode(operation: &'static Operation, failure: DecodeFailure, answer: Response<Bytes>) -> Error {
        let (attempts, earlier, secrets) = (answer.attempts, answer.earlier, answer.secrets.clone());
        let reported = item::reported(&answer.body, &secrets);
        let from_api = reported.is_none() && origin::is_from_api(&answer.headers, &answer.body);
        let failure = Failure::Decode { answer, failure, from_api, items: reported.unwrap_or_default() };
        Error::new(Some(operation), failure).hiding(secrets).after(attempts, earlier)
    }

    #[inline]
    #[allow(dead_code, reason = "an API need not have lists that come in pages")]
    pub(crate) fn repeated_page(operation: &'static Operation, repeated: Repeated) -> Error {
        Error::new(Some(operation), Failure::RepeatedPage(repeated))
    }

    fn new(operation: Option<&'static Operation>, failure: Failure) -> Error {
        let attempts = match failure {
            Failure::Configuration { .. } | Failure::Request(_) | Failure::Credentials { .. } => 0,
            _ => 1,
        };
        let (earlier, secrets) = (Effect::No, Secrets::default());
        let rest = Bytes::new();
        Error {
            inner: Box::new(Inner {
                operation,
                failure,
                attempts,
                earlier,
                took: Duration::ZERO,
                renewal: None,
                spent: false,
                rest,
                secrets,
            }),
        }
    }

    /// The client does not have all credentials of any accepted set.
    pub(crate) fn no_credentials(operation: &'static Operation, wanted: &str) -> Error {
        let message = format!("the client has no credentials for it; it needs {wanted}");
        Error::new(Some(operation), Failure::Credentials { message, source: None })
    }

    /// A credential is not available.
    pub(crate) fn credentials(operation: &'static Operation, source: Box<dyn StdError + Send + Sync>) -> Error {
        let message = "no token is available".to_owned();
        Error::new(Some(operation), Failure::Credentials { message, source: Some(source) })
    }

    /// Adds the reason why a rejected token could not be renewed.
    pub(crate) fn not_renewed(mut self, source: Box<dyn StdError + Send + Sync>) -> Error {
        self.inner.renewal = Some(source);
        self
    }

    /// Adds secrets that the error does not print.
    pub(crate) fn hiding(mut self, secrets: Secrets) -> Error {
        self.inner.secrets = secrets;
        self
    }

    /// Sets the number of attempts, and the effect of those before the last.
    pub(crate) fn after(mut self, attempts: u32, earlier: Effect) -> Error {
        self.inner.attempts = attempts;
        self.inner.earlier = earlier;
        self
    }

    /// Sets the duration of the attempt.
    pub(crate) fn taking(mut self, time: Duration) -> Error {
        self.inner.took = time;
        self
    }

    /// Marks a call that would be retried if its body could be sent again.
    pub(crate) fn of_a_stream(mut self) -> Error {
        self.inner.spent = true;
        self
    }

    /// Adds the received part of the item within which a stream broke off.
    #[inline]
    pub(crate) fn with_rest(mut self, rest: Bytes) -> Error {
        self.inner.rest = rest;
        self
    }

    /// The kind of this error.
    #[inline]
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        match self.inner.failure {
            Failure::Configuration { .. } => ErrorKind::Configuration,
            Failure::Request(_) => ErrorKind::Request,
            Failure::Credentials { .. } => ErrorKind::Credentials,
            Failure::Transport(_) => ErrorKind::Transport,
            Failure::Status { .. } => ErrorKind::Status,
            Failure::Decode { .. } => ErrorKind::Decode,
            Failure::RepeatedPage(_) => ErrorKind::RepeatedPage,
        }
    }

    /// The operation that was called; `None` if a client could not be set up.
    #[must_use]
    pub fn operation(&self) -> Option<&'static Operation> {
        self.inner.operation
    }

    /// The number of attempts, the last of which ended with this error; 0 if the request could not be sent at all.
    #[inline]
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.inner.attempts
    }

    /// The status of the response, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.status_code().map(|status| status.as_u16())
    }

    /// The headers of the response, if there was one.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        match &self.inner.failure {
            Failure::Transport(error) => error.headers(),
            _ => self.answer().map(|answer| &answer.headers),
        }
    }

    /// The server's messages. Empty if the response has none, or none in a known form: see [`body`](Error::body). In a
    /// response with a 2xx, only an object with a key `error` or `errors` has messages.
    #[inline]
    #[must_use]
    pub fn errors(&self) -> &[ErrorItem] {
        match &self.inner.failure {
            Failure::Status { items, .. } | Failure::Decode { items, .. } => items,
            _ => &[],
        }
    }

    /// The raw body of the response; empty if there was none, or if it did not arrive whole. For an item of a stream,
    /// it is the content of the item, even if the stream ended within it.
    #[inline]
    #[must_use]
    pub fn body(&self) -> &[u8] {
        self.answer().map_or(&self.inner.rest, |answer| &answer.body)
    }

    /// The body of the response as JSON, read into a type of your choice.
    ///
    /// # Errors
    /// The body is not JSON, or does not fit the type.
    pub fn body_as<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        interpret::parse(self.body()).map_err(interpret::ParseError::into_json)
    }

    /// The path of the value that could not be read in a successful response, such as `data[3].attributes.name`.
    #[inline]
    #[must_use]
    pub fn json_path(&self) -> Option<&str> {
        match &self.inner.failure {
            Failure::Decode { failure, .. } => failure.path.as_deref(),
            _ => None,
        }
    }

    /// The argument, parameter or header that kept a request from being sent.
    #[inline]
    #[must_use]
    pub fn argument(&self) -> Option<&str> {
        match &self.inner.failure {
            Failure::Request(problem) => problem.argument.as_deref(),
            _ => None,
        }
    }

    /// The rate limit, as far as the response states it.
    #[inline]
    #[must_use]
    pub fn rate_limit(&self) -> RateLimit {
        self.headers().map(RateLimit::from_headers).unwrap_or_default()
    }

    /// The permission that the operation needs, according to the API's description; on a 403, probably the missing one.
    #[inline]
    #[must_use]
    pub fn permission(&self) -> Option<&'static str> {
        self.inner.operation?.permission
    }

    /// The error of the transport, if the transport failed.
    #[must_use]
    pub fn transport_error(&self) -> Option<&TransportError> {
        match &self.inner.failure {
            Failure::Transport(error) => Some(error),
            _ => None,
        }
    }

    /// The underlying error, if there is one, so that you can inspect its type with `downcast_ref`. The text of this
    /// error already includes it. Its own text is not blanked: it can contain a key that the server repeated.
    #[inline]
    #[must_use]
    pub fn cause(&self) -> Option<&(dyn StdError + 'static)> {
        fn plain(source: &Option<Box<dyn StdError + Send + Sync>>) -> Option<&(dyn StdError + 'static)> {
            source.as_deref().map(|source| source as &(dyn StdError + 'static))
        }
        match &self.inner.failure {
            Failure::Configuration { source, .. } | Failure::Credentials { source, .. } => plain(source),
            Failure::Request(problem) => plain(&problem.source),
            Failure::Transport(error) => Some(error),
            Failure::Status { .. } => plain(&self.inner.renewal),
            Failure::RepeatedPage(_) => None,
            Failure::Decode { failure, .. } => plain(&failure.source),
        }
    }

    fn status_code(&self) -> Option<StatusCode> {
        match &self.inner.failure {
            Failure::Transport(error) => error.status_code(),
            _ => self.answer().map(|answer| answer.status),
        }
    }

    fn answer(&self) -> Option<&Response<Bytes>> {
        match &self.inner.failure {
            Failure::Status { answer, .. } | Failure::Decode { answer, .. } => Some(answer),
            _ => None,
        }
    }
}

/// An invalid id ends a call before it begins.
impl From<ParseError> for Error {
    #[inline]
    fn from(error: ParseError) -> Error {
        let reason = error.to_string();
        let problem = Problem { argument: None, reason, source: Some(error.into()) };
        Error::new(None, Failure::Request(problem))
    }
}

/// There is no `source`: the text includes it.
impl StdError for Error {}

/// A conversion that cannot fail, such as that of a text into an enum by `parse`.
impl From<Infallible> for Error {
    #[inline]
    fn from(never: Infallible) -> Error {
        match never {}
    }
}

/// For readers and writers, whose error type is fixed.
impl From<Error> for io::Error {
    #[inline]
    fn from(error: Error) -> io::Error {
        let kind = if error.is_timeout() { io::ErrorKind::TimedOut } else { io::ErrorKind::Other };
        io::Error::new(kind, error)
    }
}
