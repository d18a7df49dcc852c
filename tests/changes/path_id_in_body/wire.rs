use crate::support::{client, now};

#[test]
fn the_id_is_no_longer_in_the_body() {
    let id = "3f2b8c1e-7a4d-4e6b-9c55-0d1e2f3a4b5c";
    let (client, sent) = client!(old, 204, "");
    now(client.change_group(id.parse::<old::models::GroupId>().expect("an id")).send()).expect("changed");
    assert_eq!(sent.lock().expect("one thread")[0].2, format!("{{\"group_id\":\"{id}\"}}"));
    let (client, sent) = client!(new, 204, "");
    now(client.change_group(id.parse::<new::models::GroupId>().expect("an id")).send()).expect("changed");
    assert_eq!(sent.lock().expect("one thread")[0].2, "{}");
}
