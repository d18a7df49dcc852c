use crate::support::{json, kept, refused};

#[test]
fn requests_of_built_programs_are_no_longer_valid() {
    let body = || json!({"name": "Payments", "rules": {}});
    kept::<old::models::GroupCreate>(body());
    let why = refused::<new::models::GroupCreate>(body());
    assert!(why.contains("missing field `purpose`"), "{why}");
}
