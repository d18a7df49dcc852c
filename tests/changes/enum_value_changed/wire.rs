use crate::support::{json, written};

#[test]
fn the_same_code_sends_another_value() {
    assert_eq!(written(&old::models::Tier::GroupManaged), json!("GROUP_MANAGED"));
    assert_eq!(written(&new::models::Tier::GroupManaged), json!("managed_by_group"));
}
