//! A running call, as a future with a name.

use crate::runtime::client::driver::Exchange;
use crate::runtime::client::streams::Received;
use crate::runtime::client::{Error, Operation};
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// Converts a successful response.
pub(crate) type Take<T> = fn(&'static Operation, Received) -> Result<T, Error>;

/// A running call: a future of its outcome.
///
/// It owns its data, so you can spawn it, store it and put it in a list. Nothing is sent before it is awaited. Dropping
/// it abandons the call: a request that was already sent can still take effect.
#[must_use = "nothing is sent until it is awaited"]
pub struct Sending<T> {
    exchange: Exchange,
    operation: &'static Operation,
    take: Take<T>,
}

impl<T> Sending<T> {
    pub(crate) fn new(operation: &'static Operation, exchange: Exchange, take: Take<T>) -> Sending<T> {
        Sending { exchange, operation, take }
    }
}

impl<T> Future for Sending<T> {
    type Output = Result<T, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let received = ready!(self.exchange.as_mut().poll(context))?;
        Poll::Ready((self.take)(self.operation, received))
    }
}

impl<T> fmt::Debug for Sending<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sending").field("operation", &self.operation.id).finish_non_exhaustive()
    }
}
