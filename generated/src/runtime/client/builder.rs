//! The builder of a client.

mod build;
mod headers;

use crate::api::{SCHEMES, SITE_ENV};
#[cfg(feature = "reqwest")]
use crate::runtime::client::ReqwestTransportBuilder;
use crate::runtime::client::auth::{Given, Secret, TokenProvider};
#[cfg(feature = "blocking")]
use crate::runtime::client::blocking::{self, Blocking};
use crate::runtime::client::server::Server;
use crate::runtime::client::{Async, Client, Error, Limits, RetryPolicy, Site, Transport};
use http::HeaderMap;
use std::ffi::OsString;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

/// Sets up a [`Client`](crate::Client).
///
/// No setter fails: `build` reports all problems at once.
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder<M = Async> {
    settings: Settings,
    mode: PhantomData<fn() -> M>,
}

/// The settings so far.
#[derive(Clone)]
struct Settings {
    target: Target,
    /// In the order in which the caller set them.
    variables: Vec<(&'static str, String)>,
    allow_insecure_http: bool,
    /// In the order of [`SCHEMES`].
    credentials: Vec<Option<Given>>,
    from_env: bool,
    user_agent: Option<String>,
    /// The headers of every request, in addition to those that the client adds by itself.
    headers: HeaderMap,
    connect_timeout: Duration,
    limits: Limits,
    retry: RetryPolicy,
    transport: Option<Arc<dyn Transport>>,
    #[cfg(feature = "reqwest")]
    reqwest: Option<ReqwestTransportBuilder>,
    problems: Vec<String>,
}

/// The destination of calls.
#[derive(Clone)]
enum Target {
    Default,
    Site(Site),
    Server(Server),
    BaseUrl(String),
    /// An unknown site, with an error message.
    Unknown(String),
}

impl ClientBuilder {
    /// Creates a builder with the defaults.
    #[inline]
    pub fn new() -> ClientBuilder {
        ClientBuilder::with(Settings {
            target: Target::Default,
            variables: Vec::new(),
            allow_insecure_http: false,
            credentials: Vec::new(),
            from_env: false,
            user_agent: None,
            headers: HeaderMap::new(),
            connect_timeout: Duration::from_secs(10),
            limits: Limits::default(),
            retry: RetryPolicy::default(),
            transport: None,
            #[cfg(feature = "reqwest")]
            reqwest: None,
            problems: Vec::new(),
        })
    }

    /// Reads the credentials and the site from the environment. Setters supply what is missing there.
    #[inline]
    pub fn from_env() -> ClientBuilder {
        ClientBuilder::from_vars(|name| std::env::var_os(name))
    }

    /// Like [`from_env`](ClientBuilder::from_env), but looks up the variables with a function. An empty value counts as
    /// unset.
    pub fn from_vars(mut lookup: impl FnMut(&str) -> Option<OsString>) -> ClientBuilder {
        ClientBuilder::from_lookup(&mut lookup)
    }

    #[inline]
    fn from_lookup(lookup: &mut dyn FnMut(&str) -> Option<OsString>) -> ClientBuilder {
        let mut builder = ClientBuilder::new();
        let settings = &mut builder.settings;
        settings.from_env = true;
        for (index, scheme) in SCHEMES.iter().enumerate() {
            if let Some(value) = scheme.env.and_then(|name| settings.variable(name, lookup)) {
                settings.give(index, Given::Secret(Secret::new(value)));
            }
        }
        if let Some((name, value)) = SITE_ENV.and_then(|name| Some((name, settings.variable(name, lookup)?))) {
            settings.target = match value.parse() {
                Ok(site) => Target::Site(site),
                Err(error) => Target::Unknown(format!("{name}: {error}")),
            };
        }
        builder
    }

    /// Converts this builder into one for a blocking client, and keeps its settings.
    #[inline]
    #[cfg(feature = "blocking")]
    pub fn blocking(self) -> ClientBuilder<Blocking> {
        ClientBuilder::with(self.settings)
    }

