use crate::support::{client, now};

#[test]
fn the_same_call_is_sent_again_where_it_may_have_taken_effect() {
    let id = "3f2b8c1e-7a4d-4e6b-9c55-0d1e2f3a4b5c";
    let (client, sent) = client!(old, 503, "");
    let call = client.move_members(Vec::new()).from(id.parse().expect("an id")).to(id.parse().expect("an id"));
    assert!(now(call.send()).is_err());
    assert_eq!(sent.lock().expect("one thread").len(), 1);
    let (client, sent) = client!(new, 503, "");
    let call = client.move_members(Vec::new()).from(id.parse().expect("an id")).to(id.parse().expect("an id"));
    assert!(now(call.send()).is_err());
    assert!(sent.lock().expect("one thread").len() > 1);
}
