//! Sends a value that keeps its name in Rust.

use api::models::{GroupCreate, Tier};

pub fn firm(create: GroupCreate) -> GroupCreate {
    create.tier(Tier::GroupManaged)
}
