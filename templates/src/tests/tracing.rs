//! The output of calls to a subscriber: everything useful, and nothing secret.

use super::double::GROUP;
use super::loopback::run_with;
use super::server::{Reply, Server};
use crate::{Client, RetryPolicy};
use std::fmt::{Debug, Write as _};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// Records everything, of every crate and at every level.
#[derive(Clone, Default)]
struct Capture {
    lines: Arc<Mutex<String>>,
    spans: Arc<AtomicU64>,
}

struct Line<'a>(&'a mut String);

impl Visit for Line<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, " {field}={value:?}").unwrap();
    }
}

impl Capture {
    fn line(&self, what: &str, target: &str, visit: impl FnOnce(&mut Line<'_>)) {
        let mut lines = self.lines.lock().unwrap();
        write!(lines, "{what} {target}").unwrap();
        visit(&mut Line(&mut lines));
        lines.push('\n');
    }

    /// The output of this crate, without durations.
    fn ours(&self) -> String {
        let lines = self.lines.lock().unwrap();
        let ours = lines.lines().filter(|line| line.contains(" templates") || line.starts_with("record"));
        let words = ours.map(|line| {
            let varies = ["duration_ms=", "wait_ms=", "server="];
            let words = line.split(' ').filter(|word| !varies.iter().any(|name| word.starts_with(name)));
            words.collect::<Vec<_>>().join(" ")
        });
        words.collect::<Vec<_>>().join("\n")
    }
}

impl Subscriber for Capture {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        self.line("span", span.metadata().target(), |line| span.record(line));
        Id::from_u64(self.spans.fetch_add(1, Ordering::Relaxed) + 1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        self.line("record", "", |line| values.record(line));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        self.line("event", event.metadata().target(), |line| event.record(line));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// Runs a test with a subscriber that captures its output on this thread.
fn captured(test: impl Future<Output = ()>) -> Capture {
    let capture = Capture::default();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    tracing::subscriber::with_default(capture.clone(), || runtime.block_on(test));
    capture
}

const SECRETS: [&str; 8] = [
    "api-key-that-is-secret",
    "application-key-that-is-secret",
    "header-that-is-secret",
    "id-that-is-secret",
    "name-that-is-secret",
    "words-that-are-secret",
    "hidden-detail",
    "Payments",
];

#[test]
fn spans_and_events_contain_no_secrets() {
    // The interest of a subscriber is cached for the whole process, in which other tests have none.
    const ALONE: &str = "CAPTURED_ALONE";
    if std::env::var_os(ALONE).is_none() {
        let test = "tracing::spans_and_events_contain_no_secrets";
        return run_with(test, &[(ALONE, "1")]);
    }
    let refusal = r#"{"errors":["words-that-are-secret"]}"#;
    let captured = captured(async {
        let server = Server::start(vec![
            Reply::answer("503 Service Unavailable", refusal),
            Reply::raw(""),
            Reply::answer("200 OK\r\nX-Detail: hidden-detail", GROUP),
            Reply::answer("403 Forbidden", refusal),
            Reply::answer("200 OK", "words-that-are-secret"),
        ])
        .await;
        let retry = RetryPolicy::default().backoff(Duration::from_millis(1), Duration::from_millis(1));
        let builder = Client::builder().api_key(SECRETS[0]).application_key(SECRETS[1]).base_url(server.url());
        let client = builder.retry(retry).build().unwrap();
        let header = http::HeaderName::from_static("x-mine");
        let call = client.get_group("id-that-is-secret").header(header, SECRETS[2]);
        call.send().await.unwrap();
        client.update_group("id-that-is-secret", "name-that-is-secret").send().await.unwrap_err();
        client.get_group("id-that-is-secret").send().await.unwrap_err();
    });
    let all = captured.lines.lock().unwrap().clone();
    for secret in SECRETS {
        assert!(!all.contains(secret), "{secret}:\n{all}");
    }
    let span = |operation: &str, method: &str| {
        format!("span templates operation=\"{operation}\" method=\"{method}\" path=\"/api/v2/groups/{{group_id}}\"")
    };
    let expected = [
        &span("GetGroup", "GET"),
        "event templates message=trying again attempt=1 status=503",
        "event templates message=trying again attempt=2 error=Other",
        "record  attempts=3",
        "record",
        "record  status=200",
        "event templates message=call succeeded operation=\"GetGroup\" status=200 attempts=3",
        &span("UpdateGroup", "PATCH"),
        "record  attempts=1",
        "record",
        "record  status=403",
        "record  error=Status",
        "event templates message=call failed operation=\"UpdateGroup\" status=403 attempts=1 error=Status",
        &span("GetGroup", "GET"),
        "record  attempts=1",
        "record",
        "record  status=200",
        "event templates message=call succeeded operation=\"GetGroup\" status=200 attempts=1",
    ];
    let ours: Vec<String> = captured.ours().lines().map(|line| line.trim_end().to_owned()).collect();
    assert_eq!(ours, expected, "{all}");
    assert_eq!(all.matches(" duration_ms=").count(), 6);
    assert_eq!(all.matches(" server=\"127.0.0.1:").count(), 3);
    assert_eq!(all.matches(" wait_ms=").count(), 2);
}
