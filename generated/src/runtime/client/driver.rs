//! The client: settings, a transport, and the way of a call through both.

use crate::runtime::client::config::Config;
use crate::runtime::client::{BoxFuture, ClientBuilder, Error, Request, Response, Transport, interpret};
use bytes::Bytes;
use serde::de::DeserializeOwned;
use std::fmt;
use std::sync::Arc;

/// Calls the API.
///
/// Cloning is cheap, and clones share their connections. The keys are in no `Debug` output and in no error.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

struct Inner {
    config: Config,
    transport: Arc<dyn Transport>,
}

impl Client {
    /// A client with the keys and the site that the environment names.
    ///
    /// # Errors
    /// Names every variable that is missing or cannot be used; or the default transport cannot be set up.
    pub fn from_env() -> Result<Client, Error> {
        ClientBuilder::from_env().build()
    }

    /// Sets up a client.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::new()
    }

    pub(crate) fn new(config: Config, transport: Arc<dyn Transport>) -> Client {
        Client { inner: Arc::new(Inner { config, transport }) }
    }

    /// The URL below which calls go, without a slash at the end.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.inner.config.base_url
    }

    /// Sends a request and reads the answer's body as JSON.
    ///
    /// Every call of this crate ends here. By itself it reaches what the crate does not know yet: build a [`Request`]
    /// for an [`Operation`](crate::Operation) of your own, and read the answer into any type.
    ///
    /// # Errors
    /// The request is not complete, no whole answer was received, the server answered with another status than a 2xx,
    /// or the body of its answer cannot be read.
    pub async fn send<T: DeserializeOwned>(&self, request: Request) -> Result<Response<T>, Error> {
        let operation = request.operation();
        interpret::json(operation, self.exchange(request).await?)
    }

    /// Sends a request whose answer has no body; one that comes nevertheless is not looked at.
    ///
    /// # Errors
    /// As [`send`](Client::send), but for the body.
    pub async fn send_empty(&self, request: Request) -> Result<Response<()>, Error> {
        Ok(self.exchange(request).await?.map(drop))
    }

    /// Prepares, transports, interprets. Boxed, so that the machinery is compiled once, here, and not in each call.
    fn exchange(&self, request: Request) -> BoxFuture<'_, Result<Response<Bytes>, Error>> {
        Box::pin(async move {
            let Inner { config, transport } = &*self.inner;
            let operation = request.operation();
            let outcome = transport.send(request.prepare(config)?, config.limits).await;
            interpret::status(operation, outcome)
        })
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Config { base_url, headers: _, limits } = &self.inner.config;
        f.debug_struct("Client").field("base_url", base_url).field("limits", limits).finish_non_exhaustive()
    }
}
