//! Lists over several pages, lists sent in batches, and the blocking client: the generated crate over loopback.

use datadog_org_groups::models::{GlobalOrgIdentifier, OrgGroupId, OrgUuid};
use datadog_org_groups::operations::ListOrgGroups;
use datadog_org_groups::{Batch, Client, ClientBuilder, Effect, ErrorKind, RetryPolicy, blocking};
use serde_json::{Value, json};
use tests::server::{Answer, Request, Server};

const GROUP: &str = "3f2b8c1e-7a4d-4e6b-9c55-0d1e2f3a4b5c";
const TARGET: &str = "8d0c5a72-1b3e-4f90-a6d4-5c7e9b1f2a38";

fn builder(server: &Server) -> ClientBuilder {
    let builder = Client::builder().api_key("k1").application_key("k2").base_url(server.url());
    builder.retry(RetryPolicy::never())
}

fn group(id: &str) -> OrgGroupId {
    id.parse().expect("a uuid")
}

/// The organization with this number.
fn org(number: usize) -> OrgUuid {
    format!("00000000-0000-4000-8000-{number:012}").parse().expect("a uuid")
}

fn orgs(count: usize) -> Vec<GlobalOrgIdentifier> {
    (0..count).map(|number| GlobalOrgIdentifier::new("us1", org(number))).collect()
}

/// The membership of the organization with this number.
fn membership(number: usize) -> Value {
    json!({
        "id": org(number),
        "type": "org_group_memberships",
        "attributes": {
            "created_at": "2026-01-02T03:04:05Z",
            "modified_at": "2026-01-02T03:04:05Z",
            "org_name": format!("Org {number}"),
            "org_site": "us1",
            "org_uuid": org(number),
        },
    })
}

fn memberships(numbers: std::ops::Range<usize>, next: Option<Value>) -> Answer {
    let mut body = json!({"data": numbers.map(membership).collect::<Vec<_>>()});
    if let Some(next) = next {
        body["meta"] = json!({"page": {"next_number": next}});
    }
    Answer::json(200, body.to_string())
}

fn groups(names: &[&str], next: Value) -> Answer {
    let data: Vec<Value> = names.iter().map(|name| group_named(name)).collect();
    Answer::json(200, json!({"data": data, "meta": {"page": {"next_number": next}}}).to_string())
}

fn group_named(name: &str) -> Value {
    json!({
        "id": GROUP,
        "type": "org_groups",
        "attributes": {
            "created_at": "2026-01-02T03:04:05Z",
            "modified_at": "2026-01-02T03:04:05Z",
            "name": name,
            "owner_org_site": "us1",
            "owner_org_uuid": org(1),
        },
    })
}

fn queries(requests: &[Request]) -> Vec<&str> {
    requests.iter().map(|request| request.query.as_deref().unwrap_or_default()).collect()
}

#[tokio::test]
async fn members_come_from_three_pages() {
    // The second page is short, and the third is empty and says that it is the last.
    let server = Server::start([
        memberships(0..2, Some(json!(1))),
        memberships(2..3, Some(json!(2))),
        memberships(3..3, Some(Value::Null)),
    ]);
    let client = builder(&server).build().unwrap();
    let mut members = client.list_org_group_memberships(group(GROUP)).page_size(2).stream();
    let mut seen = Vec::new();
    while let Some(member) = members.try_next().await.unwrap() {
        seen.push(member.attributes.org_uuid);
    }
    assert_eq!(seen, [org(0), org(1), org(2)]);
    let filter = format!("filter%5Borg_group_id%5D={GROUP}&page%5Bsize%5D=2");
    let expected = [0, 1, 2].map(|number| format!("{filter}&page%5Bnumber%5D={number}"));
    assert_eq!(queries(&server.finish()), expected);
}

#[tokio::test]
async fn without_metadata_an_empty_page_is_the_end() {
    let server = Server::start([memberships(0..2, None), memberships(2..3, None), memberships(0..0, None)]);
    let client = builder(&server).build().unwrap();
    let members: Vec<_> = client.list_org_group_memberships(group(GROUP)).stream().try_collect().await.unwrap();
    assert_eq!(members.len(), 3);
    assert_eq!(server.finish().len(), 3);
}

