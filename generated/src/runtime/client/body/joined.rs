//! Several bodies, one after another.

use super::{Body, BoxError};
use bytes::Bytes;
use futures_core::stream::Stream;
use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// The bodies that are still to be read.
struct Joined(VecDeque<Body>);

impl Stream for Joined {
    type Item = Result<Bytes, BoxError>;

    #[inline]
    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        while let Some(body) = self.0.front_mut() {
            match ready!(Pin::new(body).poll_next(context)) {
                Some(chunk) => return Poll::Ready(Some(chunk)),
                None => self.0.pop_front(),
            };
        }
        Poll::Ready(None)
    }
}

impl Body {
    /// Joins several bodies into one stream. Its length is known if all of theirs are.
    #[inline]
    #[allow(dead_code, reason = "an API need not have bodies in parts")]
    pub(crate) fn joined(bodies: Vec<Body>) -> Body {
        let mut length = Some(0u64);
        for body in &bodies {
            length = length.zip(body.length()).and_then(|(sum, length)| sum.checked_add(length));
        }
        Body::of(Box::pin(Joined(bodies.into())), length)
    }
}
