//! Makes the model without the constant.

use api::Timestamp;
use api::models::{Group, GroupId, OrgId, Tier};

pub fn group(id: GroupId, time: Timestamp, owner: OrgId) -> Group {
    Group::new(id, "Payments", time, time, 3, owner, Tier::GroupManaged)
}
