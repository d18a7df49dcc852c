fn answer(count: &str) -> String {
    format!(
        r#"{{"id": "3f2b8c1e-7a4d-4e6b-9c55-0d1e2f3a4b5c", "type": "groups", "name": "Payments",
        "created_at": "2025-03-04T09:15:00Z", "modified_at": "2025-06-18T14:02:31Z", "member_count": {count},
        "owner": "0b6f4d19-52c8-4a7e-8f31-9e2d7c6a5b40", "tier": "GROUP_MANAGED"}}"#
    )
}

#[test]
fn built_programs_cannot_read_a_larger_count() {
    let text = answer("18446744073709551616");
    let new: new::models::Group = serde_json::from_str(&text).expect("it is read");
    assert_eq!(new.member_count, 1 << 64);
    let why = serde_json::from_str::<old::models::Group>(&text).expect_err("it is too large").to_string();
    assert!(why.contains("expected i32"), "{why}");
}
