//! The interface between this crate and the HTTP implementation.

use crate::runtime::client::Body;
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A boxed future, so that [`Transport`] can be a trait object.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Sends requests and sleeps: the only part of this crate that does I/O, sleeps or reads a clock.
///
/// The default is `ReqwestTransport` (feature `reqwest`). Implement this for another HTTP client, for middleware
/// around an inner transport, or for a test double, and pass it to
/// [`ClientBuilder::transport`](crate::ClientBuilder::transport).
///
/// An implementation
/// - sends the request once: its caller decides on retries, and knows which requests may be repeated;
/// - follows no redirect: the keys in the headers are for the request's own origin only;
/// - enforces the [`Limits`] of each request;
/// - returns every response unchanged, whatever its status;
/// - leaves nothing running when the future is dropped.
///
/// The request's extensions have a `&'static` [`Operation`](crate::Operation), which tells middleware what
/// is being called. Header values that contain keys are marked sensitive.
pub trait Transport: Send + Sync {
    /// Sends the request and reads the whole response.
    ///
    /// # Errors
    /// No whole response was received within the limits.
    fn send(
        &self,
        request: http::Request<Bytes>,
        limits: Limits,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>>;

    /// Sends the request while its body is read, and returns the response as soon as its head arrives: its body is read
    /// afterwards, as it arrives.
    ///
    /// Of the [`Limits`], only [`idle_timeout`](Limits::idle_timeout) applies. An error of the response's body is a
    /// [`TransportError`] in the box; other errors become one of the kind [`Body`](TransportErrorKind::Body).
    ///
    /// An implementation may omit it: the provided method reads the request's body into memory, and
    /// [`send`](Transport::send) reads the response's. Then all calls work, except for responses that do not end, but
    /// not in constant memory. Middleware that only implements `send` sees all calls in this way; to keep the memory
    /// constant, it also passes this method on to the inner transport.
    ///
    /// # Errors
    /// The head of a response was not received within the limits, or the request's body could not be read.
    #[inline]
    fn send_streamed(
        &self,
        request: http::Request<Body>,
        limits: Limits,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let unread = |error| TransportError::new(TransportErrorKind::RequestBody, Reached::No, error);
            let body = body.into_bytes(usize::MAX).await.map_err(unread)?;
            let answer = self.send(http::Request::from_parts(head, body), limits).await?;
            Ok(answer.map(Body::from))
        })
    }

    /// Completes after this time.
    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()>;

    /// The current time, which limits the attempts of a call. Implement it in a test double whose
    /// [`sleep`](Transport::sleep) takes no time.
    #[inline]
    fn now(&self) -> Instant {
        Instant::now()
    }
}

/// The limits of one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// For one exchange, from connecting to the last byte of the response.
    pub timeout: Duration,
    /// For the body of the response. Count the bytes as they arrive: `Content-Length` proves nothing.
    pub max_response_bytes: usize,
    /// In an exchange with a stream, the longest time in which the server neither receives nor sends data. The time
    /// that the caller's own stream takes does not count.
    pub idle_timeout: Duration,
}

/// Why no whole response was received.
///
/// Its `Debug` output leaves out the headers.
pub struct TransportError {
    kind: TransportErrorKind,
    reached: Reached,
    head: Option<Box<(StatusCode, HeaderMap)>>,
    source: Box<dyn StdError + Send + Sync>,
}

/// The kind of a transport's failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// The connection failed: the name did not resolve, or the port is closed.
    Connect,
    /// The server cannot be trusted or does not speak TLS as it should: its certificate has expired, is for another
    /// name, or its issuer is not trusted. The call is not retried: it would fail in the same way.
    Tls,
    /// A time limit expired.
    Timeout,
    /// The body of the response is larger than the limit.
    TooLarge,
    /// The response began, and its body did not arrive whole.
    Body,
    /// The stream of the request's body failed, or its length is not the declared one.
    RequestBody,
    /// Anything else, such as a connection that was closed before a response.
    Other,
}

/// Whether the server may have received the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reached {
    /// No part of it was sent.
    No,
    /// Part or all of it may have been sent.
    Unknown,
}

impl Limits {
    /// Limits for a request; the [`Default`] is a minute and 32 MiB. The time for an exchange is also the idle timeout
    /// of a stream, unless another is set.
    #[inline]
    #[must_use]
    pub const fn new(timeout: Duration, max_response_bytes: usize) -> Limits {
        Limits { timeout, max_response_bytes, idle_timeout: timeout }
    }
}

impl Default for Limits {
    #[inline]
    fn default() -> Limits {
        Limits::new(Duration::from_secs(60), 32 << 20)
    }
}

impl TransportError {
    /// Creates an error from its cause or from a text.
    ///
    /// Pass [`Reached::No`] only if it is certain: the request may then be sent again, whatever its operation does.
    #[must_use]
    pub fn new(
        kind: TransportErrorKind,
        reached: Reached,
        source: impl Into<Box<dyn StdError + Send + Sync>>,
    ) -> TransportError {
        TransportError { kind, reached, head: None, source: source.into() }
    }

    /// Adds the head of the response that arrived before the error.
    #[must_use]
    pub fn with_head(mut self, status: StatusCode, headers: HeaderMap) -> TransportError {
        self.reached = Reached::Unknown;
        self.head = Some(Box::new((status, headers)));
        self
    }

    /// The kind of failure.
    #[must_use]
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// Whether the server may have received the request.
    #[must_use]
    pub fn reached(&self) -> Reached {
        self.reached
    }

    /// The status, if the response had begun.
    #[inline]
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.status_code().map(|status| status.as_u16())
    }

    pub(crate) fn status_code(&self) -> Option<StatusCode> {
        self.head.as_ref().map(|head| head.0)
    }

    /// The headers, if the response had begun.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.head.as_ref().map(|head| &head.1)
    }
}

impl fmt::Display for TransportError {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            TransportErrorKind::Connect => "cannot connect",
            TransportErrorKind::Tls => "cannot connect securely",
            TransportErrorKind::Timeout => "timed out",
            TransportErrorKind::TooLarge => "the response is too large",
            TransportErrorKind::Body => "the response did not arrive whole",
            TransportErrorKind::RequestBody => "the body to be sent could not be read",
            TransportErrorKind::Other => "the exchange failed",
        })
    }
}

impl fmt::Debug for TransportError {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportError")
            .field("kind", &self.kind)
            .field("reached", &self.reached)
            .field("status", &self.status())
            .field("source", &self.source)
            .finish_non_exhaustive()
    }
}

impl StdError for TransportError {
    #[inline]
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.source)
    }
}

/// A pointer to a transport is a transport.
macro_rules! passes_on {
    ($($pointer:ident)*) => {$(
        impl<T: Transport + ?Sized> Transport for $pointer<T> {
            fn send(
                &self,
                request: http::Request<Bytes>,
                limits: Limits,
            ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
                (**self).send(request, limits)
            }

            fn send_streamed(
                &self,
                request: http::Request<Body>,
                limits: Limits,
            ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
                (**self).send_streamed(request, limits)
            }

            fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
                (**self).sleep(duration)
            }

            fn now(&self) -> Instant {
                (**self).now()
            }
        }
    )*};
}

passes_on! { Arc Box }
