//! Many concurrent calls through a server that misbehaves in many ways.
//!
//! Each call has a number, which its requests contain, and each attempt meets the fault that follows from its number
//! and a seed. So the server knows what happened to each call, and every outcome is compared with that.
//!
//! Figures: `cargo test -p tests --test chaos -- --nocapture`.

mod faults;
mod server;

use std::collections::BTreeMap;
use std::fs;
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use datadog_org_groups::models::{GlobalOrgIdentifier, OrgGroupId};
use datadog_org_groups::{
    Client, ClientBuilder, Effect, Error, ErrorKind, Operation, RetryPolicy, TransportErrorKind, http,
};
use tests::workspace_root;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::faults::{FAULTS, Fault};
use crate::server::{CALL, Elsewhere, Server};

const SEED: u64 = 0x0b5e_55ed;
const CALLS: u64 = 3_000;
const AT_ONCE: usize = 128;
const ATTEMPTS: u32 = 4;

/// The time after which all calls together count as hanging. They take a few seconds.
const HANGS: Duration = Duration::from_secs(120);

const API_KEY: &str = "0a1b2c3d4e5f-the-api-key";
const APPLICATION_KEY: &str = "f5e4d3c2b1a0-the-application-key";
const GROUP: &str = "5a0b4e7e-9d55-4a7b-8c4a-3e1f2d6c9b01";
const OTHER_GROUP: &str = "5a0b4e7e-9d55-4a7b-8c4a-3e1f2d6c9b02";

/// The responses of `tests/responses/` by the start of their request line.
static GOOD: LazyLock<Vec<(&str, u16, String)>> = LazyLock::new(|| {
    let answer = |operation: &str, status: u16| {
        let path = workspace_root().join(format!("tests/responses/{operation}/{status}.json"));
        fs::read_to_string(path).expect("a response")
    };
    vec![
        ("get /api/v2/org_groups/", 200, answer("GetOrgGroup", 200)),
        ("get /api/v2/org_groups?", 200, answer("ListOrgGroups", 200)),
        ("post /api/v2/org_groups ", 201, answer("CreateOrgGroup", 201)),
        ("patch /api/v2/org_groups/", 200, answer("UpdateOrgGroup", 200)),
        ("patch /api/v2/org_group_memberships/bulk ", 200, answer("BulkUpdateOrgGroupMemberships", 200)),
        ("delete /api/v2/org_groups/", 204, String::new()),
    ]
});

fn good(line: &str) -> (u16, String) {
    let known = GOOD.iter().find(|(start, ..)| line.starts_with(start));
    let (_, status, body) = known.unwrap_or_else(|| panic!("no answer to {line}"));
    (*status, body.clone())
}

fn builder(url: String) -> ClientBuilder {
    let soon = Duration::from_millis(1);
    Client::builder()
        .api_key(API_KEY)
        .application_key(APPLICATION_KEY)
        .base_url(url)
        .timeout(Duration::from_secs(2))
        .max_response_bytes(1 << 20)
        .retry(
            RetryPolicy::default().max_attempts(ATTEMPTS).max_elapsed(Duration::from_secs(60)).backoff(soon, 4 * soon),
        )
}

fn group() -> OrgGroupId {
    GROUP.parse().expect("an id")
}

fn other_group() -> OrgGroupId {
    OTHER_GROUP.parse().expect("an id")
}

/// Makes the call with this number; returns the number of attempts, if it succeeds.
async fn call(client: &Client, number: u64) -> Result<u32, Error> {
    macro_rules! send {
        ($call:expr) => {{
            let value = http::HeaderValue::from(number);
            let call = $call.header(http::HeaderName::from_static(CALL), value);
            call.send_with_response().await.map(|response| response.attempts())
        }};
    }
    match number % 6 {
        0 => send!(client.get_org_group(group())),
        1 => send!(client.update_org_group(group(), "Payments")),
        2 => send!(client.bulk_update_org_group_memberships(orgs()).from(group()).to(other_group())),
        3 => send!(client.delete_org_group(group())),
        4 => send!(client.create_org_group("Payments")),
        _ => send!(client.list_org_groups().page_number(1)),
    }
}

fn orgs() -> Vec<GlobalOrgIdentifier> {
    vec![GlobalOrgIdentifier::new("us1", GROUP.parse().expect("an id"))]
}

/// Makes calls, this many concurrently, and returns the outcome of each.
async fn calls(client: Client, numbers: impl Iterator<Item = u64>) -> BTreeMap<u64, Result<u32, Error>> {
    let room = Arc::new(Semaphore::new(AT_ONCE));
    let mut tasks = JoinSet::new();
    for number in numbers {
        let (client, room) = (client.clone(), Arc::clone(&room));
        tasks.spawn(async move {
            let _permit = room.acquire_owned().await.expect("it is never closed");
            (number, call(&client, number).await)
        });
    }
    let outcomes = tokio::time::timeout(HANGS, tasks.join_all()).await.expect("no call hangs");
    let count = outcomes.len();
    let outcomes: BTreeMap<_, _> = outcomes.into_iter().collect();
    assert_eq!(outcomes.len(), count, "each call ends once");
    outcomes
}

