//! A transport that responds from a script.

use super::{Answer, OperationId, Sent};
use crate::api::SCHEMES;
use crate::runtime::client::auth;
#[cfg(feature = "blocking")]
use crate::runtime::client::blocking;
use crate::runtime::client::text::append;
use crate::runtime::client::{
    BoxFuture, Client, ClientBuilder, Limits, Reached, Transport, TransportError, TransportErrorKind,
};
use bytes::Bytes;
use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Responds to each operation as a test defines, and records the requests.
///
/// An operation uses its answers in the order in which they were added, one per attempt. When none is left, a call
/// fails immediately, and its error lists what the script has. Clones share the script.
///
/// A response arrives whole: a stream of bytes or items is a single chunk.
#[derive(Clone, Default)]
pub struct Script {
    inner: Arc<Mutex<Inner>>,
}

#[derive(Default)]
struct Inner {
    /// By the ids of operations.
    answers: BTreeMap<String, Answers>,
    /// Responds to the operations without answers.
    otherwise: Option<Arc<Otherwise>>,
    sent: Vec<Sent>,
    /// The total time of sleeps and delays.
    passed: Duration,
    begun: Option<Instant>,
}

/// Responds to a request.
type Respond = dyn Fn(&Sent) -> Answer + Send + Sync;
/// Responds to a request, or returns the reason why it does not.
type Otherwise = dyn Fn(&Sent) -> Result<Answer, String> + Send + Sync;

/// Why a request has no response.
pub(super) enum Unanswered {
    /// The test defines no answer for the operation.
    Missing(String),
    /// The answer is a fault.
    Fault(TransportError),
}

#[derive(Default)]
struct Answers {
    next: VecDeque<Answer>,
    /// Responds when the other answers are used up.
    others: Option<Arc<Respond>>,
}

impl Script {
    /// Creates a script without answers.
    #[must_use]
    pub fn new() -> Script {
        Script::default()
    }

    /// Adds an answer for the operation with this id, such as `GetThing`.
    ///
    /// # Panics
    /// The API has no operation with this id.
    #[track_caller]
    #[must_use]
    pub fn on(self, operation: impl OperationId, answer: Answer) -> Script {
        let operation = operation.checked();
        self.inner().answers.entry(operation).or_default().next.push_back(answer);
        self
    }

    /// Sets a function that responds to the operation with this id when its added answers are used up.
    ///
    /// # Panics
    /// The API has no operation with this id.
    #[track_caller]
    #[must_use]
    pub fn always(
        self,
        operation: impl OperationId,
        answer: impl Fn(&Sent) -> Answer + Send + Sync + 'static,
    ) -> Script {
        let operation = operation.checked();
        self.inner().answers.entry(operation).or_default().others = Some(Arc::new(answer));
        self
    }

    /// Sets a function that responds to operations without answers left.
    pub(super) fn otherwise(self, answer: impl Fn(&Sent) -> Result<Answer, String> + Send + Sync + 'static) -> Script {
        self.inner().otherwise = Some(Arc::new(answer));
        self
    }

    /// Builds a client that sends to this script.
    ///
    /// # Panics
    /// The client cannot be set up, which would be a defect of this crate.
    #[track_caller]
    #[must_use]
    pub fn client(&self) -> Client {
        match self.builder().build() {
            Ok(client) => client,
            Err(error) => super::answer::fail(&error.to_string()),
        }
    }

    /// Builds a blocking client that sends to this script.
    ///
    /// # Panics
    /// The thread of the client cannot be started.
    #[cfg(feature = "blocking")]
    #[track_caller]
    #[must_use]
    pub fn blocking_client(&self) -> blocking::Client {
        match self.builder().blocking().build() {
            Ok(client) => client,
            Err(error) => super::answer::fail(&error.to_string()),
        }
    }

    /// The builder of [`client`](Script::client), for adjustments: its keys are dummies, and it sends to
    /// `https://script.test`.
    pub fn builder(&self) -> ClientBuilder {
        let builder = Client::builder().transport(self.clone()).base_url("https://script.test");
        SCHEMES.iter().enumerate().fold(builder, |builder, (index, scheme)| match scheme.sent {
            auth::Sent::Basic => builder.with_basic(index, "made".to_owned(), "up".to_owned()),
            _ => builder.with_key(index, "made-up".to_owned()),
        })
    }

