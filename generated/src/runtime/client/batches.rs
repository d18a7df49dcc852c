//! Splits a call with more items than one request accepts into batches.

use crate::runtime::client::{Effect, Error, Response};
use std::error::Error as StdError;
use std::fmt;

/// A batch that was sent, and its response.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Batch<I, A> {
    /// The items that were sent.
    pub items: Vec<I>,
    /// The body of the response.
    pub answer: A,
}

/// A batch failed, so the later ones were not sent.
///
/// Every item is in exactly one of `done`, `failed` and `untried`.
#[derive(Debug)]
#[non_exhaustive]
pub struct BatchError<I, A> {
    /// The batches before the failure. They took effect, and are not undone.
    pub done: Vec<Batch<I, A>>,
    /// The items of the batch that failed. [`effect`](crate::Error::effect) of the error says whether it took effect.
    pub failed: Vec<I>,
    /// Why it failed.
    pub error: Error,
    /// The items that were not sent.
    pub untried: Vec<I>,
}

impl<I, A> fmt::Display for BatchError<I, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let done: usize = self.done.iter().map(|batch| batch.items.len()).sum();
        let (number, failed, untried) = (self.done.len() + 1, self.failed.len(), self.untried.len());
        // If items are left, the batch that failed was a full one.
        let batches = number + untried.div_ceil(failed.max(1));
        let effect = match self.error.effect() {
            Effect::No => "did not take effect",
            Effect::Unknown => "may have taken effect",
            Effect::Yes => "took effect",
        };
        write!(
            f,
            "batch {number} of {batches} failed ({done} items done before it, {failed} in it, which {effect}, \
             {untried} not tried): {}",
            self.error
        )
    }
}

/// There is no `source`: this text includes the text of [`error`](BatchError::error).
impl<I: fmt::Debug, A: fmt::Debug> StdError for BatchError<I, A> {}

/// The items of a call, batch by batch: the part without I/O.
pub(crate) struct Batches<I, A> {
    done: Vec<Batch<I, A>>,
    untried: std::vec::IntoIter<I>,
    limit: usize,
}

impl<I, A> Batches<I, A> {
    pub(crate) fn new(items: Vec<I>, limit: usize) -> Batches<I, A> {
        Batches { done: Vec::new(), untried: items.into_iter(), limit: limit.max(1) }
    }

    /// The next items to send; `None` when all are sent.
    pub(crate) fn next(&mut self) -> Option<Vec<I>> {
        let items: Vec<I> = self.untried.by_ref().take(self.limit).collect();
        (!items.is_empty()).then_some(items)
    }

    /// Records the outcome of these items, and returns a batch that is done.
    pub(crate) fn sent(
        mut self,
        items: Vec<I>,
        outcome: Result<Response<A>, Error>,
        report: &mut dyn FnMut(&Batch<I, A>),
    ) -> Result<Batches<I, A>, BatchError<I, A>> {
        match outcome {
            Ok(answer) => {
                let batch = Batch { items, answer: answer.into_body() };
                report(&batch);
                self.done.push(batch);
                Ok(self)
            }
            Err(error) => Err(BatchError { done: self.done, failed: items, error, untried: self.untried.collect() }),
        }
    }

    pub(crate) fn done(self) -> Vec<Batch<I, A>> {
        self.done
    }
}

