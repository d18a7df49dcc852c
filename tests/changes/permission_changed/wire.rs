macro_rules! permission {
    ($library:ident) => {{
        let mut operations = $library::operations::OPERATIONS.iter();
        operations.find(|operation| operation.id == "GetGroup").and_then(|operation| operation.permission)
    }};
}

#[test]
fn keys_that_were_enough_are_not() {
    assert_eq!(permission!(old), Some("groups_read"));
    assert_eq!(permission!(new), Some("groups_admin"));
}
