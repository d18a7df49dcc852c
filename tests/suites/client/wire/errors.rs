//! Each documented error of each operation.

use std::collections::BTreeSet;
use std::time::Duration;

use datadog_org_groups::models::{ApiErrorResponse, JsonApiErrorResponse};
use datadog_org_groups::operations::OPERATIONS;
use datadog_org_groups::{Effect, Error, ErrorItem, ErrorKind, RateLimit};
use serde_json::{Value, json};
use tests::calls;
use tests::server::Answer;

use crate::wire::support::{self, API_KEY, APPLICATION_KEY, exchange, read_answer};

/// The statuses that the tests below cover.
pub(crate) const STATUSES: [u16; 6] = [400, 401, 403, 404, 409, 429];

/// Returns the operations that document a status, with the status.
pub(crate) fn documented(status: u16) -> BTreeSet<(String, u16)> {
    support::documented().into_iter().filter(|pair| pair.1 == status).collect()
}

/// Responds to each operation that documents the status with it, and checks the errors.
fn each(status: u16, check: impl Fn(&str, &Error)) {
    let pairs = documented(status);
    assert!(STATUSES.contains(&status) && !pairs.is_empty());
    for (operation, _) in pairs {
        let mut answer = Answer::json(status, read_answer("errors", status));
        for (name, value) in
            [("Limit", "120"), ("Period", "60"), ("Remaining", "0"), ("Reset", "17"), ("Name", "org_groups")]
        {
            answer = answer.header(format!("X-RateLimit-{name}"), value);
        }
        let (outcome, request) = exchange(answer, async |client| calls::minimal(client, &operation).await);
        let error = outcome.expect_err(&operation);
        check_any(&operation, status, &error);
        assert_eq!(error.effect(), Effect::No, "{operation}: {request:?}");
        check(&operation, &error);
    }
}

/// Checks the properties of every error.
fn check_any(operation: &str, status: u16, error: &Error) {
    let record = OPERATIONS.iter().find(|record| record.id == operation).expect("a record of the operation");
    assert_eq!((error.kind(), error.status()), (ErrorKind::Status, Some(status)), "{operation}");
    assert_eq!(error.operation(), Some(*record));
    let permission = if operation.contains("List") || operation.contains("Get") { "read" } else { "write" };
    assert_eq!(error.permission(), Some(format!("org_group_{permission}").as_str()), "{operation}");
    assert_eq!(error.headers().unwrap()["content-type"], "application/json");
    assert_eq!(error.body(), read_answer("errors", status).as_bytes());
    let mut expected = RateLimit::default();
    expected.limit = Some(120);
    expected.period = Some(Duration::from_secs(60));
    expected.remaining = Some(0);
    expected.reset = Some(Duration::from_secs(17));
    expected.name = Some("org_groups".to_owned());
    assert_eq!(error.rate_limit(), expected, "{operation}");

    for text in [error.to_string(), format!("{error:?}"), format!("{error:#?}")] {
        assert!(text.contains(operation) && text.contains(&status.to_string()), "{text}");
        assert!(!text.contains(API_KEY) && !text.contains(APPLICATION_KEY), "{text}");
    }
    assert!(error.to_string().starts_with(&format!("{operation}: {status} ")), "{error}");
}

/// Returns title, detail and status in the body.
fn texts(item: &ErrorItem) -> [Option<&str>; 3] {
    [item.title.as_deref(), item.detail.as_deref(), item.status.as_deref()]
}

/// Returns header, parameter and pointer.
fn blame(item: &ErrorItem) -> [Option<&str>; 3] {
    let source = item.source.as_ref();
    [
        source.and_then(|source| source.header.as_deref()),
        source.and_then(|source| source.parameter.as_deref()),
        source.and_then(|source| source.pointer.as_deref()),
    ]
}

