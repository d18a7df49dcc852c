//! The example that serves the fake of the API to programs in other languages.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

use super::{PROGRAMS, org};

/// Ends the server with the test, however that ends.
struct Served(std::process::Child);

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The status and the body of the response to a request, as a program in another language would receive them.
fn exchange(address: &str, request: &str, body: &str) -> (u16, String) {
    let mut stream = TcpStream::connect(address).expect("the server listens");
    stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a timeout");
    let length = body.len();
    let head =
        format!("{request} HTTP/1.1\r\nhost: {address}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n");
    stream.write_all(format!("{head}{body}").as_bytes()).expect("it reads");
    let mut response = String::new();
    stream.read_to_string(&mut response).expect("it responds");
    let (head, body) = response.split_once("\r\n\r\n").expect("a head");
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
    (status, body.to_owned())
}

#[test]
fn fake_server_serves_programs_in_other_languages() {
    let program = &PROGRAMS["fake_server"];
    let child = Command::new(program).arg("127.0.0.1:0").stdout(Stdio::piped()).spawn().expect("the program starts");
    let mut served = Served(child);
    let mut url = String::new();
    let out = served.0.stdout.as_mut().expect("it is piped");
    BufReader::new(out).read_line(&mut url).expect("it prints its URL");
    let address = url.trim().strip_prefix("http://").expect("a URL");

    let create = |name: &str| {
        let body = json!({"data": {"type": "org_groups", "attributes": {"name": name}}}).to_string();
        let (status, created) = exchange(address, "POST /api/v2/org_groups", &body);
        assert_eq!(status, 201, "{created}");
        let created: Value = serde_json::from_str(&created).expect("JSON");
        created["data"]["id"].as_str().expect("an id").to_owned()
    };
    let (old, new) = (create("Old"), create("New"));
    let (status, group) = exchange(address, &format!("GET /api/v2/org_groups/{new}"), "");
    assert_eq!(status, 200, "{group}");
    assert!(group.contains("\"New\""), "{group}");
    let (status, groups) = exchange(address, "GET /api/v2/org_groups?page%5Bsize%5D=1", "");
    let groups: Value = serde_json::from_str(&groups).expect("JSON");
    assert_eq!((status, groups["data"].as_array().map(Vec::len)), (200, Some(1)));

    // All or none: the organization is in neither group.
    let link = |id: &str| json!({"data": {"type": "org_groups", "id": id}});
    let request = json!({"data": {
        "type": "org_group_membership_bulk_updates",
        "attributes": {"orgs": [{"org_site": "us1", "org_uuid": org(1)}]},
        "relationships": {"source_org_group": link(&old), "target_org_group": link(&new)},
    }});
    let (status, error) = exchange(address, "PATCH /api/v2/org_group_memberships/bulk", &request.to_string());
    assert_eq!(status, 404, "{error}");
    assert!(error.contains("not in the group"), "{error}");

    assert_eq!(exchange(address, "DELETE /api/v2/org_groups/nobody", "").0, 404);
    let (status, reason) = exchange(address, "GET /api/v3/org_groups", "");
    assert_eq!((status, reason.as_str()), (501, "the API has no operation GET /api/v3/org_groups"));
}
