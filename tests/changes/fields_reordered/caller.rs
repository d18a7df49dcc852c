//! Makes a model of two times, by name: their order has no effect.

use api::Timestamp;
use api::models::{Group, GroupFields, GroupId, OrgId, Tier};

pub fn group(id: GroupId, created_at: Timestamp, modified_at: Timestamp, owner: OrgId) -> Group {
    let (name, member_count, tier) = ("Payments".to_owned(), 3, Tier::GroupManaged);
    Group::new(GroupFields { id, name, created_at, modified_at, member_count, owner, tier })
}
