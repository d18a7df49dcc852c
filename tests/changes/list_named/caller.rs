//! Uses the list as a plain list, and makes one from an iterator.

use api::models::Group;

pub fn labels(group: Group) -> Vec<String> {
    group.labels.unwrap_or_default()
}

pub fn labelled(group: Group) -> Group {
    group.labels(["new"])
}
