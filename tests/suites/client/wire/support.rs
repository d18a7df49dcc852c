//! Makes one call with a server of its own, and checks the request and the result.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use datadog_org_groups::{Client, RetryPolicy};
use serde_json::Value;
use tests::calls::{self, Answered};
use tests::server::{Answer, Request, Server};
use tests::{spec, workspace_root};

pub(crate) const API_KEY: &str = "0a1b2c3d4e5f-the-api-key";
pub(crate) const APPLICATION_KEY: &str = "f5e4d3c2b1a0-the-application-key";

/// Headers whose value depends on the machine or the version.
const LEFT_OUT: [&str; 3] = ["host", "user-agent", "content-length"];

/// A resource: the operations with this tag, and the expected content of their successful responses.
pub(crate) struct Resource {
    pub(crate) tag: &'static str,
    /// Checks the result of an operation.
    pub(crate) check: fn(&str, Answered),
}

/// Each operation with its documented statuses.
pub(crate) fn documented() -> BTreeSet<(String, u16)> {
    let spec = spec::read();
    let operations = spec::operations(&spec);
    let pairs = |operation: &spec::Operation<'_>| {
        let id = operation.id.to_owned();
        operation.statuses().into_iter().map(move |status| (id.clone(), status))
    };
    operations.iter().flat_map(pairs).collect()
}

impl Resource {
    pub(crate) fn operations(&self) -> BTreeSet<String> {
        let spec = spec::read();
        let operations = spec::operations(&spec);
        operations.iter().filter(|operation| operation.tag() == self.tag).map(|operation| operation.id.into()).collect()
    }

    /// The documented successes of its operations.
    pub(crate) fn successes(&self) -> BTreeSet<(String, u16)> {
        let operations = self.operations();
        let ours = |pair: &(String, u16)| operations.contains(&pair.0) && pair.1 < 300;
        documented().into_iter().filter(ours).collect()
    }

    /// Compares the requests of its operations with their snapshots.
    pub(crate) fn check_requests(&self) {
        for (operation, status) in self.successes() {
            let server = Server::answering({
                let operation = operation.clone();
                move |_| success(&operation, status)
            });
            let client = client(&server);
            let (minimal, full) =
                run(async { (calls::minimal(&client, &operation).await, calls::full(&client, &operation).await) });
            // An equal whole body gives the same request.
            let whole = run(async { calls::with_body(&client, &operation, None).await });
            let requests = server.finish();
            snapshot(&format!("{operation}.minimal"), &requests[0]);
            if let Some(full) = &full {
                snapshot(&format!("{operation}.full"), &requests[1]);
                assert_eq!(
                    full.as_ref().unwrap(),
                    &minimal.unwrap().into_body(),
                    "{operation}: what is asked changes no answer"
                );
            }
            if let Some(whole) = &whole {
                assert_eq!(whole.as_ref().unwrap().status(), status, "{operation}");
                snapshot(&format!("{operation}.minimal"), &requests[requests.len() - 1]);
            }
            let sent = 1 + usize::from(full.is_some()) + usize::from(whole.is_some());
            assert_eq!(requests.len(), sent, "{operation}: sent more than once");
        }
    }

    /// Sends each documented success to its operations, and checks the results.
    pub(crate) fn check_successes(&self) {
        for (operation, status) in self.successes() {
            let answer = success(&operation, status).header("x-ratelimit-remaining", "41");
            let (outcome, _) = exchange(answer, async |client| calls::minimal(client, &operation).await);
            let response = outcome.unwrap_or_else(|error| panic!("{operation} {status}: {error}"));
            assert_eq!(response.status(), status, "{operation}");
            assert_eq!(response.rate_limit().remaining, Some(41), "{operation}");
            let body = response.into_body();
            if status != 204 {
                let sent: Value = serde_json::from_str(&read_answer(&operation, status)).unwrap();
                assert_eq!(body.to_json(), sent, "{operation} {status}: written back");
            }
            (self.check)(&operation, body);
        }
    }
}

pub(crate) fn success(operation: &str, status: u16) -> Answer {
    if status == 204 { Answer::new(status) } else { Answer::json(status, read_answer(operation, status)) }
}

pub(crate) fn answer_path(folder: &str, status: u16) -> PathBuf {
    workspace_root().join(format!("tests/responses/{folder}/{status}.json"))
}

pub(crate) fn read_answer(folder: &str, status: u16) -> String {
    let path = answer_path(folder, status);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("write a response by hand: {}: {error}", path.display()))
}

/// Makes one call with a server that sends one response.
pub(crate) fn exchange<T>(answer: Answer, call: impl AsyncFnOnce(&Client) -> T) -> (T, Request) {
    let server = Server::start([answer]);
    let outcome = run(call(&client(&server)));
    let requests: [Request; 1] = server.finish().try_into().expect("one request");
    let [request] = requests;
    (outcome, request)
}

/// A client without retries: tests of failures are separate from those of retries. Makes one call that must not reach
/// the server; returns how many requests did.
pub(crate) fn refused<T>(call: impl AsyncFnOnce(&Client) -> T) -> (T, usize) {
    let server = Server::answering(|_| Answer::new(500));
    let outcome = run(call(&client(&server)));
    (outcome, server.finish().len())
}

pub(crate) fn client(server: &Server) -> Client {
    let builder = Client::builder().base_url(server.url()).api_key(API_KEY).application_key(APPLICATION_KEY);
    builder.retry(RetryPolicy::never()).build().expect("a client")
}

pub(crate) fn run<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime").block_on(future)
}

fn snapshot(name: &str, request: &Request) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, render(request)));
}

/// Prints the request line as sent, the decoded query, the headers and the body.
fn render(request: &Request) -> String {
    let mut text = format!("{} {}\n", request.method, request.target());
    for (name, value) in request.pairs() {
        text.push_str(&format!("  {name} = {value}\n"));
    }
    text.push('\n');
    let headers: BTreeMap<_, _> =
        request.headers.iter().map(|(name, value)| (name.to_ascii_lowercase(), value.as_str())).collect();
    assert_eq!(headers.len(), request.headers.len(), "a header is sent twice: {:?}", request.headers);
    for (name, value) in headers.into_iter().filter(|(name, _)| !LEFT_OUT.contains(&name.as_str())) {
        text.push_str(&format!("{name}: {value}\n"));
    }
    if !request.body.is_empty() {
        let body: Value = serde_json::from_str(request.text()).expect("a body in JSON");
        assert_eq!(body.to_string().len(), request.body.len(), "the body has more in it than this: {body}");
        text.push_str(&format!("\n{body:#}\n"));
    }
    text
}
