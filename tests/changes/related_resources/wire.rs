use crate::support::{json, read, refused};

#[test]
fn programs_that_are_built_read_only_uuids_and_named_pets() {
    let pet = |name: Option<&str>, id: &str| {
        json!({
            "id": "1", "type": "pets",
            "attributes": { "owner": "0b6f4d19-52c8-4a7e-8f31-9e2d7c6a5b40", "town": "Bern", "name": name },
            "relationships": { "nurse": { "data": { "id": id, "type": "groups" } } }
        })
    };
    let group = "3f2b8c1e-7a4d-4e6b-9c55-0d1e2f3a4b5c";
    let now = read::<new::models::Pet>(&pet(Some("Rex"), group));
    assert_eq!(now.nurse_id(), Some(group));
    let was = read::<old::models::Pet>(&pet(Some("Rex"), group));
    assert!(was.relationships.expect("they are there").extra.get("nurse").is_some());
    refused::<old::models::Pet>(pet(None, group));
    assert_eq!(read::<new::models::Pet>(&pet(None, group)).attributes.name, None);
}
