//! An exchange with a streamed request or response.

use super::failure::Failure;
use crate::runtime::client::body::{BoxError, CHUNK};
use crate::runtime::client::{Body, Reached, TransportError, TransportErrorKind};
use bytes::Bytes;
use futures_core::stream::Stream;
use http_body::{Body as _, Frame, SizeHint};
use std::error::Error as StdError;
use std::fmt;
use std::future::{Future as _, poll_fn};
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::time::{Instant, Sleep, sleep};

/// Sends the request, and returns the response as soon as it begins.
#[inline]
pub(super) async fn exchange(
    client: reqwest::Client,
    request: http::Request<Body>,
    idle: Duration,
) -> Result<http::Response<Body>, Failure> {
    let progress = Arc::new(Progress::default());
    let request = request.map(|body| match body.unread() {
        Some(bytes) if bytes.len() <= CHUNK => reqwest::Body::from(bytes),
        bytes => {
            let left = bytes.map_or(body.length(), |bytes| Some(bytes.len() as u64));
            reqwest::Body::wrap(Outgoing { body, left, progress: Arc::clone(&progress) })
        }
    });
    let mut answer = pin!(client.execute(reqwest::Request::try_from(request)?));
    let begun = Instant::now();
    let mut timer = Box::pin(sleep(idle));
    let response = poll_fn(|context| {
        if let Poll::Ready(response) = answer.as_mut().poll(context) {
            return Poll::Ready(response.map_err(Failure::from));
        }
        loop {
            ready!(timer.as_mut().poll(context));
            // Checked only now: while data moves, no timer is needed.
            match later(progress.idle_from(begun), idle) {
                until if until > Instant::now() => timer.as_mut().reset(until),
                _ => return Poll::Ready(Err(Failure(timed_out(idle)))),
            }
        }
    });
    let mut response = response.await?;

    let mut answer = http::Response::new(());
    *answer.status_mut() = response.status();
    *answer.headers_mut() = std::mem::take(response.headers_mut());
    let length = response.content_length();
    let body = Body::from_stream(Incoming { body: response.into(), idle, timer, is_waiting: false });
    Ok(answer.map(|()| match length {
        Some(length) => body.with_length(length),
        None => body,
    }))
}

/// A time that the clock cannot represent is far in the future.
#[inline]
fn later(from: Instant, wait: Duration) -> Instant {
    const FAR: Duration = Duration::from_secs(30 * 365 * 24 * 60 * 60);
    from + wait.min(FAR)
}

#[inline]
fn timed_out(idle: Duration) -> TransportError {
    let reason = format!("no data was transferred for {idle:?}");
    TransportError::new(TransportErrorKind::Timeout, Reached::Unknown, reason)
}

/// The time at which the server last took a part of the body.
#[derive(Default)]
struct Progress(Mutex<Option<Moved>>);

#[derive(Clone, Copy)]
enum Moved {
    At(Instant),
    /// The request waits for the caller's stream.
    Waits,
}

impl Progress {
    #[inline]
    fn note(&self, moved: Moved) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(moved);
    }

    /// The time since when the server has made no progress; the current time, if the caller has to act.
    #[inline]
    fn idle_from(&self, begun: Instant) -> Instant {
        match *self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            None => begun,
            Some(Moved::At(time)) => time,
            Some(Moved::Waits) => Instant::now(),
        }
    }
}

/// The body of a request.
struct Outgoing {
    body: Body,
    /// The number of bytes still to be sent, if it is known.
    left: Option<u64>,
    progress: Arc<Progress>,
}

/// The stream of a request could not be read.
#[derive(Debug)]
pub(super) struct Unread(BoxError);

impl fmt::Display for Unread {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the body cannot be read")
    }
}

impl StdError for Unread {
    #[inline]
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.0)
    }
}

impl http_body::Body for Outgoing {
    type Data = Bytes;
    type Error = Unread;

    #[inline]
    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Unread>>> {
        let chunk = Pin::new(&mut self.body).poll_next(context);
        self.progress.note(if chunk.is_ready() { Moved::At(Instant::now()) } else { Moved::Waits });
        let chunk = ready!(chunk);
        if let (Some(left), Some(Ok(chunk))) = (&mut self.left, &chunk) {
            *left = left.saturating_sub(chunk.len() as u64);
        }
        Poll::Ready(chunk.map(|chunk| chunk.map(Frame::data).map_err(Unread)))
    }

    #[inline]
    fn size_hint(&self) -> SizeHint {
        self.left.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

/// The body of a response.
struct Incoming {
    body: reqwest::Body,
    idle: Duration,
    /// Created inside the runtime, so that the stream can be read outside of it.
    timer: Pin<Box<Sleep>>,
    /// Whether the timer runs.
    is_waiting: bool,
}

impl Stream for Incoming {
    type Item = Result<Bytes, TransportError>;

    #[inline]
    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        loop {
            match Pin::new(&mut this.body).poll_frame(context) {
                Poll::Ready(frame) => {
                    this.is_waiting = false;
                    return Poll::Ready(match frame {
                        None => None,
                        Some(Err(error)) => Some(Err(Failure::from(error).0)),
                        Some(Ok(frame)) => match frame.into_data() {
                            Ok(data) => Some(Ok(data)),
                            // Trailers.
                            Err(_) => continue,
                        },
                    });
                }
                Poll::Pending => {
                    if !this.is_waiting {
                        this.is_waiting = true;
                        this.timer.as_mut().reset(later(Instant::now(), this.idle));
                    }
                    ready!(this.timer.as_mut().poll(context));
                    return Poll::Ready(Some(Err(timed_out(this.idle))));
                }
            }
        }
    }
}
