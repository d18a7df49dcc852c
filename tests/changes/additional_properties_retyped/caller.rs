//! Counts with the values of unknown fields.

use api::models::Group;

pub fn total(group: &Group) -> i64 {
    group.additional_properties.values().sum()
}
