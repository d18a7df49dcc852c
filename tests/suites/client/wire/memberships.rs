//! Memberships.

use datadog_org_groups::Nullable;
use datadog_org_groups::models::{OrgGroupId, OrgGroupMembershipData, OrgGroupMembershipType, OrgGroupType};
use tests::calls::{Answered, GROUP, MEMBERSHIP, ORG, OTHER_GROUP, OTHER_ORG, id};

use crate::wire::groups::time;
use crate::wire::support::Resource;

pub(crate) const RESOURCE: Resource = Resource { tag: "Org Group Memberships", check };

/// Returns the group of a membership, if it is stated.
fn group(membership: &OrgGroupMembershipData) -> Option<OrgGroupId> {
    assert_eq!(membership.r#type, OrgGroupMembershipType::OrgGroupMemberships);
    let data = &membership.relationships.as_ref()?.org_group.as_ref()?.data;
    assert_eq!(data.r#type, OrgGroupType::OrgGroups);
    Some(data.id)
}

/// Asserts that it is the first membership in all responses.
fn assert_store(membership: &OrgGroupMembershipData, modified_at: &str) {
    assert_eq!(membership.id, id(MEMBERSHIP));
    let attributes = &membership.attributes;
    assert_eq!((attributes.org_name.as_str(), attributes.org_site.as_str()), ("Store 0042", "us3"));
    assert_eq!(attributes.org_uuid, id(ORG));
    assert_eq!(attributes.created_at, time("2024-05-06T07:08:09Z"));
    assert_eq!(attributes.modified_at, time(modified_at));
}

fn check(operation: &str, answered: Answered) {
    match (operation, answered) {
        ("ListOrgGroupMemberships", Answered::Memberships(page)) => {
            let [first, second] = &page.data[..] else { panic!("two memberships") };
            assert_store(first, "2024-05-07T07:08:09Z");
            assert_eq!(group(first), Some(id(GROUP)));
            assert_eq!((second.attributes.org_name.as_str(), second.attributes.org_uuid), ("", id(OTHER_ORG)));
            assert_eq!((&second.relationships, group(second)), (&None, None));

            let links = page.links.unwrap();
            assert_eq!(links.next, Nullable::Null);
            assert!(links.prev.into_value().unwrap().ends_with("page[number]=1"));
            let page = page.meta.unwrap().page.unwrap();
            assert_eq!((page.number, page.total), (Some(2), Some(102)));
            assert_eq!((page.prev_number, page.next_number), (Nullable::Value(1), Nullable::Null));
            assert_eq!(page.last_number, Nullable::Null);
        }
        ("BulkUpdateOrgGroupMemberships", Answered::Memberships(page)) => {
            let [only] = &page.data[..] else { panic!("one membership") };
            assert_store(only, "2025-06-30T21:00:00Z");
            assert_eq!(group(only), Some(id(OTHER_GROUP)));
            assert_eq!((page.links, page.meta), (None, None));
        }
        ("GetOrgGroupMembership", Answered::Membership(membership)) => {
            assert_store(&membership.data, "2024-05-07T07:08:09Z");
            assert_eq!(membership.data.relationships.unwrap().org_group, None);
        }
        ("UpdateOrgGroupMembership", Answered::Membership(membership)) => {
            assert_store(&membership.data, "2025-02-03T04:05:06.7Z");
            assert_eq!(group(&membership.data), Some(id(OTHER_GROUP)));
        }
        other => panic!("unexpected {other:?}"),
    }
}
