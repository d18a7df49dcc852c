use crate::support::{client, now};

#[test]
fn the_chosen_server_no_longer_exists() {
    let id = "3f2b8c1e-7a4d-4e6b-9c55-0d1e2f3a4b5c";
    let (client, sent) = client!(old, 404, "", server_shard("2"));
    assert!(now(client.get_group(id.parse::<old::models::GroupId>().expect("an id")).send()).is_err());
    assert_eq!(sent.lock().expect("one thread")[0].1, format!("/2/groups/{id}"));
    let (client, sent) = client!(new, 404, "", server_shard("2"));
    let call = client.get_group(id.parse::<new::models::GroupId>().expect("an id"));
    let error = now(call.send()).expect_err("there is no such shard").to_string();
    assert!(error.contains("no server accepts \"2\"") && sent.lock().expect("one thread").is_empty(), "{error}");
}
