//! Makes the call.

use api::Client;
use api::models::{GroupId, OrgId};

pub fn calls(client: &Client, orgs: Vec<OrgId>, from: GroupId, to: GroupId) {
    let _ = client.move_members(orgs).from(from).to(to);
}
