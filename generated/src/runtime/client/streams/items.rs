//! Items of a stream, read into a type.

use super::events::EventFraming;
use super::framing::Framing;
use super::lines::LineFraming;
use super::{About, ByteStream, Wanted};
use crate::runtime::client::body::too_large;
use crate::runtime::client::interpret::{self, ParseError};
use crate::runtime::client::{Error, Response};
use crate::runtime::model::part::{Part, Read};
use bytes::Bytes;
use futures_core::stream::{FusedStream, Stream};
use serde_core::de::DeserializeOwned;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

/// Reads the data of an item.
pub(crate) type ReadItem<T> = fn(&[u8]) -> Result<T, ParseError>;

/// Reads the data of an item as JSON.
pub(crate) fn json<T: DeserializeOwned>(data: &[u8]) -> Result<T, ParseError> {
    interpret::parse(data)
}

/// Reads the data of an item as JSON with numbers or dates outside of a model.
pub(crate) fn part<T: Part>(data: &[u8]) -> Result<T, ParseError> {
    interpret::parse::<Read<T>>(data).map(|read| read.0)
}

/// Returns the data of an item as text.
#[inline]
pub(crate) fn text(data: &[u8]) -> Result<String, ParseError> {
    str::from_utf8(data).map(str::to_owned).map_err(ParseError::Utf8)
}

/// Reads the data of an item as a value that JSON writes as a string: an id, a time, a word of an enum.
pub(crate) fn word<T: Part>(data: &[u8]) -> Result<T, ParseError> {
    let text = str::from_utf8(data).map_err(ParseError::Utf8)?;
    part(serde_json::Value::from(text).to_string().as_bytes())
}

/// The splitter that the asynchronous and the blocking streams share.
pub(crate) struct Cut<F, T> {
    framing: F,
    read: ReadItem<T>,
    about: Arc<About>,
    /// The number of items so far.
    count: u64,
    state: State,
}

enum State {
    /// More data can arrive.
    Open,
    /// All data has arrived.
    Ended,
    /// The only thing left to return is this error.
    Failed(Box<Error>),
    Over,
}

impl<F: Framing, T> Cut<F, T> {
    pub(crate) fn new(about: Arc<About>, read: ReadItem<T>) -> Cut<F, T> {
        Cut { framing: F::default(), read, about, count: 0, state: State::Open }
    }

    /// Returns the next item of the chunks so far. An item that cannot be read does not end the stream: the start of
    /// the next one is known.
    pub(crate) fn take(&mut self) -> Option<Result<F::Item<T>, Error>> {
        match std::mem::replace(&mut self.state, State::Over) {
            State::Over => return None,
            State::Failed(error) => return Some(Err(*error)),
            state => self.state = state,
        }
        let limit = self.about.item_limit;
        let Some(frame) = self.framing.next(matches!(self.state, State::Ended)) else {
            if matches!(self.state, State::Ended) {
                self.state = State::Over;
            } else if self.framing.held() > limit {
                return Some(Err(self.too_large(limit)));
            }
            return None;
        };
        self.count += 1;
        let (data, is_whole) = F::data(&frame);
        if data.len() > limit {
            return Some(Err(self.too_large(limit)));
        }
        let error = match (self.read)(data) {
            Ok(data) if is_whole => return Some(Ok(F::item(frame, data))),
            Err(_) if F::is_farewell(data) => {
                self.state = State::Over;
                return None;
            }
            Ok(_) => None,
            Err(error) => Some(error),
        };
        Some(Err(self.about.unread(self.count, data.clone(), error.filter(|_| is_whole))))
    }

    /// Adds the next chunk, or the end.
    pub(crate) fn feed(&mut self, chunk: Option<Result<Bytes, Error>>) {
        match chunk {
            Some(Ok(chunk)) => self.framing.push(&chunk),
            Some(Err(error)) => {
                // The error has the received part of the item.
                let rest = self.framing.next(true).map(|frame| F::data(&frame).0.clone());
                self.state = State::Failed(Box::new(error.with_rest(rest.unwrap_or_default())));
            }
            None => self.state = State::Ended,
        }
    }

    pub(crate) fn is_over(&self) -> bool {
        matches!(self.state, State::Over)
    }

    fn too_large(&mut self, limit: usize) -> Error {
        self.state = State::Over;
        self.about.transport(too_large(limit as u64))
    }
}

impl About {
    /// An error for an item that cannot be read, or is incomplete.
    #[inline]
    fn unread(&self, number: u64, data: Bytes, error: Option<ParseError>) -> Error {
        let (status, headers, secrets) = (self.status, self.headers.clone(), self.secrets.clone());
        let item = Response { status, headers, body: data, attempts: self.attempts, earlier: self.earlier, secrets };
        let failure = interpret::explain_item(number, &item, error);
        Error::decode(self.operation, failure, item)
    }
}