    /// Builds the client.
    ///
    /// # Errors
    /// A key is missing or cannot be sent, the site or base URL cannot be used, a limit is zero, or the default
    /// transport cannot be set up: the system has no CA certificates, or the environment names a proxy that cannot be
    /// used. The error lists every problem.
    #[inline]
    pub fn build(self) -> Result<Client, Error> {
        self.settings.build()
    }
}

#[cfg(feature = "blocking")]
impl ClientBuilder<Blocking> {
    /// Builds the client, and starts the thread that sends its calls.
    ///
    /// # Errors
    /// A key is missing or cannot be sent, the site or base URL cannot be used, a limit is zero, the default transport
    /// cannot be set up (the system has no CA certificates), or the thread cannot be started. The error names
    /// everything that is wrong.
    #[inline]
    pub fn build(self) -> Result<blocking::Client, Error> {
        blocking::Client::start(self.settings.build()?)
    }
}

impl<M> ClientBuilder<M> {
    fn with(settings: Settings) -> ClientBuilder<M> {
        ClientBuilder { settings, mode: PhantomData }
    }

    /// Sends calls to a site. Replaces an earlier site, server or base URL.
    pub fn site(mut self, site: Site) -> ClientBuilder<M> {
        self.settings.target = Target::Site(site);
        self
    }

    /// Sends calls to another base URL, such as that of a proxy or a test server: `https://host`, optionally with a
    /// port and a path. Replaces an earlier site, server or base URL, and every server that the description names: all
    /// calls go to this URL, and so do their credentials.
    ///
    /// Plain `http` is accepted only for this machine (`localhost`, `127.0.0.1`, `[::1]`), because calls carry the
    /// keys; see [`allow_insecure_http`](ClientBuilder::allow_insecure_http).
    pub fn base_url(mut self, url: impl Into<String>) -> ClientBuilder<M> {
        self.settings.target = Target::BaseUrl(url.into());
        self
    }

    /// Accepts a base URL with plain `http` for any host. Everyone on the network path can then read the keys,
    /// including a proxy that the environment names.
    pub fn allow_insecure_http(mut self) -> ClientBuilder<M> {
        self.settings.allow_insecure_http = true;
        self
    }

    /// Sends calls to a server that the description names.
    #[allow(dead_code, reason = "an API need not have servers to choose from")]
    pub(crate) fn with_server(mut self, server: Server) -> ClientBuilder<M> {
        self.settings.target = Target::Server(server);
        self
    }

    /// Sets a variable of the servers' URLs.
    #[allow(dead_code, reason = "an API need not have variables")]
    pub(crate) fn with_variable(mut self, name: &'static str, value: String) -> ClientBuilder<M> {
        self.settings.variables.retain(|(known, _)| *known != name);
        self.settings.variables.push((name, value));
        self
    }

    /// Sets the credential of the scheme at an index of [`SCHEMES`].
    #[allow(dead_code, reason = "an API need not have keys")]
    pub(crate) fn with_key(mut self, index: usize, value: String) -> ClientBuilder<M> {
        self.settings.give(index, Given::Secret(Secret::new(value)));
        self
    }

    /// Sets a user and a password as the credential.
    #[allow(dead_code, reason = "an API need not have basic authentication")]
    pub(crate) fn with_basic(mut self, index: usize, user: String, password: String) -> ClientBuilder<M> {
        if let Some(scheme) = SCHEMES.get(index).filter(|_| user.contains(':')) {
            self.settings.problems.push(format!("{} cannot be sent: its user contains a colon", scheme.name));
        }
        self.settings.give(index, Given::Secret(Secret::pair(user, password)));
        self
    }

