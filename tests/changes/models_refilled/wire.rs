use crate::support::written;

#[test]
fn the_same_code_sends_a_field_more() {
    let group = new::models::GroupCreate::new("a", Default::default(), "b");
    let after = written(&group);
    assert_eq!((&after["mark"], &after["stamp"], &after["shade"]), (&"groups".into(), &"made".into(), &"light".into()));
    let before = written(&old::models::GroupCreate::new("a", Default::default(), old::models::Shade::Light));
    assert_eq!((before.get("mark"), before.get("stamp")), (None, None));
}
