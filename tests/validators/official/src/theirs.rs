//! The calls of `tests/src/calls.rs`, as a caller of the official client writes them.

use std::collections::{BTreeMap, HashMap};

use datadog_api_client::datadog::{APIKey, Configuration, Error, ResponseContent};
use datadog_api_client::datadogV2::api_org_groups::*;
use datadog_api_client::datadogV2::model::*;
use serde::Serialize;
use serde_json::{Value, json};
use tests::calls::{GROUP, MEMBERSHIP, ORG, OTHER_GROUP, OTHER_ORG, OVERRIDE, POLICY, id};
use tests::spec;
use uuid::Uuid;

use crate::Outcome;

/// A client of a server on loopback.
pub(crate) fn client(address: &str) -> OrgGroupsAPI {
    let mut configuration = Configuration::new();
    configuration.server_index = 1;
    configuration.server_variables =
        HashMap::from([("protocol".to_owned(), "http".to_owned()), ("name".to_owned(), address.to_owned())]);
    for (name, key) in [("apiKeyAuth", crate::API_KEY), ("appKeyAuth", crate::APPLICATION_KEY)] {
        configuration.set_auth_key(name, APIKey { key: key.to_owned(), prefix: String::new() });
    }
    for operation in spec::operations(&spec::read()) {
        configuration.set_unstable_operation_enabled(&format!("v2.{}", snake_case(operation.id)), true);
    }
    OrgGroupsAPI::with_config(configuration)
}

/// The name of an operation under which it must be enabled: `ListOrgGroups` is `list_org_groups`.
fn snake_case(operation: &str) -> String {
    let words = operation.char_indices().flat_map(|(index, letter)| {
        let begins = letter.is_ascii_uppercase() && index > 0;
        begins.then_some('_').into_iter().chain([letter.to_ascii_lowercase()])
    });
    words.collect()
}

