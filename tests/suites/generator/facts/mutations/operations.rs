//! Changes of operations and parameters.

use super::Edit::{Drop, Rename, Set};
use super::{check, differences_after};

#[test]
fn a_change_of_an_operation_is_found() {
    check(&[
        (
            "method",
            Rename("paths > /api/v2/org_group_memberships/bulk > patch", "put"),
            &["BulkUpdateOrgGroupMemberships: the facts say `PATCH /api/v2/org_group_memberships/bulk`, \
               the spec says `PUT /api/v2/org_group_memberships/bulk`"],
        ),
        (
            "path",
            Rename("paths > /api/v2/org_group_policy_configs", "/api/v2/org_group_policy_config"),
            &["ListOrgGroupPolicyConfigs: the facts say `GET /api/v2/org_group_policy_configs`, \
               the spec says `GET /api/v2/org_group_policy_config`"],
        ),
        (
            "operation that is gone",
            Drop("paths > /api/v2/org_groups/{org_group_id} > delete"),
            &["DeleteOrgGroup: missing in the spec"],
        ),
        (
            "operation that is new",
            Set("paths > /api/v2/org_groups > head", "{operationId: CountOrgGroups}"),
            &["CountOrgGroups: not in the facts"],
        ),
        (
            "id",
            Set("paths > /api/v2/org_groups > post > operationId", "MakeOrgGroup"),
            &["CreateOrgGroup: missing in the spec", "MakeOrgGroup: not in the facts"],
        ),
        (
            "permission",
            Set("paths > /api/v2/org_groups > post > x-permission", "org_group_read"),
            &["CreateOrgGroup: the facts say `permission org_group_write`, \
               the spec says `permission org_group_read`"],
        ),
        (
            "no permission",
            Drop("paths > /api/v2/org_groups > post > x-permission"),
            &["CreateOrgGroup: the facts say `permission org_group_write`, the spec says nothing more"],
        ),
        (
            "preview",
            Drop("paths > /api/v2/org_group_policy_configs > get > x-unstable"),
            &["ListOrgGroupPolicyConfigs: the facts say `preview`, the spec says nothing more"],
        ),
        (
            "one of two filters",
            Drop("paths > /api/v2/org_group_memberships > get > x-at-least-one-of > parameters > 1"),
            &["ListOrgGroupMemberships: the facts say `at least one of filter[org_group_id] | filter[org_uuid]`, \
               the spec says `at least one of filter[org_group_id]`"],
        ),
        (
            "pages",
            Drop("paths > /api/v2/org_groups > get > x-pagination"),
            &["ListOrgGroups: the facts say `pages of /data by page[number] and page[size] until \
               /meta/page/next_number is null`, the spec says nothing more"],
        ),
        (
            "batches",
            Drop("paths > /api/v2/org_group_memberships/bulk > patch > x-batch"),
            &["BulkUpdateOrgGroupMemberships: the facts say `batches of orgs`, the spec says nothing more"],
        ),
        (
            "something new",
            Set("paths > /api/v2/org_groups > get > deprecated", "true"),
            &["ListOrgGroups: the facts say nothing more, the spec says `deprecated true`"],
        ),
    ]);
}

#[test]
fn a_change_of_a_parameter_is_found() {
    check(&[
        (
            "gone",
            Drop("paths > /api/v2/org_group_memberships > get > parameters > 1"),
            &["ListOrgGroupMemberships query filter[org_uuid]: missing in the spec"],
        ),
        (
            "new",
            Set("paths > /api/v2/org_group_policy_configs > get > parameters", "[{name: a, in: query}]"),
            &["ListOrgGroupPolicyConfigs query a: not in the facts"],
        ),
        (
            "name",
            Set("paths > /api/v2/org_group_policies > get > parameters > 1 > name", "filter[name]"),
            &[
                "ListOrgGroupPolicies query filter[name]: not in the facts",
                "ListOrgGroupPolicies query filter[policy_name]: missing in the spec",
            ],
        ),
        (
            "place",
            Set("paths > /api/v2/org_groups > get > parameters > 2 > in", "header"),
            &["ListOrgGroups header sort: not in the facts", "ListOrgGroups query sort: missing in the spec"],
        ),
        (
            "type",
            Set("paths > /api/v2/org_group_policies > get > parameters > 1 > schema > type", "boolean"),
            &["ListOrgGroupPolicies query filter[policy_name]: the facts say `string`, the spec says `boolean`"],
        ),
        (
            "required, in a shared parameter",
            Drop("components > parameters > OrgGroupIdFilter > required"),
            &[
                "ListOrgGroupPolicies query filter[org_group_id]: the facts say `required`, the spec says nothing more",
                "ListOrgGroupPolicyOverrides query filter[org_group_id]: the facts say `required`, \
                 the spec says nothing more",
                "ListOrgGroupPolicySuggestions query filter[org_group_id]: the facts say `required`, \
                 the spec says nothing more",
            ],
        ),
        (
            "not required",
            Set("paths > /api/v2/org_groups > get > parameters > 2 > required", "true"),
            &["ListOrgGroups query sort: the facts say nothing more, the spec says `required`"],
        ),
        (
            "value",
            Set("components > schemas > OrgGroupPolicySortOption > enum > 1", "+id"),
            &["ListOrgGroupPolicies query sort: the facts say `values id | -id | name | -name`, \
               the spec says `values id | +id | name | -name`"],
        ),
        (
            "default of an enum",
            Drop("components > schemas > OrgGroupSortOption > default"),
            &["ListOrgGroups query sort: the facts say `default uuid`, the spec says nothing more"],
        ),
        (
            "something new",
            Set("paths > /api/v2/org_groups > get > parameters > 2 > explode", "false"),
            &["ListOrgGroups query sort: the facts say nothing more, the spec says `explode false`"],
        ),
    ]);
    for (edit, says) in [
        (
            Set("components > parameters > PageSize > schema > maximum", "500"),
            "`maximum 1000`, the spec says `maximum 500`",
        ),
        (Drop("components > parameters > PageSize > schema > minimum"), "`minimum 1`, the spec says nothing more"),
        (
            Set("components > parameters > PageSize > schema > default", "10"),
            "`default 50`, the spec says `default 10`",
        ),
        (
            Set("components > parameters > PageSize > schema > format", "int32"),
            "`int64`, the spec says `integer in the format int32`",
        ),
    ] {
        let found = differences_after(edit);
        assert_eq!(found.len(), 4, "{found:#?}");
        assert_eq!(found[2], format!("ListOrgGroupPolicyOverrides query page[size]: the facts say {says}"));
    }
}
