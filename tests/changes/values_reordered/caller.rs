//! Compares two values.

use api::models::Tier;

pub fn firmest(tiers: &[Tier]) -> Option<&Tier> {
    tiers.iter().max()
}
