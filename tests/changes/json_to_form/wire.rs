use crate::support::{client, json, now, read};

#[test]
fn the_same_code_sends_a_form() {
    let id = "3f2b8c1e-7a4d-4e6b-9c55-0d1e2f3a4b5c";
    let other = "9d55c1f0-7a4d-4e6b-9c55-0d1e2f3a4b5c";
    let body = json!({"orgs": [id], "from": id, "to": other});
    let (client, sent) = client!(old, 204, "");
    now(client.move_members_with_body(read(&body)).send()).expect("done");
    assert!(sent.lock().expect("one thread")[0].2.starts_with("{\"orgs\":"));
    let (client, sent) = client!(new, 204, "");
    now(client.move_members_with_body(read(&body)).send()).expect("done");
    assert_eq!(sent.lock().expect("one thread")[0].2, format!("orgs={id}&from={id}&to={other}"));
}
