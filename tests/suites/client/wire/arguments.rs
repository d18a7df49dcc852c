//! The full call of each operation sets every argument and setter, so that each is tested.

use std::fs;

use serde_json::Value;
use tests::server::{Request, Server};
use tests::{calls, workspace_root};

use super::RESOURCES;
use super::support::{Resource, client, run, success};

#[test]
fn the_full_call_sets_every_argument_and_setter() {
    let api = fs::read_to_string(workspace_root().join("generated/api.txt")).expect("api.txt can be read");
    let (mut looked_at, mut missing) = (0, Vec::new());
    for (operation, status) in RESOURCES.iter().flat_map(Resource::successes) {
        let server = Server::answering({
            let operation = operation.clone();
            move |_| success(&operation, status)
        });
        let client = client(&server);
        run(async {
            if calls::full(&client, &operation).await.is_none() {
                calls::minimal(&client, &operation).await.expect("it is answered");
            }
        });
        let requests = server.finish();
        let [request] = &requests[..] else { panic!("{operation}: {} requests", requests.len()) };
        let start = format!("operation {} ", snake_case(&operation));
        for line in api.lines().filter_map(|line| line.strip_prefix(&start)) {
            let is_given = ["argument ", "step ", "setter ", "choice "].iter().any(|kind| line.starts_with(kind));
            let Some((_, places)) = line.rsplit_once(", ").filter(|_| is_given) else { continue };
            for place in places.split(" and ") {
                looked_at += 1;
                if !is_sent(request, place) {
                    missing.push(format!("{operation}: {line}"));
                }
            }
        }
    }
    assert!(missing.is_empty(), "`full` in tests/src/calls.rs does not set:\n{}", missing.join("\n"));
    assert!(looked_at > 50, "{looked_at} lines of api.txt");
}

/// Whether a request has a value at `query NAME`, `body a.b` or `path NAME`.
fn is_sent(request: &Request, place: &str) -> bool {
    match place.split_once(' ') {
        Some(("query", name)) => request.pairs().iter().any(|(sent, _)| sent == name),
        Some(("body", path)) => serde_json::from_slice::<Value>(&request.body)
            .is_ok_and(|body| body.pointer(&format!("/{}", path.replace('.', "/"))).is_some()),
        // A path is never sent without its parameters.
        Some(("path", _)) => true,
        _ => panic!("`{place}`: teach this test where that is"),
    }
}

fn snake_case(operation: &str) -> String {
    let words = operation.char_indices().flat_map(|(index, letter)| {
        let begins = letter.is_ascii_uppercase() && index > 0;
        begins.then_some('_').into_iter().chain([letter.to_ascii_lowercase()])
    });
    words.collect()
}
