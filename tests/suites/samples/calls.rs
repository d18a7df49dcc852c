//! The calls of the pages' curl lines, as a caller of the crate writes them.

use datadog_org_groups::models::*;
use datadog_org_groups::{Client, Error, JsonObject};
use serde_json::json;
use tests::calls::id;

const GROUP: &str = "a1b2c3d4-e5f6-7890-abcd-ef0123456789";
const TARGET: &str = "d4e5f6a7-b890-1234-cdef-567890abcdef";
const MEMBERSHIP: &str = "f1e2d3c4-b5a6-7890-1234-567890abcdef";
const POLICY: &str = "1a2b3c4d-5e6f-7890-abcd-ef0123456789";
const OVERRIDE: &str = "9f8e7d6c-5b4a-3210-fedc-ba0987654321";
const ORG: &str = "c3d4e5f6-a7b8-9012-cdef-012345678901";

/// Sends an operation as its page does. What comes back does not matter here, so long as it is read.
pub(crate) async fn send(client: &Client, operation: &str) -> Result<(), Error> {
    match operation {
        "ListOrgGroups" => client.list_org_groups().send().await.map(drop),
        "CreateOrgGroup" => client.create_org_group("My Org Group").send().await.map(drop),
        "GetOrgGroup" => client.get_org_group(id(GROUP)).send().await.map(drop),
        "UpdateOrgGroup" => client.update_org_group(id(GROUP), "Updated Org Group Name").send().await.map(drop),
        "DeleteOrgGroup" => client.delete_org_group(id(GROUP)).send().await,
        // The page leaves both filters out, which the client does not let its caller do.
        "ListOrgGroupMemberships" => client.list_org_group_memberships(id::<OrgGroupId>(GROUP)).send().await.map(drop),
        "GetOrgGroupMembership" => client.get_org_group_membership(id(MEMBERSHIP)).send().await.map(drop),
        "UpdateOrgGroupMembership" => {
            client.update_org_group_membership(id(MEMBERSHIP), id(GROUP)).send().await.map(drop)
        }
        "BulkUpdateOrgGroupMemberships" => {
            let orgs = vec![GlobalOrgIdentifier::new("us1", id(ORG))];
            client.bulk_update_org_group_memberships(orgs).from(id(GROUP)).to(id(TARGET)).send().await.map(drop)
        }
        "ListOrgGroupPolicies" => client.list_org_group_policies(id(GROUP)).send().await.map(drop),
        "CreateOrgGroupPolicy" => {
            let call = client.create_org_group_policy(id(GROUP), "monitor_timezone", timezone("UTC"));
            let call = call.enforcement_tier(OrgGroupPolicyEnforcementTier::OverrideAllowed);
            call.policy_type(OrgGroupPolicyPolicyType::OrgConfig).send().await.map(drop)
        }
        "GetOrgGroupPolicy" => client.get_org_group_policy(id(POLICY)).send().await.map(drop),
        "UpdateOrgGroupPolicy" => {
            let call = client.update_org_group_policy(id(POLICY)).content(timezone("US/Eastern"));
            call.enforcement_tier(OrgGroupPolicyEnforcementTier::GroupManaged).send().await.map(drop)
        }
        "DeleteOrgGroupPolicy" => client.delete_org_group_policy(id(POLICY)).send().await,
        "ListOrgGroupPolicyOverrides" => client.list_org_group_policy_overrides(id(GROUP)).send().await.map(drop),
        "CreateOrgGroupPolicyOverride" => {
            client.create_org_group_policy_override(id(GROUP), id(POLICY), "us1", id(ORG)).send().await.map(drop)
        }
        "GetOrgGroupPolicyOverride" => client.get_org_group_policy_override(id(OVERRIDE)).send().await.map(drop),
        "UpdateOrgGroupPolicyOverride" => {
            client.update_org_group_policy_override(id(OVERRIDE), "us1", id(ORG)).send().await.map(drop)
        }
        "DeleteOrgGroupPolicyOverride" => client.delete_org_group_policy_override(id(OVERRIDE)).send().await,
        "ListOrgGroupPolicyConfigs" => client.list_org_group_policy_configs().send().await.map(drop),
        other => panic!("no call of {other}: add it here"),
    }
}

fn timezone(name: &str) -> JsonObject {
    JsonObject::from_iter([("value".to_owned(), json!(name))])
}
