//! Makes links.

use api::models::{Far, Link, Near};

pub fn links() -> [Link; 3] {
    [Near::new("a").into(), Far::new("b").into(), vec!["c".to_owned()].into()]
}
