//! Counts with the number.

use api::models::Group;

pub fn total(groups: &[Group]) -> i32 {
    groups.iter().map(|group| group.member_count).sum()
}
