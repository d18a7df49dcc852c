use crate::support::{client, now};

#[test]
fn the_same_code_calls_another_host() {
    // The double records only the path; an error names the whole URL.
    let (client, _) = client!(old, 404, "");
    let before = format!("{client:?}");
    assert!(now(client.list_groups().send()).is_err());
    let (client, _) = client!(new, 404, "");
    let after = format!("{client:?}");
    assert!(before.contains("example.com") && after.contains("example.org"), "{before}\n{after}");
}
