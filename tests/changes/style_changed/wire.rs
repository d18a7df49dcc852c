use crate::support::{client, now};

#[test]
fn the_same_code_writes_another_query() {
    let (client, sent) = client!(old, 404, "");
    assert!(now(client.list_groups().names(["a", "b"]).x_trace("t").send()).is_err());
    assert_eq!(sent.lock().expect("one thread")[0].1, "/groups?names=a%7Cb");
    let (client, sent) = client!(new, 404, "");
    assert!(now(client.list_groups().names(["a", "b"]).x_trace("t").send()).is_err());
    assert_eq!(sent.lock().expect("one thread")[0].1, "/groups?names%5B%5D=a&names%5B%5D=b");
}
