use crate::support::{json, read};

#[test]
fn built_programs_find_the_field_in_another_place() {
    let answer = json!({
        "id": "3f2b8c1e-7a4d-4e6b-9c55-0d1e2f3a4b5c", "type": "groups", "name": "Payments",
        "created_at": "2025-03-04T09:15:00Z", "modified_at": "2025-06-18T14:02:31Z", "member_count": 3,
        "owner": "0b6f4d19-52c8-4a7e-8f31-9e2d7c6a5b40", "tier": "GROUP_MANAGED", "region": "eu"
    });
    let (old, new) = (read::<old::models::Group>(&answer), read::<new::models::Group>(&answer));
    assert!(old.extra.get("region").is_some());
    assert!(new.extra.get("region").is_none());
    assert_eq!(new.additional_properties["region"], "eu");
}
