//! Each operation in the form of a caller: the only place that uses the signatures of the client's methods.

use datadog_org_groups::models::*;
use datadog_org_groups::operations::MembershipFilter;
use datadog_org_groups::{Client, Error, JsonObject, Response};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

// The ids of all calls; the responses in `tests/responses/` have the same.

/// A group.
pub const GROUP: &str = "5a0b4e7e-9d55-4a7b-8c4a-3e1f2d6c9b01";
/// Another group.
pub const OTHER_GROUP: &str = "c7d2e9f4-1b38-4c6d-a5e0-94f8b7a6d302";
/// A membership.
pub const MEMBERSHIP: &str = "2f6c9d81-e4a3-4b57-8d20-b9a7c5e1f605";
/// A policy.
pub const POLICY: &str = "41a7d3b9-0e6f-4c82-b5d1-e8f29c7a6508";
/// An override.
pub const OVERRIDE: &str = "38c1f7e5-a260-4b9d-8e74-c6d0b5f9a10b";
/// An organization.
pub const ORG: &str = "d4b8a1c6-52e7-4f39-9a0d-6c1e7f2b8304";
/// Another organization.
pub const OTHER_ORG: &str = "97c3e5f0-8b14-4d6a-a2f9-0e5d1c7b4806";

const NEW_NAME: &str = "Retail – \"South\"";

/// The result of an operation.
#[derive(Clone, Debug, PartialEq)]
pub enum Answered {
    /// A page of groups.
    Groups(OrgGroupListResponse),
    /// One group.
    Group(OrgGroupResponse),
    /// Memberships.
    Memberships(OrgGroupMembershipListResponse),
    /// One membership.
    Membership(OrgGroupMembershipResponse),
    /// A page of policies.
    Policies(OrgGroupPolicyListResponse),
    /// One policy.
    Policy(OrgGroupPolicyResponse),
    /// A page of overrides.
    Overrides(OrgGroupPolicyOverrideListResponse),
    /// One override.
    Override(OrgGroupPolicyOverrideResponse),
    /// The settings that policies control.
    Configs(OrgGroupPolicyConfigListResponse),
    /// Suggested policies.
    Suggestions(OrgGroupPolicySuggestionListResponse),
    /// Success without a body.
    Nothing,
}

/// The outcome of a call.
pub type Outcome = Result<Response<Answered>, Error>;

/// Parses an id.
///
/// # Panics
/// If the text is not an id.
pub fn id<T: std::str::FromStr>(text: &str) -> T {
    text.parse().unwrap_or_else(|_| panic!("{text:?} is an id"))
}

/// Sends an operation with its required arguments.
///
/// # Panics
/// If there is no call of it here.
pub async fn minimal(client: &Client, operation: &str) -> Outcome {
    match operation {
        "ListOrgGroups" => give(client.list_org_groups().send_with_response().await, Answered::Groups),
        "CreateOrgGroup" => give(client.create_org_group(NEW_NAME).send_with_response().await, Answered::Group),
        "GetOrgGroup" => give(client.get_org_group(id(GROUP)).send_with_response().await, Answered::Group),
        "UpdateOrgGroup" => {
            give(client.update_org_group(id(GROUP), "Logistics EU").send_with_response().await, Answered::Group)
        }
        "DeleteOrgGroup" => give(client.delete_org_group(id(GROUP)).send_with_response().await, |()| Answered::Nothing),
        "ListOrgGroupMemberships" => {
            let call = client.list_org_group_memberships(id::<OrgGroupId>(GROUP));
            give(call.send_with_response().await, Answered::Memberships)
        }
        "GetOrgGroupMembership" => {
            give(client.get_org_group_membership(id(MEMBERSHIP)).send_with_response().await, Answered::Membership)
        }
        "UpdateOrgGroupMembership" => {
            let call = client.update_org_group_membership(id(MEMBERSHIP), id(OTHER_GROUP));
            give(call.send_with_response().await, Answered::Membership)
        }
        "BulkUpdateOrgGroupMemberships" => {
            let call = client.bulk_update_org_group_memberships(two_orgs()).from(id(GROUP)).to(id(OTHER_GROUP));
            give(call.send_with_response().await, Answered::Memberships)
        }
        "ListOrgGroupPolicies" => {
            give(client.list_org_group_policies(id(GROUP)).send_with_response().await, Answered::Policies)
        }
        "CreateOrgGroupPolicy" => {
            let call = client.create_org_group_policy(id(GROUP), "monitor_timezone", content());
            give(call.send_with_response().await, Answered::Policy)
        }
        "GetOrgGroupPolicy" => {
            give(client.get_org_group_policy(id(POLICY)).send_with_response().await, Answered::Policy)
        }
        "UpdateOrgGroupPolicy" => {
            let call = client.update_org_group_policy(id(POLICY));
            give(call.send_with_response().await, Answered::Policy)
        }
        "DeleteOrgGroupPolicy" => {
            give(client.delete_org_group_policy(id(POLICY)).send_with_response().await, |()| Answered::Nothing)
        }
        "ListOrgGroupPolicyOverrides" => {
            give(client.list_org_group_policy_overrides(id(GROUP)).send_with_response().await, Answered::Overrides)
        }
        "CreateOrgGroupPolicyOverride" => {
            let call = client.create_org_group_policy_override(id(GROUP), id(POLICY), "us3", id(ORG));
            give(call.send_with_response().await, Answered::Override)
        }
        "GetOrgGroupPolicyOverride" => {
            give(client.get_org_group_policy_override(id(OVERRIDE)).send_with_response().await, Answered::Override)
        }
        "UpdateOrgGroupPolicyOverride" => {
            let call = client.update_org_group_policy_override(id(OVERRIDE), "us3", id(ORG));
            give(call.send_with_response().await, Answered::Override)
        }
        "DeleteOrgGroupPolicyOverride" => {
            let call = client.delete_org_group_policy_override(id(OVERRIDE));
            give(call.send_with_response().await, |()| Answered::Nothing)
        }
        "ListOrgGroupPolicyConfigs" => {
            give(client.list_org_group_policy_configs().send_with_response().await, Answered::Configs)
        }
        "ListOrgGroupPolicySuggestions" => {
            give(client.list_org_group_policy_suggestions(id(GROUP)).send_with_response().await, Answered::Suggestions)
        }
        other => panic!("no call of {other}: add it here"),
    }
}

