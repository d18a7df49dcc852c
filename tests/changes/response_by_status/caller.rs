//! Reads the only response.

use api::Client;
use api::models::{Group, GroupCreate};

pub async fn make(client: &Client, body: GroupCreate) -> Option<Group> {
    client.create_group_with_body(body).send().await.ok()
}
