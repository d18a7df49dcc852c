//! Looks a group up.

use api::Client;
use api::models::{Group, GroupId};

pub async fn group(client: &Client, id: GroupId) -> Option<Group> {
    client.get_group(id).send().await.ok()
}
