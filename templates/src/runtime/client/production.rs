//! Using the client in production: what it does by default, and how to change it.
//!
//! A [`Client`](crate::Client) is cheap to clone, and its clones share their connections and what they know of the rate
//! limit. Build one per process and clone it.
//!
//! ```no_run
#![doc = concat!("use ", env!("CARGO_CRATE_NAME"), "::{ClientBuilder, Error, RetryPolicy};")]
//! use std::time::Duration;
//!
//! # fn main() -> Result<(), Error> {
//! // Reads the keys from the environment; `Client::builder()` reads nothing.
//! let client = ClientBuilder::from_env()
//!     .user_agent("nightly-report/1.4")
//!     .default_header("x-team", "platform")
//!     .connect_timeout(Duration::from_secs(3))
//!     .timeout(Duration::from_secs(20))
//!     .retry(RetryPolicy::default().max_attempts(6).max_elapsed(Duration::from_secs(300)))
//!     .build()?;
//! # drop(client);
//! # Ok(())
//! # }
//! ```
//!
//! For the blocking client, insert `.blocking()` before `.build()`.
//!
//! # Base URL
//!
//! By default, calls go to the server that the description names. [`base_url`](crate::ClientBuilder::base_url) sends all of
//! them elsewhere, to a gateway or a test server. Plain `http` is accepted for this machine only, because calls carry keys;
//! [`allow_insecure_http`](crate::ClientBuilder::allow_insecure_http) removes that limit.
//!
//! # Time limits
//!
//! | limit | default | setter |
//! |---|---|---|
//! | to connect | 10 seconds | [`connect_timeout`](crate::ClientBuilder::connect_timeout) |
//! | of one attempt, to the last byte of the response | 1 minute | [`timeout`](crate::ClientBuilder::timeout) |
//! | without progress, while a body is a stream | 1 minute | [`idle_timeout`](crate::ClientBuilder::idle_timeout) |
//! | of a call, until its last attempt begins | 2 minutes | [`RetryPolicy::max_elapsed`](crate::RetryPolicy::max_elapsed) |
//!
//! `with_timeout` on a call replaces the second for that call. A response of more than 32 MiB is an error:
//! [`max_response_bytes`](crate::ClientBuilder::max_response_bytes).
//!
//! # Retries
//!
//! A call is sent up to four times, and only where a repetition can do no harm: [`RetryPolicy`](crate::RetryPolicy) has the
//! table. [`Error::effect`](crate::Error::effect) says whether a failed call may have taken effect. `with_retry` on a call
//! replaces the policy for that call, and `RetryPolicy::never()` disables retries.
//!
//! # Rate limits and concurrency
//!
//! After a 429, all calls of the client and of its clones wait as long as the server asks, and then continue. Each
//! response has the state of the limit: [`Response::rate_limit`](crate::Response::rate_limit).
//!
//! The client does not limit the number of calls under way. To limit it, let each task hold a permit of a
//! `tokio::sync::Semaphore`:
//!
//! ```text
//! let permits = Arc::new(Semaphore::new(8));
//! for call in calls {
//!     let permits = permits.clone();
//!     tasks.spawn(async move {
//!         let _permit = permits.acquire().await;
//!         call.send().await
//!     });
//! }
//! ```
//!
//! `tokio::spawn` and `buffer_unordered` expect a future: pass `call.send()`, because a call itself becomes a future only by
//! `.await`.
//!
//! # Proxies and certificates
//!
//! The feature `reqwest` reads the environment:
//!
//! | variable | effect |
//! |---|---|
//! | `HTTPS_PROXY`, `ALL_PROXY` | the proxy for calls: `http://HOST:PORT` or `socks5h://HOST:PORT`. It sees the host, not the request |
//! | `HTTP_PROXY` | the proxy for a base URL with plain `http` |
//! | `NO_PROXY` | hosts that are reached directly |
//! | `SSL_CERT_FILE`, `SSL_CERT_DIR` | on Linux, the trusted certificates in place of those of the system |
//!
//! A proxy that cannot be used is an error when the client is built, and is never bypassed silently.
//! `ClientBuilder::reqwest` sets proxies and certificates in code, and all other settings that
//! reqwest has; `ReqwestTransportBuilder` has an example. In a container without
//! certificates, install its package `ca-certificates`, or add your own with
//! `add_root_certificates`.
//!
//! # Headers
//!
//! The `User-Agent` is the name and version of this crate, after the name of your program if you set
//! [`user_agent`](crate::ClientBuilder::user_agent). [`default_header`](crate::ClientBuilder::default_header) adds a header to
//! all calls, and `header` on a call adds one to that call.
//!
//! # Credentials
//!
//! The client keeps keys out of `Debug`, errors and traces, and wipes its own copy when it is dropped. It sends them only to
//! the host that it was built for, and follows no redirect. A [`TokenProvider`](crate::TokenProvider) supplies tokens that
//! expire.
//!
//! # Tracing
//!
//! With the feature `tracing`, each call is a span named `call` (operation, method, path, status, attempts, duration).
//! Each retry is an event at `warn`, a wait because of another call's 429 at `info`, and the end of a call at `debug`, or at `warn` if it
//! failed. The target is the name of this crate, with `_` for `-`. `RUST_LOG=warn` shows failures and retries. The event of
//! a failed call has the kind of the error; log the [`Error`](crate::Error) itself for the reason. No key, argument or body is
//! recorded.
//!
//! # Testing
//!
//! The feature `testing` adds the module `testing` for your own tests: a client that responds from a script,
//! and a fake of the API that keeps what is created in memory. [`transport`](crate::ClientBuilder::transport) accepts a transport of your own.
