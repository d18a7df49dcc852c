//! Makes the model without the constant.

use api::Timestamp;
use api::models::{Group, GroupFields, GroupId, OrgId, Tier};

pub fn group(id: GroupId, time: Timestamp, owner: OrgId) -> Group {
    let (name, member_count, tier) = ("Payments".to_owned(), 3, Tier::GroupManaged);
    Group::new(GroupFields { id, name, created_at: time, modified_at: time, member_count, owner, tier })
}
