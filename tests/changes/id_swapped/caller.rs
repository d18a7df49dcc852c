//! Uses the id with its old type.

use api::models::{Group, OrgId};

pub fn is_owned_by(group: &Group, org: OrgId) -> bool {
    group.owner == org
}
