use crate::support::{client, now};

#[test]
fn the_same_call_is_refused_before_it_is_sent() {
    let (client, sent) = client!(old, 200, r#"{"data": []}"#);
    assert!(now(client.list_groups().page_size(1000).send()).is_ok());
    assert_eq!(sent.lock().expect("one thread").len(), 1);
    let (client, sent) = client!(new, 200, r#"{"data": []}"#);
    assert!(now(client.list_groups().page_size(1000).send()).is_err());
    assert_eq!(sent.lock().expect("one thread").len(), 0);
}