#[tokio::test]
async fn a_server_without_pages_is_detected() {
    let server = Server::answering(|_| memberships(0..2, None));
    let client = builder(&server).build().unwrap();
    let members = client.list_org_group_memberships(org(0)).stream();
    let error = members.try_collect::<Vec<_>>().await.unwrap_err();
    assert_eq!((error.kind(), server.requests().len()), (ErrorKind::RepeatedPage, 2));
    assert!(error.to_string().starts_with("ListOrgGroupMemberships: the list has no end"), "{error}");
}

#[tokio::test]
async fn pages_begin_at_the_page_of_the_caller() {
    let server = Server::start([groups(&["a"], json!(4)), groups(&[], Value::Null)]);
    let client = builder(&server).build().unwrap();
    let call: ListOrgGroups = client.list_org_groups().page_number(3);
    let mut pages = call.pages();
    assert_eq!(pages.try_next().await.unwrap().unwrap().data.len(), 1);
    assert_eq!(pages.try_next().await.unwrap().unwrap().data.len(), 0);
    assert!(pages.try_next().await.unwrap().is_none());
    assert_eq!(queries(&server.finish()), ["page%5Bnumber%5D=3", "page%5Bnumber%5D=4"]);
}

/// Returns the organizations in a bulk update: their number, the first of them, and the target.
fn moved(request: &Request) -> (usize, String, String) {
    let body: Value = serde_json::from_str(request.text()).unwrap();
    assert_eq!(body["data"]["relationships"]["source_org_group"]["data"]["id"], GROUP);
    assert_eq!(body["data"]["relationships"]["target_org_group"]["data"]["id"], TARGET);
    let orgs = body["data"]["attributes"]["orgs"].as_array().unwrap();
    let at = |index: usize| orgs[index]["org_uuid"].as_str().unwrap().to_owned();
    (orgs.len(), at(0), at(orgs.len() - 1))
}

#[tokio::test]
async fn many_organizations_are_sent_in_batches() {
    let server = Server::start([memberships(0..100, None), memberships(100..200, None), memberships(200..250, None)]);
    let client = builder(&server).build().unwrap();
    let call = client.bulk_update_org_group_memberships(orgs(250)).from(group(GROUP)).to(group(TARGET));
    let batches = call.send_in_batches().await.unwrap();
    let sizes: Vec<_> = batches.iter().map(|batch| (batch.items.len(), batch.answer.data.len())).collect();
    assert_eq!(sizes, [(100, 100), (100, 100), (50, 50)]);
    let items: Vec<GlobalOrgIdentifier> = batches.into_iter().flat_map(|Batch { items, .. }| items).collect();
    assert_eq!(items, orgs(250));
    let requests = server.finish();
    let expected = [(100, 0, 99), (100, 100, 199), (50, 200, 249)];
    let expected = expected.map(|(count, first, last)| (count, org(first).to_string(), org(last).to_string()));
    assert_eq!(requests.iter().map(moved).collect::<Vec<_>>(), expected);
}

#[tokio::test]
async fn batches_stop_at_a_failure() {
    let refusal = r#"{"errors":[{"title":"Conflict","detail":"being moved already"}]}"#;
    let server = Server::start([memberships(0..100, None), Answer::json(409, refusal)]);
    let client = builder(&server).build().unwrap();
    let call = client.bulk_update_org_group_memberships(orgs(250)).from(group(GROUP)).to(group(TARGET));
    let error = call.send_in_batches().await.unwrap_err();
    assert_eq!(server.finish().len(), 2);
    assert_eq!((error.done.len(), error.done[0].answer.data.len()), (1, 100));
    assert_eq!((&error.failed[..], &error.untried[..]), (&orgs(250)[100..200], &orgs(250)[200..]));
    assert_eq!((error.error.status(), error.error.effect()), (Some(409), Effect::No));
    let text = "batch 2 of 3 failed (100 items done before it, 100 in it, which did not take effect, 50 not tried)";
    assert!(error.to_string().starts_with(text), "{error}");
    let error: Box<dyn std::error::Error + Send + Sync> = error.into();
    assert!(error.to_string().contains("being moved already") && error.source().is_none());
}

