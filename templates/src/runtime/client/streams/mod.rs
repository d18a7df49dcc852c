//! Responses that are read as they arrive.

mod bytes;
pub(crate) mod events;
mod framing;
#[allow(dead_code, reason = "an API need not have items that are texts")]
pub(crate) mod items;
pub(crate) mod lines;
#[allow(dead_code, reason = "an API need not have items where the status decides")]
pub(crate) mod whole;
#[allow(dead_code, reason = "an API need not have bodies with items")]
mod written;

pub use self::bytes::ByteStream;
pub use self::events::Event;
pub use self::items::{Events, Lines};

use crate::runtime::client::body::{BoxError, received, too_large};
use crate::runtime::client::interpret::{EVENTS, content_type};
use crate::runtime::client::secrets::Secrets;
use crate::runtime::client::{
    Body, BoxFuture, Effect, Error, Limits, Operation, Reached, Response, Transport, TransportError, TransportErrorKind,
};
use ::bytes::{Bytes, BytesMut};
use futures_core::stream::Stream as _;
use http::{HeaderMap, StatusCode};
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Poll, ready};

/// The kind of response that a call needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// Read as a whole.
    Whole,
    /// Read as it arrives.
    Stream,
    /// Read event by event, if it is a stream of events.
    Events,
}

impl Wanted {
    /// Whether a successful response with these headers is read as it arrives.
    pub(crate) fn takes(self, headers: &HeaderMap) -> bool {
        match self {
            Wanted::Whole => false,
            Wanted::Stream => true,
            Wanted::Events => content_type(headers).is_none_or(|other| other.eq_ignore_ascii_case(EVENTS)),
        }
    }
}

/// A successful response.
pub(crate) struct Received {
    /// With the body, as far as it was read.
    pub(crate) answer: Response<Bytes>,
    /// The rest of the body.
    pub(crate) rest: Option<Body>,
    /// The maximum size of an item.
    pub(crate) item_limit: usize,
}

/// The data of the response that an error of a stream includes.
pub(crate) struct About {
    pub(crate) operation: &'static Operation,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) attempts: u32,
    /// The combined effect of the earlier attempts.
    pub(crate) earlier: Effect,
    pub(crate) secrets: Secrets,
    /// The maximum size of an item.
    pub(crate) item_limit: usize,
}

/// Reads a response as a whole, or returns an error. The time limit of an exchange applies to the whole body.
pub(crate) async fn read_whole(
    transport: &dyn Transport,
    head: http::response::Parts,
    mut rest: Body,
    limits: Limits,
) -> Result<http::Response<Bytes>, TransportError> {
    let begun = transport.now();
    let is_late = || transport.now().saturating_duration_since(begun) >= limits.timeout;
    // Started only if there is something to wait for.
    let mut timer: Option<BoxFuture<'_, ()>> = None;
    let mut is_timed = true;
    let mut whole = BytesMut::new();
    let body = loop {
        let next = poll_fn(|context| {
            if let Poll::Ready(chunk) = Pin::new(&mut rest).poll_next(context) {
                return Poll::Ready(Some(chunk));
            }
            if is_timed {
                let left = || limits.timeout.saturating_sub(transport.now().saturating_duration_since(begun));
                let timer = timer.get_or_insert_with(|| transport.sleep(left()));
                ready!(timer.as_mut().poll(context));
                if is_late() {
                    return Poll::Ready(None);
                }
                // The sleep took no time, as in a test, so it is not a time limit.
                is_timed = false;
            }
            Poll::Pending
        });
        let Some(chunk) = next.await else { break Err(too_slow()) };
        match chunk {
            None => break Ok(whole.freeze()),
            Some(Err(error)) => break Err(received(error)),
            Some(Ok(chunk)) if chunk.len() > limits.max_response_bytes.saturating_sub(whole.len()) => {
                break Err(too_large(limits.max_response_bytes as u64));
            }
            Some(Ok(chunk)) => whole.extend_from_slice(&chunk),
        }
        if is_late() {
            break Err(too_slow());
        }
    };
    match body {
        Ok(body) => Ok(http::Response::from_parts(head, body)),
        Err(error) => Err(error.with_head(head.status, head.headers)),
    }
}

fn too_slow() -> TransportError {
    TransportError::new(TransportErrorKind::Timeout, Reached::Unknown, "its body takes too long")
}

impl Received {
    /// Returns the response, with its body as a stream.
    #[inline]
    pub(crate) fn stream(self, operation: &'static Operation) -> Response<ByteStream> {
        let Received { answer, rest, item_limit } = self;
        let about = About {
            operation,
            status: answer.status,
            headers: answer.headers.clone(),
            attempts: answer.attempts,
            earlier: answer.earlier,
            secrets: answer.secrets.clone(),
            item_limit,
        };
        answer.map(|bytes| ByteStream::new(rest.unwrap_or_else(|| bytes.into()), about))
    }
}

impl About {
    /// An error for a body that did not arrive whole.
    #[inline]
    fn interrupted(&self, error: BoxError) -> Error {
        self.transport(received(error))
    }

    #[inline]
    pub(crate) fn transport(&self, error: TransportError) -> Error {
        let error = Error::transport(self.operation, error.with_head(self.status, self.headers.clone()));
        error.hiding(self.secrets.clone()).after(self.attempts, self.earlier)
    }
}
