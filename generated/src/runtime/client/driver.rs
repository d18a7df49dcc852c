//! The client: its settings, its transport, and the course of a call through both.

use crate::runtime::client::auth::Renewal;
use crate::runtime::client::config::Config;
use crate::runtime::client::gate::Gate;
use crate::runtime::client::retry::{self, Attempts, requested_wait};
use crate::runtime::client::secrets::Secrets;
use crate::runtime::client::sending::Take;
use crate::runtime::client::streams::items::{self, Events, Lines};
use crate::runtime::client::streams::{self, ByteStream, Received, Wanted};
use crate::runtime::client::trace::Trace;
use crate::runtime::client::{
    Body, BoxFuture, ClientBuilder, Error, Limits, Operation, Request, Response, Sending, Transport, interpret,
};
use bytes::Bytes;
use serde_core::de::DeserializeOwned;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Calls the API.
///
/// Cloning is cheap, and clones share their connections and the wait after a 429. The keys are in no `Debug` output and
/// in no error.
///
/// The client keeps the keys in memory that is wiped when the last client, request, response and error that contains
/// them is dropped. Copies of them that it does not own are not wiped: in the environment, if they come from there;
/// wherever the program had them before; and in the buffers of the HTTP library and of TLS, into which each request is
/// written.
///
/// A failed call is retried where that can do no harm: see [`RetryPolicy`](crate::RetryPolicy).
///
/// `M` is the mode of calls: [`Async`], unless you begin with the `Client` of the module `blocking`.
#[derive(Clone)]
pub struct Client<M = Async> {
    inner: Arc<Inner>,
    #[cfg_attr(not(feature = "blocking"), allow(dead_code, reason = "only the blocking mode is read"))]
    pub(crate) mode: M,
}

/// Calls are futures: how a [`Client`] works unless it is a blocking one.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Async;

/// A running call.
pub(crate) type Exchange = BoxFuture<'static, Result<Received, Error>>;

struct Inner {
    config: Config,
    transport: Arc<dyn Transport>,
    gate: Gate,
}

impl Client {
    /// Creates a client with the keys and the site from the environment.
    ///
    /// # Errors
    /// Names every variable that is missing or cannot be used; or the default transport cannot be set up.
    #[inline]
    pub fn from_env() -> Result<Client, Error> {
        ClientBuilder::from_env().build()
    }

    /// Sets up a client.
    #[inline]
    pub fn builder() -> ClientBuilder {
        ClientBuilder::new()
    }

    #[inline]
    pub(crate) fn new(config: Config, transport: Arc<dyn Transport>) -> Client {
        Client { inner: Arc::new(Inner { config, transport, gate: Gate::default() }), mode: Async }
    }

    /// Sends a request and reads the response's body as JSON.
    ///
    /// All calls of this crate use this method. Use it directly for an operation that the crate does not know yet:
    /// build a [`Request`] for an [`Operation`](crate::Operation) of your own, and read the response into any type.
    ///
    /// # Errors
    /// The request is not complete, no whole response was received, the server responded with another status than a
    /// 2xx, or the body of its response cannot be read.
    pub fn send<T: DeserializeOwned>(&self, request: Request) -> Sending<Response<T>> {
        self.begin(request, Wanted::Whole, |operation, received| interpret::json(operation, received.answer))
    }

    /// Sends a request whose response has no body. If the API sends a body nevertheless, it is ignored.
    ///
    /// # Errors
    /// As [`send`](Client::send); and the response may not come from the API: its body is an HTML page, or it has a
    /// status that the operation does not document, other than 204, and no JSON in its body.
    #[inline]
    pub fn send_empty(&self, request: Request) -> Sending<Response<()>> {
        self.begin(request, Wanted::Whole, |operation, received| interpret::empty(operation, received.answer))
    }

    /// Sends a request and returns the raw body of the response.
    ///
    /// # Errors
    /// The request is not complete, no whole response was received, or the server responded with another status than a
    /// 2xx.
    #[inline]
    pub fn send_bytes(&self, request: Request) -> Sending<Response<Bytes>> {
        self.begin(request, Wanted::Whole, |operation, received| interpret::bytes(operation, received.answer))
    }

