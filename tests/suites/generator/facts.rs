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
