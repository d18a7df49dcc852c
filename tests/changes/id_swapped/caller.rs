//! Takes the id for what it was.

use api::models::{Group, OrgId};

pub fn is_owned_by(group: &Group, org: OrgId) -> bool {
    group.owner == org
}
