use crate::support::{Value, json, read};

fn answer() -> Value {
    json!({
            "id": "3f2b8c1e-7a4d-4e6b-9c55-0d1e2f3a4b5c", "type": "groups", "name": "Payments",
            "created_at": "2025-03-04T09:15:00Z", "modified_at": "2025-06-18T14:02:31Z", "member_count": 3,
            "owner": "0b6f4d19-52c8-4a7e-8f31-9e2d7c6a5b40", "tier": "GROUP_MANAGED", "region": "eu"
        })
}

#[test]
fn built_programs_find_a_text_in_another_place() {
    let (old, new) = (read::<old::models::Group>(&answer()), read::<new::models::Group>(&answer()));
    assert_eq!((old.additional_properties.len(), old.extra.len()), (0, 1));
    assert_eq!(new.additional_properties["region"], "eu");
}
