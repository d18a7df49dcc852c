//! The default transport: reqwest, over rustls with ring and the certificates that the system trusts.

use crate::runtime::client::{BoxFuture, Error, Limits, Reached, Transport, TransportError, TransportErrorKind};
use bytes::{Bytes, BytesMut};
use std::sync::Arc;
use std::time::Duration;

/// The default [`Transport`]: a [`reqwest::Client`].
///
/// It follows no redirect, sends nothing twice, keeps no cookies and asks for no compression. It needs a tokio runtime
/// around it. Clones share their connections.
#[derive(Clone, Debug)]
pub struct ReqwestTransport {
    client: reqwest::Client,
}

/// The most that is reserved for a body because its `Content-Length` says so.
const MAX_RESERVED: u64 = 1 << 20;

impl ReqwestTransport {
    /// For `https` only, trusting the certificates that the system trusts. The proxy that the environment names is
    /// used: it sees the host, not the request.
    ///
    /// # Errors
    /// The system's certificates cannot be found, as in a container without a CA bundle.
    pub fn new(connect_timeout: Duration) -> Result<ReqwestTransport, Error> {
        let client = builder(connect_timeout).https_only(true);
        Self::build(client, system_trust())
    }

    /// For plain `http`, trusting no certificate. No proxy is used: it would see the keys.
    pub(crate) fn plain(connect_timeout: Duration) -> Result<ReqwestTransport, Error> {
        let client = builder(connect_timeout).no_proxy();
        Self::build(client, no_trust())
    }

    /// Sends by a client of your own. Its timeouts and the [`Limits`] of each request both hold.
    ///
    /// The client must not follow redirects (`redirect::Policy::none()`): it would carry the keys along to another
    /// host. Nor should it send anything again (`retry(reqwest::retry::never())`).
    #[must_use]
    pub fn with_client(client: reqwest::Client) -> ReqwestTransport {
        ReqwestTransport { client }
    }

    fn build(
        client: reqwest::ClientBuilder,
        tls: Result<rustls::ClientConfig, rustls::Error>,
    ) -> Result<ReqwestTransport, Error> {
        let tls = tls.map_err(|error| {
            Error::configuration(
                "TLS cannot be set up: are the CA certificates of the system installed (package ca-certificates)?",
                Some(error.into()),
            )
        })?;
        match client.tls_backend_preconfigured(tls).build() {
            Ok(client) => Ok(ReqwestTransport { client }),
            Err(error) => Err(Error::configuration("the HTTP client cannot be built", Some(error.into()))),
        }
    }

    async fn exchange(&self, request: http::Request<Bytes>, limits: Limits) -> Result<http::Response<Bytes>, Failure> {
        if tokio::runtime::Handle::try_current().is_err() {
            let reason = "there is no tokio runtime here, which the default transport needs";
            return Err(Failure(TransportError::new(TransportErrorKind::Other, Reached::No, reason)));
        }
        let mut request = reqwest::Request::try_from(request)?;
        *request.timeout_mut() = Some(limits.timeout);
        let mut response = self.client.execute(request).await?;

        let mut answer = http::Response::new(Bytes::new());
        *answer.status_mut() = response.status();
        *answer.headers_mut() = std::mem::take(response.headers_mut());
        match read(&mut response, limits.max_response_bytes).await {
            Ok(body) => {
                *answer.body_mut() = body;
                Ok(answer)
            }
            Err(failure) => {
                let head = answer.into_parts().0;
                Err(Failure(failure.0.with_head(head.status, head.headers)))
            }
        }
    }
}

impl Transport for ReqwestTransport {
    fn send(
        &self,
        request: http::Request<Bytes>,
        limits: Limits,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(async move { self.exchange(request, limits).await.map_err(|failure| failure.0) })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}

/// Everything is said here that features of reqwest could change, should another crate switch them on.
fn builder(connect_timeout: Duration) -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .no_gzip()
        .no_brotli()
        .no_zstd()
        .no_deflate()
        .connect_timeout(connect_timeout)
}

fn system_trust() -> Result<rustls::ClientConfig, rustls::Error> {
    use rustls_platform_verifier::BuilderVerifierExt as _;
    Ok(tls()?.with_platform_verifier()?.with_no_client_auth())
}

fn no_trust() -> Result<rustls::ClientConfig, rustls::Error> {
    Ok(tls()?.with_root_certificates(rustls::RootCertStore::empty()).with_no_client_auth())
}

/// The provider is handed over here and never installed for the whole process: that choice is the program's.
fn tls() -> Result<rustls::ConfigBuilder<rustls::ClientConfig, rustls::WantsVerifier>, rustls::Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    rustls::ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()
}

async fn read(response: &mut reqwest::Response, limit: usize) -> Result<Bytes, Failure> {
    let length = response.content_length().unwrap_or(0);
    if length > limit as u64 {
        return Err(Failure::too_large(limit));
    }
    // At most 1 MiB, so it fits.
    let mut body = BytesMut::with_capacity(length.min(MAX_RESERVED) as usize);
    while let Some(chunk) = response.chunk().await? {
        if chunk.len() > limit - body.len() {
            return Err(Failure::too_large(limit));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

/// A [`TransportError`] into which `?` turns reqwest's errors.
struct Failure(TransportError);

impl Failure {
    fn too_large(limit: usize) -> Failure {
        let reason = format!("more than {limit} bytes");
        Failure(TransportError::new(TransportErrorKind::TooLarge, Reached::Unknown, reason))
    }
}

impl From<reqwest::Error> for Failure {
    fn from(error: reqwest::Error) -> Failure {
        let reached = if error.is_connect() || error.is_builder() { Reached::No } else { Reached::Unknown };
        let kind = if error.is_timeout() {
            TransportErrorKind::Timeout
        } else if error.is_connect() {
            TransportErrorKind::Connect
        } else if error.is_body() || error.is_decode() {
            TransportErrorKind::Body
        } else {
            TransportErrorKind::Other
        };
        // The URL is the caller's own and long; the operation says where the request went.
        Failure(TransportError::new(kind, reached, error.without_url()))
    }
}