    /// Sends a request and returns the response as soon as it begins, with its body as a stream: in constant memory,
    /// whatever its length.
    ///
    /// # Errors
    /// The request is not complete, no response began, or the server responded with another status than a 2xx: the body
    /// of such a response is read whole. The stream reports errors in the body of a successful response.
    #[inline]
    pub fn send_streamed(&self, request: Request) -> Sending<Response<ByteStream>> {
        self.begin(request, Wanted::Stream, |operation, received| Ok(received.stream(operation)))
    }

    /// Sends a request whose response has one JSON text per line or per record separator, and returns them as they
    /// arrive.
    ///
    /// # Errors
    /// As [`send_streamed`](Client::send_streamed).
    pub fn send_lines<T: DeserializeOwned>(&self, request: Request) -> Sending<Response<Lines<T>>> {
        self.begin(request, Lines::<T>::WANTED, |operation, received| {
            Ok(Lines::of(received.stream(operation), items::json))
        })
    }

    /// Sends a request whose response is a `text/event-stream`, and returns the events as they arrive, their data read
    /// as JSON.
    ///
    /// # Errors
    /// As [`send_streamed`](Client::send_streamed); and the response may be of another media type, which is read whole.
    pub fn send_events<T: DeserializeOwned>(&self, request: Request) -> Sending<Response<Events<T>>> {
        self.begin(request, Events::<T>::WANTED, |operation, received| {
            Ok(Events::of(received.stream(operation), items::json))
        })
    }

    /// Sends a request, and converts the response with `take`.
    pub(crate) fn begin<T>(&self, request: Request, wanted: Wanted, take: Take<T>) -> Sending<T> {
        Sending::new(request.operation(), self.exchange(request, wanted), take)
    }
}

impl<M> Client<M> {
    /// The base URL of calls, without a slash at the end. Operations with servers of their own use those.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.inner.config.targets.usual().text
    }

    /// Prepares, sends and interprets a call, and retries it if need be.
    ///
    /// Boxed, so that the machinery is compiled once, here, and not in each call; and independent of this client, so
    /// that it can move to another thread.
    pub(crate) fn exchange(&self, request: Request, wanted: Wanted) -> Exchange {
        Inner::exchange(Arc::clone(&self.inner), request, wanted)
    }

    /// The same client in another mode.
    #[cfg(feature = "blocking")]
    pub(crate) fn with_mode<N>(self, mode: N) -> Client<N> {
        Client { inner: self.inner, mode }
    }
}

impl Inner {
    fn exchange(self: Arc<Inner>, request: Request, wanted: Wanted) -> Exchange {
        let operation = request.operation();
        let trace = Trace::begin(operation);
        Box::pin(trace.clone().around(async move {
            let begun = self.transport.now();
            let outcome = self.attempts(request, wanted, begun, &trace).await;
            let server = self.config.targets.of(operation.id).ok().map(|target| target.authority.as_str());
            trace.end(operation, server, &outcome, self.passed(begun));
            outcome
        }))
    }

