//! The default transport against a real server, which often misbehaves.

use super::double::GROUP;
use super::operations::GroupResponse;
use super::server::{Reply, Server};
use crate::{Client, Effect, Error, ErrorKind, Reached, ReqwestTransport, RetryPolicy, TransportErrorKind};
use std::process::Command;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

async fn get(client: crate::ClientBuilder) -> Result<GroupResponse, Error> {
    client.build().unwrap().get_group("g1").send().await
}

async fn update(client: crate::ClientBuilder) -> Error {
    client.build().unwrap().update_group("g1", "name").send().await.unwrap_err()
}

#[tokio::test]
async fn a_call_arrives_unchanged() {
    let server = Server::start(vec![Reply::answer("200 OK", GROUP), Reply::answer("204 No Content", "")]).await;
    let client = server.client().base_url(server.url() + "/prefix").user_agent("test/1").build().unwrap();
    let group = client.get_group("a b").page_number(2).send().await.unwrap();
    assert_eq!(group.data.attributes.name, "Payments");
    client.delete_group("ö").send().await.unwrap();

    let seen = server.seen();
    assert!(seen[0].starts_with("GET /prefix/api/v2/groups/a%20b?page%5Bnumber%5D=2 HTTP/1.1\r\n"), "{}", seen[0]);
    assert!(seen[1].starts_with("DELETE /prefix/api/v2/groups/%C3%B6 HTTP/1.1\r\n"), "{}", seen[1]);
    for line in ["dd-api-key: k1", "dd-application-key: k2", "accept: application/json", "user-agent: test/1 "] {
        assert!(seen[0].contains(&format!("\r\n{line}")), "{line}: {}", seen[0]);
    }
    assert!(!seen[0].contains("accept-encoding"), "{}", seen[0]);
}

#[tokio::test]
async fn a_body_arrives_whole() {
    let server = Server::start(vec![Reply::answer("200 OK", GROUP)]).await;
    let client = server.client().build().unwrap();
    let name = "x".repeat(300_000);
    client.update_group("g1", name.as_str()).send().await.unwrap();
    assert!(server.seen()[0].ends_with(&format!("\r\n\r\n{{\"name\":\"{name}\"}}")));
}

#[tokio::test]
async fn redirects_are_not_followed() {
    let other = Server::start(vec![Reply::answer("200 OK", GROUP)]).await;
    for status in ["301 Moved Permanently", "303 See Other", "307 Temporary Redirect"] {
        let head = format!("{status}\r\nLocation: {}/", other.url());
        let server = Server::start(vec![Reply::answer(&head, "")]).await;
        let error = get(server.client()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Status);
        assert!(error.to_string().contains("was not followed"), "{error}");
    }
    assert_eq!(other.seen(), Vec::<String>::new());
}

#[tokio::test]
async fn no_provider_is_installed_for_the_whole_process() {
    let server = Server::start(vec![Reply::answer("200 OK", GROUP)]).await;
    get(server.client()).await.unwrap();
    // With or without system certificates, this must not panic.
    let _ = ReqwestTransport::new(Duration::from_secs(1));
    assert!(rustls::crypto::CryptoProvider::get_default().is_none());
}

#[tokio::test]
async fn a_refused_connection_sent_nothing() {
    // No server listens on port 1, and no other test can get it.
    let builder = Client::builder().api_key("k1").application_key("k2").base_url("http://127.0.0.1:1");
    let error = update(builder.retry(RetryPolicy::never())).await;
    assert!(error.is_connect(), "{error:?}");
    assert_eq!((error.effect(), error.status()), (Effect::No, None));
    let line = error.to_string();
    assert!(line.starts_with("UpdateGroup: cannot connect (") && line.ends_with("; nothing was sent"), "{line}");
}

#[tokio::test]
async fn a_connection_that_closes_may_have_taken_effect() {
    for reply in ["", "HTTP/1.1 20", "not HTTP at all\r\n\r\n"] {
        let server = Server::start(vec![Reply::raw(reply), Reply::raw(reply)]).await;
        let error = update(server.client()).await;
        assert_eq!((error.kind(), error.effect()), (ErrorKind::Transport, Effect::Unknown), "{error:?}");
        assert_eq!(server.seen().len(), 1);
    }
}

/// The default policy, without waits.
fn eager() -> RetryPolicy {
    RetryPolicy::default().backoff(Duration::from_millis(1), Duration::from_millis(1))
}

#[tokio::test]
async fn failures_are_retried() {
    let server = Server::start(vec![
        Reply::raw(""),
        Reply::raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"),
        Reply::answer("429 Too Many Requests\r\nX-RateLimit-Reset: 0", "{}"),
        Reply::answer("200 OK", GROUP),
    ])
    .await;
    get(server.client().retry(eager())).await.unwrap();
    let seen = server.seen();
    assert!(seen.len() == 4 && seen.iter().all(|request| *request == seen[0]), "{seen:?}");

    let builder = Client::builder().api_key("k1").application_key("k2").base_url("http://127.0.0.1:1");
    let error = update(builder.retry(eager())).await;
    assert_eq!((error.attempts(), error.effect()), (4, Effect::No));
    let refusal = Reply::answer("429 Too Many Requests\r\nRetry-After: 0", "{}");
    let server = Server::start(vec![refusal, Reply::raw(""), Reply::answer("200 OK", GROUP)]).await;
    let error = update(server.client().retry(eager())).await;
    assert_eq!((error.attempts(), error.effect(), server.seen().len()), (2, Effect::Unknown, 2));
}

