//! Distinguishes the responses.

use api::Client;
use api::models::{Group, GroupCreate};
use api::operations::CreateGroupAnswer;

pub async fn make(client: &Client, body: GroupCreate) -> Option<Group> {
    match client.create_group_with_body(body).send().await {
        Ok(CreateGroupAnswer::Created(group)) => Some(group),
        _ => None,
    }
}
