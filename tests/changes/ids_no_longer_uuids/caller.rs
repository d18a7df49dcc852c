//! Moves members.

use api::Client;
use api::models::{GroupId, Link, OrgId};
use api::uuid::Uuid;

pub fn shift(client: &Client, org: OrgId, from: Uuid, to: Uuid) {
    let _ = client.move_members(vec![org]).from(GroupId::from(from)).to(GroupId::from(to));
}

pub fn target(link: &Link) -> Option<GroupId> {
    link.as_group_id()
}
