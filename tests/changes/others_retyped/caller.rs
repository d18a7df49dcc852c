//! Counts with the values of fields that the description does not name.

use api::models::Group;

pub fn total(group: &Group) -> i64 {
    group.additional_properties.values().sum()
}
