//! Passes a list and a name.

use api::Client;

pub async fn list(client: &Client) -> Result<usize, api::Error> {
    Ok(client.list_groups().names(["a", "b"]).x_trace("t").send().await?.data.len())
}
