#[test]
fn the_same_code_sorts_otherwise() {
    assert!(old::models::Tier::GroupManaged > old::models::Tier::OverrideAllowed);
    assert!(new::models::Tier::GroupManaged < new::models::Tier::OverrideAllowed);
}