/// Compares the outcome of a call with the faults that it met.
fn judge(number: u64, outcome: &Result<u32, Error>, met: &[Fault]) {
    let about = format!("call {number} met {met:?}: {outcome:?}");
    let deletes = number % 6 == 3;
    // The client ignores JSON in the response to a deletion.
    let succeeds = |fault: &Fault| fault.is_good() || deletes && fault.is_other_json();
    let attempts = outcome.as_ref().map_or_else(Error::attempts, |attempts| *attempts);
    assert!((1..=ATTEMPTS).contains(&attempts) && met.len() <= attempts as usize, "{about}");
    // The last request of a change that is not idempotent is the only one that may have taken effect.
    let idempotent = matches!(number % 6, 0 | 3 | 5);
    let before = &met[..met.len().saturating_sub(1)];
    assert!(idempotent || before.iter().all(|fault| fault.is_refusal()), "sent twice: {about}");
    let error = match outcome {
        Ok(_) => return assert!(met.iter().any(succeeds), "{about}"),
        Err(error) => error,
    };
    let operation: &Operation = error.operation().expect("every call has one");
    assert_eq!(operation.idempotent, idempotent);
    let changes = !operation.method.is_safe();
    let only_refused = met.iter().all(|fault| fault.is_refusal());
    // On a busy machine a time limit can expire whatever the server does, and a request can be lost on a connection
    // that it has just closed.
    let astray = error.is_timeout() || met.len() < attempts as usize;
    match error.effect() {
        Effect::No => assert!(!changes || only_refused, "{about}"),
        Effect::Unknown => assert!(changes && (!only_refused || astray), "{about}"),
        Effect::Yes => assert!(changes && !only_refused, "{about}"),
    }
    if let (Some(last), false) = (met.last(), astray) {
        assert!(!succeeds(last), "a good answer was lost: {about}");
        let unknown = !changes || error.effect() == Effect::Unknown;
        assert!(!last.is_from_elsewhere() || unknown, "it claims too much: {about}");
        let kind = error.transport_error().map(|error| error.kind());
        let spaces = matches!(last, Fault::Spaces | Fault::AnnouncedSpaces);
        assert_eq!(spaces, kind == Some(TransportErrorKind::TooLarge), "{about}");
        let redirected = error.kind() == ErrorKind::Status && error.status() == Some(307);
        assert_eq!(*last == Fault::Redirect, redirected, "{about}");
    }
    for text in [error.to_string(), format!("{error:?}"), chain(error)] {
        assert!(!text.contains(API_KEY) && !text.contains(APPLICATION_KEY), "{text}");
    }
    assert!(!error.to_string().contains('\n'), "{error}");
}

/// Returns the texts of all causes of an error.
fn chain(error: &Error) -> String {
    let mut text = String::new();
    let mut source = error.cause();
    while let Some(error) = source {
        text.push_str(&format!("{error} {error:?}\n"));
        source = error.source();
    }
    text
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn each_call_has_one_outcome_and_at_most_one_effect() {
    let begun = Instant::now();
    let elsewhere = Elsewhere::start().await.unwrap();
    let choose = |call, attempt| Fault::of(SEED, call, attempt);
    let server = Server::start(elsewhere.address, good, choose).await.unwrap();
    let client = builder(format!("http://{}", server.address)).build().unwrap();
    let outcomes = calls(client, 0..CALLS).await;
    let seen = server.seen();
    assert_eq!(outcomes.len() as u64, CALLS);
    for (number, outcome) in &outcomes {
        judge(*number, outcome, seen.get(number).map_or(&[], Vec::as_slice));
    }
    assert_eq!(elsewhere.connections(), 0, "a redirect was followed");
    let mut counts: BTreeMap<Fault, usize> = BTreeMap::new();
    for fault in seen.values().flatten() {
        *counts.entry(*fault).or_default() += 1;
    }
    for (fault, _) in FAULTS {
        assert!(counts.contains_key(&fault), "no request met {fault:?}");
    }
    let requests: usize = counts.values().sum();
    let good = outcomes.values().filter(|outcome| outcome.is_ok()).count();
    let again = seen.values().filter(|faults| faults.len() > 1).count();
    eprintln!(
        "{CALLS} calls, {AT_ONCE} at once: {requests} requests, {good} successes, {again} calls sent more than once, \
         {} kinds of treatment, {:.1} s",
        counts.len(),
        begun.elapsed().as_secs_f64()
    );
}

#[tokio::test]
async fn refused_connections_end_calls_of_every_kind() {
    // No server listens on port 1.
    let client = builder("http://127.0.0.1:1".to_owned()).build().unwrap();
    for (number, outcome) in calls(client, 0..60).await {
        let error = outcome.expect_err("no server listens");
        assert!(error.is_connect(), "{number}: {error:?}");
        assert_eq!((error.attempts(), error.effect()), (ATTEMPTS, Effect::No), "{number}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn large_responses_take_no_memory() {
    let elsewhere = Elsewhere::start().await.unwrap();
    let choose = |call, _| if call % 2 == 0 { Fault::Spaces } else { Fault::AnnouncedSpaces };
    let server = Server::start(elsewhere.address, good, choose).await.unwrap();
    let client = builder(format!("http://{}", server.address)).timeout(Duration::from_secs(30)).build().unwrap();
    let before = peak();
    // 64 at once are 4 GiB of spaces.
    let outcomes = calls(client, 0..256).await;
    for (number, outcome) in &outcomes {
        let error = outcome.as_ref().expect_err("too large");
        assert!(error.to_string().contains("too large"), "{number}: {error}");
        assert_eq!(error.attempts(), 1);
        judge(*number, outcome, &server.seen()[number]);
    }
    if let Some((before, after)) = before.zip(peak()) {
        eprintln!(
            "256 answers of 64 MiB, {AT_ONCE} at once, against a cap of 1 MiB: {} MiB more at most",
            (after - before) >> 20
        );
        assert!(after - before < 1 << 30, "{before} bytes before, {after} after");
    }
}

/// The peak memory of this process, if the system reports it.
fn peak() -> Option<usize> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().strip_suffix(" kB")?.parse::<usize>().ok()? << 10)
}
