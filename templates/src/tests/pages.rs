//! Paginated lists: the walk alone, and the stream over a transport.

use super::double::{Double, Outcome, answer, answering};
use super::operations::GroupListResponse;
use crate::runtime::client::pages::walk::{Found, Next, Position, Repeated, Spot, Step, Walk};
use crate::{Client, Effect, Error, ErrorKind, Items, Pages, Reached, TransportError, TransportErrorKind};
use bytes::Bytes;
use futures_core::{FusedStream, Stream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

/// The position of the next page, according to a page.
#[derive(Clone, Copy)]
enum Says {
    Page(i64),
    None,
    Unsaid,
}

/// Continues after a page with these items.
fn go_on(walk: &mut Walk, says: Says, items: Option<u64>) -> Result<(), Repeated> {
    let next = match says {
        Says::Page(number) => Next::Page(number),
        Says::None => Next::None,
        Says::Unsaid => Next::Unsaid,
    };
    walk.go_on(next, items.map(|fingerprint| Found { count: 1, fingerprint }))
}

fn from(first: i64) -> Walk {
    Walk::new(Position::Page(first))
}

fn fetch(page: i64) -> Step {
    Step::Fetch(Position::Page(page))
}

/// Returns the numbers of the pages that are fetched if the pages say this, and the end.
fn walk(first: i64, pages: &[(Says, Option<u64>)]) -> (Vec<i64>, Step) {
    let mut walk = from(first);
    let mut numbers = Vec::new();
    for (says, items) in pages {
        match walk.step() {
            Step::Fetch(Position::Page(number)) => numbers.push(number),
            end => return (numbers, end),
        }
        if let Err(repeated) = go_on(&mut walk, *says, *items) {
            assert!(walk.is_over() && walk.step() == Step::End);
            return (numbers, Step::Fail(repeated));
        }
    }
    let end = walk.step();
    if !matches!(end, Step::Fetch(_)) {
        assert!(walk.is_over() && walk.step() == Step::End);
    }
    (numbers, end)
}

const NONE: (Says, Option<u64>) = (Says::None, None);

const fn named(next: i64, items: u64) -> (Says, Option<u64>) {
    (Says::Page(next), Some(items))
}

const fn unsaid(items: u64) -> (Says, Option<u64>) {
    (Says::Unsaid, Some(items))
}

#[test]
fn only_a_null_next_page_ends_a_list_that_names_its_pages() {
    assert_eq!(walk(0, &[NONE]), (vec![0], Step::End));
    assert_eq!(walk(0, &[(Says::None, Some(1))]), (vec![0], Step::End));
    assert_eq!(walk(0, &[named(1, 1), named(7, 2), NONE]), (vec![0, 1, 7], Step::End));
    assert_eq!(walk(3, &[(Says::Page(4), None)]), (vec![3], fetch(4)));
    // Equal pages are accepted if they say that there are more.
    assert_eq!(walk(0, &[named(1, 1), named(2, 1), named(3, 1), NONE]), (vec![0, 1, 2, 3], Step::End));
}

#[test]
fn a_counted_list_ends_at_an_empty_page() {
    let (a, b, empty) = (unsaid(1), unsaid(2), (Says::Unsaid, None));
    assert_eq!(walk(0, &[a, b, unsaid(3), empty]), (vec![0, 1, 2, 3], Step::End));
    assert_eq!(walk(5, &[a, b]), (vec![5, 6], fetch(7)));
    assert_eq!(walk(0, &[empty]), (vec![0], Step::End));
    assert_eq!(walk(0, &[a, named(4, 2), unsaid(3), NONE]), (vec![0, 1, 4, 5], Step::End));
}

#[test]
fn a_repeated_page_is_an_error() {
    let number = |page, next| Step::Fail(Repeated::Number { page, next });
    let items = |page| Step::Fail(Repeated::Items { page: Spot::Page(page) });
    assert_eq!(walk(2, &[named(2, 1)]), (vec![2], number(2, 2)));
    assert_eq!(walk(2, &[named(3, 1), named(0, 2)]), (vec![2, 3], number(3, 0)));
    assert_eq!(walk(i64::MAX, &[unsaid(1)]), (vec![i64::MAX], number(i64::MAX, i64::MAX)));
    assert_eq!(walk(0, &[unsaid(1), unsaid(1)]), (vec![0, 1], items(1)));
    assert_eq!(walk(0, &[unsaid(1), unsaid(2), unsaid(1)]), (vec![0, 1, 2], items(2)));
    assert_eq!(walk(0, &[named(1, 1), unsaid(2), unsaid(1)]), (vec![0, 1, 2], items(2)));
}

/// Returns how many pages a walk has before it fails, if the items of a page are a function of its number.
fn length(next: fn(i64) -> Says, items: impl Fn(i64) -> Option<u64>) -> i64 {
    let mut walk = from(0);
    for page in 0.. {
        assert_eq!(walk.step(), fetch(page));
        assert!(page < 1_000_000, "it has no end");
        if go_on(&mut walk, next(page), items(page)).is_err() {
            assert_eq!(walk.step(), Step::End);
            return page;
        }
    }
    unreachable!("it has no end")
}

#[test]
fn every_cycle_is_detected() {
    let unsaid = |_| Says::Unsaid;
    let item = |number: i64| Some(number as u64);
    for period in [1, 2, 3, 7, 64, 1_000, 16_384, 16_385, 50_000] {
        for tail in [0, 1, 5, 1_000, 20_000] {
            let given = length(unsaid, |page| item(if page < tail { page } else { tail + (page - tail) % period }));
            assert!(given >= tail + period, "{tail} {period}: {given}");
            // Remembered pages are found at once, the others in time.
            let most = if tail + period <= 16_384 { tail + period } else { 4 * (tail + period) };
            assert!(given <= most, "{tail} {period}: {given}");
        }
    }
    // In no order at all.
    let random = |page: i64| item((page.wrapping_mul(0x9e37_79b9_7f4a_7c15_u64 as i64) >> 40) % 100);
    assert!(length(unsaid, random) < 200);
    // A list that ends is not truncated, whatever its length.
    let mut walk = from(0);
    for page in 0..200_000 {
        assert_eq!(walk.step(), fetch(page));
        go_on(&mut walk, Says::Unsaid, item(page)).unwrap();
    }
}

#[test]
fn pages_without_new_items_end() {
    let forward = |page| Says::Page(page + 1);
    assert_eq!(length(forward, |_| None), 99);
    assert_eq!(length(forward, |page| Some(page as u64 % 2)), 101);
    assert_eq!(length(|page| Says::Page(page + 1), |page| (page < 500).then_some(page as u64)), 599);
    // Ninety-nine empty pages can come from a filter.
    let mut walk = from(0);
    for page in 0..10_000_i64 {
        go_on(&mut walk, Says::Page(page + 1), (page % 100 == 99).then_some(page as u64)).unwrap();
    }
    assert_eq!(walk.step(), fetch(10_000));
}

#[test]
fn an_error_ends_the_walk() {
    let mut walk = from(0);
    walk.end();
    assert!(walk.is_over());
    assert_eq!(walk.step(), Step::End);
}

/// A client whose server has these bodies, each at the page with its index, and the queries that it receives.
fn server(bodies: &[&str]) -> (Client, Arc<Mutex<Vec<String>>>) {
    let bodies: Vec<Bytes> = bodies.iter().map(|body| Bytes::copy_from_slice(body.as_bytes())).collect();
    let queries = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&queries);
    let client = answering(move |request| {
        let query = request.uri().query().unwrap().to_owned();
        let body = bodies.get(page(request)).cloned();
        seen.lock().unwrap().push(query);
        Ok(body.map_or_else(|| answer(500, &[], "no such page"), |body| answer(200, &[], body)))
    });
    (client.build().unwrap(), queries)
}

