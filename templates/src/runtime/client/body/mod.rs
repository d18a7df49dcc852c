//! Bodies of requests and responses: bytes in memory, or a stream.

mod joined;
mod reader;

use crate::runtime::client::{Reached, TransportError, TransportErrorKind};
use bytes::{Bytes, BytesMut};
use futures_core::stream::{FusedStream, Stream};
use std::error::Error as StdError;
use std::fmt;
use std::future::poll_fn;
use std::io::{self, Read, Seek as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

/// The body of a request, in memory or as a stream; or of a response, as a [`Transport`](crate::Transport) returns it.
///
/// | source | conversion to a body |
/// |---|---|
/// | bytes or text in memory | `Body::from`, or none where an argument is `impl Into<Body>` |
/// | a [`std::fs::File`] | the same: it is read while it is sent |
/// | another [`Read`] | [`Body::from_reader`] |
/// | a [`Stream`] of chunks | [`Body::from_stream`]; a tokio file is one by `tokio_util::io::ReaderStream`, or becomes a `std` file by `into_std` |
///
/// A stream is sent in constant memory, whatever its length. If you know the length, set it with
/// [`with_length`](Body::with_length): some servers reject a body without `Content-Length`.
///
/// **A stream can be sent once.** A call with a stream as its body is retried only if the stream was not read, as after
/// a failed connection. A stream belongs to the first of its clones that is read: the others return an error. A body in
/// memory can be sent any number of times: each clone starts at the beginning.
pub struct Body {
    inner: Inner,
}

enum Inner {
    Bytes {
        whole: Bytes,
        /// The number of bytes that were read.
        read: usize,
    },
    Stream {
        shared: Arc<Shared>,
        /// The length of the whole stream.
        length: Option<u64>,
        claim: Claim,
    },
}

/// Which clone owns the stream.
#[derive(Clone, Copy, PartialEq)]
enum Claim {
    /// Undecided: this body was not read.
    Open,
    Mine,
    /// A clone of this body took it.
    Lost,
}

struct Shared {
    /// One of the clones was read.
    claimed: AtomicBool,
    state: Mutex<State>,
}

struct State {
    /// Dropped at its end, or after an error.
    source: Option<Source>,
    taken: u64,
}

type Source = Pin<Box<dyn Stream<Item = Result<Bytes, BoxError>> + Send>>;

pub(crate) type BoxError = Box<dyn StdError + Send + Sync>;

/// The maximum number of bytes that are read or sent at a time.
pub(crate) const CHUNK: usize = 64 << 10;

impl Body {
    /// Creates a body that is read from a stream of chunks while it is sent.
    ///
    /// An error of the stream ends the request: the server sees that the body was cut off.
    #[must_use]
    pub fn from_stream<S, B, E>(stream: S) -> Body
    where
        S: Stream<Item = Result<B, E>> + Send + 'static,
        B: Into<Bytes>,
        E: Into<Box<dyn StdError + Send + Sync>>,
    {
        Body::of(Box::pin(Chunks(Box::pin(stream))), None)
    }

    /// Creates a body that a separate thread reads while it is sent, so that a slow reader blocks nothing else. The
    /// thread starts when the first byte is needed, and ends with the reader, or when the body is dropped.
    #[must_use]
    pub fn from_reader(reader: impl Read + Send + 'static) -> Body {
        Body::of(Box::pin(reader::Chunks::of(Box::new(reader))), None)
    }

    /// Sets the length of the stream, which is sent as `Content-Length`. A shorter stream is an error, and so is a
    /// chunk that exceeds the length; nothing after such a chunk is read. The length of a body in memory is known.
    #[inline]
    #[must_use]
    pub fn with_length(mut self, bytes: u64) -> Body {
        if let Inner::Stream { length, .. } = &mut self.inner {
            *length = Some(bytes);
        }
        self
    }

    fn of(source: Source, length: Option<u64>) -> Body {
        let state = Mutex::new(State { source: Some(source), taken: 0 });
        let shared = Arc::new(Shared { claimed: AtomicBool::new(false), state });
        Body { inner: Inner::Stream { shared, length, claim: Claim::Open } }
    }

    /// The whole body, if it is in memory, including the bytes that were already read.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.inner {
            Inner::Bytes { whole, .. } => Some(whole),
            Inner::Stream { .. } => None,
        }
    }

    /// The length of the whole body, including the bytes that were already read, if it is known.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        match &self.inner {
            Inner::Bytes { whole, .. } => Some(whole.len() as u64),
            Inner::Stream { length, .. } => *length,
        }
    }

    /// Returns the next chunk, or `None` at the end. No chunk is empty.
    #[inline]
    pub async fn next(&mut self) -> Option<Result<Bytes, Box<dyn StdError + Send + Sync>>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Reads the rest of the body into memory.
    ///
    /// # Errors
    /// The stream failed; or it is longer than `limit` bytes, which is a [`TransportError`] of the kind
    /// [`TooLarge`](TransportErrorKind::TooLarge).
    #[inline]
    pub async fn into_bytes(mut self, limit: usize) -> Result<Bytes, Box<dyn StdError + Send + Sync>> {
        if let Some(bytes) = self.unread() {
            return if bytes.len() > limit { Err(too_large(limit as u64).into()) } else { Ok(bytes) };
        }
        let mut whole = BytesMut::new();
        while let Some(chunk) = self.next().await.transpose()? {
            if chunk.len() > limit - whole.len() {
                return Err(too_large(limit as u64).into());
            }
            whole.extend_from_slice(&chunk);
        }
        Ok(whole.freeze())
    }

    /// The bytes that were not read yet, if the body is in memory.
    #[inline]
    pub(crate) fn unread(&self) -> Option<Bytes> {
        match &self.inner {
            Inner::Bytes { whole, read } => Some(whole.slice((*read).min(whole.len())..)),
            Inner::Stream { .. } => None,
        }
    }

    /// Whether a clone began to read the stream, so that the body cannot be sent again.
    pub(crate) fn is_begun(&self) -> bool {
        match &self.inner {
            Inner::Bytes { .. } => false,
            Inner::Stream { shared, .. } => shared.claimed.load(Ordering::Acquire),
        }
    }
}

