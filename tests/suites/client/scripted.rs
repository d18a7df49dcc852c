//! A program that moves organizations, tested as its authors would: with a script, without a server.

use std::time::Duration;

use datadog_org_groups::models::{
    GlobalOrgIdentifier, OrgGroupId, OrgGroupMembershipAttributes, OrgGroupMembershipAttributesFields,
    OrgGroupMembershipBulkUpdateRequest, OrgGroupMembershipData, OrgGroupMembershipListResponse,
    OrgGroupMembershipSortOption, OrgUuid,
};
use datadog_org_groups::operations::ListOrgGroupMemberships;
use datadog_org_groups::testing::{self, Answer, Script, Sent};
use datadog_org_groups::{Client, Effect, Error};

const LIST: &str = "ListOrgGroupMemberships";
const MOVE: &str = "BulkUpdateOrgGroupMemberships";

/// The program: moves all members of a group, and reports how many are moved so far.
async fn move_all(
    client: &Client,
    from: OrgGroupId,
    to: OrgGroupId,
    mut reported: impl FnMut(usize),
) -> Result<usize, Error> {
    let members: Vec<OrgGroupMembershipData> = members(client, from, None).stream().try_collect().await?;
    let orgs = members.iter().map(GlobalOrgIdentifier::from);
    let mut count = 0;
    let call = client.bulk_update_org_group_memberships(orgs).from(from).to(to);
    let moved = call.send_in_batches_with(|batch| {
        count += batch.items.len();
        reported(count);
    });
    match moved.await {
        Ok(_) => Ok(count),
        Err(failure) => Err(failure.error),
    }
}

/// A call that a function returns.
fn members(client: &Client, group: OrgGroupId, sort: Option<OrgGroupMembershipSortOption>) -> ListOrgGroupMemberships {
    client.list_org_group_memberships(group).with_optional(sort, ListOrgGroupMemberships::sort)
}

fn group(number: u32) -> OrgGroupId {
    format!("00000000-0000-4000-8000-{number:012}").parse().expect("a uuid")
}

fn page(numbers: std::ops::Range<u32>) -> Answer {
    let members = numbers.map(|number| {
        let time = "2026-01-02T03:04:05Z".parse().expect("a time");
        let org: OrgUuid = format!("00000000-0000-4000-9000-{number:012}").parse().expect("a uuid");
        let attributes = OrgGroupMembershipAttributes::new(OrgGroupMembershipAttributesFields {
            created_at: time,
            modified_at: time,
            org_name: format!("Org {number}"),
            org_site: "us1".to_owned(),
            org_uuid: org,
        });
        let id = format!("00000000-0000-4000-a000-{number:012}").parse().expect("a uuid");
        OrgGroupMembershipData::new(attributes, id)
    });
    Answer::ok(&OrgGroupMembershipListResponse::new(members))
}

fn moved() -> Answer {
    Answer::ok(&OrgGroupMembershipListResponse::new([]))
}

#[tokio::test]
async fn all_members_are_moved_in_batches() {
    let script = Script::new().on(LIST, page(0..150)).on(LIST, page(0..0));
    let script = script.on(MOVE, Answer::rate_limited(30)).on(MOVE, moved()).on(MOVE, moved());
    let mut reported = Vec::new();
    let count =
        move_all(&script.client(), group(1), group(2), |count| reported.push(count)).await.expect("all are moved");
    assert_eq!((count, reported), (150, vec![100, 150]));
    assert_eq!(script.unused(), []);
    assert!(script.passed() >= Duration::from_secs(30), "a 429 is waited for");

    let lists = script.sent_to(LIST);
    assert_eq!(lists[0].query_value("filter[org_group_id]"), Some(group(1).to_string()));
    assert_eq!(lists[0].query_value("page[size]").as_deref(), Some("1000"));
    let sizes = |sent: &Sent| sent.json::<OrgGroupMembershipBulkUpdateRequest>().data.attributes.orgs.len();
    assert_eq!(script.sent_to(MOVE).iter().map(sizes).collect::<Vec<_>>(), [100, 100, 50], "the first came twice");
}

#[tokio::test]
async fn a_failure_in_between_is_reported() {
    let script = Script::new().on(LIST, page(0..150)).on(LIST, page(0..0));
    let script = script.on(MOVE, moved()).on(MOVE, Answer::error(404, "no such group"));
    let mut reported = Vec::new();
    let error =
        move_all(&script.client(), group(1), group(2), |count| reported.push(count)).await.expect_err("it fails");
    assert!(error.is_not_found(), "{error}");
    assert_eq!((reported, error.effect()), (vec![100], Effect::No));

    let script = Script::new().on(LIST, page(0..1)).on(LIST, page(0..0)).on(MOVE, Answer::no_answer());
    let error = move_all(&script.client(), group(1), group(2), |_| ()).await.expect_err("it fails");
    assert_eq!(error.effect(), Effect::Unknown, "{error}");
}

#[tokio::test]
async fn a_call_can_be_spawned() {
    let script = Script::new().on(LIST, page(0..2));
    let call = members(&script.client(), group(1), Some(OrgGroupMembershipSortOption::Name));
    let page = tokio::spawn(call.send()).await.expect("no panic").expect("a page");
    assert_eq!((page.data.len(), script.sent()[0].query_value("sort").as_deref()), (2, Some("name")));
}

#[test]
fn a_mock_in_front_of_the_client_returns_errors() {
    let error = testing::error(404);
    assert!(error.is_not_found() && error.operation().is_some());
    assert_eq!(testing::response(OrgGroupMembershipListResponse::new([])).status(), 200);
}
