//! The default transport: reqwest, over rustls with ring and the certificates that the system trusts.

mod builder;
mod failure;
mod pools;
pub(crate) mod proxy;
mod runtime;
mod streamed;
mod tls;

pub use self::builder::ReqwestTransportBuilder;

use self::failure::Failure;
use self::pools::Pools;
use crate::runtime::client::body::too_large;
use crate::runtime::client::{Body, BoxFuture, Error, Limits, Transport, TransportError};
use bytes::{Bytes, BytesMut};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// The default [`Transport`]: a [`reqwest::Client`].
///
/// It follows no redirect, sends nothing twice, keeps no cookies and accepts no compression. Clones share their
/// connections.
///
/// It needs a tokio runtime with timers and I/O (`enable_all`); without one, calls fail and nothing is sent. It can be
/// used in several runtimes, one after another or at the same time: each has its own connections, since a connection
/// belongs to the runtime that opened it. The connections of the last eight runtimes are kept.
#[derive(Clone)]
pub struct ReqwestTransport {
    pools: Arc<Pools>,
}

/// The maximum memory that is reserved for a body because of its `Content-Length`.
const MAX_RESERVED: u64 = 1 << 20;

impl ReqwestTransport {
    /// Creates a transport for `https` only, which trusts the certificates that the system trusts. It uses the proxy
    /// that the environment names: the proxy sees the host, not the request. [`builder`](ReqwestTransport::builder) has
    /// all settings.
    ///
    /// # Errors
    /// The system's certificates cannot be found, as in a container without a CA bundle; or the environment names a
    /// proxy that cannot be used.
    #[inline]
    pub fn new(connect_timeout: Duration) -> Result<ReqwestTransport, Error> {
        ReqwestTransport::builder().connect_timeout(connect_timeout).build()
    }

    /// Adjusts the transport: proxies, certificates, and any other setting of reqwest.
    ///
    /// For a client without middleware, [`ClientBuilder::reqwest`](crate::ClientBuilder::reqwest) is shorter.
    #[inline]
    pub fn builder() -> ReqwestTransportBuilder {
        ReqwestTransportBuilder::default()
    }

    /// Sends requests by a client of your own. Both its timeouts and the [`Limits`] of each request apply.
    ///
    /// The client must not follow redirects (`redirect::Policy::none()`): it would send the keys to another host. It
    /// should not retry (`retry(reqwest::retry::never())`). It needs TLS: without a feature of reqwest that adds TLS,
    /// such as `rustls`, building it panics. With [`builder`](ReqwestTransport::builder) none of this can go wrong.
    ///
    /// The client belongs to the runtime in which it is first used, which drives its connections.
    #[inline]
    #[must_use]
    pub fn with_client(client: reqwest::Client) -> ReqwestTransport {
        ReqwestTransport { pools: Arc::new(Pools::of(client)) }
    }

    #[inline]
    async fn exchange(&self, request: http::Request<Bytes>, limits: Limits) -> Result<http::Response<Bytes>, Failure> {
        let client = self.pools.here()?;
        let mut request = reqwest::Request::try_from(request)?;
        *request.timeout_mut() = Some(limits.timeout);
        let mut response = client.execute(request).await?;

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
    #[inline]
    fn send(
        &self,
        request: http::Request<Bytes>,
        limits: Limits,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(async move { self.exchange(request, limits).await.map_err(|failure| failure.0) })
    }

    #[inline]
    fn send_streamed(
        &self,
        request: http::Request<Body>,
        limits: Limits,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let client = self.pools.here().map_err(|failure| failure.0)?;
            streamed::exchange(client, request, limits.idle_timeout).await.map_err(|failure| failure.0)
        })
    }

    #[inline]
    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            // Without timers there is no sleep, and the next request fails for the same reason.
            if self.pools.here().is_ok() {
                tokio::time::sleep(duration).await;
            }
        })
    }
}

impl fmt::Debug for ReqwestTransport {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReqwestTransport").finish_non_exhaustive()
    }
}

#[inline]
async fn read(response: &mut reqwest::Response, limit: usize) -> Result<Bytes, Failure> {
    let length = response.content_length().unwrap_or(0);
    if length > limit as u64 {
        return Err(Failure(too_large(limit as u64)));
    }
    // At most 1 MiB, so it fits.
    let mut body = BytesMut::with_capacity(length.min(MAX_RESERVED) as usize);
    while let Some(chunk) = response.chunk().await? {
        if chunk.len() > limit - body.len() {
            return Err(Failure(too_large(limit as u64)));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}
