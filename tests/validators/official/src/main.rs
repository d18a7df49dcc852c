//! A second opinion: the official client and the generated one make the same calls and get the same responses. Every
//! difference between them must be known, with its reason (`README.md`).

mod known;
mod theirs;

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::process::ExitCode;
use std::sync::{Arc, Mutex};

use datadog_api_client::datadogV2::api_org_groups::OrgGroupsAPI;
use datadog_org_groups::{Client, ErrorKind, RetryPolicy};
use serde_json::Value;
use tests::calls;
use tests::mutations::Mutations;
use tests::schemas::Spec;
use tests::server::{Answer, Request, Server};
use tests::{spec, workspace_root};

const API_KEY: &str = "an-api-key";
const APPLICATION_KEY: &str = "an-application-key";

/// The result of a client for a response: JSON as its models write it, or the status of an error; none if the response
/// could not be read.
type Outcome = Result<Value, Option<u16>>;

/// A difference between the two clients.
struct Difference {
    /// The call and, for a response, how it was changed.
    at: String,
    /// The part of a request that differs, or `response`.
    part: &'static str,
    ours: String,
    theirs: String,
}

/// Both clients, and the server that they share.
struct Pair {
    server: Server,
    answer: Arc<Mutex<Answer>>,
    ours: Client,
    theirs: OrgGroupsAPI,
}

#[tokio::main]
async fn main() -> ExitCode {
    // The official client has no TLS here, because it needs none; reqwest still requires a provider of cryptography.
    rustls::crypto::ring::default_provider().install_default().expect("no other provider is installed");
    let pair = Pair::new();
    let description = spec::read();
    let operations = spec::operations(&description);
    let (mut requests, mut answers, mut differences) = (0, 0, Vec::new());
    for operation in &operations {
        for full in [false, true] {
            requests += usize::from(pair.compare_requests(operation.id, full, &mut differences).await);
        }
        answers += pair.compare_answers(operation, &mut differences).await;
    }
    println!("{requests} requests of {} operations, {answers} responses", operations.len());

    let mut counts = BTreeMap::new();
    let mut unknown = 0;
    for difference in &differences {
        match known::kind(difference) {
            Some(name) => *counts.entry(name).or_insert(0) += 1,
            None => {
                unknown += 1;
                println!("{difference}");
            }
        }
    }
    for (name, _) in known::ALL {
        println!("{:6}  {name}", counts.get(name).unwrap_or(&0));
    }
    println!("{unknown} differences without an explanation");
    let unseen = known::ALL.len() - counts.len();
    if unseen > 0 {
        println!("{unseen} explanations without a difference");
    }
    ExitCode::from(u8::from(unknown > 0 || unseen > 0))
}

impl Pair {
    fn new() -> Self {
        let answer = Arc::new(Mutex::new(Answer::new(500)));
        let server = Server::answering({
            let answer = Arc::clone(&answer);
            move |_| answer.lock().expect("nothing panics with it").clone()
        });
        let ours = Client::builder().base_url(server.url()).api_key(API_KEY).application_key(APPLICATION_KEY);
        let ours = ours.retry(RetryPolicy::never()).build().expect("a client");
        let theirs = theirs::client(&server.address().to_string());
        Self { server, answer, ours, theirs }
    }

    fn set(&self, status: u16, body: &str) {
        let answer = if status == 204 { Answer::new(status) } else { Answer::json(status, body) };
        *self.answer.lock().expect("nothing panics with it") = answer;
    }

    /// Lets both send an operation; returns whether there was anything to send.
    async fn compare_requests(&self, operation: &str, full: bool, differences: &mut Vec<Difference>) -> bool {
        let (status, body) = success(operation);
        self.set(status, &body.to_string());
        let start = self.server.requests().len();
        let ours = if full {
            match calls::full(&self.ours, operation).await {
                Some(outcome) => outcome.map(drop),
                None => return false,
            }
        } else {
            calls::minimal(&self.ours, operation).await.map(drop)
        };
        ours.unwrap_or_else(|error| panic!("{operation}: {error}"));
        let Some(theirs) = theirs::send(&self.theirs, operation, full).await else {
            println!("{operation}: no call of the official client is written here");
            return false;
        };
        theirs.unwrap_or_else(|status| panic!("{operation}: {status:?}"));

        let requests = self.server.requests();
        let [ours, theirs] = &requests[start..] else { panic!("{operation}: {} requests", requests.len() - start) };
        let at = format!("{operation}, {}", if full { "all arguments" } else { "what it needs" });
        for ((part, ours), (_, theirs)) in parts(ours).into_iter().zip(parts(theirs)) {
            if ours != theirs {
                differences.push(Difference { at: at.clone(), part, ours, theirs });
            }
        }
        true
    }

