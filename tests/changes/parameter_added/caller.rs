//! Makes the call as before.

use api::Client;

pub async fn list(client: &Client) -> Result<usize, api::Error> {
    Ok(client.list_groups().page_size(10).page_number(2).send().await?.data.len())
}
