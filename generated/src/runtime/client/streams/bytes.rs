//! The body of a response, chunk by chunk.

use super::About;
use crate::runtime::client::body::too_large;
use crate::runtime::client::{Body, Error};
use bytes::Bytes;
use futures_core::stream::{FusedStream, Stream};
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

/// The body of a response, chunk by chunk as it arrives.
///
/// A [`Stream`] that needs no other crate: [`try_next`](ByteStream::try_next) returns the next chunk. It takes constant
/// memory. Its size is unlimited, unless you set a limit with [`at_most`](ByteStream::at_most);
/// [`ClientBuilder::idle_timeout`](crate::ClientBuilder::idle_timeout) limits the time without data.
///
/// An end without an error is the end of the body, as the server framed it. A truncated body is an error, which ends
/// the stream: nothing is retried once a response has begun. Dropping the stream ends the exchange; dropping the future
/// of `next` or `try_next` loses nothing.
///
/// You can forward it: [`Body::from_stream`](crate::Body::from_stream) sends it as a body, and
/// `tokio_util::io::StreamReader` reads it, since an [`Error`] converts to a [`std::io::Error`].
#[must_use = "a body is read only on demand"]
pub struct ByteStream {
    body: Body,
    about: Arc<About>,
    taken: u64,
    limit: u64,
    over: bool,
}

impl ByteStream {
    #[inline]
    pub(crate) fn new(body: Body, about: About) -> ByteStream {
        ByteStream { body, about: Arc::new(about), taken: 0, limit: u64::MAX, over: false }
    }

    /// Limits the stream to this many bytes of the whole body, including those that were already read: the first byte
    /// beyond is an error.
    #[inline]
    pub fn at_most(mut self, bytes: u64) -> ByteStream {
        self.limit = bytes;
        self
    }

    /// The length of the whole body, if the server states it.
    #[inline]
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        self.body.length()
    }

    /// Returns the next chunk, or `None` at the end. No chunk is empty.
    ///
    /// # Errors
    /// The body is truncated, no data arrived for too long, or the body exceeds its limit.
    #[inline]
    pub async fn try_next(&mut self) -> Result<Option<Bytes>, Error> {
        self.next().await.transpose()
    }

    /// Returns the next chunk as a result, or `None` at the end.
    #[inline]
    pub async fn next(&mut self) -> Option<Result<Bytes, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// The number of bytes that were read.
    #[inline]
    #[cfg_attr(not(feature = "blocking"), allow(dead_code, reason = "only the blocking stream uses it"))]
    pub(crate) fn taken(&self) -> u64 {
        self.taken
    }

    /// The data of the response that an error of the stream includes.
    #[inline]
    #[allow(dead_code, reason = "only other streams use it")]
    pub(crate) fn about(&self) -> Arc<About> {
        Arc::clone(&self.about)
    }
}

impl Stream for ByteStream {
    type Item = Result<Bytes, Error>;

    #[inline]
    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        if this.over {
            return Poll::Ready(None);
        }
        let Some(left) = this.limit.checked_sub(this.taken) else {
            this.over = true;
            return Poll::Ready(Some(Err(this.about.transport(too_large(this.limit)))));
        };
        let outcome = match ready!(Pin::new(&mut this.body).poll_next(context)) {
            Some(Ok(chunk)) if chunk.len() as u64 > left => Some(Err(this.about.transport(too_large(this.limit)))),
            Some(Ok(chunk)) => {
                this.taken += chunk.len() as u64;
                Some(Ok(chunk))
            }
            Some(Err(error)) => Some(Err(this.about.interrupted(error))),
            None => None,
        };
        this.over = !matches!(outcome, Some(Ok(_)));
        Poll::Ready(outcome)
    }
}

impl FusedStream for ByteStream {
    #[inline]
    fn is_terminated(&self) -> bool {
        self.over
    }
}

impl fmt::Debug for ByteStream {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operation = self.about.operation.id;
        let mut printed = f.debug_struct("ByteStream");
        printed.field("operation", &operation).field("taken", &self.taken).field("length", &self.length());
        printed.finish_non_exhaustive()
    }
}
