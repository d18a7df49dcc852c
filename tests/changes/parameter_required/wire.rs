use crate::support::{client, now};

#[test]
fn built_programs_do_not_send_the_parameter() {
    let (client, sent) = client!(old, 404, "");
    assert!(now(client.get_group("3f2b8c1e-7a4d-4e6b-9c55-0d1e2f3a4b5c".parse().expect("an id")).send()).is_err());
    let (client, requested) = client!(new, 404, "");
    assert!(now(client.get_group("3f2b8c1e-7a4d-4e6b-9c55-0d1e2f3a4b5c".parse().expect("an id"), "short").send()).is_err());
    assert!(!sent.lock().expect("one thread")[0].1.contains("view"));
    assert!(requested.lock().expect("one thread")[0].1.ends_with("?view=short"));
}
