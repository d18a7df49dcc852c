//! Goes through all groups, and moves members in batches.

use api::Client;
use api::models::{Group, GroupList, Move, OrgId};

pub async fn owners(client: &Client) -> Vec<OrgId> {
    let mut stream = client.list_groups().stream();
    let mut owners = Vec::new();
    while let Some(Ok(group)) = stream.next().await {
        let group: Group = group;
        owners.push(group.owner);
    }
    owners
}

pub fn all(page: GroupList) -> Vec<Group> {
    page.data
}

pub async fn shift(client: &Client, body: Move) -> Option<Vec<OrgId>> {
    client.move_members_with_body(body).send_in_batches().await.err().map(|error| error.failed)
}
