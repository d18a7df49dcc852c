//! The default transport in several runtimes, and in runtimes that cannot run it.

use super::double::GROUP;
use super::operations::GroupResponse;
use crate::{Client, Effect, Error, ErrorKind, Reached};
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::thread;
use std::time::{Duration, Instant};
use tokio::runtime::{Builder, Runtime};

/// A server with one thread per connection, in no runtime: it sends these responses in turn, and repeats the last. Also
/// returns the number of its connections.
fn serve(answers: Vec<String>) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (connections, answers) = (Arc::new(AtomicUsize::new(0)), Arc::new(Mutex::new(answers)));
    let counter = Arc::clone(&connections);
    thread::spawn(move || {
        for stream in listener.incoming() {
            let (mut stream, answers) = (stream.unwrap(), Arc::clone(&answers));
            counter.fetch_add(1, Ordering::SeqCst);
            thread::spawn(move || {
                let mut request = [0; 4096];
                while stream.read(&mut request).is_ok_and(|length| length > 0) {
                    let mut answers = answers.lock().unwrap();
                    let answer = if answers.len() > 1 { answers.remove(0) } else { answers[0].clone() };
                    stream.write_all(answer.as_bytes()).unwrap();
                }
            });
        }
    });
    (url, connections)
}

fn message(head: &str, body: &str) -> String {
    format!("HTTP/1.1 {head}\r\nContent-Length: {}\r\n\r\n{body}", body.len())
}

fn client(url: &str) -> Client {
    let builder = Client::builder().api_key("k1").application_key("k2").base_url(url).timeout(Duration::from_secs(5));
    builder.build().unwrap()
}

async fn get(client: &Client) -> Result<GroupResponse, Error> {
    client.get_group("g1").send().await
}

fn single() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

#[test]
fn a_client_works_in_a_second_runtime_while_the_first_is_idle() {
    let (url, connections) = serve(vec![message("200 OK", GROUP)]);
    let client = client(&url);
    let (first, second) = (single(), single());
    let begun = Instant::now();
    for _ in 0..3 {
        for runtime in [&first, &second] {
            runtime.block_on(get(&client)).unwrap();
            runtime.block_on(client.update_group("g1", "x").send()).unwrap();
        }
    }
    assert!(begun.elapsed() < Duration::from_secs(4), "a call waited for another runtime");
    // Each has its own pool, which it reuses.
    assert_eq!(connections.load(Ordering::SeqCst), 2);
    drop(first);
    second.block_on(get(&client)).unwrap();
    assert_eq!(connections.load(Ordering::SeqCst), 2);
}

#[test]
fn a_client_works_in_many_runtimes_one_after_another_and_at_once() {
    let (url, connections) = serve(vec![message("200 OK", GROUP)]);
    let client = client(&url);
    for _ in 0..20 {
        single().block_on(get(&client)).unwrap();
    }
    assert_eq!(connections.load(Ordering::SeqCst), 20);
    thread::scope(|scope| {
        for _ in 0..12 {
            scope.spawn(|| {
                let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
                for _ in 0..20 {
                    runtime.block_on(get(&client)).unwrap();
                }
            });
        }
    });
}

fn assert_nothing_sent(outcome: Result<GroupResponse, Error>, words: &str) {
    let error = outcome.unwrap_err();
    assert_eq!((error.kind(), error.effect(), error.attempts()), (ErrorKind::Transport, Effect::No, 1), "{error}");
    assert_eq!(error.transport_error().unwrap().reached(), Reached::No);
    assert!(error.to_string().contains(words), "{error}");
    assert!(error.to_string().ends_with("; nothing was sent"), "{error}");
}

#[test]
fn runtimes_without_timers_or_io_are_errors() {
    let (url, connections) = serve(vec![message("200 OK", GROUP)]);
    for (runtime, words) in [
        (Builder::new_current_thread().build(), "has no timers"),
        (Builder::new_current_thread().enable_io().build(), "has no timers"),
        (Builder::new_current_thread().enable_time().build(), "has no I/O"),
        (Builder::new_multi_thread().worker_threads(1).build(), "has no timers"),
        (Builder::new_multi_thread().worker_threads(1).enable_time().build(), "has no I/O"),
    ] {
        let (runtime, client) = (runtime.unwrap(), client(&url));
        for _ in 0..2 {
            assert_nothing_sent(runtime.block_on(client.update_group("g1", "x").send()), words);
        }
        // It works in a suitable runtime.
        single().block_on(get(&client)).unwrap();
        assert_nothing_sent(runtime.block_on(get(&client)), words);
    }
    assert_eq!(connections.load(Ordering::SeqCst), 5);
}

fn poll_once<T>(future: impl Future<Output = T>) -> T {
    match std::pin::pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(outcome) => outcome,
        Poll::Pending => panic!("it cannot even begin"),
    }
}

#[test]
fn a_runtime_that_has_ended_is_an_error() {
    let (url, _) = serve(vec![message("200 OK", GROUP)]);
    let several = || Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    for runtime in [single(), several()] {
        let client = client(&url);
        runtime.block_on(get(&client)).unwrap();
        let handle = runtime.handle().clone();
        drop(runtime);
        let guard = handle.enter();
        assert_nothing_sent(poll_once(get(&client)), "has ended");
        drop(guard);
        assert_nothing_sent(poll_once(get(&client)), "no tokio runtime");
        single().block_on(get(&client)).unwrap();
    }
}

#[test]
fn a_wait_in_a_runtime_without_timers_does_not_panic() {
    // The first call learns to wait, so the second waits before it is sent: without timers, it cannot.
    let limited = message("429 Too Many Requests\r\nRetry-After: 30", "{}");
    let (url, _) = serve(vec![limited]);
    let client = client(&url);
    single().block_on(async {
        let call = get(&client);
        // It waits for its second attempt, and is dropped.
        let _ = tokio::time::timeout(Duration::from_millis(500), call).await;
    });
    let runtime = Builder::new_current_thread().build().unwrap();
    assert_nothing_sent(runtime.block_on(get(&client)), "has no timers");
    assert_nothing_sent(poll_once(get(&client)), "no tokio runtime");
}
