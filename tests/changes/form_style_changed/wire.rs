use crate::support::{client, json, now, read};

#[test]
fn a_list_is_one_field() {
    let (one, other) = ("3f2b8c1e-7a4d-4e6b-9c55-0d1e2f3a4b5c", "9d55c1f0-7a4d-4e6b-9c55-0d1e2f3a4b5c");
    let body = json!({"orgs": [one, other], "from": one, "to": other});
    let (client, sent) = client!(old, 204, "");
    now(client.move_members_with_body(read(&body)).send()).expect("moved");
    assert_eq!(sent.lock().expect("one thread")[0].2, format!("orgs={one}&orgs={other}&from={one}&to={other}"));
    let (client, sent) = client!(new, 204, "");
    now(client.move_members_with_body(read(&body)).send()).expect("moved");
    assert_eq!(sent.lock().expect("one thread")[0].2, format!("orgs={one},{other}&from={one}&to={other}"));
}
