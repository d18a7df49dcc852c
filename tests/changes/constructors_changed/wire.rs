use crate::support::written;

#[test]
fn the_same_fields_send_one_more() {
    let fields = new::models::GroupCreateFields { name: "a".to_owned(), rules: Default::default(), origin: "b".to_owned() };
    let group = new::models::GroupCreate::new(fields);
    let after = written(&group);
    assert_eq!((&after["mark"], &after["stamp"], &after["shade"]), (&"groups".into(), &"made".into(), &"light".into()));
    let before = written(&old::models::GroupCreate::new("a", Default::default(), old::models::Shade::Light));
    assert_eq!((before.get("mark"), before.get("stamp")), (None, None));
}
