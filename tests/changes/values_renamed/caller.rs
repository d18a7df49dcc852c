//! Sends and matches the values.

use api::models::{GroupCreate, Tier};

pub fn firm(create: GroupCreate) -> GroupCreate {
    create.tier(Tier::Enforce)
}

pub fn is_firm(tier: &Tier) -> bool {
    match tier {
        Tier::Enforce => true,
        Tier::Default => false,
        _ => false,
    }
}
