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
use serde::de::DeserializeOwned;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

/// How the data of an item is read.
pub(crate) type ReadItem<T> = fn(&[u8]) -> Result<T, ParseError>;

/// The data of an item as JSON.
pub(crate) fn json<T: DeserializeOwned>(data: &[u8]) -> Result<T, ParseError> {
    interpret::parse(data)
}

/// The data of an item as JSON with numbers or dates that are in no model.
pub(crate) fn part<T: Part>(data: &[u8]) -> Result<T, ParseError> {
    interpret::parse::<Read<T>>(data).map(|read| read.0)
}

/// The data of an item as the text that it is.
pub(crate) fn text(data: &[u8]) -> Result<String, ParseError> {
    str::from_utf8(data).map(str::to_owned).map_err(ParseError::Utf8)
}

/// The data of an item as what JSON writes as a string: an id, a time, a word of an enum.
pub(crate) fn word<T: Part>(data: &[u8]) -> Result<T, ParseError> {
    let text = str::from_utf8(data).map_err(ParseError::Utf8)?;
    part(serde_json::Value::from(text).to_string().as_bytes())
}

/// What is cut into items: both the asynchronous and the blocking streams stand on it.
pub(crate) struct Cut<F, T> {
    framing: F,
    read: ReadItem<T>,
    about: Arc<About>,
    /// How many items there were.
    count: u64,
    state: State,
}

enum State {
    /// More may come.
    Open,
    /// Nothing more comes.
    Ended,
    /// There is nothing more to give but this.
    Failed(Box<Error>),
    Over,
}

impl<F: Framing, T> Cut<F, T> {
    pub(crate) fn new(about: Arc<About>, read: ReadItem<T>) -> Cut<F, T> {
        Cut { framing: F::default(), read, about, count: 0, state: State::Open }
    }

    /// The next item of what has come. An item that cannot be read ends nothing: where the next one begins is known.
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

    /// Takes the next chunk, or the end.
    pub(crate) fn feed(&mut self, chunk: Option<Result<Bytes, Error>>) {
        match chunk {
            Some(Ok(chunk)) => self.framing.push(&chunk),
            Some(Err(error)) => {
                // What has come of an item is not lost.
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
    /// An item cannot be read, or is not whole.
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

/// What events say beside their data, whoever reads them.
macro_rules! says_of_events {
    ($events:ident) => {
        impl<T> $events<T> {
            /// The id of the last event that had one; empty if none had.
            #[must_use]
            pub fn last_event_id(&self) -> &str {
                self.cut.last_event_id()
            }

            /// How long the server asks to wait before connecting again, as it said last.
            #[must_use]
            pub fn retry(&self) -> Option<::core::time::Duration> {
                self.cut.retry()
            }
        }
    };
}
#[cfg(feature = "blocking")]
pub(crate) use says_of_events;

/// Makes a stream of items.
macro_rules! item_stream {
    ($(#[$doc:meta])* $stream:ident: $framing:ident in $wanted:ident gives $item:ty) => {
        $(#[$doc])*
        #[derive(Debug)]
        #[must_use = "items are read only when they are asked for"]
        pub struct $stream<T> {
            bytes: ByteStream,
            cut: Cut<$framing, T>,
        }

        impl<T> $stream<T> {
            /// What a response is to be.
            pub(crate) const WANTED: Wanted = Wanted::$wanted;

            /// The items of a response.
            pub(crate) fn of(answer: Response<ByteStream>, read: ReadItem<T>) -> Response<$stream<T>> {
                answer.map(|bytes| $stream { cut: Cut::new(bytes.about(), read), bytes })
            }

            /// The next item, or `None` at the end.
            ///
            /// # Errors
            /// The item cannot be read, and the error has its text as [`body`](Error::body): the next one may be had all the
            /// same. Or the body did not arrive whole, and the error has what had come of an item; or nothing came for too
            /// long, or an item is too large: that ends the stream.
            pub async fn try_next(&mut self) -> Result<Option<$item>, Error> {
                self.next().await.transpose()
            }

            /// The next item as a result, or `None` at the end.
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
    /// The items of a response that has one JSON text a line (NDJSON, JSON Lines) or behind each record separator
    /// (`application/json-seq`), each read as it comes.
    ///
    /// A [`Stream`], which needs no other crate: [`try_next`](Lines::try_next) gives the next item. One item is held at a
    /// time, and it may be as long as [`ClientBuilder::max_response_bytes`](crate::ClientBuilder::max_response_bytes); how
    /// long nothing may come is limited by [`ClientBuilder::idle_timeout`](crate::ClientBuilder::idle_timeout). Empty lines
    /// are passed over. Dropping the stream ends the exchange.
    ///
    /// Behind a record separator an item may have line breaks; it is given at the one behind it. A number or a word there
    /// that no space follows may have been cut off, which is an error (RFC 7464).
    Lines: LineFraming in Stream gives T
}

item_stream! {
    /// The events of a response in the format `text/event-stream` (server-sent events, as the HTML standard has them), each
    /// read as it comes.
    ///
    /// A [`Stream`], which needs no other crate: [`try_next`](Events::try_next) gives the next event. One event is held at a
    /// time, and its lines together may be as long as
    /// [`ClientBuilder::max_response_bytes`](crate::ClientBuilder::max_response_bytes), whatever fields they are; nothing is
    /// kept of comments. How long nothing may come, comments included, is limited by
    /// [`ClientBuilder::idle_timeout`](crate::ClientBuilder::idle_timeout). Dropping the stream ends the exchange.
    ///
    /// The stream ends where the response does: nothing is connected again, since only the caller knows whether that is to
    /// begin anew or to go on. To go on, send the call again with the header `Last-Event-ID`, whose value is
    /// [`last_event_id`](Events::last_event_id), after the time that [`retry`](Events::retry) names.
    ///
    /// Where the data is JSON, an event whose data is `[DONE]` ends the stream: a widespread habit. A response that breaks
    /// off within an event is an error with what there is of it.
    Events: EventFraming in Events gives super::Event<T>
}

says_of_events!(Events);
