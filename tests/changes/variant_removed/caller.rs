//! Uses a variant of a union.

use api::models::Link;

pub fn number(link: &Link) -> Option<i64> {
    match link {
        Link::Integer(number) => Some(*number),
        _ => None,
    }
}