impl<F: Framing, T> fmt::Debug for Cut<F, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (operation, held) = (self.about.operation.id, self.framing.held());
        let mut printed = f.debug_struct("Items");
        printed.field("operation", &operation).field("count", &self.count).field("held", &held).finish_non_exhaustive()
    }
}

impl<T> Cut<EventFraming, T> {
    pub(crate) fn last_event_id(&self) -> &str {
        &self.framing.last_id
    }

    pub(crate) fn retry(&self) -> Option<Duration> {
        self.framing.retry
    }
}

/// The properties of event streams in addition to the data.
macro_rules! says_of_events {
    ($events:ident) => {
        impl<T> $events<T> {
            /// The id of the last event with an id; empty if there was none.
            #[must_use]
            pub fn last_event_id(&self) -> &str {
                self.cut.last_event_id()
            }

            /// The last delay that the server set for a new connection.
            #[must_use]
            pub fn retry(&self) -> Option<::core::time::Duration> {
                self.cut.retry()
            }
        }
    };
}
#[cfg(feature = "blocking")]
pub(crate) use says_of_events;

/// Defines a stream of items.
macro_rules! item_stream {
    ($(#[$doc:meta])* $stream:ident: $framing:ident in $wanted:ident gives $item:ty) => {
        $(#[$doc])*
        #[derive(Debug)]
        #[must_use = "items are read only on demand"]
        pub struct $stream<T> {
            bytes: ByteStream,
            cut: Cut<$framing, T>,
        }

        impl<T> $stream<T> {
            /// The kind of response that the stream needs.
            pub(crate) const WANTED: Wanted = Wanted::$wanted;

            /// Creates the stream of a response.
            pub(crate) fn of(answer: Response<ByteStream>, read: ReadItem<T>) -> Response<$stream<T>> {
                answer.map(|bytes| $stream { cut: Cut::new(bytes.about(), read), bytes })
            }

            /// Returns the next item, or `None` at the end.
            ///
            /// # Errors
            /// The item cannot be read, and the error has its text as [`body`](Error::body): the next one may still be
            /// valid. Or the body did not arrive whole, and the error has the received part of the item; or no data
            /// arrived for too long, or an item is too large: that ends the stream.
            pub async fn try_next(&mut self) -> Result<Option<$item>, Error> {
                self.next().await.transpose()
            }

            /// Returns the next item as a result, or `None` at the end.
            pub async fn next(&mut self) -> Option<Result<$item, Error>> {
                poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
            }
        }

        impl<T> Stream for $stream<T> {
            type Item = Result<$item, Error>;

            fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
                let this = &mut *self;
                loop {
                    if let Some(item) = this.cut.take() {
                        return Poll::Ready(Some(item));
                    }
                    if this.cut.is_over() {
                        return Poll::Ready(None);
                    }
                    let chunk = ready!(Pin::new(&mut this.bytes).poll_next(context));
                    this.cut.feed(chunk);
                }
            }
        }

        impl<T> FusedStream for $stream<T> {
            fn is_terminated(&self) -> bool {
                self.cut.is_over()
            }
        }
    };
}

item_stream! {
    /// The items of a response that has one JSON text per line (NDJSON, JSON Lines) or after each record separator
    /// (`application/json-seq`), each read as it arrives.
    ///
    /// A [`Stream`], which needs no other crate: [`try_next`](Lines::try_next) returns the next item. One item is held
    /// at a time, and it may be as long as
    /// [`ClientBuilder::max_response_bytes`](crate::ClientBuilder::max_response_bytes);
    /// [`ClientBuilder::idle_timeout`](crate::ClientBuilder::idle_timeout) limits the time without data. Empty lines
    /// are skipped. Dropping the stream ends the exchange.
    ///
    /// After a record separator an item may contain line breaks; it is returned at the line break after it. A number or
    /// a word there without a space after it may have been cut off, which is an error (RFC 7464).
    Lines: LineFraming in Stream gives T
}

item_stream! {
    /// The events of a response in the format `text/event-stream` (server-sent events, as defined by the HTML
    /// standard), each read as it arrives.
    ///
    /// A [`Stream`], which needs no other crate: [`try_next`](Events::try_next) returns the next event. One event is
    /// held at a time, and its lines together may be as long as
    /// [`ClientBuilder::max_response_bytes`](crate::ClientBuilder::max_response_bytes), whatever their fields; comments
    /// are not kept. [`ClientBuilder::idle_timeout`](crate::ClientBuilder::idle_timeout) limits the time without data,
    /// including comments. Dropping the stream ends the exchange.
    ///
    /// The stream ends when the response ends: it does not reconnect, since only the caller knows whether to start
    /// again or to resume. To resume, send the call again with the header `Last-Event-ID`, whose value is
    /// [`last_event_id`](Events::last_event_id), after the time that [`retry`](Events::retry) returns.
    ///
    /// If the data is JSON, an event whose data is `[DONE]` ends the stream: a widespread convention. A response that
    /// breaks off within an event is an error with the received part.
    Events: EventFraming in Events gives super::Event<T>
}

says_of_events!(Events);
