//! The `tracing` output of a call, if that feature is on: a span for each call, and an event for each retry, for each
//! wait because of another call's 429, and for the end of each call.
//!
//! None contains a key, a body, an argument of the call or a message of the server: only the description of the
//! operation, the server's name, and numbers.

pub(crate) use self::call::Trace;

#[cfg(feature = "tracing")]
mod call {
    use crate::runtime::client::streams::Received;
    use crate::runtime::client::text::one_line;
    use crate::runtime::client::{Error, Operation};
    use std::future::Future;
    use std::time::Duration;
    use tracing::field::{Empty, debug};
    use tracing::{Instrument as _, Span};

    /// The span of a call.
    #[derive(Clone)]
    pub(crate) struct Trace(Span);

    impl Trace {
        pub(crate) fn begin(operation: &'static Operation) -> Trace {
            Trace(tracing::info_span!(
                target: env!("CARGO_CRATE_NAME"),
                "call",
                operation = &*one_line(operation.id, usize::MAX),
                method = operation.method.as_str(),
                path = &*one_line(operation.path, usize::MAX),
                status = Empty,
                attempts = Empty,
                duration_ms = Empty,
                error = Empty,
            ))
        }

        /// Runs a future within the span.
        pub(crate) fn around<F: Future>(&self, future: F) -> impl Future<Output = F::Output> + use<F> {
            future.instrument(self.0.clone())
        }

        /// An attempt failed, and a retry follows after a wait.
        pub(crate) fn again(&self, error: &Error, attempt: u32, wait: Duration) {
            let (status, wait_ms) = (error.status(), millis(wait));
            let error = error.transport_error().map(|error| debug(error.kind()));
            tracing::warn!(target: env!("CARGO_CRATE_NAME"), attempt, status, error, wait_ms, "trying again");
        }

        /// The call waits before it is sent, because of the 429 of another call.
        pub(crate) fn held(&self, wait: Duration) {
            tracing::info!(target: env!("CARGO_CRATE_NAME"), wait_ms = millis(wait), "waiting for the rate limit");
        }

        /// The call has its outcome; a call whose response is a stream ends when the response begins.
        pub(crate) fn end(
            &self,
            operation: &'static Operation,
            server: Option<&str>,
            outcome: &Result<Received, Error>,
            duration: Duration,
        ) {
            let (status, attempts) = match outcome {
                Ok(Received { answer, .. }) => (Some(answer.status()), answer.attempts()),
                Err(error) => (error.status(), error.attempts()),
            };
            self.0.record("attempts", attempts).record("duration_ms", millis(duration));
            if let Some(status) = status {
                self.0.record("status", status);
            }
            let operation = &*one_line(operation.id, usize::MAX);
            let duration_ms = millis(duration);
            match outcome {
                Ok(_) => tracing::debug!(
                    target: env!("CARGO_CRATE_NAME"),
                    operation, status, attempts, duration_ms, server, "call succeeded"
                ),
                Err(error) => {
                    let error = debug(error.kind());
                    self.0.record("error", &error);
                    tracing::warn!(
                        target: env!("CARGO_CRATE_NAME"),
                        operation, status, attempts, duration_ms, server, error, "call failed"
                    );
                }
            }
        }
    }

    #[inline]
    fn millis(duration: Duration) -> u64 {
        u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
    }
}

#[cfg(not(feature = "tracing"))]
mod call {
    use crate::runtime::client::streams::Received;
    use crate::runtime::client::{Error, Operation};
    use std::time::Duration;

    /// Does nothing.
    #[derive(Clone)]
    pub(crate) struct Trace;

    impl Trace {
        pub(crate) fn begin(_operation: &'static Operation) -> Trace {
            Trace
        }

        pub(crate) fn around<F>(&self, future: F) -> F {
            future
        }

        pub(crate) fn again(&self, _error: &Error, _attempt: u32, _wait: Duration) {}

        pub(crate) fn held(&self, _wait: Duration) {}

        pub(crate) fn end(
            &self,
            _operation: &'static Operation,
            _server: Option<&str>,
            _outcome: &Result<Received, Error>,
            _duration: Duration,
        ) {
        }
    }
}