/// The number of the requested page.
fn page(request: &http::Request<Bytes>) -> usize {
    let query = request.uri().query().unwrap();
    query.rsplit_once("page%5Bnumber%5D=").unwrap().1.parse().unwrap()
}

async fn collect(client: &Client) -> Result<Vec<u64>, Error> {
    client.list_groups().stream().try_collect().await
}

#[tokio::test]
async fn items_come_from_all_pages() {
    let bodies = [
        r#"{"data":[1,2],"meta":{"next":1}}"#,
        r#"{"data":[],"meta":{"next":2}}"#,
        r#"{"data":[3],"meta":{"next":3}}"#,
        r#"{"data":[4,5],"meta":{"next":null}}"#,
    ];
    let (client, queries) = server(&bodies);
    assert_eq!(collect(&client).await.unwrap(), [1, 2, 3, 4, 5]);
    assert_eq!(queries.lock().unwrap().len(), 4);

    for absent in [r#"{"data":[]}"#, r#"{"data":null,"meta":{}}"#] {
        let (client, queries) = server(&[r#"{"data":[1,2],"meta":{}}"#, r#"{"data":[3]}"#, absent]);
        assert_eq!(collect(&client).await.unwrap(), [1, 2, 3]);
        assert_eq!(queries.lock().unwrap().len(), 3);
    }
}

#[tokio::test]
async fn a_list_begins_at_the_page_of_the_caller() {
    let (client, queries) = server(&["", r#"{"data":[1],"meta":{"next":2}}"#, r#"{"data":[2],"meta":{"next":null}}"#]);
    let mut items = client.list_groups().page_number(1).page_size(1).stream();
    assert_eq!((items.try_next().await.unwrap(), items.try_next().await.unwrap()), (Some(1), Some(2)));
    assert_eq!(items.try_next().await.unwrap(), None);
    assert!(items.is_terminated());
    let expected = ["page%5Bsize%5D=1&page%5Bnumber%5D=1", "page%5Bsize%5D=1&page%5Bnumber%5D=2"];
    assert_eq!(*queries.lock().unwrap(), expected);
}

#[tokio::test]
async fn pages_are_fetched_on_demand() {
    let (client, queries) = server(&[r#"{"data":[1]}"#, r#"{"data":[]}"#]);
    let mut pages: Pages<GroupListResponse> = client.list_groups().pages();
    assert!(queries.lock().unwrap().is_empty());
    assert_eq!(pages.try_next().await.unwrap().unwrap().data, Some(vec![1]));
    assert_eq!(queries.lock().unwrap().len(), 1);
    let rest: Vec<GroupListResponse> = pages.try_collect().await.unwrap();
    assert_eq!(rest.len(), 1);
}

#[tokio::test]
async fn repeated_pages_are_detected() {
    let (client, _) = server(&[r#"{"data":[1],"meta":{"next":1}}"#, r#"{"data":[2],"meta":{"next":1}}"#]);
    let mut items = client.list_groups().stream();
    assert_eq!((items.try_next().await.unwrap(), items.try_next().await.unwrap()), (Some(1), Some(2)));
    let error = items.try_next().await.unwrap_err();
    assert_eq!(error.to_string(), "ListGroups: the list has no end: page 1 names page 1 as the next");
    assert_eq!((error.kind(), error.effect(), error.status()), (ErrorKind::RepeatedPage, Effect::No, None));
    assert!(items.is_terminated() && items.try_next().await.unwrap().is_none());

    let (client, _) = server(&[r#"{"data":[1,2]}"#; 9]);
    let error = collect(&client).await.unwrap_err();
    assert_eq!(error.to_string(), "ListGroups: the list has no end: page 1 has the same items as an earlier page");
    assert_eq!(error.operation().unwrap().id, "ListGroups");
}

#[tokio::test]
async fn lists_without_an_end_are_errors() {
    // Repeated pages, also with their items in another order.
    let client = answering(|request| {
        let body = [r#"{"data":[1,2]}"#, r#"{"data":[3,4]}"#, r#"{"data":[2,1]}"#][page(request) % 3];
        Ok(answer(200, &[], body))
    });
    let client = client.build().unwrap();
    let mut items = client.list_groups().stream();
    for expected in 1..=4 {
        assert_eq!(items.try_next().await.unwrap(), Some(expected));
    }
    let error = items.try_next().await.unwrap_err();
    assert_eq!((error.kind(), error.effect()), (ErrorKind::RepeatedPage, Effect::No));
    assert_eq!(error.to_string(), "ListGroups: the list has no end: page 2 has the same items as an earlier page");
    assert!(items.is_terminated());

    // Empty pages that always name another.
    let client = answering(|request| {
        let body = format!(r#"{{"data":[],"meta":{{"next":{}}}}}"#, page(request) + 1);
        Ok(answer(200, &[], body))
    });
    let error = client.build().unwrap().list_groups().stream().try_next().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "ListGroups: the list has no end: page 99 names another page, and is the last of 100 consecutive pages without a new item"
    );
}

#[tokio::test]
async fn an_error_ends_the_stream() {
    for last in ["", "nonsense", r#"{"data":[1,"x"]}"#] {
        let (client, queries) = server(&[r#"{"data":[1],"meta":{"next":1}}"#, last]);
        let mut items = client.list_groups().stream();
        assert_eq!(items.next().await.unwrap().unwrap(), 1);
        assert_eq!(items.next().await.unwrap().unwrap_err().kind(), ErrorKind::Decode);
        assert!(items.next().await.is_none() && items.next().await.is_none());
        assert_eq!(queries.lock().unwrap().len(), 2);
    }
    let error = TransportError::new(TransportErrorKind::Timeout, Reached::Unknown, "late");
    let (_, client) = Double::with(Err(error));
    let mut pages = client.list_groups().pages();
    assert!(pages.try_next().await.unwrap_err().is_timeout());
    assert!(pages.is_terminated() && pages.next().await.is_none());
}

#[tokio::test]
async fn an_invalid_call_fails_in_its_stream() {
    let (client, queries) = server(&[]);
    let mut items = client.list_groups().page_number(-1).stream();
    assert_eq!(items.try_next().await.unwrap_err().argument(), Some("page_number"));
    assert!(items.next().await.is_none());
    assert_eq!(client.list_groups().page_size(0).pages().try_next().await.unwrap_err().argument(), Some("page_size"));
    assert!(queries.lock().unwrap().is_empty());
}

#[test]
fn streams_can_be_kept_spawned_and_polled() {
    fn movable<T: Send + Unpin + std::fmt::Debug + 'static>(_: &T) {}
    let mut items: Items<u64> = server(&[r#"{"data":[1]}"#]).0.list_groups().stream();
    movable(&items);
    let mut context = Context::from_waker(Waker::noop());
    let poll = Stream::poll_next(std::pin::Pin::new(&mut items), &mut context);
    assert!(matches!(poll, Poll::Ready(Some(Ok(1)))));
    assert!(format!("{items:?}").contains("ListGroups"));
}

#[tokio::test]
async fn a_dropped_future_of_next_loses_nothing() {
    let requested = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&requested);
    let transport = Slow(move || {
        counter.fetch_add(1, Ordering::SeqCst);
        Ok(answer(200, &[], r#"{"data":[7],"meta":{"next":null}}"#))
    });
    let client = Client::builder().api_key("a").application_key("b").transport(transport).build().unwrap();
    let mut items = client.list_groups().stream();
    let mut context = Context::from_waker(Waker::noop());
    {
        let next = std::pin::pin!(items.next());
        assert!(next.poll(&mut context).is_pending());
    }
    assert_eq!(items.try_next().await.unwrap(), Some(7));
    assert_eq!(requested.load(Ordering::SeqCst), 1);
}

/// A transport that responds at the second poll.
struct Slow<F>(F);

impl<F: Fn() -> Outcome + Send + Sync> crate::Transport for Slow<F> {
    fn send(&self, _: http::Request<Bytes>, _: crate::Limits) -> crate::BoxFuture<'_, Outcome> {
        Box::pin(async move {
            let outcome = (self.0)();
            tokio::task::yield_now().await;
            outcome
        })
    }

    fn sleep(&self, _: std::time::Duration) -> crate::BoxFuture<'_, ()> {
        Box::pin(std::future::ready(()))
    }
}

/// A body of a hundred items that counts the existing bodies.
struct Counted(Vec<u8>, Arc<AtomicUsize>);

impl AsRef<[u8]> for Counted {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.1.fetch_sub(1, Ordering::SeqCst);
    }
}

#[tokio::test]
async fn a_hundred_thousand_items_take_the_memory_of_one_page() {
    for with_metadata in [true, false] {
        let (alive, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let (living, highest) = (Arc::clone(&alive), Arc::clone(&most));
        let client = answering(move |request| {
            let number = page(request);
            let first = number * 100;
            let data: Vec<usize> = if number < 1000 { (first..first + 100).collect() } else { Vec::new() };
            let meta = match (with_metadata, number) {
                (true, 999) => serde_json::json!({"next": null}),
                (true, number) => serde_json::json!({"next": number + 1}),
                (false, _) => serde_json::json!({}),
            };
            let body = serde_json::json!({"data": data, "meta": meta}).to_string().into_bytes();
            highest.fetch_max(1 + living.fetch_add(1, Ordering::SeqCst), Ordering::SeqCst);
            Ok(answer(200, &[], Bytes::from_owner(Counted(body, Arc::clone(&living)))))
        });
        let client = client.build().unwrap();
        let mut items = client.list_groups().stream();
        let mut expected = 0;
        while let Some(item) = items.try_next().await.unwrap() {
            assert_eq!(item, expected);
            // The items of one page are in memory: `size_hint` counts them.
            assert!(items.size_hint().0 < 100);
            expected += 1;
        }
        assert_eq!(expected, 100_000);
        assert_eq!((alive.load(Ordering::SeqCst), most.load(Ordering::SeqCst)), (0, 1));
    }
}