/// Sends an operation with all arguments, and returns the body alone; `None` if it has no optional arguments.
pub async fn full(client: &Client, operation: &str) -> Option<Result<Answered, Error>> {
    Some(match operation {
        "ListOrgGroups" => {
            let call = client.list_org_groups().page_number(3).page_size(25).sort(OrgGroupSortOption::NameDescending);
            call.send().await.map(Answered::Groups)
        }
        "ListOrgGroupMemberships" => {
            let call = client.list_org_group_memberships(MembershipFilter::org_group(id(GROUP)).and_org(id(ORG)));
            let call = call.page_number(0).page_size(1000).sort(OrgGroupMembershipSortOption::Uuid);
            call.send().await.map(Answered::Memberships)
        }
        "ListOrgGroupPolicies" => {
            let call = client.list_org_group_policies(id(GROUP)).policy_name("a&b=c d/é+#");
            let call = call.policy_type(OrgGroupPolicyFilterPolicyTypeValue::Role);
            let call = call.page_number(9_000_000_000).page_size(1).sort(OrgGroupPolicySortOption::IdDescending);
            call.send().await.map(Answered::Policies)
        }
        "CreateOrgGroupPolicy" => {
            let call = client.create_org_group_policy(id(GROUP), "monitor_timezone", content());
            let call = call.enforcement_tier(OrgGroupPolicyEnforcementTier::Delegate);
            let call = call.policy_type(OrgGroupPolicyPolicyType::Role);
            call.send().await.map(Answered::Policy)
        }
        "UpdateOrgGroupPolicy" => {
            let call = client.update_org_group_policy(id(POLICY)).content(content());
            let call = call.enforcement_tier(OrgGroupPolicyEnforcementTier::GroupManaged).policy_name("quiet_hours");
            call.send().await.map(Answered::Policy)
        }
        "ListOrgGroupPolicyOverrides" => {
            let call = client.list_org_group_policy_overrides(id(GROUP)).policy(id(POLICY));
            let call = call.page_number(1).page_size(2).sort(OrgGroupPolicyOverrideSortOption::OrgUuidDescending);
            call.send().await.map(Answered::Overrides)
        }
        _ => return None,
    })
}

/// Sends an operation with a whole body: the given one, or the minimal one; `None` if it has none.
///
/// # Panics
/// If the given one is not a body of the operation.
pub async fn with_body(client: &Client, operation: &str, given: Option<&Value>) -> Option<Outcome> {
    Some(match operation {
        "CreateOrgGroup" => {
            give(client.create_org_group_with_body(body(given, new_group)).send_with_response().await, Answered::Group)
        }
        "UpdateOrgGroup" => {
            let call = client.update_org_group_with_body(id(GROUP), body(given, new_name));
            give(call.send_with_response().await, Answered::Group)
        }
        "UpdateOrgGroupMembership" => {
            let call = client.update_org_group_membership_with_body(id(MEMBERSHIP), body(given, move_one));
            give(call.send_with_response().await, Answered::Membership)
        }
        "BulkUpdateOrgGroupMemberships" => {
            let call = client.bulk_update_org_group_memberships_with_body(body(given, move_two));
            give(call.send_with_response().await, Answered::Memberships)
        }
        "CreateOrgGroupPolicy" => {
            let call = client.create_org_group_policy_with_body(body(given, new_policy));
            give(call.send_with_response().await, Answered::Policy)
        }
        "UpdateOrgGroupPolicy" => {
            let call = client.update_org_group_policy_with_body(id(POLICY), body(given, same_policy));
            give(call.send_with_response().await, Answered::Policy)
        }
        "CreateOrgGroupPolicyOverride" => {
            let call = client.create_org_group_policy_override_with_body(body(given, new_override));
            give(call.send_with_response().await, Answered::Override)
        }
        "UpdateOrgGroupPolicyOverride" => {
            let call = client.update_org_group_policy_override_with_body(id(OVERRIDE), body(given, same_override));
            give(call.send_with_response().await, Answered::Override)
        }
        _ => return None,
    })
}