    /// Sends both the response of the operation, changed in every way, and each documented error; returns how many
    /// there were.
    async fn compare_answers(&self, operation: &spec::Operation<'_>, differences: &mut Vec<Difference>) -> usize {
        let mut fed = 0;
        let (success, body) = success(operation.id);
        let mut bodies = vec![(success, "as it is".to_owned(), body.to_string())];
        if !body.is_null() {
            let spec = Spec::read();
            let name = response_schema(operation, success);
            let (_, schema) = spec.schemas().find(|(other, _)| *other == name).expect("the schema");
            let changed = Mutations::of(&spec, schema, &body);
            bodies.extend(changed.into_iter().map(|case| (success, case.change, case.body.to_string())));
            bodies.extend(further(&body).map(|(change, body)| (success, change.to_owned(), body)));
        }
        for status in operation.statuses().into_iter().filter(|status| *status >= 400) {
            bodies.push((status, "as it is".to_owned(), read("errors", status).to_string()));
        }
        bodies.extend([502, 503].map(|status| (status, "a page of HTML".to_owned(), "<html></html>".to_owned())));
        for (status, change, body) in bodies {
            self.set(status, &body);
            let ours = read_by_us(calls::minimal(&self.ours, operation.id).await);
            let Some(theirs) = theirs::send(&self.theirs, operation.id, false).await else { return fed };
            fed += 1;
            if ours != theirs {
                let at = format!("{} {status}, {change}", operation.id);
                differences.push(Difference { at, part: "response", ours: show(&ours), theirs: show(&theirs) });
            }
        }
        fed
    }
}

/// Changes that affect more than one field.
fn further(body: &Value) -> [(&'static str, String); 9] {
    let set = |wanted: fn(&str) -> bool, to: &str| {
        let mut body = body.clone();
        change(&mut body, &|name, value| {
            if wanted(name) {
                *value = Value::from(to);
            }
        });
        body.to_string()
    };
    let mut upper = body.clone();
    change(&mut upper, &|name, value| {
        if let Value::String(text) = value
            && (name == "id" || name.ends_with("_uuid"))
            && text.len() == 36
        {
            text.make_ascii_uppercase();
        }
    });
    let text = body.to_string();
    [
        ("all tiers of the past", set(|name| name == "enforcement_tier", "DEFAULT")),
        ("all tiers of the past, firmly", set(|name| name == "enforcement_tier", "ENFORCE")),
        ("all types unknown", set(|name| name == "type", "v3")),
        ("all times with an offset", set(|name| name.ends_with("_at"), "2022-12-01T11:30:00.25+05:30")),
        ("all ids in capitals", upper.to_string()),
        ("half of it", text.chars().take(text.chars().count() / 2).collect()),
        ("nothing at all", String::new()),
        ("no object", "null".to_owned()),
        ("no JSON", "<html></html>".to_owned()),
    ]
}

/// Changes every field, with its name.
fn change(value: &mut Value, to: &impl Fn(&str, &mut Value)) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                to(name, value);
                change(value, to);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| change(item, to)),
        _ => {}
    }
}

fn read_by_us(outcome: calls::Outcome) -> Outcome {
    match outcome {
        Ok(response) => Ok(response.into_body().to_json()),
        Err(error) if error.kind() == ErrorKind::Status => Err(error.status()),
        Err(error) => {
            assert_eq!(error.kind(), ErrorKind::Decode, "{error}");
            Err(None)
        }
    }
}

fn show(outcome: &Outcome) -> String {
    match outcome {
        Ok(value) => value.to_string(),
        Err(Some(status)) => format!("error {status}"),
        Err(None) => "refused".to_owned(),
    }
}

/// The significant parts of a request.
fn parts(request: &Request) -> [(&'static str, String); 8] {
    let header = |name| request.header(name).unwrap_or("none").to_owned();
    // The two encodings of a space are equivalent to a server that reads forms.
    let mut decoded = request.clone();
    decoded.query = decoded.query.map(|query| query.replace('+', "%20"));
    let mut pairs = decoded.pairs();
    pairs.sort();
    let body: Value = if request.body.is_empty() {
        Value::Null
    } else {
        serde_json::from_slice(&request.body).expect("a body in JSON")
    };
    [
        ("method", request.method.clone()),
        ("path", request.path.clone()),
        ("query", format!("{pairs:?}")),
        ("body", body.to_string()),
        ("Accept", header("accept")),
        ("Content-Type", header("content-type")),
        ("DD-API-KEY", header("dd-api-key")),
        ("DD-APPLICATION-KEY", header("dd-application-key")),
    ]
}

/// The response of a success, from `tests/responses/`.
fn success(operation: &str) -> (u16, Value) {
    let status = match operation {
        _ if operation.starts_with("Delete") => 204,
        _ if operation.starts_with("Create") => 201,
        _ => 200,
    };
    (status, if status == 204 { Value::Null } else { read(operation, status) })
}

fn read(folder: &str, status: u16) -> Value {
    let path = workspace_root().join(format!("tests/responses/{folder}/{status}.json"));
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).expect("JSON")
}

fn response_schema(operation: &spec::Operation<'_>, status: u16) -> String {
    let schema = &operation.node["responses"][status.to_string().as_str()]["content"]["application/json"]["schema"];
    let reference = schema["$ref"].as_str().expect("a named schema");
    reference.rsplit('/').next().expect("a name").to_owned()
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}\n    ours   {}\n    theirs {}", self.at, self.part, self.ours, self.theirs)
    }
}
