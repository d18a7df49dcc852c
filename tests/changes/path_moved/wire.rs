use crate::support::{client, now};

#[test]
fn the_same_code_calls_another_path() {
    let (client, sent) = client!(old, 404, "");
    assert!(now(client.get_group("3f2b8c1e-7a4d-4e6b-9c55-0d1e2f3a4b5c".parse().expect("an id")).send()).is_err());
    assert!(sent.lock().expect("one thread")[0].1.starts_with("/groups/"));
    let (client, sent) = client!(new, 404, "");
    assert!(now(client.get_group("3f2b8c1e-7a4d-4e6b-9c55-0d1e2f3a4b5c".parse().expect("an id")).send()).is_err());
    assert!(sent.lock().expect("one thread")[0].1.starts_with("/v2/groups/"));
}
