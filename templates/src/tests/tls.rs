//! TLS with a server that has its own CA, directly and through proxies.

use super::double::GROUP;
use crate::{Client, ClientBuilder, Effect, Error, ErrorKind, ReqwestTransport, RetryPolicy, TransportErrorKind};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, date_time_ymd};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;

/// A certification authority.
struct Ca(CertifiedIssuer<'static, KeyPair>);

impl Ca {
    fn new() -> Ca {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        let name = format!("CA {}", COUNT.fetch_add(1, Ordering::SeqCst));
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Ca(CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap())
    }

    fn pem(&self) -> Vec<u8> {
        self.0.pem().into_bytes()
    }

    /// A server for a name, whose certificate ends with this year.
    fn acceptor(&self, name: &str, last_year: i32) -> TlsAcceptor {
        let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        params.not_after = date_time_ymd(last_year, 12, 31);
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.0).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key.into())
            .unwrap();
        TlsAcceptor::from(Arc::new(config))
    }
}

/// A listener on loopback, and the number of its connections.
struct Listener {
    address: SocketAddr,
    connections: Arc<AtomicUsize>,
    task: JoinHandle<()>,
}

impl Listener {
    async fn start<F>(serve: impl Fn(TcpStream) -> F + Send + 'static) -> Listener
    where
        F: Future<Output = std::io::Result<()>> + Send + 'static,
    {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let connections = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&connections);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                counter.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(serve(stream));
            }
        });
        Listener { address, connections, task }
    }

    /// An API over TLS.
    async fn api(acceptor: TlsAcceptor) -> Listener {
        Listener::start(move |stream| {
            let acceptor = acceptor.clone();
            async move { answer(acceptor.accept(stream).await?).await }
        })
        .await
    }

    fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    /// A client of this API, with a name that resolves to it.
    fn client(&self) -> ClientBuilder {
        let retry = RetryPolicy::default().backoff(Duration::from_millis(1), Duration::from_millis(1));
        let builder = Client::builder().api_key("k1").application_key("k2").retry(retry);
        builder.base_url(format!("https://localhost:{}", self.address.port()))
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Responds to every request of a connection.
async fn answer(mut stream: impl AsyncRead + AsyncWrite + Unpin) -> std::io::Result<()> {
    loop {
        let head = head(&mut stream).await?;
        assert!(head.starts_with("GET /api/v2/groups/g1 HTTP/1.1\r\n"), "{head}");
        let answer = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{GROUP}", GROUP.len());
        stream.write_all(answer.as_bytes()).await?;
    }
}

async fn head(stream: &mut (impl AsyncRead + Unpin)) -> std::io::Result<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await?);
    }
    Ok(String::from_utf8(head).unwrap())
}

/// Without the certificates of the system, which may have none; another test covers the environment's proxies.
fn trusting(builder: ClientBuilder, ca: &Ca) -> ClientBuilder {
    let pem = ca.pem();
    builder.reqwest(|http| http.add_root_certificates(&pem).without_system_certificates().no_proxy())
}

async fn get(builder: ClientBuilder) -> Result<String, Error> {
    Ok(builder.build()?.get_group("g1").send().await?.data.id)
}

#[tokio::test]
async fn a_ca_of_the_caller_is_trusted() {
    let ca = Ca::new();
    let server = Listener::api(ca.acceptor("localhost", 2100)).await;
    assert_eq!(get(trusting(server.client(), &ca)).await.unwrap(), "g1");
    // In addition to another, and to those of the system, if there are any.
    let both = [Ca::new().pem(), ca.pem()].concat();
    let builder = server.client().reqwest(|http| http.add_root_certificates(&both).no_proxy());
    match get(builder).await {
        Ok(id) => assert_eq!(id, "g1"),
        Err(error) => assert!(error.to_string().contains("CA certificates"), "{error}"),
    }
    // With a transport that is built first.
    let transport =
        ReqwestTransport::builder().add_root_certificates(&ca.pem()).without_system_certificates().no_proxy();
    assert_eq!(get(server.client().transport(transport.build().unwrap())).await.unwrap(), "g1");
}

