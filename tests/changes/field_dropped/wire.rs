use crate::support::{Value, json, read, refused};

fn answer() -> Value {
    json!({
            "id": "3f2b8c1e-7a4d-4e6b-9c55-0d1e2f3a4b5c", "type": "groups", "name": "Payments",
            "created_at": "2025-03-04T09:15:00Z", "modified_at": "2025-06-18T14:02:31Z", "member_count": 3,
            "tier": "GROUP_MANAGED"
        })
}

#[test]
fn built_programs_cannot_read_a_response_without_the_field() {
    read::<new::models::Group>(&answer());
    let why = refused::<old::models::Group>(answer());
    assert!(why.contains("missing field `owner`"), "{why}");
}
