//! What the generator emits from the description beside the operations: sites and credentials. A sample.

use crate::runtime::client::{ClientBuilder, OwnServers, Scheme, Security, Sent, Server, Site, TokenProvider};
use std::sync::Arc;

impl Site {
    /// United States (US1), the default.
    pub const US1: Site = Site::new("datadoghq.com", "https://api.datadoghq.com");
    /// Europe (EU1).
    pub const EU1: Site = Site::new("datadoghq.eu", "https://api.datadoghq.eu");
}

/// Every site, the default first.
pub(crate) const SITES: &[Site] = &[Site::US1, Site::EU1];

/// Where calls go if neither a site nor a base URL is given: to the first that has what is chosen.
pub(crate) const SERVERS: &[Server] = &[Server::new("https://api.datadoghq.com")];

/// Where operations go that are served elsewhere.
pub(crate) const OTHER_SERVERS: &[OwnServers] = &[
    OwnServers { operations: &["Nowhere"], servers: &[Server::new("")] },
    OwnServers {
        operations: &["Download", "Upload"],
        servers: &[
            Server::new("https://files.datadoghq.com/v1").of("datadoghq.com"),
            Server::new("https://files.datadoghq.eu/v1").of("datadoghq.eu"),
        ],
    },
];

/// The environment variable that names the site.
pub(crate) const SITE_ENV: Option<&str> = Some("DD_SITE");

/// The credentials that operations need.
pub(crate) const SCHEMES: &[Scheme] = &[
    Scheme { name: "api_key", sent: Sent::Header("dd-api-key"), env: Some("DD_API_KEY") },
    Scheme { name: "application_key", sent: Sent::Header("dd-application-key"), env: Some("DD_APP_KEY") },
    Scheme { name: "query_key", sent: Sent::Query("api key"), env: None },
    Scheme { name: "cookie_key", sent: Sent::Cookie("session"), env: None },
    Scheme { name: "basic_auth", sent: Sent::Basic, env: Some("DD_BASIC") },
    Scheme { name: "token", sent: Sent::Bearer, env: Some("DD_TOKEN") },
    Scheme { name: "digest", sent: Sent::Authorization, env: None },
];

/// The requirements of an operation, unless it is listed below.
pub(crate) const SECURITY: Security = &[&["api_key", "application_key"]];

/// The requirements of the other operations, sorted by id.
pub(crate) const OTHER_SECURITY: &[(&str, Security)] = &[];

impl<M> ClientBuilder<M> {
    /// Sets the API key, sent as `DD-API-KEY`.
    pub fn api_key(self, key: impl Into<String>) -> ClientBuilder<M> {
        self.with_key(0, key.into())
    }

    /// Sets the application key, sent as `DD-APPLICATION-KEY`.
    pub fn application_key(self, key: impl Into<String>) -> ClientBuilder<M> {
        self.with_key(1, key.into())
    }

    /// Sets a key that is sent in the query.
    pub fn query_key(self, key: impl Into<String>) -> ClientBuilder<M> {
        self.with_key(2, key.into())
    }

    /// Sets a key that is sent in a cookie.
    pub fn cookie_key(self, key: impl Into<String>) -> ClientBuilder<M> {
        self.with_key(3, key.into())
    }

    /// Sets a user and a password.
    pub fn basic_auth(self, user: impl Into<String>, password: impl Into<String>) -> ClientBuilder<M> {
        self.with_basic(4, user.into(), password.into())
    }

    /// Sets a token.
    pub fn token(self, token: impl Into<String>) -> ClientBuilder<M> {
        self.with_key(5, token.into())
    }

    /// The same, from where it may be renewed.
    pub fn token_provider(self, provider: impl TokenProvider + 'static) -> ClientBuilder<M> {
        self.with_provider(5, Arc::new(provider))
    }

    /// Sets the header `Authorization` as it is.
    pub fn digest(self, credentials: impl Into<String>) -> ClientBuilder<M> {
        self.with_key(6, credentials.into())
    }
}
