//! Takes the field out of its object.

use api::models::{Group, Link};

pub fn parent(group: Group) -> Option<Link> {
    group.parent
}
