//! Keeps each group once, by all of its fields.

use std::collections::HashSet;

use api::models::Group;

pub fn once(groups: impl IntoIterator<Item = Group>) -> HashSet<Group> {
    groups.into_iter().collect()
}
