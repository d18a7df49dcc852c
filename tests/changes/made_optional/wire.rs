use crate::support::{Value, json, read, refused};

fn answer() -> Value {
    json!({
            "id": "3f2b8c1e-7a4d-4e6b-9c55-0d1e2f3a4b5c", "type": "groups", "name": "Payments",
            "created_at": "2025-03-04T09:15:00Z", "modified_at": "2025-06-18T14:02:31Z", "owner": "0b6f4d19-52c8-4a7e-8f31-9e2d7c6a5b40", "tier": "GROUP_MANAGED"
        })
}

#[test]
fn built_programs_cannot_read_a_response_without_the_field() {
    read::<new::models::Group>(&answer());
    let why = refused::<old::models::Group>(answer());
    assert!(why.contains("missing field `member_count`"), "{why}");
}
