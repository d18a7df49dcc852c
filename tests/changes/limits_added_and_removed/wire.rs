use crate::support::{client, now};

#[test]
fn an_empty_name_is_refused_before_it_is_sent() {
    let (client, sent) = client!(old, 404, "");
    assert!(now(client.create_group("", Default::default()).send()).is_err());
    assert_eq!(sent.lock().expect("one thread").len(), 1);
    let (client, sent) = client!(new, 404, "");
    let error = now(client.create_group("", Default::default()).send()).expect_err("too short");
    assert_eq!((error.argument(), sent.lock().expect("one thread").len()), (Some("name"), 0));
}