#[tokio::test]
async fn empty_moves_and_moves_to_the_same_group_are_not_sent() {
    let server = Server::start([]);
    let client = builder(&server).build().unwrap();
    let call = || client.bulk_update_org_group_memberships(orgs(2)).from(group(GROUP)).to(group(GROUP));
    let error = call().send().await.unwrap_err();
    assert_eq!((error.kind(), error.argument(), error.effect()), (ErrorKind::Request, Some("to"), Effect::No));
    let error = call().send_in_batches().await.unwrap_err();
    assert_eq!((error.done.len(), error.failed.len(), error.error.argument()), (0, 2, Some("to")));
    let call = || client.bulk_update_org_group_memberships(Vec::new()).from(group(GROUP)).to(group(TARGET));
    assert_eq!(call().send().await.unwrap_err().argument(), Some("orgs"));
    assert!(call().send_in_batches().await.unwrap().is_empty());
    assert!(server.finish().is_empty());
}

#[tokio::test]
async fn a_batch_without_a_response_may_have_taken_effect() {
    let server = Server::start([memberships(0..100, None), Answer::none()]);
    let client = builder(&server).build().unwrap();
    let call = client.bulk_update_org_group_memberships(orgs(101)).from(group(GROUP)).to(group(TARGET));
    let error = call.send_in_batches().await.unwrap_err();
    assert_eq!((error.failed.len(), error.error.effect()), (1, Effect::Unknown));
    assert!(error.to_string().contains("may have taken effect"), "{error}");
}

#[test]
fn the_blocking_client_has_the_same_calls() {
    let server = Server::start([
        groups(&["a"], Value::Null),
        Answer::json(201, json!({"data": group_named("Payments")}).to_string()),
        memberships(0..2, Some(json!(1))),
        memberships(2..3, Some(Value::Null)),
        memberships(0..100, None),
        memberships(100..101, None),
        Answer::new(204),
        Answer::json(403, r#"{"errors":["no"]}"#),
    ]);
    let client: blocking::Client = builder(&server).blocking().build().unwrap();
    let client = client.clone();
    assert_eq!(client.list_org_groups().page_size(10).send().unwrap().data.len(), 1);
    let created = client.create_org_group("Payments").send_with_response().unwrap();
    assert_eq!((created.status(), &created.body().data.attributes.name[..]), (201, "Payments"));
    let members = client.list_org_group_memberships(group(GROUP)).stream();
    assert_eq!(members.collect::<Result<Vec<_>, _>>().unwrap().len(), 3);
    let call = client.bulk_update_org_group_memberships(orgs(101)).from(group(GROUP)).to(group(TARGET));
    assert_eq!(call.send_in_batches().unwrap().len(), 2);
    client.delete_org_group(group(GROUP)).send().unwrap();
    let error = client.get_org_group(group(GROUP)).send().unwrap_err();
    assert_eq!((error.status(), error.permission()), (Some(403), Some("org_group_read")));
    assert_eq!(server.finish().len(), 8);
}

#[tokio::test]
async fn the_blocking_client_works_in_an_asynchronous_context() {
    let server = Server::answering(|_| groups(&["a"], Value::Null));
    let client = blocking::Client::builder().api_key("k1").application_key("k2").base_url(server.url());
    let client = client.build().unwrap();
    assert_eq!(client.list_org_groups().pages().count(), 1);
    let inner = client.clone();
    tokio::spawn(async move { inner.list_org_groups().send().unwrap() }).await.unwrap();
    drop(client);
}

/// Returns the problems of the spec after a change of one line.
fn problems(line: &str, changed: &str) -> String {
    let path = tests::workspace_root().join(generator::cli::SPEC);
    let text = std::fs::read_to_string(path).expect("the spec can be read");
    assert!(text.contains(line), "{line}");
    let text = text.replacen(line, changed, 1);
    let problems = generator::generate(&text).expect_err(changed);
    generator::render(&problems, "spec.yaml", &text, false)
}

#[test]
fn invalid_pages_and_batches_are_rejected() {
    let refused = |line: &str, changed: &str, words: &str| {
        let problems = problems(line, changed);
        assert!(problems.contains(words), "{changed}: {problems}");
    };
    refused("argument: orgs", "argument: org", "`org` is not a required argument of this operation that is a list");
    refused("argument: orgs", "argument: data", "`data` is not a required argument");
    refused("maxItems: 100", "minItems: 1", "`orgs` has no `maxItems`");
    refused("argument: orgs", "arguments: orgs", "arguments");
    refused("pageParam: page[number]", "pageParam: sort", "`sort` is not a plain integer");
    refused("next: /meta/page/next_number", "next: /links/next", "`/links/next` is not a nullable integer");
    refused("next: /meta/page/next_number", "next: /meta/page/total", "`/meta/page/total` is not a nullable integer");
    refused("items: /data", "items: /meta", "`/meta` is not an array");
}
