//! What a client remembers of a 429: until when no call of it should be sent.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Closed while the rate limit is used up. The calls of a client and of its clones share it.
#[derive(Debug, Default)]
pub(crate) struct Gate(Mutex<Option<Instant>>);

impl Gate {
    /// Closes the gate for some time from now on, unless it is closed for longer already.
    pub(crate) fn close(&self, now: Instant, wait: Duration) {
        // A time that no clock reaches is no help to anyone.
        let Some(until) = now.checked_add(wait) else { return };
        let mut closed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *closed = (*closed).max(Some(until));
    }

    /// When it opens, if it is closed now.
    pub(crate) fn opens(&self, now: Instant) -> Option<Instant> {
        let closed = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        closed.filter(|until| *until > now)
    }
}
