//! Responses that are read as they arrive, blocking.

use super::Blocking;
use crate::runtime::client::streams::events::EventFraming;
use crate::runtime::client::streams::items::{Cut, ReadItem, says_of_events};
use crate::runtime::client::streams::lines::LineFraming;
use crate::runtime::client::streams::{self, About};
use crate::runtime::client::{Error, Event};
use bytes::Bytes;
use std::fmt;
use std::io::{self, Read};
use std::iter::FusedIterator;
use std::sync::Arc;

/// The body of a response, chunk by chunk as it arrives: an iterator, and a reader.
///
/// It takes constant memory, whatever the length. The length is not limited, unless by
/// [`at_most`](ByteStream::at_most); [`ClientBuilder::idle_timeout`](crate::ClientBuilder::idle_timeout) limits the
/// time without progress.
///
/// An end without an error is the end of the body, as the server framed it. A body that breaks off is an error, which
/// ends the stream: nothing is retried once a response has begun. Dropping the stream ends the exchange.
#[must_use = "a body is read only on demand"]
pub struct ByteStream {
    /// `None` once it is lost.
    stream: Option<streams::ByteStream>,
    about: Arc<About>,
    mode: Blocking,
    /// The rest of the chunk that is being read.
    rest: Bytes,
}

impl ByteStream {
    #[inline]
    pub(super) fn new(stream: streams::ByteStream, mode: Blocking) -> ByteStream {
        ByteStream { about: stream.about(), stream: Some(stream), mode, rest: Bytes::new() }
    }

    /// Limits the stream to this many bytes of the whole body, including those that were already read: the first byte
    /// beyond is an error.
    #[inline]
    pub fn at_most(mut self, bytes: u64) -> ByteStream {
        if self.stream.as_ref().is_some_and(|stream| stream.taken() > bytes) {
            // The bytes that were received but not yet read can exceed the limit too.
            self.rest.clear();
        }
        self.stream = self.stream.map(|stream| stream.at_most(bytes));
        self
    }

    /// The length of the whole body, if the server states it.
    #[inline]
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        self.stream.as_ref()?.length()
    }
}

impl Iterator for ByteStream {
    type Item = Result<Bytes, Error>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        if !self.rest.is_empty() {
            return Some(Ok(std::mem::take(&mut self.rest)));
        }
        let mut stream = self.stream.take()?;
        let outcome = self.mode.run(Box::pin(async move {
            let chunk = stream.next().await;
            (stream, chunk)
        }));
        match outcome {
            Ok((stream, chunk)) => {
                self.stream = Some(stream);
                chunk
            }
            Err(lost) => Some(Err(self.about.transport(lost.into()))),
        }
    }
}

impl FusedIterator for ByteStream {}

impl Read for ByteStream {
    #[inline]
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        let Some(mut chunk) = self.next().transpose()? else { return Ok(0) };
        let length = chunk.len().min(buffer.len());
        let taken = chunk.split_to(length);
        if let Some(place) = buffer.get_mut(..length) {
            place.copy_from_slice(&taken);
        }
        self.rest = chunk;
        Ok(length)
    }
}

impl fmt::Debug for ByteStream {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ByteStream").field(&self.stream).finish()
    }
}

/// Defines an iterator of items.
macro_rules! items {
    ($(#[$doc:meta])* $items:ident: $framing:ident gives $item:ty) => {
        $(#[$doc])*
        #[derive(Debug)]
        #[must_use = "items are read only on demand"]
        pub struct $items<T> {
            bytes: ByteStream,
            cut: Cut<$framing, T>,
        }

        impl<T> $items<T> {
            pub(super) fn new(bytes: ByteStream, read: ReadItem<T>) -> $items<T> {
                $items { cut: Cut::new(Arc::clone(&bytes.about), read), bytes }
            }
        }

        impl<T> Iterator for $items<T> {
            type Item = Result<$item, Error>;

            fn next(&mut self) -> Option<Self::Item> {
                loop {
                    if let Some(item) = self.cut.take() {
                        return Some(item);
                    }
                    if self.cut.is_over() {
                        return None;
                    }
                    let chunk = self.bytes.next();
                    self.cut.feed(chunk);
                }
            }
        }

        impl<T> FusedIterator for $items<T> {}
    };
}

items! {
    /// The items of a response that has one JSON text per line or after each record separator, each read as it arrives:
    /// see [`Lines`](crate::Lines).
    Lines: LineFraming gives T
}

items! {
    /// The events of a response in the format `text/event-stream`, each read as it arrives: see
    /// [`Events`](crate::Events).
    Events: EventFraming gives Event<T>
}

says_of_events!(Events);
