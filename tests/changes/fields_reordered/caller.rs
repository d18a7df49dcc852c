//! Makes a model of two times, by position.

use api::Timestamp;
use api::models::{Group, GroupId, OrgId, Tier};

pub fn group(id: GroupId, created: Timestamp, modified: Timestamp, owner: OrgId) -> Group {
    Group::new(id, "Payments", created, modified, 3, owner, Tier::GroupManaged)
}
