//! Counts with the integer itself.

use api::models::Group;

pub fn members(groups: &[Group]) -> i32 {
    groups.iter().map(|group| group.member_count).sum()
}
