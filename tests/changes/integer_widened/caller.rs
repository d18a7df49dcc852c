//! Counts in 32 bits.

use api::models::Group;

pub fn members(groups: &[Group]) -> i32 {
    groups.iter().map(|group| group.member_count).sum()
}