/// Converts an error from the body of a response.
pub(crate) fn received(error: BoxError) -> TransportError {
    match error.downcast::<TransportError>() {
        Ok(error) => *error,
        Err(other) => TransportError::new(TransportErrorKind::Body, Reached::Unknown, other),
    }
}

/// An error for a body that exceeds a limit.
pub(crate) fn too_large(limit: u64) -> TransportError {
    TransportError::new(TransportErrorKind::TooLarge, Reached::Unknown, format!("more than {limit} bytes"))
}

impl Shared {
    /// Polls the stream; only the body that claimed it may do so.
    fn poll(&self, length: Option<u64>, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, BoxError>>> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(mut source) = state.source.take() else { return Poll::Ready(None) };
        loop {
            // A source that panicked did not reach its end. It is not polled again.
            let polled = catch_unwind(AssertUnwindSafe(|| source.as_mut().poll_next(context)));
            let chunk = match polled {
                Ok(Poll::Pending) => {
                    state.source = Some(source);
                    return Poll::Pending;
                }
                Ok(Poll::Ready(Some(Ok(chunk)))) if chunk.is_empty() => continue,
                Ok(Poll::Ready(Some(Err(error)))) => return Poll::Ready(Some(Err(error))),
                Ok(Poll::Ready(Some(Ok(chunk)))) => Some(chunk),
                Ok(Poll::Ready(None)) => None,
                Err(_) => return Poll::Ready(Some(Err("the stream panicked".into()))),
            };
            state.taken = state.taken.saturating_add(chunk.as_ref().map_or(0, Bytes::len) as u64);
            let wrong = match (length, &chunk) {
                (Some(length), Some(_)) => state.taken > length,
                (Some(length), None) => state.taken < length,
                (None, _) => false,
            };
            if wrong && let Some(length) = length {
                let (taken, least) = (state.taken, if chunk.is_some() { "at least " } else { "" });
                let reason = format!("the stream has {least}{taken} bytes, not the {length} that were announced");
                return Poll::Ready(Some(Err(reason.into())));
            }
            if chunk.is_some() {
                state.source = Some(source);
            }
            return Poll::Ready(chunk.map(Ok));
        }
    }
}