/// Returns the only error of a JSON:API body, whose model has the same.
fn only(error: &Error) -> &ErrorItem {
    let [item] = error.errors() else { panic!("{:?}", error.errors()) };
    let body: JsonApiErrorResponse = error.body_as().unwrap();
    let [model] = &body.errors[..] else { panic!("{body:?}") };
    assert_eq!([&model.title, &model.detail, &model.status], [&item.title, &item.detail, &item.status]);
    assert_eq!(json!(body), serde_json::from_slice::<Value>(error.body()).unwrap());
    item
}

#[test]
fn bad_request() {
    each(400, |operation, error| {
        let [first, second] = error.errors() else { panic!("{:?}", error.errors()) };
        let detail = "name must have between 1 and 64 characters";
        assert_eq!(texts(first), [Some("Invalid attribute"), Some(detail), Some("400")]);
        assert_eq!(blame(first), [None, None, Some("/data/attributes/name")]);
        assert_eq!(json!(first.meta), json!({"given": 71, "limits": [1, 64]}));
        assert_eq!(blame(second), [None, Some("page[size]"), None]);
        assert_eq!(
            error.to_string(),
            format!(
                "{operation}: 400 Bad Request: Invalid attribute: {detail} (/data/attributes/name); \
                 Invalid parameter: page[size] must not exceed 1000 (parameter page[size])"
            )
        );
    });
}

#[test]
fn unauthorized() {
    each(401, |operation, error| {
        let item = only(error);
        // The body says 400, which does not count.
        assert_eq!(texts(item), [Some("Unauthorized"), Some("no valid key in this request"), Some("400")]);
        assert_eq!(blame(item), [Some("DD-API-KEY"), None, None]);
        assert_eq!(
            error.to_string(),
            format!("{operation}: 401 Unauthorized: no valid key in this request (header DD-API-KEY)")
        );
    });
}

#[test]
fn forbidden() {
    each(403, |operation, error| {
        let item = only(error);
        assert_eq!(texts(item), [Some("Forbidden"), Some("the key's owner may not do this"), Some("400")]);
        let pointer = Some("/data/relationships/org_group");
        assert_eq!(blame(item), [Some("DD-APPLICATION-KEY"), Some("filter[org_group_id]"), pointer]);
        assert_eq!(json!(item.meta), json!({"owner": null}));
        let text = error.to_string();
        assert!(text.starts_with(&format!("{operation}: 403 Forbidden: ")), "{text}");
        let permission = error.permission().unwrap();
        assert!(text.ends_with(&format!("; the keys need the permission {permission}")), "{text}");
    });
}

#[test]
fn not_found() {
    each(404, |operation, error| {
        let item = only(error);
        assert_eq!(texts(item), [Some("Not Found"), Some("nothing has this id"), Some("400")]);
        assert_eq!((&item.source, &item.meta), (&None, &None));
        assert_eq!(error.to_string(), format!("{operation}: 404 Not Found: nothing has this id"));
    });
}

#[test]
fn conflict() {
    each(409, |operation, error| {
        let item = only(error);
        assert_eq!(texts(item), [Some("Conflict"), Some("the group has one already"), Some("400")]);
        assert_eq!(blame(item), [None, None, Some("/data/relationships/org_group/data/id")]);
        assert!(error.to_string().starts_with(&format!("{operation}: 409 Conflict: the group")), "{error}");
    });
}

#[test]
fn too_many_requests() {
    each(429, |operation, error| {
        let [first, second] = error.errors() else { panic!("{:?}", error.errors()) };
        assert_eq!(texts(first), [None, Some("the limit of this minute is reached"), None]);
        assert_eq!(texts(second), [None, Some("slow down"), None]);
        let body: ApiErrorResponse = error.body_as().unwrap();
        assert_eq!(body.errors, ["the limit of this minute is reached", "slow down"]);
        assert!(error.body_as::<JsonApiErrorResponse>().is_err());
        assert_eq!(
            error.to_string(),
            format!(
                "{operation}: 429 Too Many Requests: the limit of this minute is reached; slow down; try again in 17 s"
            )
        );
    });
}
