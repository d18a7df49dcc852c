//! Follows the pages from the first one.

use api::Client;

pub async fn first(client: &Client) -> Option<String> {
    Some(client.list_groups().stream().try_next().await.ok()??.name)
}
