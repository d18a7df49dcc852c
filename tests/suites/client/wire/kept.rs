//! The crate keeps unknown fields and values, and does not invent absent ones.

use datadog_org_groups::models::OrgGroupPolicyEnforcementTier as Tier;
use datadog_org_groups::{Nullable, Response};
use serde_json::{Value, json};
use tests::calls::{self, Answered, GROUP, POLICY};
use tests::server::Answer;

use crate::wire::support::{exchange, read_answer};

/// Returns the result of an operation for a body.
fn give(operation: &str, body: &Value) -> Answered {
    let answer = Answer::json(200, body.to_string());
    let (outcome, _) = exchange(answer, async |client| calls::minimal(client, operation).await);
    outcome.map(Response::into_body).unwrap_or_else(|error| panic!("{error}"))
}

fn read(operation: &str) -> Value {
    serde_json::from_str(&read_answer(operation, 200)).unwrap()
}

fn policy(tier: &str) -> Value {
    let mut body = read("GetOrgGroupPolicy");
    body["data"]["attributes"]["enforcement_tier"] = json!(tier);
    body
}

#[test]
fn former_names_of_tiers_are_kept_and_written_back() {
    for name in ["DEFAULT", "ENFORCE"] {
        let answered = give("GetOrgGroupPolicy", &policy(name));
        assert_eq!(answered.to_json(), policy(name));
        let Answered::Policy(policy) = answered else { panic!("a policy") };
        let tier = policy.data.attributes.enforcement_tier;
        assert!(matches!(&tier, Tier::Unrecognized(tier) if tier.as_str() == name), "{tier:?}");
        assert_eq!(tier, Tier::from(name));

        let answer = Answer::json(200, read_answer("UpdateOrgGroupPolicy", 200));
        let (outcome, request) = exchange(answer, async |client| calls::set_tier(client, tier).await);
        assert!(outcome.is_ok());
        assert_eq!(
            serde_json::from_slice::<Value>(&request.body).unwrap(),
            json!({"data": {"attributes": {"enforcement_tier": name}, "id": POLICY, "type": "org_group_policies"}})
        );
    }
}

#[test]
fn unknown_fields_and_values_survive_at_every_level() {
    let mut body = read("ListOrgGroupPolicies");
    body["version"] = json!(2.5);
    body["meta"]["cursor"] = json!("abc");
    body["meta"]["page"]["type"] = json!("cursor");
    body["meta"]["page"]["offset"] = json!(null);
    let data = &mut body["data"][0];
    data["links"] = json!({"self": ["x", {"y": 18_446_744_073_709_551_615_u64}]});
    data["type"] = json!("org_group_policies_v2");
    data["attributes"]["enforcement_tier"] = json!("");
    data["attributes"]["policy_type"] = json!("dashboard");
    data["attributes"]["created_at"] = json!("not a time, and no matter");
    data["relationships"]["created_by"] = json!({"data": null});
    data["relationships"]["org_group"]["data"]["type"] = json!("Org_Groups");

    let answered = give("ListOrgGroupPolicies", &body);
    assert_eq!(answered.to_json(), body);
    let Answered::Policies(page) = answered else { panic!("policies") };
    assert_eq!(page.extra.get("version"), Some(json!(2.5).into()));
    assert_eq!(page.data[0].attributes.policy_type.as_str(), "dashboard");
    assert_eq!(page.data[1].extra.len(), 0);
}

#[test]
fn null_for_an_optional_field_is_absent_and_written_back() {
    let mut body = read("ListOrgGroupPolicyOverrides");
    body["links"] = json!(null);
    body["meta"] = json!({"page": null});
    body["data"][0]["attributes"]["content"] = json!(null);
    body["data"][0]["relationships"] = json!(null);
    body["data"][1]["relationships"]["org_group"] = json!(null);
    let answered = give("ListOrgGroupPolicyOverrides", &body);
    assert_eq!(answered.to_json(), body);
    let Answered::Overrides(page) = answered else { panic!("overrides") };
    assert_eq!((&page.links, page.meta.unwrap().page), (&None, None));
    assert_eq!((&page.data[0].attributes.content, &page.data[0].relationships), (&None, &None));
    assert_eq!(page.data[1].relationships.as_ref().unwrap().org_group, None);
}

#[test]
fn null_for_a_required_field_is_an_error_that_names_it() {
    let mut body = read("ListOrgGroups");
    body["data"][1]["attributes"]["name"] = json!(null);
    let answer = Answer::json(200, body.to_string());
    let (outcome, _) = exchange(answer, async |client| calls::minimal(client, "ListOrgGroups").await);
    let error = outcome.unwrap_err();
    assert_eq!(error.json_path(), Some("data[1].attributes.name"));
    assert!(error.to_string().starts_with("ListOrgGroups: 200 OK, but its body is not what was expected"), "{error}");
}

#[test]
fn null_and_absent_differ_if_null_has_a_meaning() {
    for (number, expected) in [
        (json!({"next_number": null}), Nullable::Null),
        (json!({}), Nullable::Absent),
        (json!({"next_number": 0}), Nullable::Value(0)),
    ] {
        let body = json!({"data": [], "meta": {"page": number}});
        let answered = give("ListOrgGroups", &body);
        assert_eq!(answered.to_json(), body);
        let Answered::Groups(page) = answered else { panic!("groups") };
        assert_eq!(page.meta.unwrap().page.unwrap().next_number, expected);
    }
}

#[test]
fn times_are_kept_as_they_are_written_and_compared_as_points_in_time() {
    for (text, instant) in [
        ("2022-12-01T11:30:00.000+05:30", "2022-12-01T06:00:00Z"),
        ("9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59.9999999Z"),
        ("2022-12-01t06:00:00.12345678901234-00:00", "2022-12-01T06:00:00.12345678901234Z"),
    ] {
        let mut body = read("GetOrgGroup");
        body["data"]["attributes"]["created_at"] = json!(text);
        let answered = give("GetOrgGroup", &body);
        assert_eq!(answered.to_json(), body);
        let Answered::Group(group) = answered else { panic!("a group") };
        assert_eq!(group.data.attributes.created_at, instant.parse().unwrap());
    }
}

#[test]
fn ids_are_read_in_any_case_and_written_in_one() {
    let mut body = read("GetOrgGroup");
    body["data"]["id"] = json!(GROUP.to_uppercase());
    let Answered::Group(group) = give("GetOrgGroup", &body) else { panic!("a group") };
    assert_eq!(group.data.id.to_string(), GROUP);
    body["data"]["id"] = json!(GROUP);
    assert_eq!(json!(group), body);
}
