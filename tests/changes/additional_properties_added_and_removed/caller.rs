//! Looks for an unknown field, in both places.

use api::models::{Group, PageLinks};

pub fn region(group: &Group) -> Option<String> {
    group.extra.get("region").map(|region| region.to_string())
}

pub fn others(links: &PageLinks) -> usize {
    links.additional_properties.len()
}
