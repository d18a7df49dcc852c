#[test]
fn the_same_code_sorts_differently() {
    assert!(old::models::Tier::GroupManaged > old::models::Tier::OverrideAllowed);
    assert!(new::models::Tier::GroupManaged < new::models::Tier::OverrideAllowed);
}
