//! The example that moves the organizations that a file lists.

use std::fs;

use serde_json::json;
use tests::server::{Answer, Request, Server};

use super::{Ended, GROUP, TARGET, body, membership, org, request_lines, run, serve};

/// Returns the lines that name these organizations.
fn lines(numbers: std::ops::Range<usize>) -> String {
    numbers.map(|number| format!("us1 {}\n", org(number))).collect()
}

/// Runs `bulk_move` with a file with this text.
fn bulk_move(server: &Server, text: &str) -> Ended {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("organizations.txt");
    fs::write(&file, text).expect("writable");
    run("bulk_move", server, &[file.to_str().expect("a plain path"), GROUP, TARGET])
}

fn moved(numbers: std::ops::Range<usize>) -> Answer {
    Answer::json(200, json!({"data": numbers.map(membership).collect::<Vec<_>>()}).to_string())
}

/// Returns the number of organizations in a request, and the first of them.
fn names(request: &Request) -> (usize, String) {
    let body = body(request);
    let relationships = &body["data"]["relationships"];
    assert_eq!(relationships["source_org_group"]["data"]["id"], GROUP);
    assert_eq!(relationships["target_org_group"]["data"]["id"], TARGET);
    let orgs = body["data"]["attributes"]["orgs"].as_array().expect("a list");
    (orgs.len(), orgs[0]["org_uuid"].as_str().expect("a text").to_owned())
}

#[test]
fn bulk_move_reports_each_batch() {
    let server = serve([moved(0..100), moved(100..103)]);
    let ended = bulk_move(&server, &format!("{}\n  \n{}", lines(0..60), lines(60..103)));
    let (first, second) = (lines(0..100), lines(100..103));
    let expected = format!("batch 1: 100 organizations moved\n{first}batch 2: 3 organizations moved\n{second}");
    assert_eq!(ended, Ended { code: Some(0), out: expected, err: String::new() });
    let requests = server.finish();
    assert_eq!(request_lines(&requests), ["PATCH /api/v2/org_group_memberships/bulk"; 2]);
    assert_eq!(requests.iter().map(names).collect::<Vec<_>>(), [(100, org(0)), (3, org(100))]);
}

/// Runs `bulk_move` for 205 organizations, of which the second hundred gets this response.
fn bulk_move_that_fails(answer: Answer) -> Ended {
    let server = serve([moved(0..100), answer]);
    let ended = bulk_move(&server, &lines(0..205));
    assert_eq!(server.finish().len(), 2, "nothing is sent behind a failure");
    ended
}

/// Returns the expected output.
fn account(effect: &str) -> String {
    let (done, failed, untried) = (lines(0..100), lines(100..200), lines(200..205));
    format!(
        "batch 1: 100 organizations moved\n{done}batch 2 failed: 100 organizations {effect}\n{failed}\
         not tried: 5 organizations\n{untried}"
    )
}

#[test]
fn bulk_move_reports_rejected_and_untried_organizations() {
    let refusal = r#"{"errors":[{"title":"Bad Request","detail":"not in the source group"}]}"#;
    let ended = bulk_move_that_fails(Answer::json(400, refusal));
    assert_eq!(ended.out, account("were not moved"));
    assert_eq!(ended.code, Some(1));
    assert!(ended.err.contains("400 Bad Request") && ended.err.contains("not in the source group"), "{}", ended.err);
}

#[test]
fn bulk_move_reports_an_unknown_effect() {
    let ended = bulk_move_that_fails(Answer::none());
    assert_eq!(ended.out, account("may have been moved: look before you try again"));
    assert_eq!(ended.code, Some(1));
    assert!(ended.err.contains("may have taken effect"), "{}", ended.err);
}

#[test]
fn bulk_move_reports_an_unreadable_response() {
    let ended = bulk_move_that_fails(Answer::json(200, "{"));
    assert_eq!(ended.out, account("were moved, but the response cannot be read"));
    assert_eq!(ended.code, Some(1));
}

#[test]
fn bulk_move_names_the_invalid_line() {
    let server = serve([]);
    for line in ["us1", "us1 one", &format!("us1 {} two", org(2))] {
        let ended = bulk_move(&server, &format!("{}{line}\n", lines(0..2)));
        assert_eq!((ended.code, ended.out.as_str()), (Some(1), ""));
        assert!(ended.err.contains(&format!("line 3 is not SITE UUID: {line}")), "{}", ended.err);
    }
    assert_eq!(server.finish(), []);
}
