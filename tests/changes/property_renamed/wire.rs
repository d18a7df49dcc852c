use crate::support::{client, now};

#[test]
fn the_same_code_sends_another_property() {
    let (client, sent) = client!(old, 404, "");
    assert!(now(client.create_group("Payments", Default::default()).send()).is_err());
    assert_eq!(sent.lock().expect("one thread")[0].2, r#"{"name":"Payments","rules":{}}"#);
    let (client, sent) = client!(new, 404, "");
    assert!(now(client.create_group("Payments", Default::default()).send()).is_err());
    assert_eq!(sent.lock().expect("one thread")[0].2, r#"{"title":"Payments","rules":{}}"#);
}
