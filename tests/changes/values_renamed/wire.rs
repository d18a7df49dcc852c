use crate::support::{json, kept, written};

#[test]
fn each_side_keeps_the_unknown_values_of_the_other() {
    assert_eq!(written(&old::models::Tier::Enforce), json!("ENFORCE"));
    assert!(matches!(kept(json!("ENFORCE")), new::models::Tier::Unrecognized(_)));
    assert!(matches!(kept(json!("GROUP_MANAGED")), old::models::Tier::Unrecognized(_)));
}
