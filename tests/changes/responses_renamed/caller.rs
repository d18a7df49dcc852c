//! Distinguishes the responses.

use api::Client;
use api::models::{GroupCreate, Link};
use api::operations::{CreateGroupAnswer, CreateGroupHeaders};

pub async fn make(client: &Client, body: GroupCreate) -> Option<Link> {
    match client.create_group_with_body(body).send().await.ok()? {
        CreateGroupAnswer::Accepted(link) => Some(link),
        CreateGroupAnswer::NoContent | CreateGroupAnswer::Created(_) | _ => None,
    }
}

pub fn revision(headers: &CreateGroupHeaders) -> Option<i64> {
    headers.x_revision
}