/// Sends an operation with its required parameters, or with all parameters; `None` if there are no more, or if no call
/// of it exists here.
pub(crate) async fn send(api: &OrgGroupsAPI, operation: &str, full: bool) -> Option<Outcome> {
    let takes_more = [
        "ListOrgGroups",
        "ListOrgGroupMemberships",
        "ListOrgGroupPolicies",
        "CreateOrgGroupPolicy",
        "UpdateOrgGroupPolicy",
        "ListOrgGroupPolicyOverrides",
    ];
    if full && !takes_more.contains(&operation) {
        return None;
    }
    Some(match operation {
        "ListOrgGroups" => {
            let mut params = ListOrgGroupsOptionalParams::default();
            if full {
                params = params.page_number(3).page_size(25).sort(OrgGroupSortOption::MINUS_NAME);
            }
            give(api.list_org_groups_with_http_info(params).await)
        }
        "CreateOrgGroup" => {
            let attributes = OrgGroupCreateAttributes::new("Retail – \"South\"".to_owned());
            let data = OrgGroupCreateData::new(attributes, OrgGroupType::ORG_GROUPS);
            give(api.create_org_group_with_http_info(OrgGroupCreateRequest::new(data)).await)
        }
        "GetOrgGroup" => give(api.get_org_group_with_http_info(id(GROUP)).await),
        "UpdateOrgGroup" => {
            let attributes = OrgGroupUpdateAttributes::new("Logistics EU".to_owned());
            let data = OrgGroupUpdateData::new(attributes, id(GROUP), OrgGroupType::ORG_GROUPS);
            give(api.update_org_group_with_http_info(id(GROUP), OrgGroupUpdateRequest::new(data)).await)
        }
        "DeleteOrgGroup" => give(api.delete_org_group_with_http_info(id(GROUP)).await),
        "ListOrgGroupMemberships" => {
            let mut params = ListOrgGroupMembershipsOptionalParams::default().filter_org_group_id(id(GROUP));
            if full {
                params = params.filter_org_uuid(id(ORG)).page_number(0).page_size(1000);
                params = params.sort(OrgGroupMembershipSortOption::UUID);
            }
            give(api.list_org_group_memberships_with_http_info(params).await)
        }
        "GetOrgGroupMembership" => give(api.get_org_group_membership_with_http_info(id(MEMBERSHIP)).await),
        "UpdateOrgGroupMembership" => {
            let relationships = OrgGroupMembershipUpdateRelationships::new(to_group(OTHER_GROUP));
            let kind = OrgGroupMembershipType::ORG_GROUP_MEMBERSHIPS;
            let data = OrgGroupMembershipUpdateData::new(id(MEMBERSHIP), relationships, kind);
            let body = OrgGroupMembershipUpdateRequest::new(data);
            give(api.update_org_group_membership_with_http_info(id(MEMBERSHIP), body).await)
        }
        "BulkUpdateOrgGroupMemberships" => {
            let orgs = [("us3", ORG), ("ap2", OTHER_ORG)];
            let orgs = orgs.map(|(site, org)| GlobalOrgIdentifier::new(site.to_owned(), id(org)));
            let data = OrgGroupMembershipBulkUpdateData::new(
                OrgGroupMembershipBulkUpdateAttributes::new(orgs.to_vec()),
                OrgGroupMembershipBulkUpdateRelationships::new(to_group(GROUP), to_group(OTHER_GROUP)),
                OrgGroupMembershipBulkUpdateType::ORG_GROUP_MEMBERSHIP_BULK_UPDATES,
            );
            let body = OrgGroupMembershipBulkUpdateRequest::new(data);
            give(api.bulk_update_org_group_memberships_with_http_info(body).await)
        }
        "ListOrgGroupPolicies" => {
            let mut params = ListOrgGroupPoliciesOptionalParams::default();
            if full {
                params = params.filter_policy_name("a&b=c d/é+#".to_owned()).page_number(9_000_000_000).page_size(1);
                params = params.sort(OrgGroupPolicySortOption::MINUS_ID);
                params = params.filter_policy_type(OrgGroupPolicyFilterPolicyTypeValue::ROLE);
            }
            give(api.list_org_group_policies_with_http_info(id(GROUP), params).await)
        }
        "CreateOrgGroupPolicy" => {
            let mut attributes = OrgGroupPolicyCreateAttributes::new(content(), "monitor_timezone".to_owned());
            if full {
                attributes = attributes.enforcement_tier(OrgGroupPolicyEnforcementTier::DELEGATE);
                attributes = attributes.policy_type(OrgGroupPolicyPolicyType::ROLE);
            }
            let relationships = OrgGroupPolicyCreateRelationships::new(to_group(GROUP));
            let kind = OrgGroupPolicyType::ORG_GROUP_POLICIES;
            let data = OrgGroupPolicyCreateData::new(attributes, relationships, kind);
            give(api.create_org_group_policy_with_http_info(OrgGroupPolicyCreateRequest::new(data)).await)
        }
        "GetOrgGroupPolicy" => give(api.get_org_group_policy_with_http_info(id(POLICY)).await),
        "UpdateOrgGroupPolicy" => {
            let mut attributes = OrgGroupPolicyUpdateAttributes::new();
            if full {
                attributes = attributes.content(content());
                attributes = attributes.enforcement_tier(OrgGroupPolicyEnforcementTier::GROUP_MANAGED);
                attributes = attributes.policy_name("quiet_hours".to_owned());
            }
            let data = OrgGroupPolicyUpdateData::new(attributes, id(POLICY), OrgGroupPolicyType::ORG_GROUP_POLICIES);
            give(api.update_org_group_policy_with_http_info(id(POLICY), OrgGroupPolicyUpdateRequest::new(data)).await)
        }
        "DeleteOrgGroupPolicy" => give(api.delete_org_group_policy_with_http_info(id(POLICY)).await),
        "ListOrgGroupPolicyOverrides" => {
            let mut params = ListOrgGroupPolicyOverridesOptionalParams::default();
            if full {
                params = params.filter_policy_id(id(POLICY)).page_number(1).page_size(2);
                params = params.sort(OrgGroupPolicyOverrideSortOption::MINUS_ORG_UUID);
            }
            give(api.list_org_group_policy_overrides_with_http_info(id(GROUP), params).await)
        }
        "CreateOrgGroupPolicyOverride" => {
            let policy = OrgGroupPolicyRelationshipToOneData::new(id(POLICY), OrgGroupPolicyType::ORG_GROUP_POLICIES);
            let data = OrgGroupPolicyOverrideCreateData::new(
                OrgGroupPolicyOverrideCreateAttributes::new("us3".to_owned(), id(ORG)),
                OrgGroupPolicyOverrideCreateRelationships::new(
                    to_group(GROUP),
                    OrgGroupPolicyRelationshipToOne::new(policy),
                ),
                OrgGroupPolicyOverrideType::ORG_GROUP_POLICY_OVERRIDES,
            );
            let body = OrgGroupPolicyOverrideCreateRequest::new(data);
            give(api.create_org_group_policy_override_with_http_info(body).await)
        }
        "GetOrgGroupPolicyOverride" => give(api.get_org_group_policy_override_with_http_info(id(OVERRIDE)).await),
        "UpdateOrgGroupPolicyOverride" => {
            let attributes = OrgGroupPolicyOverrideUpdateAttributes::new("us3".to_owned(), id(ORG));
            let kind = OrgGroupPolicyOverrideType::ORG_GROUP_POLICY_OVERRIDES;
            let data = OrgGroupPolicyOverrideUpdateData::new(attributes, id(OVERRIDE), kind);
            let body = OrgGroupPolicyOverrideUpdateRequest::new(data);
            give(api.update_org_group_policy_override_with_http_info(id(OVERRIDE), body).await)
        }
        "DeleteOrgGroupPolicyOverride" => give(api.delete_org_group_policy_override_with_http_info(id(OVERRIDE)).await),
        "ListOrgGroupPolicyConfigs" => give(api.list_org_group_policy_configs_with_http_info().await),
        "ListOrgGroupPolicySuggestions" => give(api.list_org_group_policy_suggestions_with_http_info(id(GROUP)).await),
        _ => return None,
    })
}

/// The value that was read, as their models write it; `None` for the unit type of responses without a body.
fn give<T: Serialize, E: std::fmt::Debug>(outcome: Result<ResponseContent<T>, Error<E>>) -> Outcome {
    match outcome {
        Ok(response) => Ok(json!(response.entity)),
        Err(Error::ResponseError(response)) => Err(Some(response.status.as_u16())),
        Err(_) => Err(None),
    }
}

fn to_group(group: &str) -> OrgGroupRelationshipToOne {
    OrgGroupRelationshipToOne::new(OrgGroupRelationshipToOneData::new(id::<Uuid>(group), OrgGroupType::ORG_GROUPS))
}

fn content() -> BTreeMap<String, Value> {
    BTreeMap::from([("value".to_owned(), json!("Europe/Oslo"))])
}
