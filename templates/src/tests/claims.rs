//! A success counts only if it comes from the API.

use super::double::{Double, GROUP, answer, answering};
use super::operations::DELETE_GROUP;
use crate::{Effect, Error, ErrorKind, Operation, Request};

const JSON: &[(&str, &str)] = &[("content-type", "application/json")];
const JSON_API: &[(&str, &str)] = &[("content-type", "application/vnd.api+json; charset=utf-8")];
const TEXT: &[(&str, &str)] = &[("content-type", "text/plain")];
const HTML: &[(&str, &str)] = &[("content-type", "text/html")];
const NONE: &[(&str, &str)] = &[];

fn assert_says(error: &Error, effect: Effect) {
    assert_eq!((error.kind(), error.effect()), (ErrorKind::Decode, effect), "{error}");
    let says = match effect {
        Effect::Yes => "; the call has taken effect",
        _ => "; the call may have taken effect",
    };
    assert!(error.to_string().ends_with(says), "{error}");
}

#[tokio::test]
async fn a_success_that_is_not_from_the_api_is_unknown() {
    for (headers, body, effect) in [
        (HTML, "<html>Sign in</html>", Effect::Unknown),
        (NONE, "<!doctype html><p>Sign in", Effect::Unknown),
        (JSON, "<html>Sign in</html>", Effect::Unknown),
        (TEXT, "pong", Effect::Unknown),
        (&[("content-type", "image/png")], "\u{1}PNG", Effect::Unknown),
        (NONE, "ok", Effect::Unknown),
        (NONE, "5", Effect::Unknown),
        (JSON, "", Effect::Unknown),
        (JSON, " \n", Effect::Unknown),
        (NONE, "", Effect::Unknown),
        (JSON, "service is fine", Effect::Unknown),
        (TEXT, "{\"data\": ", Effect::Unknown),
        (NONE, "[1, 2", Effect::Unknown),
        // The API reports an error, and nothing says whether that was before or after the change.
        (JSON, "{\"ok\": false, \"error\": \"not_found\"}", Effect::Unknown),
        (JSON, "{\"errors\": [{\"message\": \"no such team\"}], \"data\": null}", Effect::Unknown),
        (JSON, "{\"error\": true}", Effect::Unknown),
        // From the API, although it cannot be read.
        (JSON, "{\"error\": null, \"errors\": []}", Effect::Yes),
        (JSON, "{\"error\": false, \"errors\": 0, \"message\": \"done\"}", Effect::Yes),
        (JSON, "{}", Effect::Yes),
        (JSON, "null", Effect::Yes),
        (JSON, "5", Effect::Yes),
        (JSON_API, "{\"data\": []}", Effect::Yes),
        (JSON, "{\"data\": {\"id\": \"g", Effect::Yes),
        (TEXT, "{\"data\": null}", Effect::Yes),
        (NONE, " [1]", Effect::Yes),
    ] {
        for status in [200, 202] {
            let error = Double::answering(status, headers, body).update_group("g1", "x").send().await.unwrap_err();
            assert_says(&error, effect);
            assert_eq!((error.status(), error.body()), (Some(status), body.as_bytes()));
        }
        // A call that only reads has no effect.
        let error = Double::answering(200, headers, body).get_group("g1").send().await.unwrap_err();
        assert_eq!((error.kind(), error.effect()), (ErrorKind::Decode, Effect::No), "{error}");
    }
    let error = Double::answering(204, NONE, "").update_group("g1", "x").send().await.unwrap_err();
    assert_says(&error, Effect::Unknown);
    // Whatever its label, a readable body is a response of the API.
    for headers in [JSON, JSON_API, TEXT, HTML, NONE] {
        Double::answering(200, headers, GROUP).update_group("g1", "x").send().await.unwrap();
    }
}

#[tokio::test]
async fn an_error_in_a_success_is_shown() {
    for (body, words) in [
        ("{\"ok\": false, \"error\": \"not_found\"}", "not_found"),
        ("{\"errors\": [{\"message\": \"no such team\"}, \"odd\"], \"data\": null}", "no such team; odd"),
        ("{\"error\": {\"code\": 5, \"message\": \"no such team\"}}", "no such team"),
    ] {
        let error = Double::answering(200, JSON, body).update_group("g1", "x").send().await.unwrap_err();
        let ending = format!("; the server reports: {words}; the call may have taken effect");
        assert!(error.to_string().contains("200 OK, but its body is not what was expected: "), "{error}");
        assert!(error.to_string().ends_with(&ending), "{error}");
    }
    // Only an error has messages.
    let error =
        Double::answering(200, JSON, "{\"message\": \"done\"}").update_group("g1", "x").send().await.unwrap_err();
    assert!(error.errors().is_empty() && !error.to_string().contains("done"), "{error}");
}

