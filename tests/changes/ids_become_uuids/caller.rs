//! Moves members.

use api::Client;
use api::models::{GroupId, Link, OrgId};

pub fn shift(client: &Client, org: OrgId, from: String, to: String) {
    let _ = client.move_members(vec![org]).from(GroupId::from(from)).to(GroupId::from(to));
}

pub fn target(link: &Link) -> Option<&GroupId> {
    link.as_group_id()
}
