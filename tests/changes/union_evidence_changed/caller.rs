//! Makes links, compares them, and reads their variants.

use api::models::{Group, GroupList, Link, Near};

pub fn near() -> Link {
    Near::new().into()
}

pub fn count(link: &Link) -> Option<i64> {
    match link {
        Link::Count(count) => Some(*count),
        Link::Words(words) => words.first().copied(),
        _ => None,
    }
}

pub fn word(link: &Link) -> Option<&str> {
    if let Link::Word(word) = link { Some(word) } else { None }
}

fn are_equal<T: Eq + std::hash::Hash>(_: &T) {}

pub fn compare(group: &Group, list: &GroupList, link: &Link) {
    are_equal(group);
    are_equal(list);
    are_equal(link);
}
