//! The programs in `generated/examples/`, run against a server on loopback as a person would run them.

mod bulk_move;
mod fake_server;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

use serde_json::{Value, json};
use tests::crates::cargo_program;
use tests::server::{Answer, Request, Server};
use tests::workspace_root;

const GROUP: &str = "3f2b8c1e-7a4d-4e6b-9c55-0d1e2f3a4b5c";
const TARGET: &str = "8d0c5a72-1b3e-4f90-a6d4-5c7e9b1f2a38";
const POLICY: &str = "9b1e4c7d-38a5-4f62-8e0b-d2c6f4a8b159";
const TIME: &str = "2026-01-02T03:04:05Z";

/// The programs by name, built by the first test. All packages are selected, so that dependencies have the same
/// features as in a test of the whole workspace, and are already built.
static PROGRAMS: LazyLock<BTreeMap<String, PathBuf>> = LazyLock::new(|| {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("it is in the target folder");
    let output = cargo_program()
        .args(["build", "--workspace", "--examples", "--offline", "--message-format", "json", "--target-dir"])
        .arg(target)
        .current_dir(workspace_root())
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let events = String::from_utf8_lossy(&output.stdout).into_owned();
    let events = events.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    events
        .filter_map(|event| {
            let path = PathBuf::from(event["executable"].as_str()?);
            Some((event["target"]["name"].as_str()?.to_owned(), path))
        })
        .collect()
});

/// The result of a program.
#[derive(Debug, PartialEq, Eq)]
struct Ended {
    code: Option<i32>,
    out: String,
    err: String,
}

/// Starts a server with these responses. The programs are built first: a server does not wait as long as a build may
/// take.
fn serve(answers: impl IntoIterator<Item = Answer>) -> Server {
    LazyLock::force(&PROGRAMS);
    Server::start(answers)
}

/// Runs an example with its server and these arguments.
fn run(name: &str, server: &Server, arguments: &[&str]) -> Ended {
    let program = PROGRAMS.get(name).unwrap_or_else(|| panic!("there is no example {name}"));
    let output = Command::new(program)
        .args(arguments)
        .env_remove("DD_SITE")
        .envs([("DD_API_KEY", "k1"), ("DD_APP_KEY", "k2"), ("BASE_URL", server.url().as_str())])
        .output()
        .expect("the program starts");
    let Output { status, stdout, stderr } = output;
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    Ended { code: status.code(), out: text(stdout), err: text(stderr) }
}

/// Checks that a program succeeded and printed these lines.
fn assert_printed(ended: &Ended, lines: &[&str]) {
    assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""), "{ended:?}");
    assert_eq!(ended.out.lines().collect::<Vec<_>>(), lines);
}

/// Returns the requests: method, path and query, as they were sent.
fn request_lines(requests: &[Request]) -> Vec<String> {
    for request in requests {
        let keys = ["dd-api-key", "dd-application-key"].map(|name| request.header(name));
        assert_eq!(keys, [Some("k1"), Some("k2")], "the keys of the environment");
    }
    requests.iter().map(|request| format!("{} {}", request.method, request.target())).collect()
}

fn body(request: &Request) -> Value {
    serde_json::from_str(request.text()).expect("the body is JSON")
}

fn org(number: usize) -> String {
    format!("00000000-0000-4000-8000-{number:012}")
}

fn group(id: &str, name: &str) -> Value {
    json!({
        "id": id,
        "type": "org_groups",
        "attributes": {
            "created_at": TIME,
            "modified_at": TIME,
            "name": name,
            "owner_org_site": "us1",
            "owner_org_uuid": org(1),
        },
    })
}

/// The membership of the organization with this number.
fn membership(number: usize) -> Value {
    json!({
        "id": org(9000 + number),
        "type": "org_group_memberships",
        "attributes": {
            "created_at": TIME,
            "modified_at": TIME,
            "org_name": format!("Org {number}"),
            "org_site": "us1",
            "org_uuid": org(number),
        },
    })
}

fn policy(name: &str, tier: &str, content: Option<Value>) -> Value {
    let mut attributes =
        json!({"enforcement_tier": tier, "modified_at": TIME, "policy_name": name, "policy_type": "org_config"});
    if let Some(content) = content {
        attributes["content"] = content;
    }
    json!({"id": POLICY, "type": "org_group_policies", "attributes": attributes})
}

fn policy_override(number: usize) -> Value {
    json!({
        "id": org(8000 + number),
        "type": "org_group_policy_overrides",
        "attributes": {"created_at": TIME, "modified_at": TIME, "org_site": "eu1", "org_uuid": org(number)},
    })
}

fn one(status: u16, data: &Value) -> Answer {
    Answer::json(status, json!({"data": data}).to_string())
}

/// Returns a page, with the number of the next one.
fn page(data: &[Value], next: Option<u32>) -> Answer {
    Answer::json(200, json!({"data": data, "meta": {"page": {"next_number": next}}}).to_string())
}

