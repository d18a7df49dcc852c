//! Requests as many items as were allowed, and moves as many.

use api::Client;
use api::models::{GroupId, OrgId};

pub fn calls(client: &Client, orgs: Vec<OrgId>, from: GroupId, to: GroupId) {
    let _ = client.list_groups().page_size(1000);
    let _ = client.move_members(orgs).from(from).to(to).send_in_batches();
}