#[tokio::test]
async fn a_success_without_a_body_is_documented_or_from_the_api() {
    for (status, headers, body, words) in [
        (200, HTML, "<html>Sign in</html>", "an HTML page, where none is expected"),
        (204, HTML, "<p>Sign in", "an HTML page, where none is expected"),
        (200, TEXT, "OK", "text/plain, where none is expected"),
        (200, NONE, "OK", "not JSON, where none is expected"),
        (200, JSON, "OK", "not JSON, where none is expected"),
        (200, NONE, "", "documents another status"),
        (202, JSON, "", "documents another status"),
    ] {
        let error = Double::answering(status, headers, body).delete_group("g1").send().await.unwrap_err();
        assert_says(&error, Effect::Unknown);
        assert!(error.to_string().contains(words), "{words}: {error}");
        assert_eq!(error.body(), body.as_bytes());
    }
    for (status, headers, body) in [(204, NONE, ""), (204, HTML, ""), (200, JSON, "{}"), (200, NONE, "{\"done\": 1}")] {
        Double::answering(status, headers, body).delete_group("g1").send().await.unwrap();
    }
    // A call that only reads has no effect.
    let head = Operation { method: http::Method::HEAD, path: "/x", ..DELETE_GROUP.clone() };
    let head = Request::new(Box::leak(Box::new(head)));
    Double::answering(202, NONE, "").send_empty(head).await.unwrap();
    // The description documents 200, and the server responds with 204.
    let other = Operation { responses: &[(200, None)], ..DELETE_GROUP.clone() };
    let other: &'static Operation = Box::leak(Box::new(other));
    let send = |status, headers, body| {
        Double::answering(status, headers, body).send_empty(Request::new(other).path("group_id", &"g1"))
    };
    send(204, NONE, "").await.unwrap();
    for (status, headers, body) in [(202, NONE, ""), (204, HTML, "<p>Sign in")] {
        assert_says(&send(status, headers, body).await.unwrap_err(), Effect::Unknown);
    }
    // For an operation that documents no success, any success counts.
    for status in [200, 202, 204] {
        Double::answering(status, NONE, "").move_groups(vec![1]).send().await.unwrap();
        Double::answering(status, TEXT, "OK").move_groups(vec![1]).send().await.unwrap();
        let error = Double::answering(status, HTML, "<p>OK").move_groups(vec![1]).send().await.unwrap_err();
        assert_says(&error, Effect::Unknown);
    }
}

#[tokio::test]
async fn a_batch_claims_no_more_than_its_response() {
    let client = answering(|request| {
        let last = request.body().windows(3).any(|part| part == b"[4]");
        Ok(if last { answer(200, HTML, "<html>Sign in</html>") } else { answer(204, NONE, "") })
    });
    let client = client.build().unwrap();
    let error = client.move_groups(vec![1, 2, 3, 4]).send_in_batches().await.unwrap_err();
    assert_eq!((error.done.len(), &error.failed[..], error.error.effect()), (1, &[4][..], Effect::Unknown));
    assert!(error.to_string().contains("which may have taken effect"), "{error}");
}

#[tokio::test]
async fn a_page_that_is_not_from_the_api_is_an_error() {
    for (headers, body) in [(HTML, "<html>Sign in</html>"), (NONE, ""), (TEXT, "no more")] {
        let client = Double::answering(200, headers, body);
        let error = client.list_groups().stream().try_next().await.unwrap_err();
        assert_eq!((error.kind(), error.effect()), (ErrorKind::Decode, Effect::No), "{error}");
    }
}

#[tokio::test]
async fn an_error_chain_does_not_repeat_itself() {
    use crate::{Reached, TransportError, TransportErrorKind};
    let transport = TransportError::new(TransportErrorKind::Connect, Reached::No, "on purpose");
    let errors = [
        Double::with(Err(transport)).1.get_group("g").send().await.unwrap_err(),
        Double::answering(200, JSON, "{").get_group("g").send().await.unwrap_err(),
        Double::answering(400, JSON, "{\"errors\": [\"x\"]}").get_group("g").send().await.unwrap_err(),
        crate::Client::builder().build().unwrap_err(),
    ];
    for error in errors {
        let mut report = error.to_string();
        let mut source = std::error::Error::source(&error);
        while let Some(error) = source {
            let text = error.to_string();
            assert!(!report.contains(&text), "{report}: {text}");
            report = format!("{report}: {text}");
            source = error.source();
        }
    }
}
