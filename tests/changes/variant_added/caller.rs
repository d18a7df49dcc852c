//! Matches all variants, with an arm for the others, as every match must have.

use api::models::Link;

pub fn target(link: &Link) -> Option<&str> {
    match link {
        Link::String(text) => Some(text),
        Link::Place(place) => place.href.as_deref(),
        Link::Unrecognized(_) | _ => None,
    }
}
