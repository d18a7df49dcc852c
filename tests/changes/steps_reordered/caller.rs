//! Takes the steps in their order.

use api::Client;
use api::models::{GroupId, OrgId};

pub fn swap(client: &Client, orgs: Vec<OrgId>, old: GroupId, new: GroupId) {
    let _ = client.move_members(orgs).from(old).to(new);
}
