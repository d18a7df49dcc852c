//! Makes a group, as a server would.

use api::models::{Group, GroupFields};

pub fn again(of: Group) -> Group {
    let Group { id, name, created_at, modified_at, member_count, owner, tier, .. } = of;
    Group::new(GroupFields { id, name, created_at, modified_at, member_count, owner, tier })
}
