//! A reader whose bytes a separate thread fetches, one chunk ahead.

use super::{BoxError, CHUNK};
use bytes::Bytes;
use futures_core::stream::Stream;
use std::io::{self, Read};
use std::pin::Pin;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::thread;

/// The chunks of a reader.
pub(super) struct Chunks {
    /// `None` once the thread has started.
    reader: Option<Box<dyn Read + Send>>,
    slot: Arc<Slot>,
}

/// The place for one chunk between the thread and the body.
#[derive(Default)]
struct Slot {
    state: Mutex<State>,
    /// Wakes the thread: there is room, or no more chunks are needed.
    changed: Condvar,
}

#[derive(Default)]
struct State {
    chunk: Option<io::Result<Bytes>>,
    /// The thread has stored its last chunk.
    ended: bool,
    /// No more chunks are needed.
    unwanted: bool,
    waiting: Option<Waker>,
}

impl Chunks {
    #[inline]
    pub(super) fn of(reader: Box<dyn Read + Send>) -> Chunks {
        Chunks { reader: Some(reader), slot: Arc::default() }
    }
}

impl Slot {
    #[inline]
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Stores a chunk as soon as there is room, and returns whether another is needed.
    #[inline]
    fn leave(&self, chunk: io::Result<Bytes>) -> bool {
        let is_full = |state: &mut State| state.chunk.is_some() && !state.unwanted;
        let waited = self.changed.wait_while(self.lock(), is_full);
        let mut state = waited.unwrap_or_else(PoisonError::into_inner);
        state.chunk = Some(chunk);
        let (wanted, waiting) = (!state.unwanted, state.waiting.take());
        drop(state);
        wake(waiting);
        wanted
    }
}

/// Ends the stream even if the thread panics with its reader.
struct Thread(Arc<Slot>);

impl Drop for Thread {
    #[inline]
    fn drop(&mut self) {
        let mut state = self.0.lock();
        state.ended = true;
        if thread::panicking() {
            state.chunk = Some(Err(io::Error::other("the reader panicked")));
        }
        let waiting = state.waiting.take();
        drop(state);
        wake(waiting);
    }
}

#[inline]
fn read(mut reader: Box<dyn Read + Send>, slot: Arc<Slot>) {
    let thread = Thread(slot);
    loop {
        let mut chunk = vec![0; CHUNK];
        let chunk = match reader.read(&mut chunk) {
            Ok(0) => return,
            Ok(length) => {
                chunk.truncate(length);
                Ok(Bytes::from(chunk))
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => Err(error),
        };
        let is_last = chunk.is_err();
        if !thread.0.leave(chunk) || is_last {
            return;
        }
    }
}

#[inline]
fn wake(waiting: Option<Waker>) {
    if let Some(waker) = waiting {
        waker.wake();
    }
}

impl Stream for Chunks {
    type Item = Result<Bytes, BoxError>;

    #[inline]
    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Some(reader) = self.reader.take() {
            let slot = Arc::clone(&self.slot);
            let name = concat!(env!("CARGO_PKG_NAME"), " reader").to_owned();
            if let Err(error) = thread::Builder::new().name(name).spawn(move || read(reader, slot)) {
                self.slot.lock().ended = true;
                return Poll::Ready(Some(Err(error.into())));
            }
        }
        let mut state = self.slot.lock();
        if let Some(chunk) = state.chunk.take() {
            drop(state);
            self.slot.changed.notify_one();
            return Poll::Ready(Some(chunk.map_err(Into::into)));
        }
        if state.ended {
            return Poll::Ready(None);
        }
        state.waiting = Some(context.waker().clone());
        Poll::Pending
    }
}

impl Drop for Chunks {
    #[inline]
    fn drop(&mut self) {
        self.slot.lock().unwanted = true;
        self.slot.changed.notify_one();
    }
}
