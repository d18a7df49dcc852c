//! The spec says what the reference pages say: no less, and no more.

mod mutations;
mod pages;
mod place;
mod resolve;

#[test]
fn the_spec_states_the_facts_and_nothing_else() {
    let differences = place::differences(&pages::read(), &resolve::facts(&tests::spec::read()));
    assert!(differences.is_empty(), "spec/org_groups.yaml differs from tests/facts/:\n{}", differences.join("\n"));
}

/// 20 operations, 114 pairs of operation and status: a file that is lost would go unnoticed where both sides lose it.
#[test]
fn the_facts_are_all_there() {
    let facts = pages::read();
    let count = |wanted: fn(&place::Place) -> bool| facts.keys().filter(|place| wanted(place)).count();
    assert_eq!(count(|place| place.part.is_empty() && place.operation != "API"), 20);
    assert_eq!(count(|place| place.part.starts_with("answer ") && place.field.is_empty()), 114);
}
