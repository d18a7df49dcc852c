use crate::support::{now, requests};

#[test]
fn another_media_type_is_requested() {
    let id = "3f2b8c1e-7a4d-4e6b-9c55-0d1e2f3a4b5c";
    let (client, sent) = requests!(old, 404, "");
    assert!(now(client.get_group(id.parse::<old::models::GroupId>().expect("an id")).send()).is_err());
    assert_eq!(sent.lock().expect("one thread")[0].headers()["accept"], "application/json");
    let (client, sent) = requests!(new, 404, "");
    assert!(now(client.get_group(id.parse::<new::models::GroupId>().expect("an id")).send()).is_err());
    assert_eq!(sent.lock().expect("one thread")[0].headers()["accept"], "application/vnd.group+json");
}
