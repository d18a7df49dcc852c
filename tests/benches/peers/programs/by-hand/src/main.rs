use std::{env, error::Error, sync::Arc};

use rustls_platform_verifier::BuilderVerifierExt;

#[derive(serde::Deserialize)]
struct Groups {
    data: Vec<Group>,
}

#[derive(serde::Deserialize)]
struct Group {
    id: uuid::Uuid,
    attributes: Attributes,
}

#[derive(serde::Deserialize)]
struct Attributes {
    name: String,
    created_at: jiff::Timestamp,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let tls = rustls::ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()));
    let tls = tls.with_safe_default_protocol_versions()?.with_platform_verifier()?.with_no_client_auth();
    let client = reqwest::Client::builder().tls_backend_preconfigured(tls).build()?;
    let request =
        client.get("https://api.datadoghq.com/api/v2/org_groups").header("DD-API-KEY", env::var("DD_API_KEY")?);
    let answer = request.header("DD-APPLICATION-KEY", env::var("DD_APP_KEY")?).send().await?;
    let groups: Groups = serde_json::from_slice(&answer.error_for_status()?.bytes().await?)?;
    for Group { id, attributes: Attributes { name, created_at } } in groups.data {
        println!("{id} {name} {created_at}");
    }
    Ok(())
}
