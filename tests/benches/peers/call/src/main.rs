//! `call serve` answers every request with one page of ten groups, and prints its address first.
//! `call reqwest|by-hand|ours ADDRESS COUNT` sends it one request after another over one connection.

mod server;

use std::sync::Arc;

use datadog_org_groups::Client;
use rustls_platform_verifier::BuilderVerifierExt;
use serde::Deserialize;

#[derive(Deserialize)]
struct Groups {
    data: Vec<Group>,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "only read from JSON")]
struct Group {
    id: uuid::Uuid,
    attributes: Attributes,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "only read from JSON")]
struct Attributes {
    name: String,
    owner_org_site: String,
    owner_org_uuid: uuid::Uuid,
    created_at: jiff::Timestamp,
    modified_at: jiff::Timestamp,
}

/// The error of a run with many calls.
type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["serve"] => Ok(server::serve()?),
        ["reqwest", address, count] => runtime.block_on(bare(address, count.parse()?)),
        ["by-hand", address, count] => runtime.block_on(by_hand(address, count.parse()?)),
        ["ours", address, count] => runtime.block_on(ours(address, count.parse()?)),
        _ => panic!("unknown arguments: {arguments:?}"),
    }
}

/// The body as bytes.
async fn bare(address: &str, count: usize) -> Result<(), Failure> {
    let client = client()?;
    for _ in 0..count {
        let body = get(&client, address).await?;
        assert!(!body.is_empty());
    }
    Ok(())
}

/// The body as derived structs.
async fn by_hand(address: &str, count: usize) -> Result<(), Failure> {
    let client = client()?;
    for _ in 0..count {
        let groups: Groups = serde_json::from_slice(&get(&client, address).await?)?;
        assert_eq!(groups.data.len(), 10);
    }
    Ok(())
}

async fn ours(address: &str, count: usize) -> Result<(), Failure> {
    let builder = Client::builder().api_key("key").application_key("key");
    let client = builder.base_url(format!("http://{address}")).allow_insecure_http().build()?;
    for _ in 0..count {
        assert_eq!(client.list_org_groups().send().await?.data.len(), 10);
    }
    Ok(())
}

/// With the TLS of the generated crate, although no call uses it: reqwest has no other here.
fn client() -> Result<reqwest::Client, Failure> {
    let tls = rustls::ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()));
    let tls = tls.with_safe_default_protocol_versions()?.with_platform_verifier()?.with_no_client_auth();
    Ok(reqwest::Client::builder().tls_backend_preconfigured(tls).build()?)
}

async fn get(client: &reqwest::Client, address: &str) -> Result<impl std::ops::Deref<Target = [u8]>, reqwest::Error> {
    let request = client.get(format!("http://{address}/api/v2/org_groups"));
    let request =
        request.header("DD-API-KEY", "key").header("DD-APPLICATION-KEY", "key").header("accept", "application/json");
    request.send().await?.error_for_status()?.bytes().await
}
