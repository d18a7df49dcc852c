//! Adjusts the default transport.

use super::pools::Pools;
use super::proxy::{self, Target};
use super::{ReqwestTransport, tls};
use crate::runtime::client::Error;
use crate::runtime::client::base_url::BaseUrl;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// Adjusts the default transport: a [`ReqwestTransport`] that keeps the properties that the client needs, whatever you
/// set here.
///
/// No setter fails: `build` reports the first problem.
///
/// ```no_run
#[doc = concat!("use ", env!("CARGO_CRATE_NAME"), "::{Client, reqwest};")]
/// use std::time::Duration;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let company_ca = std::fs::read("company-ca.pem")?;
/// let proxy = reqwest::Proxy::all("http://proxy.example:3128")?;
/// let builder = Client::builder().reqwest(|http| {
///     http.add_root_certificates(&company_ca)
///         .proxy(proxy)
///         .configure(|reqwest| reqwest.pool_idle_timeout(Duration::from_secs(20)))
/// });
/// # drop(builder);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
#[must_use = "a builder does nothing until `build` is called"]
pub struct ReqwestTransportBuilder {
    /// `None` for the limit of the client.
    connect_timeout: Option<Duration>,
    roots: Vec<CertificateDer<'static>>,
    system_roots: bool,
    /// `None` for the proxies of the environment.
    proxies: Option<Vec<reqwest::Proxy>>,
    configure: Vec<Configure>,
    problem: Option<String>,
}

/// The default limit of the time to connect.
pub(crate) const DEFAULT_CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// A function of the caller, which is called for each runtime in which the transport is used.
type Configure = Arc<dyn Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync>;

impl ReqwestTransportBuilder {
    /// Limits the time to connect; by default to that of the client, or to 10 seconds.
    #[inline]
    pub fn connect_timeout(mut self, limit: Duration) -> ReqwestTransportBuilder {
        if limit.is_zero() {
            self.fail("connect_timeout is zero".to_owned());
        }
        self.connect_timeout = Some(limit);
        self
    }

    /// Also trusts these certificates: those of a company's own CA, or of a proxy that inspects TLS. `pem` has one or
    /// more of them, like a file `ca.pem`.
    #[inline]
    pub fn add_root_certificates(mut self, pem: &[u8]) -> ReqwestTransportBuilder {
        match CertificateDer::pem_slice_iter(pem).collect::<Result<Vec<_>, _>>() {
            Ok(roots) if roots.is_empty() => self.fail("a root certificate is not in PEM".to_owned()),
            Ok(roots) => self.roots.extend(roots),
            Err(error) => self.fail(format!("a root certificate cannot be read: {error}")),
        }
        self
    }

    /// Trusts only the certificates of [`add_root_certificates`](ReqwestTransportBuilder::add_root_certificates), not
    /// those of the system.
    #[inline]
    pub fn without_system_certificates(mut self) -> ReqwestTransportBuilder {
        self.system_roots = false;
        self
    }

    /// Sends requests through a proxy. If there are several, the first that applies to a request is used. The proxies
    /// of the environment are ignored.
    #[inline]
    pub fn proxy(mut self, proxy: reqwest::Proxy) -> ReqwestTransportBuilder {
        self.proxies.get_or_insert_default().push(proxy);
        self
    }

    /// Uses no proxy, not even one that the environment names.
    #[inline]
    pub fn no_proxy(mut self) -> ReqwestTransportBuilder {
        self.proxies = Some(Vec::new());
        self
    }

    /// Adjusts any other setting of reqwest, such as the pool of connections, the resolver of names or the local
    /// address. The function is called once for each runtime in which the transport is used.
    ///
    /// The transport overrides some settings of the function: redirects are not followed, nothing is sent again, no
    /// compression is accepted; `https` only, unless the base URL has `http`; and all of TLS, which
    /// [`add_root_certificates`](ReqwestTransportBuilder::add_root_certificates) adjusts.
    pub fn configure(
        mut self,
        configure: impl Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync + 'static,
    ) -> ReqwestTransportBuilder {
        self.configure.push(Arc::new(configure));
        self
    }

