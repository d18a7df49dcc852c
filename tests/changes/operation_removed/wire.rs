#[test]
fn programs_that_are_built_send_what_is_not_described_any_more() {
    assert!(old::operations::OPERATIONS.iter().any(|operation| operation.path == "/members"));
    assert!(new::operations::OPERATIONS.iter().all(|operation| operation.path != "/members"));
}
