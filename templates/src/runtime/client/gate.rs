//! The effect of a 429 on later calls: until when the client sends none.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Closed while the rate limit is used up. The calls of a client and of its clones share it.
#[derive(Debug, Default)]
pub(crate) struct Gate(Mutex<Option<Instant>>);

impl Gate {
    /// Closes the gate for some time from now on, unless it is already closed for longer.
    pub(crate) fn close(&self, now: Instant, wait: Duration) {
        // A time that the clock cannot represent is ignored.
        let Some(until) = now.checked_add(wait) else { return };
        let mut closed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *closed = (*closed).max(Some(until));
    }

    /// Returns when the gate opens, if it is closed now.
    pub(crate) fn opens(&self, now: Instant) -> Option<Instant> {
        let closed = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        closed.filter(|until| *until > now)
    }
}