impl Stream for Body {
    type Item = Result<Bytes, Box<dyn StdError + Send + Sync>>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match &mut self.get_mut().inner {
            Inner::Bytes { whole, read } => {
                let end = read.saturating_add(CHUNK).min(whole.len());
                let chunk = whole.slice((*read).min(end)..end);
                *read = end;
                Poll::Ready((!chunk.is_empty()).then_some(Ok(chunk)))
            }
            Inner::Stream { shared, length, claim } => {
                if *claim == Claim::Open {
                    if shared.claimed.swap(true, Ordering::AcqRel) {
                        *claim = Claim::Lost;
                        return Poll::Ready(Some(Err("a clone of this body has taken its stream".into())));
                    }
                    *claim = Claim::Mine;
                }
                if *claim == Claim::Lost { Poll::Ready(None) } else { shared.poll(*length, context) }
            }
        }
    }
}

impl FusedStream for Body {
    #[inline]
    fn is_terminated(&self) -> bool {
        match &self.inner {
            Inner::Bytes { whole, read } => *read >= whole.len(),
            Inner::Stream { claim: Claim::Open, .. } => false,
            Inner::Stream { claim: Claim::Lost, .. } => true,
            Inner::Stream { claim: Claim::Mine, shared, .. } => {
                shared.state.lock().unwrap_or_else(PoisonError::into_inner).source.is_none()
            }
        }
    }
}

impl Clone for Body {
    fn clone(&self) -> Body {
        let inner = match &self.inner {
            Inner::Bytes { whole, .. } => Inner::Bytes { whole: whole.clone(), read: 0 },
            Inner::Stream { shared, length, .. } => {
                Inner::Stream { shared: Arc::clone(shared), length: *length, claim: Claim::Open }
            }
        };
        Body { inner }
    }
}

/// Converts the chunks and errors of another stream.
struct Chunks<S: ?Sized>(Pin<Box<S>>);

impl<S, B, E> Stream for Chunks<S>
where
    S: Stream<Item = Result<B, E>> + ?Sized,
    B: Into<Bytes>,
    E: Into<BoxError>,
{
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let chunk = ready!(self.0.as_mut().poll_next(context));
        Poll::Ready(chunk.map(|chunk| chunk.map(Into::into).map_err(Into::into)))
    }
}

impl Default for Body {
    /// An empty body.
    #[inline]
    fn default() -> Body {
        Body::from(Bytes::new())
    }
}

impl From<Bytes> for Body {
    #[inline]
    fn from(bytes: Bytes) -> Body {
        Body { inner: Inner::Bytes { whole: bytes, read: 0 } }
    }
}

impl From<Vec<u8>> for Body {
    #[inline]
    fn from(bytes: Vec<u8>) -> Body {
        Bytes::from(bytes).into()
    }
}

impl From<&'static [u8]> for Body {
    #[inline]
    fn from(bytes: &'static [u8]) -> Body {
        Bytes::from_static(bytes).into()
    }
}

impl<const N: usize> From<&'static [u8; N]> for Body {
    fn from(bytes: &'static [u8; N]) -> Body {
        Bytes::from_static(bytes).into()
    }
}

impl From<String> for Body {
    #[inline]
    fn from(text: String) -> Body {
        Bytes::from(text).into()
    }
}

impl From<&'static str> for Body {
    #[inline]
    fn from(text: &'static str) -> Body {
        Bytes::from_static(text.as_bytes()).into()
    }
}

/// The rest of the file at the time of the conversion: bytes that are appended later are not sent.
impl From<std::fs::File> for Body {
    #[inline]
    fn from(file: std::fs::File) -> Body {
        match left_of(&file) {
            Ok(Some(left)) => Body::from_reader(file.take(left)).with_length(left),
            // A pipe or a device; or a file whose position is unknown but which can be read.
            Ok(None) | Err(_) => Body::from_reader(file),
        }
    }
}

/// The number of bytes left in a file, if its length is meaningful: files in `/proc` claim to be empty.
#[inline]
fn left_of(mut file: &std::fs::File) -> io::Result<Option<u64>> {
    let about = file.metadata()?;
    if !about.is_file() || about.len() == 0 {
        return Ok(None);
    }
    Ok(Some(about.len().saturating_sub(file.stream_position()?)))
}

/// Omits the content, which can be large or secret.
impl fmt::Debug for Body {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Body").field("length", &self.length()).finish_non_exhaustive()
    }
}
