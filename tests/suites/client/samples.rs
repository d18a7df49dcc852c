//! The samples of the reference pages: the models read them and write them back unchanged, and the client sends the
//! same as the pages' curl lines. Samples that are not valid are listed in `tests/samples/README.md`.

mod page;

use std::collections::{BTreeMap, BTreeSet};

use datadog_org_groups::models::{ApiErrorResponse, JsonApiErrorResponse};
use datadog_org_groups::{Client, Error, RetryPolicy};
use serde_json::{Value, json};
use tests::models::Models;
use tests::server::{Answer, Request, Server};
use tests::spec;

/// The numbers of a page for which the samples have the word `integer`.
const NUMBERS: [&str; 7] = ["first_number", "last_number", "next_number", "number", "prev_number", "size", "total"];

/// The operations whose sample has a page with such numbers.
const PLACEHOLDERS: [&str; 5] = [
    "BulkUpdateOrgGroupMemberships",
    "ListOrgGroupMemberships",
    "ListOrgGroupPolicies",
    "ListOrgGroupPolicyOverrides",
    "ListOrgGroups",
];

/// A lost sample would not be tested.
#[test]
fn all_samples_exist() {
    let pages = page::read();
    let spec = spec::read();
    let documented: BTreeMap<_, _> =
        spec::operations(&spec).iter().map(|operation| (operation.id.to_owned(), operation.statuses())).collect();
    let shown = pages.iter().map(|(operation, page)| {
        let statuses: BTreeSet<_> = page.answers().map(|(status, _)| status).collect();
        (operation.clone(), statuses)
    });
    assert_eq!(shown.collect::<BTreeMap<_, _>>(), documented);

    for operation in spec::operations(&spec) {
        let page = &pages[operation.id];
        let has_body = operation.request_schema().is_some();
        assert_eq!((!page.requests.is_empty(), page.curl.body.is_some()), (has_body, has_body), "{}", operation.id);
    }
}

#[test]
fn requests_go_through_their_models() {
    let (pages, spec, models) = (page::read(), spec::read(), Models::default());
    for operation in spec::operations(&spec) {
        let Some(schema) = operation.request_schema() else { continue };
        let page = &pages[operation.id];
        for sample in page.requests.iter().chain(&page.curl.body) {
            let written = models.through(schema, sample).unwrap_or_else(|error| panic!("{schema}: {sample}: {error}"));
            assert_eq!(written, *sample, "{schema}");
        }
    }
}

#[test]
fn responses_go_through_their_calls() {
    for (operation, page) in page::read() {
        for (status, sample) in page.answers() {
            let sample = without_placeholders(&operation, status, sample);
            let outcome = call(&operation, status, &sample);
            match outcome {
                Ok(written) => {
                    assert!(status < 300, "{operation}: {status} was taken for a success");
                    assert_eq!(written, sample, "{operation} {status}");
                }
                Err(error) => {
                    // All errors of the pages say 400 in the body: the status of the response counts.
                    assert_eq!(error.status(), Some(status), "{operation}: {error}");
                    assert_eq!(error.errors().len(), 1, "{operation}: {error}");
                    assert_eq!(written_back(status, &error), sample, "{operation} {status}");
                }
            }
        }
    }
}

/// The word is rejected at every place, and the error names the place: a missing number would be an invention.
#[test]
fn placeholders_are_rejected_with_their_place() {
    let pages = page::read();
    let mut found = BTreeSet::new();
    for (operation, page) in &pages {
        for (status, sample) in page.answers().filter(|(_, sample)| sample.to_string().contains("\"integer\"")) {
            found.insert(operation.as_str());
            let error = call(operation, status, &sample).expect_err("the sample has a word for a number");
            assert_eq!(error.json_path(), Some("meta.page.first_number"), "{operation}: {error}");

            for number in NUMBERS {
                let mut with_one = without_placeholders(operation, status, sample.clone());
                assert_eq!(sample["meta"]["page"][number], "integer", "{operation}");
                with_one["meta"]["page"][number] = json!("integer");
                let error = call(operation, status, &with_one).expect_err("the sample has a word for a number");
                assert_eq!(error.json_path(), Some(format!("meta.page.{number}").as_str()), "{operation}: {error}");
            }
        }
    }
    assert_eq!(found, BTreeSet::from(PLACEHOLDERS));
}

