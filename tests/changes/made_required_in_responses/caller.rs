//! Reads the field as an optional one. Built programs read every response.

use api::models::Group;

pub fn purpose(group: &Group) -> &str {
    group.purpose.as_deref().unwrap_or("none")
}
