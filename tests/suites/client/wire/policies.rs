//! Policies.

use datadog_org_groups::models::{
    OrgGroupPolicyData, OrgGroupPolicyEnforcementTier as Tier, OrgGroupPolicyPolicyType, OrgGroupPolicyType,
};
use datadog_org_groups::{JsonObject, Nullable};
use serde_json::{Value, json};
use tests::calls::{Answered, GROUP, OTHER_GROUP, POLICY, id};

use crate::wire::groups::time;
use crate::wire::support::Resource;

pub(crate) const RESOURCE: Resource = Resource { tag: "Org Group Policies", check };

/// Returns name, tier and content.
fn describe(policy: &OrgGroupPolicyData) -> (&str, &Tier, Value) {
    let attributes = &policy.attributes;
    assert_eq!(policy.r#type, OrgGroupPolicyType::OrgGroupPolicies);
    assert_eq!(attributes.policy_type, OrgGroupPolicyPolicyType::OrgConfig);
    (&attributes.policy_name, &attributes.enforcement_tier, json!(attributes.content))
}

fn check(operation: &str, answered: Answered) {
    match (operation, answered) {
        ("ListOrgGroupPolicies", Answered::Policies(page)) => {
            let [first, second, third, role] = &page.data[..] else { panic!("four policies") };
            assert_eq!(first.id, id(POLICY));
            assert_eq!(first.attributes.modified_at, time("2025-05-01T00:00:01Z"));
            let content = json!({"value": "Europe/Oslo"});
            assert_eq!(describe(first), ("monitor_timezone", &Tier::OverrideAllowed, content));
            let content = json!({"value": true, "allowed": ["a", 2, null], "nested": {"deep": 0.5}});
            assert_eq!(describe(second), ("widget_sharing", &Tier::GroupManaged, content));
            assert_eq!(second.relationships, None);
            assert_eq!(describe(third), ("widget_sharing", &Tier::Delegate, Value::Null));
            assert_eq!(third.attributes.content, None);
            assert_eq!(role.attributes.policy_type, OrgGroupPolicyPolicyType::Role);
            assert_eq!(role.attributes.policy_name, "auditors");
            let permissions = &json!(role.attributes.content)["permissions"];
            assert_eq!(permissions.as_array().map(Vec::len), Some(2));

            assert_eq!(page.links, None);
            let page = page.meta.unwrap().page.unwrap();
            assert_eq!((page.first_number, page.total, page.size), (None, Some(4), Some(50)));
            assert_eq!((page.next_number, page.last_number), (Nullable::Null, Nullable::Absent));
        }
        ("CreateOrgGroupPolicy", Answered::Policy(policy)) => {
            let content = json!({"value": 30});
            assert_eq!(describe(&policy.data), ("session_minutes", &Tier::OverrideAllowed, content));
            assert_eq!(policy.data.relationships.unwrap().org_group.unwrap().data.id, id(GROUP));
        }
        ("GetOrgGroupPolicy", Answered::Policy(policy)) => {
            assert_eq!(policy.data.attributes.content, Some(JsonObject::new()));
            assert_eq!(policy.data.attributes.modified_at.as_second(), 946_684_799);
            assert_eq!(describe(&policy.data), ("monitor_timezone", &Tier::Delegate, json!({})));
            assert_eq!(policy.data.relationships.unwrap().org_group.unwrap().data.id, id(OTHER_GROUP));
        }
        ("UpdateOrgGroupPolicy", Answered::Policy(policy)) => {
            let content = json!({"value": "Asia/Tokyo"});
            assert_eq!(describe(&policy.data), ("monitor_timezone", &Tier::GroupManaged, content));
            assert_eq!(policy.data.attributes.modified_at, time("2025-05-05T15:16:17Z"));
        }
        ("DeleteOrgGroupPolicy", Answered::Nothing) => {}
        other => panic!("unexpected {other:?}"),
    }
}
