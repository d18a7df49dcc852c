//! Makes calls that came with other features, or with none.
// features: reading moving

use api::Client;
use api::models::{GroupId, MemberList};

pub fn group(client: &Client, id: GroupId) {
    let _ = client.get_group(id);
}

pub async fn members(client: &Client, id: GroupId) -> Result<MemberList, api::Error> {
    client.list_members(id).send().await
}