#[tokio::test]
async fn an_untrusted_server_is_not_retried() {
    let ca = Ca::new();
    for (acceptor, trusted, words) in
        [(ca.acceptor("localhost", 2100), Ca::new(), "UnknownIssuer"), (ca.acceptor("localhost", 2001), ca, "expired")]
    {
        let server = Listener::api(acceptor).await;
        let error = get(trusting(server.client(), &trusted)).await.unwrap_err();
        assert_eq!((error.attempts(), error.effect(), server.connections()), (1, Effect::No, 1), "{error}");
        assert_eq!(error.transport_error().unwrap().kind(), TransportErrorKind::Tls);
        assert!(error.is_connect() && !error.is_timeout());
        assert!(
            error.to_string().starts_with("GetGroup: cannot connect securely (invalid peer certificate: "),
            "{error}"
        );
        assert!(error.to_string().to_lowercase().contains(&words.to_lowercase()), "{words}: {error}");
        assert!(error.to_string().ends_with("; nothing was sent"), "{error}");
    }
    let ca = Ca::new();
    let server = Listener::api(ca.acceptor("other.example", 2100)).await;
    let error = get(trusting(server.client(), &ca)).await.unwrap_err();
    assert_eq!((error.attempts(), server.connections()), (1, 1));
    assert!(error.to_string().contains("other.example"), "{error}");
    // Nor is one that does not use TLS.
    let plain =
        Listener::start(|mut stream| async move { stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await });
    let plain = plain.await;
    let error = get(trusting(plain.client(), &ca)).await.unwrap_err();
    assert_eq!((error.attempts(), plain.connections()), (1, 1), "{error}");
}

#[tokio::test]
async fn a_handshake_that_breaks_off_is_retried() {
    let ca = Ca::new();
    let server = Listener::start(|stream| async move {
        drop(stream);
        Ok(())
    });
    let server = server.await;
    let error = get(trusting(server.client(), &ca)).await.unwrap_err();
    assert_eq!((error.attempts(), server.connections()), (4, 4), "{error}");
    assert_eq!((error.effect(), error.transport_error().unwrap().kind()), (Effect::No, TransportErrorKind::Connect));
}

#[tokio::test]
async fn the_transport_overrides_settings_of_the_caller() {
    let ca = Ca::new();
    let server = Listener::api(ca.acceptor("localhost", 2100)).await;
    // None of these has an effect.
    let builder = trusting(server.client(), &ca).reqwest(|http| {
        http.configure(|reqwest| {
            reqwest
                .https_only(false)
                .redirect(reqwest::redirect::Policy::limited(5))
                .tls_danger_accept_invalid_certs(true)
        })
    });
    assert_eq!(get(builder).await.unwrap(), "g1");
    let untrusted = server.client().reqwest(|http| {
        let http = http.without_system_certificates().no_proxy();
        http.configure(|reqwest| reqwest.tls_danger_accept_invalid_certs(true))
    });
    let error = get(untrusted).await.unwrap_err();
    assert_eq!(error.transport_error().unwrap().kind(), TransportErrorKind::Tls, "{error}");
    let elsewhere = Listener::start(|_| async { Ok(()) }).await;
    let location = format!("Location: http://{}/\r\n", elsewhere.address);
    let redirecting = Listener::start(move |mut stream| {
        let answer = format!("HTTP/1.1 307 X\r\n{location}Content-Length: 0\r\n\r\n");
        async move {
            head(&mut stream).await?;
            stream.write_all(answer.as_bytes()).await
        }
    });
    let redirecting = redirecting.await;
    let builder = redirecting.client().base_url(format!("http://{}", redirecting.address));
    let follow = |reqwest: reqwest::ClientBuilder| reqwest.redirect(reqwest::redirect::Policy::limited(5));
    let error = get(builder.reqwest(|http| http.configure(follow))).await.unwrap_err();
    assert_eq!((error.status(), elsewhere.connections()), (Some(307), 0));
}

#[tokio::test]
async fn invalid_settings_are_errors_of_build() {
    let builder = || Client::builder().api_key("k1").application_key("k2").base_url("http://127.0.0.1:1");
    let broken = b"-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
    for (builder, words) in [
        (builder().reqwest(|http| http.add_root_certificates(b"")), "not in PEM"),
        (builder().reqwest(|http| http.add_root_certificates(b"\x30\x82")), "not in PEM"),
        (builder().reqwest(|http| http.add_root_certificates(b"-----BEGIN CERTIFICATE-----\nMIIB")), "cannot be read"),
        (builder().reqwest(|http| http.add_root_certificates(broken).without_system_certificates()), "certificates"),
        (builder().reqwest(|http| http.connect_timeout(Duration::ZERO)), "connect_timeout is zero"),
        (
            builder().reqwest(|http| http.no_proxy()).transport(super::double::Double::default()),
            "both another transport and settings",
        ),
    ] {
        let error = builder.build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(error.to_string().contains(words), "{words}: {error}");
    }
}

