use crate::support::{json, read};

#[test]
fn the_tag_no_longer_decides() {
    let misnamed = json!({"reach": "Far", "by": "foot"});
    assert!(!matches!(read(&misnamed), old::models::Link::Near(_)));
    assert!(matches!(read(&misnamed), new::models::Link::Near(_)));
}
