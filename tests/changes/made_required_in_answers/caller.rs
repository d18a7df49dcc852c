//! Reads the field as one that may be missing. Programs that are built read all that comes.

use api::models::Group;

pub fn purpose(group: &Group) -> &str {
    group.purpose.as_deref().unwrap_or("none")
}