    /// Builds the transport, for `https` only: pass it to
    /// [`ClientBuilder::transport`](crate::ClientBuilder::transport), possibly within another transport.
    ///
    /// # Errors
    /// A certificate cannot be read, the system's cannot be found, the environment names a proxy that cannot be used,
    /// or reqwest rejects a setting of `configure`.
    #[inline]
    pub fn build(self) -> Result<ReqwestTransport, Error> {
        self.build_for(&[Target { secure: true, host: None }], true, true, DEFAULT_CONNECT_TIMEOUT)
    }

    /// Builds the transport for these base URLs. Plain `http` to this machine uses no proxy of the environment.
    #[inline]
    pub(crate) fn build_to(self, urls: &[&BaseUrl], connect_timeout: Duration) -> Result<ReqwestTransport, Error> {
        let mut targets: Vec<Target<'_>> = Vec::new();
        for url in urls.iter().filter(|url| url.secure || !url.loopback) {
            let host = Some(url.authority.host());
            match targets.iter_mut().find(|target| target.secure == url.secure) {
                // `NO_PROXY` is checked for each request; here it decides only if there is a single host.
                Some(target) if target.host != host => target.host = None,
                Some(_) => {}
                None => targets.push(Target { secure: url.secure, host }),
            }
        }
        let secure = urls.iter().any(|url| url.secure);
        self.build_for(&targets, secure, urls.iter().all(|url| url.secure), connect_timeout)
    }

    #[inline]
    fn build_for(
        self,
        targets: &[Target<'_>],
        secure: bool,
        secure_only: bool,
        connect_timeout: Duration,
    ) -> Result<ReqwestTransport, Error> {
        let refuse = |problem: String| Error::configuration(format!("the client cannot be set up: {problem}"), None);
        let connect_timeout = self.connect_timeout.unwrap_or(connect_timeout);
        let ReqwestTransportBuilder { roots, system_roots, proxies, configure, problem, .. } = self;
        if let Some(problem) = problem {
            return Err(refuse(problem));
        }
        let proxies = match proxies {
            Some(proxies) => proxies,
            None => {
                let mut proxies = Vec::new();
                for target in targets {
                    proxies.extend(proxy::from_env(*target, &|name| std::env::var_os(name)).map_err(refuse)?);
                }
                proxies
            }
        };
        // Plain `http` needs no certificates, so it works on systems without any.
        let tls = if secure && system_roots { tls::system_trust(roots) } else { tls::trust(roots) };
        let tls = tls.map_err(|error| {
            let message = if system_roots {
                "TLS cannot be set up: are the CA certificates of the system installed (package ca-certificates)?"
            } else {
                "TLS cannot be set up with these certificates"
            };
            Error::configuration(message, Some(error.into()))
        })?;
        let make = move || {
            let mut builder = reqwest::Client::builder().connect_timeout(connect_timeout).no_proxy();
            for proxy in &proxies {
                builder = builder.proxy(proxy.clone());
            }
            let builder = configure.iter().fold(builder, |builder, configure| configure(builder));
            enforced(builder).https_only(secure_only).tls_backend_preconfigured(tls.clone()).build()
        };
        match Pools::new(Box::new(make)) {
            Ok(pools) => Ok(ReqwestTransport { pools: Arc::new(pools) }),
            Err(error) => Err(Error::configuration("the HTTP client cannot be built", Some(error.into()))),
        }
    }

    #[inline]
    fn fail(&mut self, problem: String) {
        self.problem.get_or_insert(problem);
    }
}

/// The settings that the client relies on. They include all those whose default another crate could change by enabling
/// a feature of reqwest.
#[inline]
fn enforced(builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    builder
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .no_gzip()
        .no_brotli()
        .no_zstd()
        .no_deflate()
}

impl Default for ReqwestTransportBuilder {
    #[inline]
    fn default() -> ReqwestTransportBuilder {
        ReqwestTransportBuilder {
            connect_timeout: None,
            roots: Vec::new(),
            system_roots: true,
            proxies: None,
            configure: Vec::new(),
            problem: None,
        }
    }
}

impl fmt::Debug for ReqwestTransportBuilder {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ReqwestTransportBuilder { connect_timeout, roots, system_roots, .. } = self;
        let mut printed = f.debug_struct("ReqwestTransportBuilder");
        printed.field("connect_timeout", connect_timeout).field("roots", &roots.len());
        printed.field("system_roots", system_roots).finish_non_exhaustive()
    }
}