#[test]
fn calls_send_what_the_curl_lines_send() {
    for (operation, page) in page::read() {
        let answers: Vec<_> = page.answers().filter(|(status, _)| *status < 300).collect();
        let [(status, sample), ..] = &answers[..] else { panic!("{operation} has a success") };
        let sample = without_placeholders(&operation, *status, sample.clone());
        let server = Server::start([answer(*status, &sample)]);
        run(async {
            let (client, body) = (client(&server), page.curl.body.as_ref());
            match tests::calls::with_body(&client, &operation, body).await {
                Some(outcome) if body.is_some() => outcome,
                _ => tests::calls::minimal(&client, &operation).await,
            }
        })
        .unwrap_or_else(|error| panic!("{error}"));
        let requests: [Request; 1] = server.finish().try_into().expect("one request");
        let [request] = &requests;

        assert_eq!((request.method.as_str(), any_ids(&request.path)), (page.curl.method(), any_ids(page.curl.path())));
        let mut pairs: Vec<_> = request.pairs().into_iter().map(|(name, value)| (name, any_ids(&value))).collect();
        pairs.sort();
        assert_eq!(pairs, expected_query(&operation, &page.curl), "{operation}");
        let body = (!request.body.is_empty()).then(|| serde_json::from_slice(&request.body).expect("JSON"));
        assert_eq!(body, page.curl.body, "{operation}");
        check_headers(&operation, request, &page.curl);
    }
}

/// Replaces all uuids by one: the calls have other ids than the pages, and `wire` checks that each is in its place.
fn any_ids(text: &str) -> String {
    let is_id = |token: &&str| token.len() == 36 && token.split('-').map(str::len).eq([8, 4, 4, 4, 12]);
    let tokens = text.split('/').map(|token| if is_id(&token) { "ID" } else { token });
    tokens.collect::<Vec<_>>().join("/")
}

/// The line that lists memberships has no filter, although one of two is required.
fn expected_query(operation: &str, curl: &page::Curl) -> Vec<(String, String)> {
    let query: Vec<_> = curl.query().into_iter().map(|(name, value)| (name, any_ids(&value))).collect();
    if operation == "ListOrgGroupMemberships" {
        assert_eq!(query, [], "the page has a filter now: remove this exception");
        return vec![("filter[org_group_id]".to_owned(), "ID".to_owned())];
    }
    query
}

/// The lines that delete accept anything; the client accepts JSON there too, because errors are JSON.
fn check_headers(operation: &str, request: &Request, curl: &page::Curl) {
    let mut expected = curl.headers.clone();
    if operation.starts_with("Delete") {
        let added = expected.insert("Accept".to_owned(), "application/json".to_owned());
        assert_eq!(added, None, "{operation}");
    }
    for name in ["Accept", "Content-Type", "DD-API-KEY", "DD-APPLICATION-KEY"] {
        let value = expected.get(name).map(String::as_str);
        assert_eq!(request.header(name), value, "{operation}: {name}");
    }
    assert_eq!(expected.len(), if curl.body.is_some() { 4 } else { 3 }, "{operation}: {expected:?}");
}

/// Removes the words in place of numbers from a sample.
fn without_placeholders(operation: &str, status: u16, mut sample: Value) -> Value {
    if status < 300
        && PLACEHOLDERS.contains(&operation)
        && let Some(page) = sample["meta"]["page"].as_object_mut()
    {
        page.retain(|name, _| !NUMBERS.contains(&name.as_str()));
    }
    sample
}

/// Returns the body of an error as the models write it.
fn written_back(status: u16, error: &Error) -> Value {
    if status == 429 {
        json!(error.body_as::<ApiErrorResponse>().expect("the shape of 429"))
    } else {
        json!(error.body_as::<JsonApiErrorResponse>().expect("the shape of errors"))
    }
}

/// Responds to an operation, and returns what its model writes.
fn call(operation: &str, status: u16, body: &Value) -> Result<Value, Error> {
    let server = Server::start([answer(status, body)]);
    let outcome = run(tests::calls::minimal(&client(&server), operation));
    server.finish();
    outcome.map(|response| response.into_body().to_json())
}

fn answer(status: u16, body: &Value) -> Answer {
    if body.is_null() { Answer::new(status) } else { Answer::json(status, body.to_string()) }
}

/// With the keys in the form of the pages.
fn client(server: &Server) -> Client {
    let builder = Client::builder().base_url(server.url()).api_key("${DD_API_KEY}").application_key("${DD_APP_KEY}");
    builder.retry(RetryPolicy::never()).build().expect("a client")
}

fn run<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime").block_on(future)
}