#[test]
fn audit_prints_a_tree() {
    let server = serve([
        page(&[group(GROUP, "Payments")], Some(1)),
        page(&[membership(1)], Some(1)),
        page(&[membership(2)], None),
        page(
            &[policy("timezone", "GROUP_MANAGED", Some(json!({"value": "UTC"}))), policy("sharing", "ENFORCE", None)],
            None,
        ),
        page(&[policy_override(2)], None),
        page(&[], None),
        page(&[group(TARGET, "Default")], None),
        page(&[], None),
        page(&[], None),
    ]);
    let ended = run("audit", &server, &[]);
    assert_printed(
        &ended,
        &[
            "Payments (3f2b8c1e-7a4d-4e6b-9c55-0d1e2f3a4b5c)",
            "  member Org 1 (us1, 00000000-0000-4000-8000-000000000001)",
            "  member Org 2 (us1, 00000000-0000-4000-8000-000000000002)",
            "  policy timezone: {\"value\":\"UTC\"}, fixed",
            "    override for 00000000-0000-4000-8000-000000000002 (eu1)",
            "  policy sharing: null, ENFORCE",
            "Default (8d0c5a72-1b3e-4f90-a6d4-5c7e9b1f2a38)",
        ],
    );
    let of = |path: &str, group: &str, rest: &str| {
        format!("GET /api/v2/{path}?filter%5Borg_group_id%5D={group}{rest}&page%5Bsize%5D=1000&page%5Bnumber%5D=")
    };
    let overrides = of("org_group_policy_overrides", GROUP, &format!("&filter%5Bpolicy_id%5D={POLICY}")) + "0";
    let expected = [
        "GET /api/v2/org_groups?page%5Bsize%5D=1000&page%5Bnumber%5D=0".to_owned(),
        of("org_group_memberships", GROUP, "") + "0",
        of("org_group_memberships", GROUP, "") + "1",
        of("org_group_policies", GROUP, "") + "0",
        overrides.clone(),
        overrides,
        "GET /api/v2/org_groups?page%5Bsize%5D=1000&page%5Bnumber%5D=1".to_owned(),
        of("org_group_memberships", TARGET, "") + "0",
        of("org_group_policies", TARGET, "") + "0",
    ];
    assert_eq!(request_lines(&server.finish()), expected);
}

#[test]
fn move_organization_moves_one() {
    let server = serve([one(200, &group(TARGET, "Payments")), page(&[membership(7)], None), one(200, &membership(7))]);
    let ended = run("move_organization", &server, &[&org(7), TARGET]);
    assert_printed(&ended, &["Org 7 is now in Payments"]);
    let requests = server.finish();
    let expected = [
        format!("GET /api/v2/org_groups/{TARGET}"),
        format!("GET /api/v2/org_group_memberships?filter%5Borg_uuid%5D={}", org(7)),
        format!("PATCH /api/v2/org_group_memberships/{}", org(9007)),
    ];
    assert_eq!(request_lines(&requests), expected);
    assert_eq!(body(&requests[2])["data"]["relationships"]["org_group"]["data"]["id"], TARGET);
}

#[test]
fn move_organization_needs_an_existing_group() {
    let server = serve([Answer::json(404, r#"{"errors":[{"title":"Not Found","detail":"no such group"}]}"#)]);
    let ended = run("move_organization", &server, &[&org(7), TARGET]);
    assert_eq!((ended.code, ended.out.as_str()), (Some(1), ""));
    assert!(ended.err.contains("GetOrgGroup: 404 Not Found") && ended.err.contains("no such group"), "{}", ended.err);
    assert_eq!(server.finish().len(), 1);
}

#[test]
fn roll_out_policy_adds_exceptions() {
    let content = json!({"value": true});
    let server = serve([
        one(201, &policy("widget_sharing", "GROUP_MANAGED", Some(content.clone()))),
        one(201, &policy_override(3)),
        one(201, &policy_override(4)),
    ]);
    let (third, fourth) = (format!("us1/{}", org(3)), format!("eu1/{}", org(4)));
    let ended = run("roll_out_policy", &server, &[GROUP, "widget_sharing", "true", &third, &fourth]);
    assert_printed(
        &ended,
        &[
            "created the policy 9b1e4c7d-38a5-4f62-8e0b-d2c6f4a8b159",
            "00000000-0000-4000-8000-000000000003 may differ (00000000-0000-4000-8000-000000008003)",
            "00000000-0000-4000-8000-000000000004 may differ (00000000-0000-4000-8000-000000008004)",
        ],
    );
    let requests = server.finish();
    let overrides = "POST /api/v2/org_group_policy_overrides";
    assert_eq!(request_lines(&requests), ["POST /api/v2/org_group_policies", overrides, overrides]);
    let policy = body(&requests[0]);
    let expected = json!({"content": content, "enforcement_tier": "GROUP_MANAGED", "policy_name": "widget_sharing"});
    assert_eq!(policy["data"]["attributes"], expected);
    assert_eq!(policy["data"]["relationships"]["org_group"]["data"]["id"], GROUP);
    for (request, (site, organization)) in requests[1..].iter().zip([("us1", org(3)), ("eu1", org(4))]) {
        let data = &body(request)["data"];
        assert_eq!(data["attributes"], json!({"org_site": site, "org_uuid": organization}));
        assert_eq!(data["relationships"]["org_group"]["data"]["id"], GROUP);
        assert_eq!(data["relationships"]["org_group_policy"]["data"]["id"], POLICY);
    }
}

#[test]
fn roll_out_policy_accepts_plain_text() {
    let server = serve([one(201, &policy("monitor_timezone", "GROUP_MANAGED", None))]);
    let ended = run("roll_out_policy", &server, &[GROUP, "monitor_timezone", "America/Lima"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert_eq!(body(&server.finish()[0])["data"]["attributes"]["content"], json!({"value": "America/Lima"}));
}

#[test]
fn an_invalid_argument_is_found_before_anything_is_sent() {
    let server = serve([]);
    let wrong = [
        ("move_organization", vec![]),
        ("move_organization", vec![GROUP, "Payments"]),
        ("roll_out_policy", vec![GROUP, "monitor_timezone", "UTC", "us1"]),
        ("bulk_move", vec!["no/such/file", GROUP, TARGET]),
        ("bulk_move", vec![GROUP, TARGET]),
    ];
    for (name, arguments) in wrong {
        let ended = run(name, &server, &arguments);
        assert_eq!((ended.code, ended.out.as_str()), (Some(1), ""), "{name} {arguments:?}");
    }
    assert_eq!(server.finish(), []);
}
