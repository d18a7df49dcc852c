//! Gives a list and a name.

use api::Client;

pub async fn list(client: &Client) -> Result<usize, api::Error> {
    Ok(client.list_groups().names(vec!["a".into(), "b".into()]).x_trace("t").send().await?.data.len())
}
