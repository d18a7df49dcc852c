//! Tokens that can be renewed.

use super::super::double::{Answering, Outcome, answer};
use super::{CALL, keys_alone};
use crate::{BoxFuture, ClientBuilder, Effect, Error, ErrorKind, Request, RetryPolicy, TokenProvider};
use std::error::Error as StdError;
use std::sync::{Arc, Mutex};

/// Returns `token-1`, `token-2`, …: the next whenever the last was rejected.
#[derive(Default)]
struct Counting {
    /// The arguments of its calls.
    requested: Mutex<Vec<Option<String>>>,
    number: Mutex<u32>,
    /// The last token; then there are none.
    last: Option<u32>,
}

impl TokenProvider for Counting {
    fn token<'a>(&'a self, refused: Option<&'a str>) -> BoxFuture<'a, Result<String, Box<dyn StdError + Send + Sync>>> {
        Box::pin(async move {
            self.requested.lock().unwrap().push(refused.map(str::to_owned));
            let mut number = self.number.lock().unwrap();
            if refused.map_or(*number == 0, |refused| refused == format!("token-number-{number}")) {
                *number += 1;
            }
            match self.last {
                Some(last) if *number > last => Err(format!("the login failed for token-number-{last}").into()),
                _ => Ok(format!("token-number-{number}")),
            }
        })
    }
}

/// A server that accepts the token with this number, and the tokens that it received.
fn accepting(number: u32, provider: &Arc<Counting>) -> (ClientBuilder, Arc<Mutex<Vec<String>>>) {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&seen);
    let transport = Answering(move |request: &http::Request<bytes::Bytes>| -> Outcome {
        let token = request.headers()["authorization"].to_str().unwrap().to_owned();
        let is_right = token == format!("Bearer token-number-{number}");
        log.lock().unwrap().push(token.clone());
        Ok(if is_right { answer(200, &[], r#"{"data": []}"#) } else { answer(401, &[], format!("no: {token}")) })
    });
    let builder = keys_alone().token_provider(Arc::clone(provider)).retry(RetryPolicy::never());
    (builder.transport(transport), seen)
}

async fn call(builder: ClientBuilder) -> Result<u32, Error> {
    let answer = builder.build().unwrap().send_empty(Request::new(&CALL).security(&[&["token"]])).await?;
    Ok(answer.attempts())
}

#[tokio::test]
async fn a_refused_token_is_renewed_once_for_every_operation_and_policy() {
    let provider = Arc::new(Counting::default());
    let (builder, seen) = accepting(2, &provider);
    assert_eq!(call(builder).await.unwrap(), 2);
    assert_eq!(*seen.lock().unwrap(), ["Bearer token-number-1", "Bearer token-number-2"]);
    assert_eq!(*provider.requested.lock().unwrap(), [None, Some("token-number-1".to_owned())]);

    let provider = Arc::new(Counting::default());
    let (builder, seen) = accepting(9, &provider);
    let error = call(builder).await.unwrap_err();
    assert_eq!((error.status(), error.attempts(), error.effect()), (Some(401), 2, Effect::No));
    assert_eq!(seen.lock().unwrap().len(), 2);
    // Neither of the two tokens is printed.
    assert!(error.to_string().contains("no: Bearer [redacted]"), "{error}");
}

#[tokio::test]
async fn a_token_renewed_by_another_call_is_sent() {
    let provider = Arc::new(Counting::default());
    let (builder, seen) = accepting(2, &provider);
    let client = builder.build().unwrap();
    for _ in 0..3 {
        client.send_empty(Request::new(&CALL).security(&[&["token"]])).await.unwrap();
    }
    assert_eq!(seen.lock().unwrap().len(), 4);
    assert_eq!(*provider.number.lock().unwrap(), 2);
}

#[tokio::test]
async fn without_another_token_the_401_is_returned() {
    let provider = Arc::new(Counting { last: Some(1), ..Counting::default() });
    let (builder, seen) = accepting(2, &provider);
    let error = call(builder).await.unwrap_err();
    assert_eq!((error.status(), error.kind(), error.attempts()), (Some(401), ErrorKind::Status, 1));
    assert!(
        error.to_string().ends_with("; the token could not be renewed: the login failed for [redacted]"),
        "{error}"
    );
    assert!(error.cause().is_some());
    assert_eq!(seen.lock().unwrap().len(), 1);

    struct Fixed;
    impl TokenProvider for Fixed {
        fn token<'a>(&'a self, _: Option<&'a str>) -> BoxFuture<'a, Result<String, Box<dyn StdError + Send + Sync>>> {
            Box::pin(async { Ok("always-the-same".to_owned()) })
        }
    }
    let (builder, seen) = accepting(2, &provider);
    assert_eq!(call(builder.token_provider(Fixed)).await.unwrap_err().attempts(), 1);
    let (builder, others) = accepting(2, &provider);
    assert_eq!(call(builder.token("fixed-token")).await.unwrap_err().attempts(), 1);
    assert_eq!((seen.lock().unwrap().len(), others.lock().unwrap().len()), (1, 1));
}

#[tokio::test]
async fn without_a_token_nothing_is_sent() {
    let provider = Arc::new(Counting { last: Some(0), ..Counting::default() });
    let (builder, seen) = accepting(1, &provider);
    let error = call(builder).await.unwrap_err();
    assert_eq!((error.kind(), error.effect(), error.attempts()), (ErrorKind::Credentials, Effect::No, 0));
    assert_eq!(
        error.to_string(),
        "Call: the request was not sent: no token is available (the login failed for token-number-0)"
    );
    assert!(seen.lock().unwrap().is_empty());

    struct Broken;
    impl TokenProvider for Broken {
        fn token<'a>(&'a self, _: Option<&'a str>) -> BoxFuture<'a, Result<String, Box<dyn StdError + Send + Sync>>> {
            Box::pin(async { Ok("a b\n".to_owned()) })
        }
    }
    let (builder, seen) = accepting(1, &provider);
    let error = call(builder.token_provider(Broken)).await.unwrap_err();
    assert!(error.to_string().contains("the token cannot be sent: it contains a line break"), "{error}");
    assert!(seen.lock().unwrap().is_empty());
}

#[tokio::test]
async fn each_attempt_requests_a_token() {
    let provider = Arc::new(Counting::default());
    let statuses = Arc::new(Mutex::new(vec![200, 503, 401, 503]));
    let transport = Answering(move |_: &http::Request<bytes::Bytes>| -> Outcome {
        Ok(answer(statuses.lock().unwrap().pop().unwrap(), &[], "{}"))
    });
    let builder = keys_alone().token_provider(Arc::clone(&provider)).transport(transport);
    static READ: crate::Operation = crate::Operation::new("Read", http::Method::GET, "/read", true);
    let answer = builder.build().unwrap().send_empty(Request::new(&READ).security(&[&["token"]])).await.unwrap();
    assert_eq!(answer.attempts(), 4);
    let requested = provider.requested.lock().unwrap();
    assert_eq!(*requested, [None, None, Some("token-number-1".to_owned()), None]);
}

#[cfg(feature = "blocking")]
#[test]
fn the_blocking_client_renews_too() {
    let provider = Arc::new(Counting::default());
    let (builder, seen) = accepting(2, &provider);
    let client = builder.blocking().build().unwrap();
    client.send_empty(Request::new(&CALL).security(&[&["token"]])).unwrap();
    assert_eq!(seen.lock().unwrap().len(), 2);
}
