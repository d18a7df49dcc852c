use crate::support::{client, now, requests};

#[test]
fn the_same_code_sends_other_parts() {
    let (client, sent) = client!(old, 204, "");
    now(client.send_file().note("a").tags(vec!["b".to_owned()]).send()).expect("taken");
    let before = sent.lock().expect("one thread")[0].2.clone();
    assert!(before.contains("\r\n\r\na\r\n") && before.contains("\r\n\r\nb\r\n"), "{before}");
    let (client, sent) = client!(new, 204, "");
    now(client.send_file().note("a").tags(vec!["b".to_owned()]).send()).expect("taken");
    let after = sent.lock().expect("one thread")[0].2.clone();
    assert!(after.contains("\r\n\r\na\r\n") && after.contains("\r\n\r\n[\"b\"]\r\n"), "{after}");
}

#[test]
fn an_empty_body_is_sent_only_if_required() {
    let (client, sent) = client!(old, 204, "");
    now(client.keep_file().send()).expect("kept");
    now(client.change_file().send()).expect("changed");
    let is_sent = |index: usize| !sent.lock().expect("one thread")[index].2.is_empty();
    assert_eq!([is_sent(0), is_sent(1)], [false, true]);
    let (client, sent) = client!(new, 204, "");
    now(client.keep_file().send()).expect("kept");
    now(client.change_file().send()).expect("changed");
    let is_sent = |index: usize| !sent.lock().expect("one thread")[index].2.is_empty();
    assert_eq!([is_sent(0), is_sent(1)], [true, false]);
}

#[test]
fn the_parts_of_a_change_are_mixed() {
    let (client, sent) = requests!(old, 204, "");
    now(client.change_file().note("a").send()).expect("changed");
    assert!(sent.lock().expect("one thread")[0].headers()["content-type"].as_bytes().starts_with(b"multipart/form-data;"));
    let (client, sent) = requests!(new, 204, "");
    now(client.change_file().note("a").send()).expect("changed");
    assert!(sent.lock().expect("one thread")[0].headers()["content-type"].as_bytes().starts_with(b"multipart/mixed;"));
}

#[test]
fn one_part_requires_another() {
    let (client, _) = client!(old, 204, "");
    now(client.change_file().mark("a").send()).expect("changed");
    let (client, _) = client!(new, 204, "");
    let error = now(client.change_file().mark("a").send()).expect_err("no note");
    assert_eq!(error.argument(), Some("note"));
}