/// A proxy that requires a name and password, and passes connections on.
async fn http_proxy() -> Listener {
    Listener::start(|mut stream| async move {
        let head = head(&mut stream).await?;
        let target = head.strip_prefix("CONNECT ").and_then(|rest| rest.split(' ').next()).unwrap().to_owned();
        // `me:secret`.
        assert!(head.to_lowercase().contains("\r\nproxy-authorization: basic bwu6c2vjcmv0\r\n"), "{head}");
        assert!(!head.contains("k1"), "a proxy sees no key: {head}");
        let mut server = TcpStream::connect(target).await?;
        stream.write_all(b"HTTP/1.1 200 Connected\r\n\r\n").await?;
        copy_bidirectional(&mut stream, &mut server).await.map(drop)
    })
    .await
}

/// A SOCKS proxy of version 5 that resolves names.
async fn socks_proxy() -> Listener {
    Listener::start(|mut stream| async move {
        let mut greeting = [0; 2];
        stream.read_exact(&mut greeting).await?;
        let mut methods = vec![0; usize::from(greeting[1])];
        stream.read_exact(&mut methods).await?;
        stream.write_all(&[5, 0]).await?;
        let mut request = [0; 5];
        stream.read_exact(&mut request).await?;
        assert_eq!(request[..4], [5, 1, 0, 3], "a connection to a name");
        let mut name = vec![0; usize::from(request[4])];
        stream.read_exact(&mut name).await?;
        let port = stream.read_u16().await?;
        let mut server = TcpStream::connect((String::from_utf8(name).unwrap(), port)).await?;
        stream.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0]).await?;
        copy_bidirectional(&mut stream, &mut server).await.map(drop)
    })
    .await
}

#[tokio::test]
async fn calls_go_through_a_proxy() {
    let ca = Ca::new();
    let server = Listener::api(ca.acceptor("localhost", 2100)).await;
    let (http, socks) = (http_proxy().await, socks_proxy().await);
    for (proxy, url) in
        [(&http, format!("http://me:secret@{}", http.address)), (&socks, format!("socks5h://{}", socks.address))]
    {
        let by_method =
            trusting(server.client(), &ca).reqwest(|transport| transport.proxy(reqwest::Proxy::all(&url).unwrap()));
        assert_eq!(get(by_method).await.unwrap(), "g1");
        assert_eq!(proxy.connections(), 1);
        let url = url.clone();
        let by_function = trusting(server.client(), &ca).reqwest(|transport| {
            transport.configure(move |reqwest| reqwest.proxy(reqwest::Proxy::https(&url).unwrap()))
        });
        assert_eq!(get(by_function).await.unwrap(), "g1");
        assert_eq!(proxy.connections(), 2);
    }
}

#[test]
fn calls_go_through_the_proxy_of_the_environment() {
    let runtime = || tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    if let Some(port) = std::env::var_os("TEST_API_PORT") {
        let port = port.into_string().unwrap();
        let ca = std::env::var("TEST_CA").unwrap();
        let builder =
            Client::builder().api_key("k1").application_key("k2").base_url(format!("https://localhost:{port}"));
        let builder = builder.reqwest(|http| http.add_root_certificates(ca.as_bytes()).without_system_certificates());
        assert_eq!(runtime().block_on(get(builder)).unwrap(), "g1");
        return;
    }
    let runtime = runtime();
    let ca = Ca::new();
    let (server, proxy) =
        runtime.block_on(async { (Listener::api(ca.acceptor("localhost", 2100)).await, http_proxy().await) });
    let url = format!("http://me:secret@{}", proxy.address);
    let (port, pem) = (server.address.port().to_string(), String::from_utf8(ca.pem()).unwrap());
    let test = "tls::calls_go_through_the_proxy_of_the_environment";
    for (name, excepted, expected) in
        [("HTTPS_PROXY", "", 1), ("all_proxy", "x.example", 2), ("ALL_PROXY", "localhost", 2)]
    {
        let none = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"].map(|name| (name, ""));
        let mut vars = none.to_vec();
        vars.extend([(name, url.as_str()), ("NO_PROXY", excepted), ("TEST_API_PORT", &port), ("TEST_CA", &pem)]);
        super::loopback::run_with(test, &vars);
        assert_eq!(proxy.connections(), expected, "{name}");
    }
}
