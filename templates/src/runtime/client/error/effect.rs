//! What a failed call may have changed on the server.

use super::{Error, Failure};
use crate::runtime::client::{Reached, origin};

/// Whether a failed call may have changed something on the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Effect {
    /// It did not: nothing was sent, the server rejected the call, or the operation only reads.
    No,
    /// It is unknown: the call may have taken effect, in part or in whole.
    Unknown,
    /// It did: the API reported success. A response comes from the API if its body is JSON; a 2xx with an HTML page, or
    /// with an empty body where JSON is expected, can come from any intermediary, so it is
    /// [`Unknown`](Effect::Unknown). So is a 2xx whose body cannot be read and has a key `error` or `errors`.
    Yes,
}

impl Effect {
    /// Combines the effects of two attempts.
    pub(crate) fn or(self, other: Effect) -> Effect {
        match (self, other) {
            (Effect::Yes, _) | (_, Effect::Yes) => Effect::Yes,
            (Effect::Unknown, _) | (_, Effect::Unknown) => Effect::Unknown,
            (Effect::No, Effect::No) => Effect::No,
        }
    }
}

impl Error {
    /// Whether the call may have changed something on the server, in any of its attempts.
    #[must_use]
    pub fn effect(&self) -> Effect {
        if self.inner.operation.is_none_or(|operation| operation.method.is_safe()) {
            return Effect::No;
        }
        self.inner.earlier.or(self.last_effect())
    }

    /// The effect of the last attempt, unless the operation only reads.
    pub(super) fn last_effect(&self) -> Effect {
        match (&self.inner.failure, self.status_code()) {
            (Failure::Configuration { .. } | Failure::Request(_) | Failure::Credentials { .. }, _) => Effect::No,
            (Failure::RepeatedPage(_) | Failure::Decode { from_api: true, .. }, _) => Effect::Yes,
            (Failure::Transport(error), Some(status)) if status.is_success() => {
                if error.headers().is_some_and(origin::is_labelled) { Effect::Yes } else { Effect::Unknown }
            }
            (_, Some(status)) if status.is_client_error() => Effect::No,
            (Failure::Transport(error), None) if error.reached() == Reached::No => Effect::No,
            _ => Effect::Unknown,
        }
    }

    /// Whether the call may have changed something on the server: [`effect`](Error::effect) is not [`Effect::No`].
    #[inline]
    #[must_use]
    pub fn may_have_taken_effect(&self) -> bool {
        self.effect() != Effect::No
    }
}
