//! Uses the list as the list that it is, and makes one of what gives its items.

use api::models::Group;

pub fn labels(group: Group) -> Vec<String> {
    group.labels.unwrap_or_default()
}

pub fn labelled(group: Group) -> Group {
    group.labels(["new"])
}
