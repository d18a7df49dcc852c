use crate::support::{json, kept, refused};

#[test]
fn what_built_programs_send_is_no_request_any_more() {
    let body = || json!({"name": "Payments", "rules": {}});
    kept::<old::models::GroupCreate>(body());
    let why = refused::<new::models::GroupCreate>(body());
    assert!(why.contains("missing field `purpose`"), "{why}");
}
