//! The generated client over HTTP on loopback: the requests of each operation, and its results for each documented
//! response.

mod arguments;
mod configs;
mod errors;
mod groups;
mod kept;
mod memberships;
mod overrides;
mod policies;
mod suggestions;
mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use datadog_org_groups::http::{HeaderName, HeaderValue};
use tests::{calls, workspace_root};

use crate::wire::support::{Resource, answer_path, documented};

const RESOURCES: [Resource; 6] = [
    groups::RESOURCE,
    memberships::RESOURCE,
    policies::RESOURCE,
    overrides::RESOURCE,
    configs::RESOURCE,
    suggestions::RESOURCE,
];

#[test]
fn requests_are_as_in_their_snapshots() {
    RESOURCES.iter().for_each(Resource::check_requests);
}

#[test]
fn successes_are_read() {
    RESOURCES.iter().for_each(Resource::check_successes);
}

/// A new pair of operation and status in the spec needs a response, and assertions about it.
#[test]
fn every_documented_response_is_sent() {
    let successes = RESOURCES.iter().flat_map(Resource::successes);
    let given: BTreeSet<_> = successes.chain(errors::STATUSES.into_iter().flat_map(errors::documented)).collect();
    let documented = documented();
    let missed: Vec<_> = documented.difference(&given).collect();
    assert!(missed.is_empty(), "no test gives these answers: {missed:?}");
}

#[test]
fn every_response_is_documented() {
    let path = |(operation, status): (String, u16)| match status {
        204 => None,
        200..300 => Some(answer_path(&operation, status)),
        _ => Some(answer_path("errors", status)),
    };
    let expected: BTreeSet<_> = documented().into_iter().filter_map(path).collect();
    assert_eq!(files(&workspace_root().join("tests/responses")), expected);
}

#[test]
fn the_client_has_the_operations_of_the_spec() {
    let known = datadog_org_groups::operations::OPERATIONS
        .iter()
        .flat_map(|operation| operation.responses.iter().map(|(status, _)| (operation.id.to_owned(), *status)));
    assert_eq!(known.collect::<BTreeSet<_>>(), documented());
}

#[test]
fn a_header_can_be_added_to_one_call() {
    let (outcome, request) = support::exchange(tests::server::Answer::new(204), async |client| {
        let call = client.delete_org_group(calls::id(calls::GROUP));
        call.header(HeaderName::from_static("x-request-id"), HeaderValue::from_static("r-17")).send().await
    });
    outcome.expect("the group is deleted");
    assert_eq!(request.header("x-request-id"), Some("r-17"));
    assert_eq!(request.header("dd-api-key"), Some(support::API_KEY), "the keys still go along");

    let (outcome, requests) = support::refused(async |client| {
        let call = client.delete_org_group(calls::id(calls::GROUP));
        call.header(HeaderName::from_static("dd-api-key"), HeaderValue::from_static("another")).send().await
    });
    let error = outcome.expect_err("a key cannot be given this way");
    assert_eq!((error.argument(), requests), (Some("dd-api-key"), 0));
}

fn files(folder: &Path) -> BTreeSet<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files = entries.flat_map(|path| if path.is_dir() { files(&path) } else { BTreeSet::from([path]) });
    files.filter(|path| path.extension().is_some_and(|extension| extension == "json")).collect()
}

/// A snapshot without a test would never be checked.
#[test]
fn every_snapshot_is_of_an_operation() {
    let operations: BTreeSet<_> = documented().into_iter().map(|(operation, _)| operation).collect();
    let folder = workspace_root().join("tests/suites/client/wire/snapshots");
    for entry in fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let operation = name.strip_suffix(".minimal.snap").or_else(|| name.strip_suffix(".full.snap"));
        assert!(operation.is_some_and(|operation| operations.contains(operation)), "{name}");
    }
}
