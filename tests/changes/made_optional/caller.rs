//! Reads the field as a required one.

use api::models::Group;

pub fn is_empty(group: &Group) -> bool {
    group.member_count == 0
}
