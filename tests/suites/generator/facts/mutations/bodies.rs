//! Changes of request bodies and answers.

use super::Edit::{Drop, Rename, Set};
use super::{check, differences_after};

#[test]
fn a_change_of_a_body_is_found() {
    const BULK: &str = "BulkUpdateOrgGroupMemberships body data.attributes.orgs";
    assert_eq!(
        differences_after(Set(
            "components > schemas > OrgGroupMembershipBulkUpdateAttributes > properties > orgs > maxItems",
            "1000"
        )),
        [format!("{BULK}: the facts say `at most 100 items`, the spec says `at most 1000 items`")]
    );
    check(&[
        (
            "gone",
            Drop("paths > /api/v2/org_groups > post > requestBody"),
            &["CreateOrgGroup body: missing in the spec"],
        ),
        (
            "required",
            Set("paths > /api/v2/org_groups > post > requestBody > required", "false"),
            &["CreateOrgGroup body: the facts say `required`, the spec says nothing more"],
        ),
        (
            "media type",
            Rename("paths > /api/v2/org_groups > post > requestBody > content > application/json", "text/json"),
            &["CreateOrgGroup body: the facts say `application/json`, the spec says `text/json`"],
        ),
        (
            "field that is gone",
            Drop("components > schemas > OrgGroupPolicyUpdateAttributes > properties > content"),
            &["UpdateOrgGroupPolicy body data.attributes.content: missing in the spec"],
        ),
        (
            "object that is gone",
            Drop("components > schemas > OrgGroupPolicyCreateData > properties > relationships"),
            &[
                "CreateOrgGroupPolicy body data: the facts say nothing more, \
                 the spec says `requires relationships, which it has not`",
                "CreateOrgGroupPolicy body data.relationships: missing in the spec",
            ],
        ),
        (
            "field that is new",
            Set("components > schemas > OrgGroupUpdateAttributes > properties > owner", "{type: string}"),
            &["UpdateOrgGroup body data.attributes.owner: not in the facts"],
        ),
        (
            "required field",
            Drop("components > schemas > OrgGroupPolicyCreateAttributes > required > 1"),
            &["CreateOrgGroupPolicy body data.attributes.content: the facts say `required`, \
               the spec says nothing more"],
        ),
        (
            "field that is not required",
            Set("components > schemas > OrgGroupPolicyUpdateAttributes > required", "[content]"),
            &["UpdateOrgGroupPolicy body data.attributes.content: the facts say nothing more, \
               the spec says `required`"],
        ),
        (
            "type",
            Set("components > schemas > OrgGroupCreateAttributes > properties > name > type", "integer"),
            &["CreateOrgGroup body data.attributes.name: the facts say `string`, the spec says `integer`"],
        ),
        (
            "format",
            Set("components > schemas > OrgGroupMembershipUpdateData > properties > id", "{type: string}"),
            &["UpdateOrgGroupMembership body data.id: the facts say `uuid`, the spec says `string`"],
        ),
        (
            "items",
            Set(
                "components > schemas > OrgGroupMembershipBulkUpdateAttributes > properties > orgs > items",
                "{type: string}",
            ),
            &[
                "BulkUpdateOrgGroupMemberships body data.attributes.orgs: the facts say `array of object`, \
                 the spec says `array of string`",
                "BulkUpdateOrgGroupMemberships body data.attributes.orgs[].org_site: missing in the spec",
                "BulkUpdateOrgGroupMemberships body data.attributes.orgs[].org_uuid: missing in the spec",
            ],
        ),
        (
            "constant",
            Set("components > schemas > OrgGroupMembershipBulkUpdateType > enum > 0", "org_group_memberships"),
            &[
                "BulkUpdateOrgGroupMemberships body data.type: the facts say `values org_group_membership_bulk_updates`, \
               the spec says `values org_group_memberships`",
            ],
        ),
        (
            "free form",
            Drop("components > schemas > OrgGroupPolicyUpdateAttributes > properties > content > additionalProperties"),
            &[
                "UpdateOrgGroupPolicy body data.attributes.content: the facts say `free form`, the spec says nothing more",
            ],
        ),
        (
            "broken reference",
            Set("components > schemas > OrgGroupCreateRequest > properties > data > $ref", "'#/components/schemas/No'"),
            &[
                "CreateOrgGroup body data: the facts say `object`, \
                 the spec says `any value` and `unresolved #/components/schemas/No`",
                "CreateOrgGroup body data.attributes: missing in the spec",
                "CreateOrgGroup body data.type: missing in the spec",
            ],
        ),
    ]);
}

#[test]
fn a_change_of_an_answer_is_found() {
    check(&[
        (
            "status that is gone",
            Drop("paths > /api/v2/org_groups > post > responses > 409"),
            &["CreateOrgGroup answer 409: missing in the spec"],
        ),
        (
            "status that is new",
            Set("paths > /api/v2/org_groups > get > responses > 404", "{description: Not there}"),
            &["ListOrgGroups answer 404: not in the facts"],
        ),
        (
            "body of a 204",
            Set(
                "paths > /api/v2/org_groups/{org_group_id} > delete > responses > 204 > content",
                "{application/json: {schema: {type: object}}}",
            ),
            &["DeleteOrgGroup answer 204: the facts say `no body`, the spec says `application/json`"],
        ),
        (
            "media type",
            Rename("paths > /api/v2/org_groups > post > responses > 201 > content > application/json", "text/html"),
            &["CreateOrgGroup answer 201: the facts say `application/json`, the spec says `text/html`"],
        ),
        (
            "shape of an error",
            Set("paths > /api/v2/org_groups > get > responses > 429", "{$ref: '#/components/responses/BadRequest'}"),
            &[
                "ListOrgGroups answer 429 errors: the facts say `array of string`, the spec says `array of object`",
                "ListOrgGroups answer 429 errors[].detail: not in the facts",
                "ListOrgGroups answer 429 errors[].meta: not in the facts",
                "ListOrgGroups answer 429 errors[].source: not in the facts",
                "ListOrgGroups answer 429 errors[].status: not in the facts",
                "ListOrgGroups answer 429 errors[].title: not in the facts",
            ],
        ),
        (
            "any value",
            Set("components > schemas > OrgGroupPolicyConfigAttributes > properties > default_value > type", "string"),
            &["ListOrgGroupPolicyConfigs answer 200 data[].attributes.default_value: the facts say `any value`, \
               the spec says `string`"],
        ),
        (
            "items",
            Set("components > schemas > OrgGroupPolicyConfigAttributes > properties > allowed_values > items", "{}"),
            &["ListOrgGroupPolicyConfigs answer 200 data[].attributes.allowed_values: the facts say \
               `array of string`, the spec says `array of any value`"],
        ),
        (
            "something new",
            Set("components > schemas > OrgGroupPolicyConfigAttributes > properties > name > pattern", "^a"),
            &["ListOrgGroupPolicyConfigs answer 200 data[].attributes.name: the facts say nothing more, \
               the spec says `pattern ^a`"],
        ),
    ]);
}
