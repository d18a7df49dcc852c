//! Policy overrides.

use datadog_org_groups::models::{
    OrgGroupId, OrgGroupPolicyId, OrgGroupPolicyOverrideData, OrgGroupPolicyOverrideType, OrgGroupPolicyType,
};
use serde_json::{Value, json};

use crate::wire::groups::time;
use crate::wire::support::Resource;
use tests::calls::{Answered, GROUP, ORG, OTHER_GROUP, OTHER_ORG, OVERRIDE, POLICY, id};

pub(crate) const RESOURCE: Resource = Resource { tag: "Org Group Policy Overrides", check };

/// Returns the group and the policy of an override, if they are stated.
fn links(data: &OrgGroupPolicyOverrideData) -> (Option<OrgGroupId>, Option<OrgGroupPolicyId>) {
    assert_eq!(data.r#type, OrgGroupPolicyOverrideType::OrgGroupPolicyOverrides);
    let Some(relationships) = &data.relationships else { return (None, None) };
    let policy = relationships.org_group_policy.as_ref().map(|policy| &policy.data);
    assert!(policy.is_none_or(|policy| policy.r#type == OrgGroupPolicyType::OrgGroupPolicies));
    (relationships.org_group.as_ref().map(|group| group.data.id), policy.map(|policy| policy.id))
}

/// Asserts that it is the first override in all responses.
fn assert_store(data: &OrgGroupPolicyOverrideData, modified_at: &str, content: Value) {
    assert_eq!(data.id, id(OVERRIDE));
    assert_eq!((data.attributes.org_site.as_str(), data.attributes.org_uuid), ("us3", id(ORG)));
    assert_eq!(data.attributes.modified_at, time(modified_at));
    assert_eq!(json!(data.attributes.content), content);
}

fn check(operation: &str, answered: Answered) {
    match (operation, answered) {
        ("ListOrgGroupPolicyOverrides", Answered::Overrides(page)) => {
            let [first, second] = &page.data[..] else { panic!("two overrides") };
            assert_store(first, "2025-06-02T01:02:03Z", json!({"value": "America/Lima"}));
            assert_eq!(first.attributes.created_at, time("2025-06-01T01:02:03Z"));
            assert_eq!(links(first), (Some(id(GROUP)), Some(id(POLICY))));
            assert_eq!((second.attributes.org_uuid, &second.attributes.content), (id(OTHER_ORG), &None));
            assert_eq!(links(second), (None, Some(id("6de85c20-f37b-4914-8ac6-1b0f4e9d7209"))));

            let links = page.links.unwrap();
            assert!(links.first.is_none() && links.next.is_absent() && links.prev.is_absent());
            assert!(links.self_.is_some());
            assert_eq!(page.meta.unwrap().page, None);
        }
        ("CreateOrgGroupPolicyOverride", Answered::Override(answer)) => {
            assert_store(&answer.data, "2025-06-04T00:00:00Z", json!({}));
            assert_eq!(answer.data.attributes.created_at, answer.data.attributes.modified_at);
            assert_eq!(links(&answer.data), (Some(id(GROUP)), Some(id(POLICY))));
        }
        ("GetOrgGroupPolicyOverride", Answered::Override(answer)) => {
            assert_store(&answer.data, "2025-06-05T00:00:00Z", json!({"value": null}));
            assert_eq!(answer.data.relationships, None);
        }
        ("UpdateOrgGroupPolicyOverride", Answered::Override(answer)) => {
            assert_store(&answer.data, "2025-06-06T18:19:20Z", json!({"value": "America/Lima"}));
            assert_eq!(links(&answer.data), (Some(id(OTHER_GROUP)), None));
        }
        ("DeleteOrgGroupPolicyOverride", Answered::Nothing) => {}
        other => panic!("unexpected {other:?}"),
    }
}
