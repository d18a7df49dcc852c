//! The memory that reading a response takes, for every shape of data that the description does not declare.
//!
//! Each shape is read in a process of its own, since a process reports only its peak. Figures: `cargo test -p tests
//! --test memory -- --nocapture`.

use std::fmt::Write as _;
use std::process::Command;
use std::{env, fs};

use datadog_org_groups::http;
use datadog_org_groups::models::{OrgGroupId, OrgGroupPolicyId};
use datadog_org_groups::{BoxFuture, Client, JsonObject, Limits, RetryPolicy, Transport, TransportError, bytes::Bytes};

/// The length of the body of a response in bytes.
const LENGTH: usize = 8 << 20;

/// The upper bound of the memory for a response, in lengths of its body: the body and its parsed form, the stored copy
/// and its parsed form.
const MOST: f64 = 4.5;

/// The variable that contains the shape for a process.
const SHAPE: &str = "ORG_GROUPS_SHAPE";

const SHAPES: &[&str] = &["objects", "numbers", "texts", "depth", "objects in objects", "fields", "content"];

#[test]
fn memory_is_a_small_multiple_of_the_body() {
    if peak().is_none() {
        return; // only Linux reports it
    }
    let mut wrong = Vec::new();
    for shape in SHAPES {
        let output = Command::new(env::current_exe().expect("this program"))
            .args(["reads_one_shape", "--exact", "--ignored", "--nocapture"])
            .env(SHAPE, shape)
            .output()
            .expect("it runs");
        let text = String::from_utf8_lossy(&output.stdout);
        let factor = text.lines().find_map(|line| line.strip_prefix("peak: ")?.parse::<f64>().ok());
        let factor = factor.unwrap_or_else(|| panic!("{shape}: {text}\n{}", String::from_utf8_lossy(&output.stderr)));
        eprintln!("{shape}: {factor:.1} times the body");
        if factor > MOST {
            wrong.push((shape, factor));
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
#[ignore = "the other test runs it, in a process of its own"]
fn reads_one_shape() {
    let Ok(shape) = env::var(SHAPE) else { return };
    let before = peak().expect("Linux");
    let (body, is_policy) = body(&shape);
    assert!(body.len() >= LENGTH);
    let length = body.len();
    let client = Client::builder()
        .api_key("k")
        .application_key("a")
        .retry(RetryPolicy::never())
        .transport(Answer(body.into()))
        .build()
        .expect("it is complete");
    let id = "e1f60b5c-7a2d-4e93-8b14-d5c0a9f83703";
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let kept = runtime.block_on(async {
        if is_policy {
            let id: OrgGroupPolicyId = id.parse().expect("an id");
            let policy = client.get_org_group_policy(id).send().await.expect("it is read");
            policy.data.attributes.content.expect("it is there").as_json().len()
        } else {
            let id: OrgGroupId = id.parse().expect("an id");
            let group = client.get_org_group(id).send().await.expect("it is read");
            JsonObject::from(group.data.extra).as_json().len()
        }
    });
    assert!(kept > LENGTH / 2, "{kept}");
    println!("\npeak: {}", (peak().expect("Linux") - before) as f64 / length as f64);
}

/// A body of this shape, and whether it is a policy.
fn body(shape: &str) -> (String, bool) {
    const GROUP: &str = concat!(
        r#"{"data":{"attributes":{"created_at":"2025-01-31T12:34:56Z","modified_at":"2025-01-31T12:34:56Z","#,
        r#""name":"n","owner_org_site":"us5","owner_org_uuid":"8e21f7aa-2c94-4d08-b1f6-70d8a4c3e5b2"},"#,
        r#""id":"e1f60b5c-7a2d-4e93-8b14-d5c0a9f83703","type":"org_groups""#,
    );
    const POLICY: &str = concat!(
        r#"{"data":{"id":"e1f60b5c-7a2d-4e93-8b14-d5c0a9f83703","type":"org_group_policies","#,
        r#""attributes":{"modified_at":"2025-01-31T12:34:56Z","policy_name":"n","policy_type":"org_config","#,
        r#""enforcement_tier":"DEFAULT","content":{"a":0"#,
    );
    // The body is sent in one piece, so that only the response is measured.
    let mut text = String::with_capacity(LENGTH + 1_000);
    let is_policy = shape == "content";
    text += if is_policy { POLICY } else { GROUP };
    let mut list = |item: &str, close: &str| {
        text += r#","new":["#;
        let count = LENGTH / (item.len() + close.len());
        (0..count).for_each(|_| text += item);
        text += "0";
        (0..count).for_each(|_| text += close);
        text += "]}}";
    };
    match shape {
        "objects" => list(r#"{"":0},"#, ""),
        "numbers" => list("0,", ""),
        "texts" => list(r#""","#, ""),
        "depth" => list("[", "]"),
        "objects in objects" => list(r#"{"":"#, "}"),
        "fields" | "content" => {
            for number in 0.. {
                if text.len() >= LENGTH {
                    break;
                }
                write!(text, r#","{number:x}":0"#).expect("a string takes all");
            }
            text += if is_policy { "}}}}" } else { "}}" };
        }
        _ => panic!("there is no such shape: {shape}"),
    }
    (text, is_policy)
}

/// The peak of the memory of this process in bytes.
fn peak() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.parse::<u64>().ok().map(|kibibytes| kibibytes << 10)
}

struct Answer(Bytes);

impl Transport for Answer {
    fn send(&self, _: http::Request<Bytes>, _: Limits) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        let answer = http::Response::new(self.0.clone());
        Box::pin(async { Ok(answer) })
    }

    fn sleep(&self, _: std::time::Duration) -> BoxFuture<'_, ()> {
        Box::pin(async {})
    }
}
