macro_rules! permission {
    ($library:ident) => {{
        let mut operations = $library::operations::OPERATIONS.iter();
        operations.find(|operation| operation.id == "GetGroup").and_then(|operation| operation.permission)
    }};
}

#[test]
fn the_old_keys_are_not_enough() {
    assert_eq!(permission!(old), Some("groups_read"));
    assert_eq!(permission!(new), Some("groups_admin"));
}
