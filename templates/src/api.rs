//! What the generator emits from the description beside the operations: sites and keys. A sample.

use crate::runtime::client::{ClientBuilder, Key, Site};

impl Site {
    /// United States (US1), the default.
    pub const US1: Site = Site::new("datadoghq.com", "https://api.datadoghq.com");
    /// Europe (EU1).
    pub const EU1: Site = Site::new("datadoghq.eu", "https://api.datadoghq.eu");
}

/// Every site, the default first.
pub(crate) const SITES: &[Site] = &[Site::US1, Site::EU1];

/// Where calls go when neither a site nor a base URL is given.
pub(crate) const DEFAULT_BASE_URL: &str = "https://api.datadoghq.com";

/// The environment variable that names the site.
pub(crate) const SITE_ENV: Option<&str> = Some("DD_SITE");

/// The keys that every call carries, each in a header of its own.
pub(crate) const KEYS: &[Key] = &[
    Key { name: "api_key", header: "dd-api-key", env: Some("DD_API_KEY") },
    Key { name: "application_key", header: "dd-application-key", env: Some("DD_APP_KEY") },
];

impl<M> ClientBuilder<M> {
    /// Sets the API key, sent as `DD-API-KEY`.
    pub fn api_key(self, key: impl Into<String>) -> ClientBuilder<M> {
        self.key(0, key.into())
    }

    /// Sets the application key, sent as `DD-APPLICATION-KEY`.
    pub fn application_key(self, key: impl Into<String>) -> ClientBuilder<M> {
        self.key(1, key.into())
    }
}
