use crate::support::{client, now};

#[test]
fn the_same_call_is_retried_although_it_may_have_taken_effect() {
    let (from, to) = ("3f2b8c1e-7a4d-4e6b-9c55-0d1e2f3a4b5c", "8c4e1f0a-2b7d-4c9e-a1f3-6d5b7c8e9f01");
    let (client, sent) = client!(old, 503, "");
    let orgs = vec![from.parse().expect("an id")];
    let call = client.move_members(orgs).from(from.parse().expect("an id")).to(to.parse().expect("an id"));
    assert!(now(call.send()).is_err());
    assert_eq!(sent.lock().expect("one thread").len(), 1);
    let (client, sent) = client!(new, 503, "");
    let orgs = vec![from.parse().expect("an id")];
    let call = client.move_members(orgs).from(from.parse().expect("an id")).to(to.parse().expect("an id"));
    assert!(now(call.send()).is_err());
    assert!(sent.lock().expect("one thread").len() > 1);
}
