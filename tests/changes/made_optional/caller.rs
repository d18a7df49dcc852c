//! Reads the field as one that is always there.

use api::models::Group;

pub fn is_empty(group: &Group) -> bool {
    group.member_count == 0
}
