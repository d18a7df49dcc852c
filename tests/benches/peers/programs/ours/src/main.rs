use datadog_org_groups::{Client, Error};

#[tokio::main]
async fn main() -> Result<(), Error> {
    let client = Client::from_env()?;
    for group in client.list_org_groups().send().await?.data {
        println!("{} {}", group.id, group.attributes.name);
    }
    Ok(())
}
