//! Matches all values, with an arm for the others, as every match must have.

use api::models::Tier;

pub fn is_firm(tier: &Tier) -> bool {
    match tier {
        Tier::GroupManaged => true,
        Tier::OverrideAllowed | Tier::Unrecognized(_) | _ => false,
    }
}