/// Changes only the tier of a policy.
pub async fn set_tier(client: &Client, tier: OrgGroupPolicyEnforcementTier) -> Outcome {
    let call = client.update_org_group_policy(id(POLICY)).enforcement_tier(tier);
    give(call.send_with_response().await, Answered::Policy)
}

fn give<T>(outcome: Result<Response<T>, Error>, wrap: impl FnOnce(T) -> Answered) -> Outcome {
    outcome.map(|response| response.map(wrap))
}

impl Answered {
    /// Returns the JSON that the models write.
    pub fn to_json(&self) -> Value {
        match self {
            Self::Groups(body) => json!(body),
            Self::Group(body) => json!(body),
            Self::Memberships(body) => json!(body),
            Self::Membership(body) => json!(body),
            Self::Policies(body) => json!(body),
            Self::Policy(body) => json!(body),
            Self::Overrides(body) => json!(body),
            Self::Override(body) => json!(body),
            Self::Configs(body) => json!(body),
            Self::Suggestions(body) => json!(body),
            Self::Nothing => Value::Null,
        }
    }
}

// The bodies.

fn body<T: DeserializeOwned>(given: Option<&Value>, own: impl FnOnce() -> T) -> T {
    given.map_or_else(own, |given| serde_json::from_value(given.clone()).expect("a body of the operation"))
}

fn content() -> JsonObject {
    JsonObject::from_iter([("value".to_owned(), json!("Europe/Oslo"))])
}

fn to_group(group: &str) -> OrgGroupRelationshipToOne {
    OrgGroupRelationshipToOne::new(OrgGroupRelationshipToOneData::new(id(group)))
}

fn new_group() -> OrgGroupCreateRequest {
    OrgGroupCreateRequest::new(OrgGroupCreateData::new(OrgGroupCreateAttributes::new(NEW_NAME)))
}

fn new_name() -> OrgGroupUpdateRequest {
    let attributes = OrgGroupUpdateAttributes::new("Logistics EU");
    OrgGroupUpdateRequest::new(OrgGroupUpdateData::new(attributes, id(GROUP)))
}

fn move_one() -> OrgGroupMembershipUpdateRequest {
    let relationships = OrgGroupMembershipUpdateRelationships::new(to_group(OTHER_GROUP));
    OrgGroupMembershipUpdateRequest::new(OrgGroupMembershipUpdateData::new(id(MEMBERSHIP), relationships))
}

fn two_orgs() -> Vec<GlobalOrgIdentifier> {
    vec![GlobalOrgIdentifier::new("us3", id(ORG)), GlobalOrgIdentifier::new("ap2", id(OTHER_ORG))]
}

fn move_two() -> OrgGroupMembershipBulkUpdateRequest {
    let relationships = OrgGroupMembershipBulkUpdateRelationshipsFields {
        source_org_group: to_group(GROUP),
        target_org_group: to_group(OTHER_GROUP),
    };
    let relationships = OrgGroupMembershipBulkUpdateRelationships::new(relationships);
    let attributes = OrgGroupMembershipBulkUpdateAttributes::new(two_orgs());
    OrgGroupMembershipBulkUpdateRequest::new(OrgGroupMembershipBulkUpdateData::new(attributes, relationships))
}

fn new_policy() -> OrgGroupPolicyCreateRequest {
    let attributes = OrgGroupPolicyCreateAttributes::new("monitor_timezone", content());
    let relationships = OrgGroupPolicyCreateRelationships::new(to_group(GROUP));
    OrgGroupPolicyCreateRequest::new(OrgGroupPolicyCreateData::new(attributes, relationships))
}

fn same_policy() -> OrgGroupPolicyUpdateRequest {
    let data = OrgGroupPolicyUpdateData::new(OrgGroupPolicyUpdateAttributes::new(), id(POLICY));
    OrgGroupPolicyUpdateRequest::new(data)
}

fn new_override() -> OrgGroupPolicyOverrideCreateRequest {
    let policy = OrgGroupPolicyRelationshipToOne::new(OrgGroupPolicyRelationshipToOneData::new(id(POLICY)));
    let relationships = OrgGroupPolicyOverrideCreateRelationships::new(to_group(GROUP), policy);
    let attributes = OrgGroupPolicyOverrideCreateAttributes::new("us3", id(ORG));
    OrgGroupPolicyOverrideCreateRequest::new(OrgGroupPolicyOverrideCreateData::new(attributes, relationships))
}

fn same_override() -> OrgGroupPolicyOverrideUpdateRequest {
    let attributes = OrgGroupPolicyOverrideUpdateAttributes::new("us3", id(ORG));
    OrgGroupPolicyOverrideUpdateRequest::new(OrgGroupPolicyOverrideUpdateData::new(attributes, id(OVERRIDE)))
}
