//! Uses the list as the list that it is.

use api::models::Group;

pub fn labels(group: Group) -> Vec<String> {
    group.labels.unwrap_or_default()
}
