//! Calls that are sent in batches.

use super::double::{answer, answering};
use crate::{Batch, BatchError, Client, Effect, ErrorKind, Reached, TransportError, TransportErrorKind};
use std::error::Error as _;
use std::sync::{Arc, Mutex};

type Seen = Arc<Mutex<Vec<String>>>;

/// A client whose server accepts the groups except 13 (rejected) and 17 (lost), and the bodies that it received.
fn server() -> (Client, Seen) {
    let seen = Seen::default();
    let log = Arc::clone(&seen);
    let client = answering(move |request| {
        let body = String::from_utf8(request.body().to_vec()).unwrap();
        log.lock().unwrap().push(body.clone());
        if body.contains("13") {
            Ok(answer(404, &[], r#"{"errors":["no such group"]}"#))
        } else if body.contains("17") {
            Err(TransportError::new(TransportErrorKind::Timeout, Reached::Unknown, "late"))
        } else {
            Ok(answer(204, &[], ""))
        }
    });
    (client.build().unwrap(), seen)
}

fn items<I: Clone, A>(batches: &[Batch<I, A>]) -> Vec<Vec<I>> {
    batches.iter().map(|batch| batch.items.clone()).collect()
}

#[tokio::test]
async fn batches_have_at_most_the_limit() {
    let (client, seen) = server();
    let done = client.move_groups((1..=7).collect()).send_in_batches().await.unwrap();
    assert_eq!(items(&done), [vec![1, 2, 3], vec![4, 5, 6], vec![7]]);
    let bodies = [r#"{"groups":[1,2,3]}"#, r#"{"groups":[4,5,6]}"#, r#"{"groups":[7]}"#];
    assert_eq!(*seen.lock().unwrap(), bodies);
    assert_eq!(client.move_groups(vec![1, 2, 3]).send_in_batches().await.unwrap().len(), 1);
}

#[tokio::test]
async fn without_items_nothing_is_sent() {
    let (client, seen) = server();
    assert!(client.move_groups(Vec::new()).send_in_batches().await.unwrap().is_empty());
    assert!(seen.lock().unwrap().is_empty());
}

#[tokio::test]
async fn batches_stop_at_the_first_failure() {
    let (client, seen) = server();
    let error = client.move_groups((10..=20).collect()).send_in_batches().await.unwrap_err();
    assert_eq!(items(&error.done), [[10, 11, 12]]);
    assert_eq!((&error.failed[..], &error.untried[..]), (&[13, 14, 15][..], &[16, 17, 18, 19, 20][..]));
    assert_eq!((error.error.status(), error.error.effect()), (Some(404), Effect::No));
    assert_eq!(seen.lock().unwrap().len(), 2);
    assert_eq!(
        error.to_string(),
        "batch 2 of 4 failed (3 items done before it, 3 in it, which did not take effect, 5 not tried): \
         MoveGroups: 404 Not Found: no such group"
    );
    // A report of the whole chain would print the same text again.
    assert!(error.source().is_none());
}

#[tokio::test]
async fn a_lost_batch_may_have_taken_effect() {
    let (client, _) = server();
    let error = client.move_groups(vec![14, 15, 16, 17]).send_in_batches().await.unwrap_err();
    assert_eq!((error.failed.len(), error.untried.len()), (1, 0));
    assert!(error.error.may_have_taken_effect());
    let text = error.to_string();
    assert!(text.starts_with("batch 2 of 2 failed (3 items done before it, 1 in it, which may have taken"), "{text}");
}

#[tokio::test]
async fn an_invalid_call_leaves_all_items_untried() {
    let (client, seen) = server();
    let call = client.move_groups((1..=7).collect()).header(http::header::HOST, http::HeaderValue::from_static("x"));
    let error: BatchError<u64, ()> = call.send_in_batches().await.unwrap_err();
    assert_eq!((error.done.len(), error.failed.len(), error.untried.len()), (0, 3, 4));
    assert_eq!(error.error.kind(), ErrorKind::Request);
    assert!(seen.lock().unwrap().is_empty());
}

#[tokio::test]
async fn each_batch_is_reported_when_it_is_done() {
    let client = answering(|request| {
        let refused = request.body().windows(1).any(|part| part == b"7");
        Ok(answer(if refused { 400 } else { 204 }, &[], ""))
    });
    let client = client.build().unwrap();
    let mut reported = Vec::new();
    let failure =
        client.move_groups((1..=9).collect()).send_in_batches_with(|batch| reported.push(batch.items.clone()));
    let failure = failure.await.unwrap_err();
    assert_eq!(reported, [vec![1, 2, 3], vec![4, 5, 6]]);
    assert_eq!((failure.done.len(), failure.failed, failure.untried.len()), (2, vec![7, 8, 9], 0));
}
