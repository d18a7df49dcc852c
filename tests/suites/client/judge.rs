//! The client and the models before independent judges: openapi-core checks requests and responses, jsonschema checks
//! values. `tests/validators/run` installs them and runs these tests, which need `VALIDATORS_PYTHON`.

mod alter;
mod python;

use datadog_org_groups::models::{ApiErrorResponse, JsonApiErrorResponse};
use datadog_org_groups::{Client, Error, RetryPolicy};
use serde_json::{Value, json};
use tests::calls::{self, Answered};
use tests::models::Models;
use tests::mutations::{Expected, Mutations};
use tests::schemas::Spec;
use tests::spec;
use tests::values::Random;

use crate::judge::alter::{Altered, Change};
use crate::judge::python::{AnswerServer, judge_values};

/// The number of random values of each schema, and the number of those that are mutated everywhere.
const VALUES: u64 = 100;
const CHANGED: u64 = 4;

/// Each operation is called with its required arguments, with all arguments, and with a whole body; and each call gets
/// each documented response.
#[test]
#[ignore = "needs openapi-core: tests/validators/run"]
fn every_call_is_valid_and_gets_every_documented_response() {
    let server = AnswerServer::start();
    let description = spec::read();
    let (mut pairs, mut sent) = (0, 0);
    for operation in spec::operations(&description) {
        for status in operation.statuses() {
            let client = client(&server, status).build().expect("a client");
            let example = example(&description, &operation, status);
            let judge = |outcome| check(operation.id, status, &example, outcome);
            judge(run(calls::minimal(&client, operation.id)).map(|response| (response.status(), response.into_body())));
            sent += 1;
            if let Some(full) = run(calls::full(&client, operation.id)) {
                judge(full.map(|body| (status, body)));
                sent += 1;
            }
            if let Some(whole) = run(calls::with_body(&client, operation.id, None)) {
                judge(whole.map(|response| (response.status(), response.into_body())));
                sent += 1;
            }
            pairs += 1;
        }
    }
    let operations = spec::operations(&description).len();
    println!("{sent} calls of {operations} operations are valid, and get the {pairs} documented responses");
}

/// The result of an operation is the example, in the type of its status.
fn check(operation: &str, status: u16, example: &Value, outcome: Result<(u16, Answered), Error>) {
    match outcome {
        Ok((given, body)) => {
            assert_eq!((given, status < 300), (status, true), "{operation}");
            assert_eq!(body.to_json(), *example, "{operation} {status}");
        }
        Err(error) => {
            assert_eq!(error.status(), Some(status), "{operation} {status}: {error}: {}", text(&error));
            assert!(status >= 400, "{operation} {status}: {error}");
            let (model, number) = if status == 429 {
                let body: ApiErrorResponse = error.body_as().expect("the shape of 429");
                (json!(body), body.errors.len())
            } else {
                let body: JsonApiErrorResponse = error.body_as().expect("the shape of errors");
                (json!(body), body.errors.len())
            };
            assert_eq!(model, *example, "{operation} {status}");
            assert!(number > 0 && error.errors().len() == number, "{operation} {status}: {error}");
        }
    }
}

/// Returns the example of a response, read without the server; null if there is none.
fn example(description: &serde_yaml::Value, operation: &spec::Operation<'_>, status: u16) -> Value {
    let mut answer = &operation.node["responses"][status.to_string().as_str()];
    if let Some(reference) = answer["$ref"].as_str() {
        let name = reference.strip_prefix("#/components/responses/").expect("a shared answer");
        answer = &description["components"]["responses"][name];
    }
    json!(answer["content"]["application/json"]["example"])
}

/// A judge must be able to fail: every call is broken in every way, and must be detected.
#[test]
#[ignore = "needs openapi-core: tests/validators/run"]
fn every_broken_call_is_detected() {
    let server = AnswerServer::start();
    let description = spec::read();
    let mut broken = 0;
    for operation in spec::operations(&description) {
        let status = *operation.statuses().first().expect("a status");
        for change in Change::all(&sent(&server, status, operation.id)) {
            let transport = Altered::new(change.clone());
            let client = client(&server, status).transport(transport).build().expect("a client");
            let outcome = run(send(&client, operation.id));
            let Err(error) = outcome else { panic!("{}: {change:?} passes", operation.id) };
            let text = text(&error);
            assert_eq!(error.status(), Some(500), "{}: {change:?}: {error}: {text}", operation.id);
            assert!(text.starts_with("the request is not valid\n"), "{}: {change:?}: {text}", operation.id);
            assert!(text.contains(change.finding()), "{}: {change:?}: {text}", operation.id);
            broken += 1;
        }
    }
    println!("{broken} broken calls are detected");
    assert!(broken > 250, "{broken}");
}

/// Returns the request of an operation with all its arguments, as the client sends it.
fn sent(server: &AnswerServer, status: u16, operation: &str) -> alter::Request {
    let transport = Altered::new(Change::None);
    let seen = transport.seen();
    let client = client(server, status).transport(transport).build().expect("a client");
    run(send(&client, operation)).unwrap_or_else(|error| panic!("{operation}: {error}: {}", text(&error)));
    seen.lock().expect("nothing panics with it").take().expect("a request")
}

async fn send(client: &Client, operation: &str) -> Result<(), Error> {
    match calls::full(client, operation).await {
        Some(outcome) => outcome.map(drop),
        None => calls::minimal(client, operation).await.map(drop),
    }
}

/// Values of every schema, including the examples, are valid before and after they go through their models; and values
/// that the models reject are not valid.
#[test]
#[ignore = "needs jsonschema: tests/validators/run"]
fn models_write_valid_values() {
    let (spec, models) = (Spec::read(), Models::default());
    let mut cases = Vec::new();
    let mut add = |schema: &str, value: Value, valid: bool| {
        cases.push(json!({"schema": schema, "value": value, "valid": valid}));
    };
    for (_, schema, example) in spec.examples() {
        add(schema, models.through(schema, example).expect("the example is read"), true);
    }
    for (index, (name, schema)) in spec.schemas().enumerate() {
        for seed in 0..VALUES {
            let value = Random::strict((index as u64) << 32 | seed).value(&spec, schema);
            if seed < CHANGED {
                let changed = Mutations::of(&spec, schema, &value);
                let refused = changed.into_iter().filter(|case| matches!(case.expected, Expected::Refused(..)));
                refused.for_each(|case| add(name, case.body, false));
            }
            let written = models.through(name, &value).unwrap_or_else(|error| panic!("{name}: {value}: {error}"));
            add(name, value, true);
            add(name, written, true);
        }
    }
    judge_values(&cases);
}

/// Returns a client whose calls all get the same status.
fn client(server: &AnswerServer, status: u16) -> datadog_org_groups::ClientBuilder {
    let builder = Client::builder().base_url(server.url(status)).api_key("a-key").application_key("another");
    builder.retry(RetryPolicy::never())
}

fn text(error: &Error) -> String {
    String::from_utf8_lossy(error.body()).into_owned()
}

fn run<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime").block_on(future)
}
