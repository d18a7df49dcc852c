//! The server of a call.

use super::double::{Answering, Outcome, answer, answering};
use crate::runtime::client::server::{Chosen, Server, Variable, resolve};
use crate::{ClientBuilder, ErrorKind, Operation, Request, Site};
use http::Method;
use std::sync::{Arc, Mutex};

static USUAL: Operation = Operation::new("Usual", Method::GET, "/usual", true);
static UPLOAD: Operation = Operation::new("Upload", Method::POST, "/upload", false);
static NOWHERE: Operation = Operation::new("Nowhere", Method::POST, "/nowhere", false);

const REGION: Variable =
    Variable { name: "region", setter: "server_region", default: Some("eu"), values: &["eu", "us", "us2"] };
const NAME: Variable = Variable { name: "name", setter: "server_name", default: None, values: &[] };
const SERVERS: &[Server] = &[
    Server::new("https://{region}.example.com/v1").with(&[REGION]),
    Server::new("https://{name}").with(&[NAME]),
    Server::new("https://{name}.{region}.example.com").with(&[NAME, Variable { values: &[], ..REGION }]),
];

fn resolved(servers: &[Server], chosen: &[(&'static str, &str)]) -> Result<String, String> {
    let variables = chosen.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    resolve(servers, &Chosen { site: None, variables })
}

#[test]
fn the_first_server_with_all_values_is_used() {
    let url = |chosen: &[(&'static str, &str)]| resolved(SERVERS, chosen).unwrap();
    assert_eq!(url(&[]), "https://eu.example.com/v1");
    assert_eq!(url(&[("region", "us2")]), "https://us2.example.com/v1");
    assert_eq!(url(&[("name", "a.example")]), "https://a.example");
    assert_eq!(url(&[("name", "a"), ("region", "mars")]), "https://a.mars.example.com");
    assert_eq!(url(&[("name", "a"), ("region", "eu")]), "https://a.eu.example.com");
    // Variables that none of them has are for others.
    assert_eq!(url(&[("port", "80")]), "https://eu.example.com/v1");
    // A value is not searched for variables.
    let of_path = [Server::new("https://a.example/{region}/{name}").with(&[NAME, Variable { values: &[], ..REGION }])];
    let chosen = [("name", "{region}"), ("region", "us")];
    assert_eq!(resolved(&of_path, &chosen).unwrap(), "https://a.example/us/{region}");
}

/// A value that ends the host early would send the credentials to another.
#[test]
fn a_variable_cannot_end_the_host() {
    let name = |name| resolved(SERVERS, &[("name", name), ("region", "us")]);
    for value in
        ["evil.example/", "evil.example#", "evil.example?", "a@evil.example", "evil.example:1", "\\", "a b", "{", "é"]
    {
        assert_eq!(name(value).unwrap_err(), format!("server_name: {value:?} cannot be a part of a host name"));
    }
    assert_eq!(name("a-b_c.d").unwrap(), "https://a-b_c.d.us.example.com");
    // A variable that is the whole host may have any host.
    assert_eq!(resolved(SERVERS, &[("name", "localhost:8080")]).unwrap(), "https://localhost:8080");
}

#[test]
fn a_site_only_accepts_values_of_its_server() {
    let servers = [SERVERS[0].of("eu"), SERVERS[2]];
    let of_site =
        |region: &str| resolve(&servers, &Chosen { site: Some("eu"), variables: vec![("region", region.to_owned())] });
    assert_eq!(of_site("us").unwrap(), "https://us.example.com/v1");
    assert!(of_site("mars").unwrap_err().contains("no server accepts"));
}

#[test]
fn missing_and_unknown_values_are_named() {
    let problem = |servers: &[Server], chosen: &[(&'static str, &str)]| resolved(servers, chosen).unwrap_err();
    assert_eq!(
        problem(&SERVERS[..1], &[("region", "mars")]),
        "server_region: no server accepts \"mars\"; valid values: eu, us, us2"
    );
    assert_eq!(
        problem(SERVERS, &[("region", "mars")]),
        "server_name is missing: the URL of the server is https://{name}.{region}.example.com"
    );
    assert_eq!(
        problem(&SERVERS[..2], &[("region", "eu"), ("name", "a")]),
        "no server accepts the values of server_region and server_name together"
    );
    assert_eq!(problem(&SERVERS[1..2], &[]), "server_name is missing: the URL of the server is https://{name}");
    for (servers, url) in [
        (&[][..], "https://HOST"),
        (&[Server::new("/api/v1")], "https://HOST/api/v1"),
        (&[Server::new("api")], "https://HOST/api"),
    ] {
        let problem = problem(servers, &[]);
        assert!(problem.contains(&format!("base_url(\"{url}\")")), "{problem}");
    }
}

/// A builder for a client that records each URL with its credentials.
fn noting() -> (ClientBuilder, Arc<Mutex<Vec<String>>>) {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&seen);
    let transport = Answering(move |request: &http::Request<bytes::Bytes>| -> Outcome {
        assert!(request.headers().contains_key("dd-api-key"));
        log.lock().unwrap().push(request.uri().to_string());
        Ok(answer(200, &[], "{}"))
    });
    (answering(|_| panic!("another transport is set")).transport(transport), seen)
}

async fn urls(adjust: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Vec<String> {
    let (builder, seen) = noting();
    let client = adjust(builder).build().unwrap();
    for operation in [&USUAL, &UPLOAD] {
        client.send_empty(Request::new(operation)).await.unwrap();
    }
    std::mem::take(&mut seen.lock().unwrap())
}

#[tokio::test]
async fn operations_use_their_own_servers() {
    let usual = urls(|builder| builder).await;
    assert_eq!(usual, ["https://api.datadoghq.com/usual", "https://files.datadoghq.com/v1/upload"]);
    let eu = urls(|builder| builder.site(Site::EU1)).await;
    assert_eq!(eu, ["https://api.datadoghq.eu/usual", "https://files.datadoghq.eu/v1/upload"]);
    let other = urls(|builder| builder.site(Site::new("new.example", "https://api.new.example"))).await;
    assert_eq!(other, ["https://api.new.example/usual", "https://files.datadoghq.com/v1/upload"]);
    let server = urls(|builder| builder.with_server(Server::new("https://x.example/y/"))).await;
    assert_eq!(server, ["https://x.example/y/usual", "https://files.datadoghq.com/v1/upload"]);
    // The caller's base URL applies to all.
    let own = urls(|builder| builder.site(Site::EU1).base_url("https://proxy.example/p")).await;
    assert_eq!(own, ["https://proxy.example/p/usual", "https://proxy.example/p/upload"]);
}

#[tokio::test]
async fn a_call_without_a_destination_is_not_sent() {
    let (builder, seen) = noting();
    let error = builder.build().unwrap().send_empty(Request::new(&NOWHERE)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Request);
    assert!(error.to_string().contains("its destination is unknown: no base URL is set"), "{error}");
    let (builder, _) = noting();
    let error = builder.with_server(Server::new("http://x.example")).build().unwrap_err();
    assert!(error.to_string().contains("unencrypted"), "{error}");
    let (builder, _) = noting();
    assert!(builder.with_server(Server::new("/v1")).build().unwrap_err().to_string().contains("base_url"));
    assert!(seen.lock().unwrap().is_empty());
}

/// The default transport is set up for all of them.
#[cfg(feature = "reqwest")]
#[tokio::test]
async fn the_default_transport_reaches_this_machine_and_others() {
    use super::server::{Reply, Server as Listener};
    let server = Listener::start(vec![Reply::answer("204 No Content", "")]).await;
    let url: &'static str = Box::leak(server.url().into_boxed_str());
    let builder = crate::Client::builder().api_key("k1").application_key("k2").with_server(Server::new(url));
    builder.build().unwrap().send_empty(Request::new(&USUAL)).await.unwrap();
    assert!(server.seen()[0].starts_with("GET /usual HTTP/1.1\r\n"));
}
