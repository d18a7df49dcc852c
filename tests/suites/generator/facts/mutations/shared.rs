//! Changes that show at many places, and changes of what holds for all operations.

use super::Edit::{Drop, Set};
use super::{Edit, check, differences_after};

/// Changes that show at many places: how many, and one of them.
#[test]
fn a_change_of_what_is_shared_is_found_everywhere() {
    const PAGE: &str = "answer 200 meta.page.next_number: the facts say";
    const TIER: &str = "answer 200 data.attributes.enforcement_tier: the facts say";
    let table: &[(Edit, usize, String)] = &[
        (
            Drop("components > schemas > OrgGroupPaginationMetaPage > properties > next_number > nullable"),
            5,
            format!("ListOrgGroups {PAGE} `nullable`, the spec says nothing more"),
        ),
        (
            Set("components > schemas > OrgGroupPaginationMetaPage > properties > next_number > format", "int32"),
            5,
            format!("ListOrgGroups {PAGE} `int64`, the spec says `integer in the format int32`"),
        ),
        (
            Set("components > schemas > OrgGroupPolicyEnforcementTier > default", "DELEGATE"),
            6,
            format!("UpdateOrgGroupPolicy {TIER} nothing more, the spec says `default DELEGATE`"),
        ),
        (
            Set("components > schemas > OrgGroupPolicyEnforcementTier > enum > 2", "DELEGATED"),
            6,
            format!(
                "GetOrgGroupPolicy {TIER} `values OVERRIDE_ALLOWED | GROUP_MANAGED | DELEGATE`, \
                 the spec says `values OVERRIDE_ALLOWED | GROUP_MANAGED | DELEGATED`"
            ),
        ),
        (
            Set("components > schemas > OrgGroupAttributes > properties > created_at > format", "date"),
            4,
            "CreateOrgGroup answer 201 data.attributes.created_at: the facts say `date-time`, \
             the spec says `string in the format date`"
                .to_owned(),
        ),
        (
            Set("components > schemas > OrgGroupId > format", "uri"),
            30,
            "GetOrgGroup path org_group_id: the facts say `uuid`, the spec says `string in the format uri`".to_owned(),
        ),
        (
            Drop("components > schemas > JSONAPIErrorItemSource > properties > pointer"),
            77,
            "DeleteOrgGroupPolicy answer 403 errors[].source.pointer: missing in the spec".to_owned(),
        ),
        (
            Drop("components > schemas > APIErrorResponse > required"),
            21,
            "ListOrgGroupPolicyConfigs answer 429 errors: the facts say `required`, the spec says nothing more"
                .to_owned(),
        ),
    ];
    for (edit, number, one) in table {
        let found = differences_after(*edit);
        assert!(found.contains(one), "{edit:?}: {one}\n{}", found.join("\n"));
        assert_eq!(found.len(), *number, "{edit:?}: {found:#?}");
    }
}

#[test]
fn a_change_of_sites_and_keys_is_found() {
    check(&[
        (
            "site",
            Drop("servers > 8"),
            &["API: the facts say `site us2.ddog-gov.com at https://api.us2.ddog-gov.com`, the spec says nothing more"],
        ),
        (
            "URL of a site",
            Set("servers > 1 > url", "https://app.datadoghq.eu"),
            &["API: the facts say `site datadoghq.eu at https://api.datadoghq.eu`, \
               the spec says `site datadoghq.eu at https://app.datadoghq.eu`"],
        ),
        (
            "default site",
            Drop("servers > 0"),
            &["API: the facts say `default site datadoghq.com at https://api.datadoghq.com` and \
               `site datadoghq.eu at https://api.datadoghq.eu`, \
               the spec says `default site datadoghq.eu at https://api.datadoghq.eu`"],
        ),
        (
            "variable of the site",
            Set("x-site-env", "DD_HOST"),
            &["API: the facts say `site from DD_SITE`, the spec says `site from DD_HOST`"],
        ),
        (
            "header of a key",
            Set("components > securitySchemes > api_key > name", "X-API-KEY"),
            &["API: the facts say `header DD-API-KEY from DD_API_KEY` and `needs DD-API-KEY + DD-APPLICATION-KEY`, \
               the spec says `header X-API-KEY from DD_API_KEY` and `needs DD-APPLICATION-KEY + X-API-KEY`"],
        ),
        (
            "place of a key",
            Set("components > securitySchemes > api_key > in", "query"),
            &["API: the facts say `header DD-API-KEY from DD_API_KEY`, \
               the spec says `query DD-API-KEY from DD_API_KEY`"],
        ),
        (
            "variable of a key",
            Set("components > securitySchemes > application_key > x-env", "DD_APPLICATION_KEY"),
            &["API: the facts say `header DD-APPLICATION-KEY from DD_APP_KEY`, \
               the spec says `header DD-APPLICATION-KEY from DD_APPLICATION_KEY`"],
        ),
        (
            "kind of a key",
            Set("components > securitySchemes > api_key > type", "http"),
            &["API: the facts say `header DD-API-KEY from DD_API_KEY`, \
               the spec says `http DD-API-KEY from DD_API_KEY`"],
        ),
        (
            "one key is enough",
            Drop("security > 0 > application_key"),
            &["API: the facts say `needs DD-API-KEY + DD-APPLICATION-KEY`, the spec says `needs DD-API-KEY`"],
        ),
        (
            "either key is enough",
            Set("security", "[{api_key: []}, {application_key: []}]"),
            &["API: the facts say `needs DD-API-KEY + DD-APPLICATION-KEY`, \
               the spec says `needs DD-API-KEY` and `needs DD-APPLICATION-KEY`"],
        ),
        (
            "an operation without keys",
            Set("paths > /api/v2/org_groups > get > security", "[]"),
            &["ListOrgGroups: the facts say nothing more, the spec says `security []`"],
        ),
    ]);
}
