//! A program that moves organizations, tested as its authors would: with the fake of the API.

use datadog_org_groups::models::{
    GlobalOrgIdentifier, OrgGroupData, OrgGroupId, OrgGroupMembershipBulkUpdateRequest, OrgGroupMembershipData,
    OrgGroupMembershipListResponse, OrgGroupRelationshipToOne, OrgGroupRelationshipToOneData, OrgUuid,
};
use datadog_org_groups::testing::{Answer, Fake, Sent, Store};
use datadog_org_groups::{Client, Effect, Error};
use serde_json::json;

const MEMBERSHIPS: &str = "org_group_memberships";
const MOVE: &str = "BulkUpdateOrgGroupMemberships";

/// The program: moves all members of a group.
async fn move_all(client: &Client, from: OrgGroupId, to: OrgGroupId) -> Result<usize, Error> {
    let members: Vec<OrgGroupMembershipData> = client.list_org_group_memberships(from).stream().try_collect().await?;
    let count = members.len();
    let orgs = members.iter().map(GlobalOrgIdentifier::from);
    let moved = client.bulk_update_org_group_memberships(orgs).from(from).to(to).send_in_batches().await;
    moved.map(|_| count).map_err(|failure| failure.error)
}

/// What the description states only in prose: all organizations are moved, or none.
fn moves(sent: &Sent, store: &Store) -> Answer {
    let data = sent.json::<OrgGroupMembershipBulkUpdateRequest>().data;
    let from = data.relationships.source_org_group.data.id;
    let to = data.relationships.target_org_group;
    if store.get::<OrgGroupData>("org_groups", to.data.id).is_none() {
        return Answer::error(404, "there is no such group");
    }
    let members: Vec<OrgGroupMembershipData> = store.items(MEMBERSHIPS);
    let mut moved = Vec::new();
    for org in &data.attributes.orgs {
        let is_it = |member: &&OrgGroupMembershipData| {
            member.attributes.org_uuid == org.org_uuid && member.org_group_id() == Some(from)
        };
        let Some(member) = members.iter().find(is_it) else {
            return Answer::error(404, "an organization is not in the group");
        };
        let mut member = member.clone();
        member.relationships.get_or_insert_with(Default::default).org_group = Some(to.clone());
        moved.push(member);
    }
    moved.iter().for_each(|member| store.put(MEMBERSHIPS, member));
    Answer::ok(&OrgGroupMembershipListResponse::new(moved))
}

/// A fake with two groups, and this many members of the first.
async fn fake(count: u32) -> (Fake, OrgGroupId, OrgGroupId) {
    let fake = Fake::new().answer(MOVE, moves);
    let client = fake.client();
    let old = client.create_org_group("Old").await.expect("it is created").data.id;
    let new = client.create_org_group("New").await.expect("it is created").data.id;
    for number in 0..count {
        fake.store().put(MEMBERSHIPS, &member(number, old));
    }
    (fake, old, new)
}

fn member(number: u32, group: OrgGroupId) -> serde_json::Value {
    json!({
        "id": format!("00000000-0000-4000-a000-{number:012}"),
        "type": "org_group_memberships",
        "attributes": {
            "created_at": "2026-01-02T03:04:05Z", "modified_at": "2026-01-02T03:04:05Z", "org_name": format!("Org {number}"),
            "org_site": "us1", "org_uuid": org(number),
        },
        "relationships": {"org_group": OrgGroupRelationshipToOne::new(OrgGroupRelationshipToOneData::new(group))},
    })
}

fn org(number: u32) -> OrgUuid {
    format!("00000000-0000-4000-9000-{number:012}").parse().expect("a uuid")
}

#[tokio::test]
async fn all_members_are_moved() {
    let (fake, old, new) = fake(1_150).await;
    assert_eq!(move_all(&fake.client(), old, new).await.expect("all are moved"), 1_150);
    let members: Vec<OrgGroupMembershipData> = fake.store().items(MEMBERSHIPS);
    assert!(members.iter().all(|member| member.org_group_id() == Some(new)));
    assert_eq!((fake.script().sent_to("ListOrgGroupMemberships").len(), fake.script().sent_to(MOVE).len()), (2, 12));
    assert_eq!(move_all(&fake.client(), old, new).await.expect("none is left"), 0);
}

#[tokio::test]
async fn a_batch_is_moved_as_a_whole() {
    let (fake, old, new) = fake(3).await;
    let orgs = [org(0), org(9)].map(|org| GlobalOrgIdentifier::new("us1", org));
    let error =
        fake.client().bulk_update_org_group_memberships(orgs).from(old).to(new).await.expect_err("one is not there");
    assert!(error.is_not_found() && error.effect() == Effect::No, "{error}");
    let members: Vec<OrgGroupMembershipData> = fake.store().items(MEMBERSHIPS);
    assert!(members.iter().all(|member| member.org_group_id() == Some(old)), "none was moved");
}

#[tokio::test]
async fn a_moved_member_is_in_its_new_group() {
    let (fake, old, new) = fake(2).await;
    let client = fake.client();
    let first = client.list_org_group_memberships(org(0)).await.expect("a page").data.remove(0);
    client.update_org_group_membership(first.id, new).await.expect("it is moved");
    assert_eq!(client.list_org_group_memberships(new).await.expect("a page").data[0].attributes.org_uuid, org(0));
    assert_eq!(client.list_org_group_memberships(old).await.expect("a page").data.len(), 1);
    // Errors of the API, and those that the test sets.
    let missing =
        client.delete_org_group("00000000-0000-4000-8000-00000000ffff".parse::<OrgGroupId>().expect("a uuid"));
    let error = missing.await.expect_err("no such group");
    assert!(error.is_not_found() && error.to_string().contains("there is no"), "{error}");
    let client = fake.on("CreateOrgGroup", Answer::error(409, "the name is taken")).client();
    assert_eq!(client.create_org_group("Old").await.expect_err("the fake refuses it").status(), Some(409));
}

#[tokio::test]
async fn groups_are_sorted_and_paginated() {
    let (fake, _, _) = fake(0).await;
    let client = fake.client();
    let sorted = client.list_org_groups().sort(datadog_org_groups::models::OrgGroupSortOption::Name).page_size(1);
    let groups: Vec<OrgGroupData> = sorted.stream().try_collect().await.expect("all pages");
    assert_eq!(groups.iter().map(|group| group.attributes.name.as_str()).collect::<Vec<_>>(), ["New", "Old"]);
    assert_eq!(fake.script().sent_to("ListOrgGroups").len(), 2);
}