/// Adds the methods that send a call in batches:
///
/// ```text
/// batches! {
///     MoveThings {
///         answer: models::ThingListResponse,
///         item: models::ThingId,
///         items: body.things,
///         limit: 100,
///     }
/// }
/// ```
///
/// `call!` has defined the call. `items` is the field of the call that holds the items, `limit` how many of them
/// one request may hold.
macro_rules! batches {
    ($call:ident {
        answer: $answer:ty,
        item: $item:ty,
        items: $($field:ident).+,
        limit: $limit:literal,
    }) => {
        /// With the asynchronous [`Client`](crate::Client).
        impl $call {
            #[doc = concat!("Sends the call in batches of at most ", $limit, " items, one after another.")]
            ///
            /// The batches together are not atomic, even if each one is: a failure leaves the earlier batches done. No
            /// batch is sent after one that failed. Without items, nothing is sent.
            ///
            /// Dropping the future between batches loses the record of what was done:
            /// [`send_in_batches_with`](Self::send_in_batches_with) reports it batch by batch.
            ///
            /// # Errors
            ///
            /// The first batch that failed, as a [`BatchError`](crate::BatchError): the error, and the items that were
            /// done, that failed and that were not tried.
            pub async fn send_in_batches(
                self,
            ) -> ::core::result::Result<
                ::std::vec::Vec<$crate::runtime::client::Batch<$item, $answer>>,
                $crate::runtime::client::BatchError<$item, $answer>,
            > {
                self.send_in_batches_with(|_| ()).await
            }

            /// Like [`send_in_batches`](Self::send_in_batches), and reports each batch as soon as it is done.
            ///
            /// # Errors
            ///
            /// See [`send_in_batches`](Self::send_in_batches).
            pub async fn send_in_batches_with(
                mut self,
                mut report: impl ::core::ops::FnMut(&$crate::runtime::client::Batch<$item, $answer>),
            ) -> ::core::result::Result<
                ::std::vec::Vec<$crate::runtime::client::Batch<$item, $answer>>,
                $crate::runtime::client::BatchError<$item, $answer>,
            > {
                let items = ::core::mem::take(&mut self.$($field).+);
                let mut batches = $crate::runtime::client::Batches::new(items, $limit);
                while let ::core::option::Option::Some(items) = batches.next() {
                    self.$($field).+ = items;
                    let wanted = $crate::runtime::client::streams::Wanted::Whole;
                    let sending = self.client.begin(self.request(), wanted, |operation, received| {
                        Self::READ(operation, received.answer)
                    });
                    let outcome = sending.await;
                    batches = batches.sent(::core::mem::take(&mut self.$($field).+), outcome, &mut report)?;
                }
                ::core::result::Result::Ok(batches.done())
            }
        }

        #[cfg(feature = "blocking")]
        /// With the blocking [`Client`](crate::blocking::Client).
        impl $call<$crate::runtime::client::blocking::Blocking> {
            #[doc = concat!("Sends the call in batches of at most ", $limit, " items, one after another, and waits.")]
            ///
            /// The batches together are not atomic, even if each one is: a failure leaves the earlier batches done. No
            /// batch is sent after one that failed. Without items, nothing is sent.
            ///
            /// # Errors
            ///
            /// The first batch that failed, as a [`BatchError`](crate::BatchError): the error, and the items that were
            /// done, that failed and that were not tried.
            #[inline]
            pub fn send_in_batches(
                self,
            ) -> ::core::result::Result<
                ::std::vec::Vec<$crate::runtime::client::Batch<$item, $answer>>,
                $crate::runtime::client::BatchError<$item, $answer>,
            > {
                self.send_in_batches_with(|_| ())
            }

            /// Like [`send_in_batches`](Self::send_in_batches), and reports each batch as soon as it is done.
            ///
            /// # Errors
            ///
            /// See [`send_in_batches`](Self::send_in_batches).
            pub fn send_in_batches_with(
                mut self,
                mut report: impl ::core::ops::FnMut(&$crate::runtime::client::Batch<$item, $answer>),
            ) -> ::core::result::Result<
                ::std::vec::Vec<$crate::runtime::client::Batch<$item, $answer>>,
                $crate::runtime::client::BatchError<$item, $answer>,
            > {
                let items = ::core::mem::take(&mut self.$($field).+);
                let mut batches = $crate::runtime::client::Batches::new(items, $limit);
                while let ::core::option::Option::Some(items) = batches.next() {
                    self.$($field).+ = items;
                    let outcome = self.client.wait_and_read(self.request(), Self::READ);
                    batches = batches.sent(::core::mem::take(&mut self.$($field).+), outcome, &mut report)?;
                }
                ::core::result::Result::Ok(batches.done())
            }
        }
    };
}

pub(crate) use batches;
