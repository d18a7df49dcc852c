//! Reads the field that is dropped.

use api::models::{Group, OrgId};

pub fn owner(group: &Group) -> OrgId {
    group.owner
}
