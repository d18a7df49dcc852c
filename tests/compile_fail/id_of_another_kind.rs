//! The id of an organization in the place of the id of a group, and every other confusion of ids.

use datadog_org_groups::Client;
use datadog_org_groups::models::{OrgGroupId, OrgGroupMembershipId, OrgGroupPolicyId, OrgGroupPolicyOverrideId, OrgUuid};

fn mixed_up(
    client: &Client,
    group: OrgGroupId,
    membership: OrgGroupMembershipId,
    policy: OrgGroupPolicyId,
    policy_override: OrgGroupPolicyOverrideId,
    org: OrgUuid,
) {
    let _ = client.get_org_group(org); //~ expected `OrgGroupId`, found `OrgUuid`
    let _ = client.get_org_group_membership(group); //~ expected `OrgGroupMembershipId`, found `OrgGroupId`
    let _ = client.get_org_group_policy(membership); //~ expected `OrgGroupPolicyId`, found `OrgGroupMembershipId`
    let _ = client.get_org_group_policy_override(policy); //~ expected `OrgGroupPolicyOverrideId`, found `OrgGroupPolicyId`
    let _ = client.delete_org_group(policy_override); //~ expected `OrgGroupId`, found `OrgGroupPolicyOverrideId`
    let _ = client.update_org_group_membership(group, membership); //~ expected `OrgGroupMembershipId`, found `OrgGroupId`
}

fn main() {}
