use crate::support::written;

#[test]
fn the_same_setter_sends_another_field() {
    let before = written(&old::models::GroupCreate::new("a", Default::default()).other_name("b"));
    let after = written(&new::models::GroupCreate::new("a", Default::default()).other_name("b"));
    assert_eq!((before.get("other_name"), before.get("another_name")), (Some(&"b".into()), None));
    assert_eq!((after.get("other_name"), after.get("another_name")), (None, Some(&"b".into())));
}