    async fn attempts(
        &self,
        request: Request,
        wanted: Wanted,
        begun: Instant,
        trace: &Trace,
    ) -> Result<Received, Error> {
        let Inner { config, transport, gate } = self;
        let operation = request.operation();
        let secrets = config.auth.secrets().clone();
        let pass = config.auth.pass(request.asked_for());
        let mut pass = pass.map_err(|wanted| Error::no_credentials(operation, &wanted).hiding(secrets.clone()))?;
        let (limits, policy) = request.terms(config);
        let request = request.prepare(config, &pass).map_err(|error| error.hiding(secrets))?;
        let mut attempts = Attempts::new(policy);
        loop {
            let made = attempts.made();
            self.wait_at_the_gate(&attempts, begun, trace).await;
            let mut message = request.clone();
            let mut uri = std::mem::take(message.uri_mut());
            if let Err(source) = pass.put(message.headers_mut(), &mut uri).await {
                let error = Error::credentials(operation, source).hiding(pass.secrets().clone());
                return Err(error.after(made - 1, attempts.effect()));
            }
            *message.uri_mut() = uri;
            let sent = transport.now();
            let mut error = match self.attempt(operation, message, wanted, limits, pass.secrets()).await {
                Ok(received) => {
                    let answer = received.answer.after(made, attempts.effect());
                    return Ok(Received { answer, ..received });
                }
                Err(error) => error.taking(self.passed(sent)),
            };
            if let (Some(429), Some(headers)) = (error.status(), error.headers())
                && let Some(wait) = requested_wait(429, headers)
            {
                gate.close(transport.now(), wait);
            }
            let earlier = attempts.effect();
            let is_gone = request.body().is_begun();
            if error.status() == Some(401) {
                match pass.renew().await {
                    Renewal::Renewed if is_gone => return Err(error.after(made, earlier).of_a_stream()),
                    Renewal::Renewed => {
                        attempts.once_more(&error);
                        trace.again(&error, made, Duration::ZERO);
                        continue;
                    }
                    Renewal::Failed(source) => error = error.not_renewed(source),
                    Renewal::Same => {}
                }
            }
            let Some(wait) = attempts.after(&error, self.passed(begun), retry::random()) else {
                return Err(error.after(made, earlier));
            };
            if is_gone {
                return Err(error.after(made, earlier).of_a_stream());
            }
            trace.again(&error, made, wait);
            transport.sleep(wait).await;
        }
    }

    /// Sends the request once. A body in memory whose response is read into memory takes a shorter path.
    async fn attempt(
        &self,
        operation: &'static Operation,
        request: http::Request<Body>,
        wanted: Wanted,
        limits: Limits,
        secrets: &Secrets,
    ) -> Result<Received, Error> {
        let transport = &self.transport;
        let item_limit = limits.max_response_bytes;
        let (head, body) = request.into_parts();
        let outcome = match body.as_bytes() {
            Some(bytes) if wanted == Wanted::Whole => {
                let request = http::Request::from_parts(head, bytes.clone());
                transport.send(request, limits).await
            }
            _ => {
                let outcome = transport.send_streamed(http::Request::from_parts(head, body), limits).await;
                match outcome.map(http::Response::into_parts) {
                    Ok((head, rest)) if wanted.takes(&head.headers) && operation.succeeds_with(head.status) => {
                        let answer = http::Response::from_parts(head, Bytes::new());
                        let answer = interpret::status(operation, Ok(answer), secrets)?;
                        return Ok(Received { answer, rest: Some(rest), item_limit });
                    }
                    Ok((head, rest)) => streams::read_whole(&**transport, head, rest, limits).await,
                    Err(error) => Err(error),
                }
            }
        };
        let answer = interpret::status(operation, outcome, secrets)?;
        match wanted {
            Wanted::Events => Err(Error::decode(operation, interpret::explain_other(&answer.headers), answer)),
            Wanted::Whole | Wanted::Stream => Ok(Received { answer, rest: None, item_limit }),
        }
    }

    /// Waits until the time that a 429 of another call named, if that is soon enough.
    ///
    /// A single wait is not enough: while one call waits, another can learn that the wait is longer. But no call waits
    /// twice for the same time, so that a transport whose sleep takes no time does not loop.
    async fn wait_at_the_gate(&self, attempts: &Attempts, begun: Instant, trace: &Trace) {
        let mut waited_for = None;
        loop {
            let now = self.transport.now();
            let opens = self.gate.opens(now).filter(|opens| Some(*opens) != waited_for);
            let Some(opens) = opens else { return };
            let elapsed = now.saturating_duration_since(begun);
            let wait = attempts.until(opens.saturating_duration_since(now), elapsed, retry::random());
            let Some(wait) = wait else { return };
            trace.held(wait);
            self.transport.sleep(wait).await;
            waited_for = Some(opens);
        }
    }

    fn passed(&self, begun: Instant) -> Duration {
        self.transport.now().saturating_duration_since(begun)
    }
}

impl<M> fmt::Debug for Client<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Config { targets: _, headers: _, auth: _, limits, retry } = &self.inner.config;
        let mut printed = f.debug_struct("Client");
        printed
            .field("base_url", &self.base_url())
            .field("limits", limits)
            .field("retry", retry)
            .finish_non_exhaustive()
    }
}
