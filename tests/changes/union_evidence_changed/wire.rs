use crate::support::{json, read, written};

#[test]
fn the_same_text_is_another_variant() {
    let near = json!({"reach": "near"});
    assert!(matches!(read(&near), old::models::Link::Near(_)));
    assert!(!matches!(read(&near), new::models::Link::Near(_)));
    let links = [written(&old::models::Near::new()), written(&new::models::Near::new())];
    assert_eq!(links, [near, json!({"reach": "close"})]);
}
