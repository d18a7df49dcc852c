//! The blocking client: its thread, and the calls through it.

use super::double::{API_KEY, APP_KEY, Answering, GROUP, Outcome, answer, answering};
use crate::blocking::{Client, Items};
use crate::{BoxFuture, Effect, Error, ErrorKind, Limits, Transport};
use bytes::Bytes;
use std::cell::RefCell;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Barrier, OnceLock};
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(10);

fn client(f: impl Fn(&http::Request<Bytes>) -> Outcome + Send + Sync + 'static) -> Client {
    answering(f).blocking().build().unwrap()
}

fn group() -> Client {
    client(|_| Ok(answer(200, &[], GROUP)))
}

#[test]
fn calls_block_until_the_response() {
    let client = group();
    assert_eq!(client.get_group("g1").send().unwrap().data.id, "g1");
    assert_eq!(client.update_group("g1", "x").send_with_response().unwrap().status(), 200);
    client.delete_group("g1").send().unwrap();
    assert_eq!(client.base_url(), "https://api.datadoghq.com");
    let printed = format!("{client:?} {:?}", client.get_group("g1"));
    assert!(printed.contains("Blocking") || printed.contains("base_url"), "{printed}");
    assert!(!printed.contains(API_KEY) && !printed.contains(APP_KEY), "{printed}");
}

#[test]
fn pages_and_items_are_iterators() {
    let client = client(|request| {
        let is_first = request.uri().query().unwrap().ends_with("=0");
        let (body, status) = if is_first { (r#"{"data":[1,2]}"#, 200) } else { ("", 500) };
        Ok(answer(status, &[], body))
    });
    let mut items: Items<u64> = client.list_groups().stream();
    assert_eq!((items.next().unwrap().unwrap(), items.next().unwrap().unwrap()), (1, 2));
    assert_eq!(items.next().unwrap().unwrap_err().status(), Some(500));
    assert!(items.next().is_none());
    assert!(format!("{items:?}").contains("ListGroups"));
    let pages: Result<Vec<_>, Error> = client.list_groups().pages().collect();
    assert_eq!(pages.unwrap_err().status(), Some(500));
    assert_eq!(client.list_groups().pages().next().unwrap().unwrap().data, Some(vec![1, 2]));
}

#[test]
fn batches_stop_at_the_first_failure() {
    let client = client(|request| {
        let is_second = request.body().as_ref() == br#"{"groups":[4]}"#;
        Ok(answer(if is_second { 503 } else { 204 }, &[], ""))
    });
    assert_eq!(client.move_groups(vec![1, 2, 3]).send_in_batches().unwrap().len(), 1);
    let error = client.move_groups(vec![1, 2, 3, 4]).send_in_batches().unwrap_err();
    assert_eq!((error.done.len(), &error.failed[..], error.untried.len()), (1, &[4][..], 0));
    assert_eq!(error.error.effect(), Effect::Unknown);
}

#[tokio::test]
async fn nothing_panics_in_an_asynchronous_context() {
    let client = group();
    assert_eq!(client.get_group("g1").send().unwrap().data.id, "g1");
    let clone = client.clone();
    tokio::spawn(async move { clone.get_group("g1").send().unwrap() }).await.unwrap();
    drop(client);
}

#[test]
fn calls_of_several_threads_run_at_the_same_time() {
    // Each response waits until the other request has arrived.
    let arrived = Arc::new(tokio::sync::Barrier::new(2));
    struct Meet(Arc<tokio::sync::Barrier>);
    impl Transport for Meet {
        fn send(&self, _: http::Request<Bytes>, _: Limits) -> BoxFuture<'_, Outcome> {
            Box::pin(async {
                self.0.wait().await;
                Ok(answer(200, &[], GROUP))
            })
        }

        fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
            Box::pin(std::future::ready(()))
        }
    }
    let client = Client::builder().api_key("a").application_key("b").transport(Meet(arrived)).build().unwrap();
    std::thread::scope(|scope| {
        let other = scope.spawn(|| client.get_group("g1").send());
        client.get_group("g1").send().unwrap();
        other.join().unwrap().unwrap();
    });
}

/// Reports the end of the thread in which it is a local variable.
struct Farewell(Sender<()>);

impl Drop for Farewell {
    fn drop(&mut self) {
        let _ = self.0.send(());
    }
}

/// A client whose thread reports its end.
fn watched() -> (Client, Receiver<()>) {
    thread_local!(static FAREWELL: RefCell<Option<Farewell>> = const { RefCell::new(None) });
    let (ended, end) = channel();
    let client = client(move |_| {
        FAREWELL.set(Some(Farewell(ended.clone())));
        Ok(answer(200, &[], GROUP))
    });
    (client, end)
}

#[test]
fn the_thread_ends_with_the_last_client() {
    let (client, end) = watched();
    let clone = client.clone();
    client.get_group("g1").send().unwrap();
    let items = client.list_groups().stream();
    drop(client);
    drop(clone);
    assert!(end.recv_timeout(Duration::from_millis(50)).is_err());
    drop(items);
    end.recv_timeout(PATIENCE).unwrap();
}

#[tokio::test]
async fn the_thread_ends_in_an_asynchronous_context_too() {
    let (client, end) = watched();
    client.get_group("g1").send().unwrap();
    drop(client);
    end.recv_timeout(PATIENCE).unwrap();
}

#[test]
fn a_transport_that_panics_fails_its_call_alone() {
    let client = client(|request| {
        assert!(!request.uri().path().ends_with("/bad"), "on purpose");
        Ok(answer(200, &[], GROUP))
    });
    let error = client.update_group("bad", "x").send().unwrap_err();
    assert_eq!((error.kind(), error.effect()), (ErrorKind::Transport, Effect::Unknown));
    assert!(error.to_string().contains("panicked"), "{error}");
    client.get_group("g1").send().unwrap();
}

#[test]
fn a_call_inside_the_transport_is_an_error() {
    let own: Arc<OnceLock<Client>> = Arc::default();
    let (inner, met) = (Arc::downgrade(&own), Arc::new(Barrier::new(1)));
    let transport = Answering(move |_: &http::Request<Bytes>| {
        met.wait();
        let client = inner.upgrade().unwrap();
        let error = client.get().unwrap().get_group("g1").send().unwrap_err();
        assert_eq!(error.effect(), Effect::No);
        Ok(answer(200, &[], GROUP))
    });
    let client = Client::builder().api_key("a").application_key("b").transport(transport).build().unwrap();
    let client = own.get_or_init(|| client);
    client.get_group("g1").send().unwrap();
}

#[test]
fn building_reports_all_problems() {
    let error = Client::builder().api_key("a\n").build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert!(error.to_string().contains("application_key"), "{error}");
}

#[test]
fn the_client_can_be_shared() {
    fn shared<T: Send + Sync + Clone + std::fmt::Debug + 'static>() {}
    shared::<Client>();
    shared::<crate::Client>();
    shared::<crate::ClientBuilder<crate::blocking::Blocking>>();
    fn movable<T: Send + std::fmt::Debug>() {}
    movable::<Items<u64>>();
    movable::<crate::blocking::Pages<u64>>();
}