    /// The requests so far, in order, including failed attempts.
    #[must_use]
    pub fn sent(&self) -> Vec<Sent> {
        self.inner().sent.clone()
    }

    /// The requests of one operation so far, in order.
    #[must_use]
    pub fn sent_to(&self, operation: &str) -> Vec<Sent> {
        self.inner().sent.iter().filter(|sent| sent.operation == operation).cloned().collect()
    }

    /// The simulated time so far: waits between attempts, and delays of answers.
    #[must_use]
    pub fn passed(&self) -> Duration {
        self.inner().passed
    }

    /// The operations with unused answers, and how many each has; empty if all were used.
    #[must_use]
    pub fn unused(&self) -> Vec<(String, usize)> {
        let inner = self.inner();
        let left = inner.answers.iter().map(|(operation, answers)| (operation.clone(), answers.next.len()));
        left.filter(|(_, count)| *count > 0).collect()
    }

    /// A test that panicked in the meantime does not invalidate the script.
    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Responds to a request. An operation without an answer is not a fault of the exchange.
    pub(super) fn answer(&self, sent: Sent, limits: Limits) -> Result<http::Response<Bytes>, Unanswered> {
        let (others, otherwise) = {
            let mut inner = self.inner();
            inner.sent.push(sent.clone());
            let answers = inner.answers.get_mut(sent.operation);
            match answers.map(|answers| (answers.next.pop_front(), answers.others.clone())) {
                Some((Some(answer), _)) => return inner.outcome(answer, limits).map_err(Unanswered::Fault),
                Some((None, others)) => (others, inner.otherwise.clone()),
                None => (None, inner.otherwise.clone()),
            }
        };
        // The script is not locked here: the function may read the requests.
        let answer = match (others, otherwise) {
            (Some(others), _) => others(&sent),
            (None, Some(otherwise)) => otherwise(&sent).map_err(Unanswered::Missing)?,
            (None, None) => return Err(Unanswered::Missing(self.inner().unknown(&sent))),
        };
        self.inner().outcome(answer, limits).map_err(Unanswered::Fault)
    }
}

impl Inner {
    fn outcome(&mut self, answer: Answer, limits: Limits) -> Result<http::Response<Bytes>, TransportError> {
        let delay = answer.delay();
        if delay < limits.timeout {
            self.pass(delay);
            return answer.outcome();
        }
        self.pass(limits.timeout);
        let late = format!("the script responds after {delay:?}");
        Err(TransportError::new(TransportErrorKind::Timeout, Reached::Unknown, late))
    }

    fn pass(&mut self, time: Duration) {
        self.passed = self.passed.saturating_add(time);
    }

    fn unknown(&self, sent: &Sent) -> String {
        let mut known = String::new();
        for (operation, answers) in &self.answers {
            let count = if answers.others.is_some() { "always".to_owned() } else { answers.next.len().to_string() };
            append(&mut known, ", ", &format!("{operation} ({count})"));
        }
        let known = if known.is_empty() { "nothing".to_owned() } else { known };
        format!("the script has no answer left for {}; it has {known}", sent.operation)
    }
}

impl From<Unanswered> for TransportError {
    fn from(unanswered: Unanswered) -> TransportError {
        match unanswered {
            Unanswered::Missing(reason) => TransportError::new(TransportErrorKind::Other, Reached::No, reason),
            Unanswered::Fault(fault) => fault,
        }
    }
}

impl Transport for Script {
    fn send(
        &self,
        request: http::Request<Bytes>,
        limits: Limits,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(async move { Ok(self.answer(Sent::new(request), limits)?) })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async move { self.inner().pass(duration) })
    }

    fn now(&self) -> Instant {
        let mut inner = self.inner();
        let begun = *inner.begun.get_or_insert_with(Instant::now);
        begun.checked_add(inner.passed).unwrap_or(begun)
    }
}

impl fmt::Debug for Script {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Script").field("unused", &self.unused()).field("sent", &self.sent()).finish_non_exhaustive()
    }
}
