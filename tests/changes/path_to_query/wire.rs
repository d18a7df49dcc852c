use crate::support::{client, now};

#[test]
fn the_id_is_sent_in_another_place() {
    let id = "3f2b8c1e-7a4d-4e6b-9c55-0d1e2f3a4b5c";
    let (client, sent) = client!(old, 404, "");
    assert!(now(client.get_group(id.parse::<old::models::GroupId>().expect("an id")).send()).is_err());
    assert_eq!(sent.lock().expect("one thread")[0].1, format!("/groups/{id}"));
    let (client, sent) = client!(new, 404, "");
    assert!(now(client.get_group(id.parse::<new::models::GroupId>().expect("an id")).send()).is_err());
    assert_eq!(sent.lock().expect("one thread")[0].1, format!("/groups/lookup?group_id={id}"));
}