    /// Sets a token that may be renewed as the credential.
    #[allow(dead_code, reason = "an API need not have tokens")]
    pub(crate) fn with_provider(mut self, index: usize, provider: Arc<dyn TokenProvider>) -> ClientBuilder<M> {
        self.settings.give(index, Given::Provider(provider));
        self
    }

    /// Limits the time to connect; 10 seconds by default. A [`transport`](ClientBuilder::transport) of your own applies
    /// its own limit.
    pub fn connect_timeout(mut self, limit: Duration) -> ClientBuilder<M> {
        self.settings.connect_timeout = limit;
        self
    }

    /// Limits the time of each attempt, from connecting to the last byte of the response; a minute by default.
    /// [`retry`](ClientBuilder::retry) limits the number of attempts and their total time.
    pub fn timeout(mut self, limit: Duration) -> ClientBuilder<M> {
        self.settings.limits.timeout = limit;
        self
    }

    /// Limits the time without progress while a body is sent or received as a stream; a minute by default. The
    /// [`timeout`](ClientBuilder::timeout) does not apply to streams: they may take any time in total.
    pub fn idle_timeout(mut self, limit: Duration) -> ClientBuilder<M> {
        self.settings.limits.idle_timeout = limit;
        self
    }

    /// Limits the size of a response's body; 32 MiB by default. If a response is read as a stream, this limits each
    /// item; a stream without items is not limited.
    pub fn max_response_bytes(mut self, limit: usize) -> ClientBuilder<M> {
        self.settings.limits.max_response_bytes = limit;
        self
    }

    /// Sets when a failed call is retried. By default, calls are retried where a retry can do no harm: see
    /// [`RetryPolicy`]. `RetryPolicy::never()` disables retries.
    pub fn retry(mut self, policy: RetryPolicy) -> ClientBuilder<M> {
        self.settings.retry = policy;
        self
    }

    /// Adjusts the default transport: proxies, root certificates, and the other settings of reqwest. Whatever you set,
    /// it keeps its TLS, follows no redirect and sends nothing twice.
    #[cfg(feature = "reqwest")]
    pub fn reqwest(
        mut self,
        adjust: impl FnOnce(ReqwestTransportBuilder) -> ReqwestTransportBuilder,
    ) -> ClientBuilder<M> {
        self.settings.reqwest = Some(adjust(self.settings.reqwest.take().unwrap_or_default()));
        self
    }

    /// Replaces the default transport.
    pub fn transport(mut self, transport: impl Transport + 'static) -> ClientBuilder<M> {
        self.settings.transport = Some(Arc::new(transport));
        self
    }
}

impl Settings {
    #[inline]
    fn variable(&mut self, name: &str, lookup: &mut dyn FnMut(&str) -> Option<OsString>) -> Option<String> {
        match lookup(name)?.into_string() {
            Ok(value) if value.is_empty() => None,
            Ok(value) => Some(value),
            Err(_) => {
                self.problems.push(format!("{name} is not valid Unicode"));
                None
            }
        }
    }

    #[inline]
    fn give(&mut self, index: usize, given: Given) {
        while self.credentials.len() <= index {
            self.credentials.push(None);
        }
        self.credentials[index] = Some(given);
    }

    /// Whether the caller set the credential of the scheme at an index of [`SCHEMES`].
    #[inline]
    fn has(&self, index: usize) -> bool {
        matches!(self.credentials.get(index), Some(Some(_)))
    }
}

impl Default for ClientBuilder {
    #[inline]
    fn default() -> ClientBuilder {
        ClientBuilder::new()
    }
}

impl<M> Clone for ClientBuilder<M> {
    fn clone(&self) -> ClientBuilder<M> {
        ClientBuilder::with(self.settings.clone())
    }
}

impl<M> fmt::Debug for ClientBuilder<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Settings { credentials, limits, retry, .. } = &self.settings;
        let mut printed = f.debug_struct("ClientBuilder");
        printed.field("credentials", credentials).field("limits", limits).field("retry", retry).finish_non_exhaustive()
    }
}