#[tokio::test]
async fn a_truncated_body_is_an_error_with_the_status() {
    for head in ["Content-Length: 100", "Transfer-Encoding: chunked"] {
        let head = format!("200 OK\r\nContent-Type: application/json\r\n{head}");
        let server = Server::start(vec![Reply::raw(&format!("HTTP/1.1 {head}\r\n\r\n50\r\n{GROUP}"))]).await;
        let error = update(server.client()).await;
        let cause = error.transport_error().unwrap();
        assert_eq!(cause.kind(), TransportErrorKind::Body, "{error:?}");
        assert_eq!((error.status(), error.effect(), cause.reached()), (Some(200), Effect::Yes, Reached::Unknown));
        assert!(error.to_string().contains("200 OK, but the response did not arrive whole"), "{error}");
    }
}

#[tokio::test]
async fn a_response_over_the_limit_is_not_read() {
    let chunk = b"10000\r\n".iter().copied().chain([b' '; 0x10000]).chain(*b"\r\n").collect::<Vec<_>>();
    let chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".to_vec();
    let endless = b"HTTP/1.1 200 OK\r\n\r\n".to_vec();
    for reply in [
        Reply::Forever(chunked, chunk),
        Reply::Forever(endless, vec![b' '; 1000]),
        // A wrong length, which must not be reserved.
        Reply::raw("HTTP/1.1 200 OK\r\nContent-Length: 1844674407370955161\r\n\r\n{}"),
    ] {
        let server = Server::start(vec![reply]).await;
        let error = get(server.client().max_response_bytes(1 << 20)).await.unwrap_err();
        assert_eq!(error.transport_error().map(crate::TransportError::kind), Some(TransportErrorKind::TooLarge));
        assert!(error.to_string().contains("too large (more than 1048576 bytes)"), "{error}");
        assert_eq!(error.status(), Some(200));
    }
    let exact = Server::start(vec![Reply::answer("200 OK", GROUP)]).await;
    get(exact.client().max_response_bytes(GROUP.len())).await.unwrap();
}

#[tokio::test]
async fn the_whole_call_is_timed() {
    let drip = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{";
    for (reply, status) in [("", None), ("HTTP/1.1 200", None), (drip, Some(200))] {
        let server = Server::start(vec![Reply::Stall(reply.as_bytes().to_vec())]).await;
        let started = Instant::now();
        let error = update(server.client().timeout(Duration::from_millis(200))).await;
        assert!(started.elapsed() < Duration::from_secs(5));
        assert!(error.is_timeout() && error.may_have_taken_effect(), "{error:?}");
        assert_eq!(error.status(), status);
    }
}

#[tokio::test]
async fn a_reqwest_client_of_the_caller_can_be_used() {
    let own = reqwest::Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .tls_backend_preconfigured(own_tls())
        .build()
        .unwrap();
    let server = Server::start(vec![Reply::answer("200 OK", GROUP)]).await;
    get(server.client().transport(ReqwestTransport::with_client(own))).await.unwrap();
}

fn own_tls() -> rustls::ClientConfig {
    rustls::ClientConfig::builder_with_provider(rustls::crypto::ring::default_provider().into())
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth()
}

#[tokio::test]
async fn https_does_not_fall_back_to_http_and_connecting_is_timed() {
    // The server waits for the end of a request that TLS never sends.
    let server = Server::start(vec![Reply::answer("200 OK", GROUP)]).await;
    let builder = server.client().base_url(server.url().replace("http:", "https:"));
    let Ok(client) = builder.connect_timeout(Duration::from_millis(300)).build() else {
        return; // … another test covers systems without certificates
    };
    let error = client.update_group("g1", "name").send().await.unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    assert_eq!(error.effect(), Effect::No);
    assert_eq!(server.seen(), Vec::<String>::new());
}

#[test]
fn without_a_tokio_runtime_a_call_is_an_error() {
    let client = Client::builder().api_key("k1").application_key("k2").base_url("http://127.0.0.1:1").build().unwrap();
    let mut call = std::pin::pin!(client.delete_group("g1").send());
    let Poll::Ready(Err(error)) = call.as_mut().poll(&mut Context::from_waker(Waker::noop())) else {
        panic!("it cannot even begin");
    };
    assert!(error.to_string().contains("no tokio runtime"), "{error}");
    assert_eq!(error.effect(), Effect::No);
}

/// Runs one test in a separate process, in which environment variables can be set.
pub(super) fn run_with(test: &str, vars: &[(&str, &str)]) {
    let test = format!("tests::{test}");
    let program = std::env::current_exe().unwrap();
    let output = Command::new(program).args(["--exact", &test]).envs(vars.iter().copied()).output().unwrap();
    let printed = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && printed.contains("1 passed"), "{printed}");
}

#[cfg(target_os = "linux")]
#[test]
fn missing_system_certificates_are_reported() {
    if std::env::var_os("SSL_CERT_FILE").is_none_or(|file| file != "/does/not/exist") {
        let nowhere = [("SSL_CERT_FILE", "/does/not/exist"), ("SSL_CERT_DIR", "/does/not/exist")];
        return run_with("loopback::missing_system_certificates_are_reported", &nowhere);
    }
    let builder = Client::builder().api_key("k1").application_key("k2");
    let error = builder.clone().build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert!(error.to_string().contains("CA certificates"), "{error}");
    assert!(error.cause().is_some());
    // Plain HTTP to this machine needs no certificates.
    builder.base_url("http://127.0.0.1:1").build().unwrap();
}

#[test]
fn plain_http_goes_through_no_proxy() {
    const PROXY: &str = "http://127.0.0.1:1";
    if std::env::var_os("http_proxy").is_none_or(|proxy| proxy != PROXY) {
        return run_with("loopback::plain_http_goes_through_no_proxy", &[("http_proxy", PROXY), ("no_proxy", "")]);
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let server = Server::start(vec![Reply::answer("200 OK", GROUP)]).await;
        get(server.client()).await.unwrap();
    });
}
