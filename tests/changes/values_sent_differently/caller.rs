//! Sends a value whose name in Rust stays.

use api::models::{GroupCreate, Tier};

pub fn firm(create: GroupCreate) -> GroupCreate {
    create.tier(Tier::GroupManaged)
}
