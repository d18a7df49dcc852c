//! Org groups.

use datadog_org_groups::models::{OrgGroupData, OrgGroupType};
use datadog_org_groups::{Nullable, Timestamp};
use tests::calls::{Answered, GROUP, OTHER_GROUP, id};

use crate::wire::support::Resource;

pub(crate) const RESOURCE: Resource = Resource { tag: "Org Groups", check };

pub(crate) fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// Returns name, site, and times of creation and change.
fn describe(group: &OrgGroupData) -> (&str, &str, Timestamp, Timestamp) {
    let attributes = &group.attributes;
    assert_eq!(group.r#type, OrgGroupType::OrgGroups);
    (&attributes.name, &attributes.owner_org_site, attributes.created_at, attributes.modified_at)
}

fn check(operation: &str, answered: Answered) {
    match (operation, answered) {
        ("ListOrgGroups", Answered::Groups(page)) => {
            let [first, second] = &page.data[..] else { panic!("two groups") };
            assert_eq!((first.id, second.id), (id(GROUP), id(OTHER_GROUP)));
            let changed = time("2024-11-05T08:01:02.345Z");
            assert_eq!(describe(first), ("Retail – Nordics", "eu1", time("2024-02-29T23:59:59Z"), changed));
            assert_eq!((changed.as_second(), changed.subsec_nanosecond()), (1_730_793_662, 345_000_000));
            assert_eq!(first.attributes.owner_org_uuid, id("0d9c1c52-6f0e-4b0b-8f53-1c6a5b3e7a10"));
            assert_eq!(second.attributes.modified_at, time("2023-07-14T00:00:00.000001Z"));

            let links = page.links.unwrap();
            assert_eq!(links.prev, Nullable::Null);
            let next = "https://api.datadoghq.eu/api/v2/org_groups?page[number]=1&page[size]=2";
            assert_eq!(links.next, Nullable::Value(next.to_owned()));
            assert!(links.first.unwrap().contains("[number]=0") && links.last.unwrap().contains("[number]=4"));
            assert!(links.self_.unwrap().contains("[number]=0"));

            let page = page.meta.unwrap().page.unwrap();
            assert_eq!((page.first_number, page.number, page.size, page.total), (Some(0), Some(0), Some(2), Some(9)));
            assert_eq!((page.prev_number, page.next_number), (Nullable::Null, Nullable::Value(1)));
            assert_eq!((page.last_number, page.r#type.as_deref()), (Nullable::Value(4), Some("number_size")));
        }
        ("CreateOrgGroup", Answered::Group(group)) => {
            assert_eq!(group.data.id, id("e1f60b5c-7a2d-4e93-8b14-d5c0a9f83703"));
            let created = time("2025-01-31T12:34:56Z");
            assert_eq!(describe(&group.data), ("Retail \"South\"", "us5", created, created));
        }
        ("GetOrgGroup", Answered::Group(group)) => {
            assert_eq!(group.data.id, id(GROUP));
            let (created, changed) = (time("2022-12-01T06:00:00Z"), time("2025-03-30T02:30:00Z"));
            assert_eq!(describe(&group.data), ("Logistics", "ap1", created, changed));
            assert_eq!(group.data.attributes.owner_org_uuid, id("0d9c1c52-6f0e-4b0b-8f53-1c6a5b3e7a10"));
        }
        ("UpdateOrgGroup", Answered::Group(group)) => {
            assert_eq!(group.data.attributes.name, "Logistics EU");
            assert_eq!(group.data.attributes.modified_at, time("2025-04-01T09:10:11Z"));
        }
        ("DeleteOrgGroup", Answered::Nothing) => {}
        other => panic!("unexpected {other:?}"),
    }
}
