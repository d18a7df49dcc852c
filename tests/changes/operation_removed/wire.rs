#[test]
fn built_programs_send_an_undescribed_request() {
    assert!(old::operations::OPERATIONS.iter().any(|operation| operation.path == "/members"));
    assert!(new::operations::OPERATIONS.iter().all(|operation| operation.path != "/members"));
}
