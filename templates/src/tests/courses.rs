//! Paginated lists by an offset, by a number that no page names, or by a cursor: in the query or in the body.

use super::double::{answer, answering};
use crate::runtime::client::Adjustments;
use crate::runtime::client::pages::walk::{Found, Next, Position, Repeated, Spot, Step, Walk};
use crate::{Async, Client, Error, ErrorKind, Operation, Request};
use http::Method;
use serde::Deserialize;
use std::sync::{Arc, Mutex};

#[derive(Clone, Debug, Deserialize, PartialEq)]
struct Page {
    #[serde(default)]
    data: Option<Vec<u64>>,
    #[serde(default)]
    after: Option<String>,
}

static LIST: Operation = Operation::new("ListEvents", Method::GET, "/events", true);
static SEARCH: Operation = Operation::new("SearchEvents", Method::POST, "/events", false);

/// A call with all fields that the lists below need.
macro_rules! list {
    ($call:ident, $answer:ty, $item:ty, $($rows:tt)*) => {
        #[derive(Clone, Debug)]
        struct $call<M = Async> {
            client: Client<M>,
            request: fn() -> Request,
            start: Option<i32>,
            adjustments: Adjustments,
        }

        impl<M: Clone> $call<M> {
            fn of(client: &Client<M>, request: fn() -> Request) -> Self {
                $call { client: client.clone(), request, start: None, adjustments: Adjustments::default() }
            }
        }

        impl<M> $call<M> {
            fn request(&self) -> Request {
                (self.request)().query_opt("start", self.start.as_ref()).adjusted(&self.adjustments)
            }
        }

        crate::runtime::client::call! { $call { begun_by: get_group, answer: $answer, } }

        crate::runtime::client::pages! { $call { page: $answer, item: $item, $($rows)* } }
    };
}

list!(ByNumber, Vec<u64>, u64, number: "start" = start or 1, items: |page| Some(page),);
list!(ByOffset, Page, u64, offset: "start" = start or 0, items: |page| page.data.as_mut(),);
list!(ByCursor, Page, u64,
    cursor: query "start",
    items: |page| page.data.as_mut(),
    next: |page| page.after.as_ref()?,
);
list!(Searched, Page, u64,
    cursor: body ["page", "cursor"],
    items: |page| page.data.as_mut(),
    next: |page| page.after.as_ref()?,
);

type Seen = Arc<Mutex<Vec<String>>>;

/// A client whose server returns these bodies one after another, and the requests that it receives: the query and the
/// body.
fn server(bodies: &[&str]) -> (Client, Seen) {
    let bodies: Vec<String> = bodies.iter().map(|&body| body.to_owned()).collect();
    let requested = Seen::default();
    let seen = Arc::clone(&requested);
    let client = answering(move |request| {
        let mut seen = seen.lock().unwrap();
        let body = bodies.get(seen.len()).or(bodies.last()).cloned().unwrap();
        let sent = String::from_utf8(request.body().to_vec()).unwrap();
        seen.push(format!("{}{sent}", request.uri().query().unwrap_or_default()));
        Ok(answer(200, &[], body))
    });
    (client.build().unwrap(), requested)
}

fn list() -> Request {
    Request::new(&LIST)
}

fn requested(seen: &Seen) -> Vec<String> {
    std::mem::take(&mut seen.lock().unwrap())
}

#[tokio::test]
async fn an_offset_counts_received_items() {
    let pages = [r#"{"data":[1,2,3]}"#, r#"{"data":[4]}"#, r#"{"data":[5,6]}"#, r#"{"data":[]}"#];
    let (client, seen) = server(&pages);
    let all: Vec<u64> = ByOffset::of(&client, list).stream().try_collect().await.unwrap();
    assert_eq!(all, [1, 2, 3, 4, 5, 6]);
    assert_eq!(requested(&seen), ["start=0", "start=3", "start=4", "start=6"]);

    let (client, seen) = server(&pages[2..]);
    let all: Vec<Page> =
        ByOffset { start: Some(40), ..ByOffset::of(&client, list) }.pages().try_collect().await.unwrap();
    assert_eq!(all.len(), 2);
    assert_eq!(requested(&seen), ["start=40", "start=42"]);

    let (client, _) = server(&[r#"{"data":[1,2]}"#]);
    let error = ByOffset::of(&client, list).stream().try_collect::<Vec<_>>().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::RepeatedPage);
    assert!(error.to_string().ends_with("the page at offset 2 has the same items as an earlier page"), "{error}");
}

#[tokio::test]
async fn a_page_can_be_the_list_itself() {
    let (client, seen) = server(&["[1,2]", "[3]", "[]"]);
    let mut pages = ByNumber::of(&client, list).pages();
    assert!(seen.lock().unwrap().is_empty());
    assert_eq!(pages.try_next().await.unwrap(), Some(vec![1, 2]));
    assert_eq!(*seen.lock().unwrap(), ["start=1"]);
    assert_eq!(pages.try_collect::<Vec<_>>().await.unwrap(), [vec![3], vec![]]);
    let (client, _) = server(&["[1,2]", "[3]", "[]"]);
    assert_eq!(ByNumber::of(&client, list).stream().try_collect::<Vec<_>>().await.unwrap(), [1, 2, 3]);
}

#[tokio::test]
async fn a_cursor_that_is_absent_null_or_empty_ends_the_list() {
    for last in [r#"{"data":[3]}"#, r#"{"data":[3],"after":null}"#, r#"{"data":[3],"after":""}"#] {
        let (client, seen) = server(&[r#"{"data":[1,2],"after":"a b"}"#, r#"{"data":[],"after":"c"}"#, last]);
        let all: Vec<u64> = ByCursor::of(&client, || list().query("q", &"x&")).stream().try_collect().await.unwrap();
        assert_eq!(all, [1, 2, 3]);
        assert_eq!(requested(&seen), ["q=x%26", "q=x%26&start=a%20b", "q=x%26&start=c"]);
    }
    // The caller's first page is kept until a page names the next.
    let (client, seen) = server(&[r#"{"data":[1],"after":"b"}"#, r#"{"data":[2]}"#]);
    let call = ByCursor { start: Some(7), ..ByCursor::of(&client, list) };
    assert_eq!(call.stream().try_collect::<Vec<_>>().await.unwrap(), [1, 2]);
    assert_eq!(requested(&seen), ["start=7", "start=b"]);
}

#[tokio::test]
async fn a_cursor_in_the_body_leaves_the_rest_of_it_as_it_is() {
    let (client, seen) = server(&[r#"{"data":[1],"after":"\"b"}"#, r#"{"data":[2]}"#]);
    let second = |request| {
        let (client, seen) = (&client, &seen);
        async move {
            seen.lock().unwrap().clear();
            let all = Searched::of(client, request).stream().try_collect::<Vec<_>>().await.map(|all| all.len());
            (all, requested(seen))
        }
    };
    let (all, sent) = second(|| Request::new(&SEARCH)).await;
    assert_eq!((all.unwrap(), sent), (2, vec![String::new(), r#"{"page":{"cursor":"\"b"}}"#.to_owned()]));
    for (request, next) in [
        (
            (|| text(r#"{"filter":{"n":1.0,"x":12345678901234567890123},"page":{"limit":5,"cursor":"a"},"z":[]}"#))
                as fn() -> Request,
            r#"{"filter":{"n":1.0,"x":12345678901234567890123},"page":{"limit":5,"cursor":"\"b"},"z":[]}"#,
        ),
        (|| text(r#"{"page":null,"sort":"\u00e9"}"#), r#"{"page":{"cursor":"\"b"},"sort":"\u00e9"}"#),
        (|| text("{}"), r#"{"page":{"cursor":"\"b"}}"#),
    ] {
        let (all, sent) = second(request).await;
        assert_eq!((all.unwrap(), sent[1].as_str()), (2, next));
    }
    for request in [(|| text("[]")) as fn() -> Request, || text(r#"{"page":3}"#)] {
        let error = second(request).await.0.unwrap_err();
        assert_eq!((error.kind(), error.argument()), (ErrorKind::Request, Some("page")));
    }
}

fn text(json: &'static str) -> Request {
    Request::new(&SEARCH).json(serde_json::value::RawValue::from_string(json.to_owned()).unwrap().as_ref())
}

#[tokio::test]
async fn a_cursor_without_new_items_is_an_error() {
    let of = |client: &Client| ByCursor::of(client, list).stream();
    // The server does not know the parameter.
    let (client, seen) = server(&[r#"{"data":[1],"after":"a"}"#]);
    let mut items = of(&client);
    assert_eq!(items.try_next().await.unwrap(), Some(1));
    let error: Error = items.try_next().await.unwrap_err();
    let expected = "ListEvents: the list has no end: fetched page 2 has no new items, and names the \
                    same next page as an earlier page";
    assert_eq!((error.kind(), error.to_string().as_str()), (ErrorKind::RepeatedPage, expected));
    assert!(items.try_next().await.unwrap().is_none());
    assert_eq!(requested(&seen).len(), 2);

    // One cursor for the whole list, as long as there are new items.
    let (client, _) = server(&[
        r#"{"data":[1],"after":"a"}"#,
        r#"{"data":[2],"after":"a"}"#,
        r#"{"data":[3],"after":"a"}"#,
        r#"{"data":[]}"#,
    ]);
    assert_eq!(of(&client).try_collect::<Vec<_>>().await.unwrap(), [1, 2, 3]);
}

#[test]
fn a_list_by_cursors_always_ends() {
    let found = |fingerprint| Some(Found { count: 1, fingerprint });
    let named = |cursor: u64| Next::Cursor(cursor.to_string().into());
    // New cursors without new items.
    let mut walk = Walk::new(Position::Cursor(None));
    let failed = (0..1000).find_map(|page| walk.go_on(named(page), None).err());
    assert_eq!(failed, Some(Repeated::Nothing { page: Spot::Fetched(100) }));
    // A cycle.
    let mut walk = Walk::new(Position::Cursor(None));
    let failed = (0..1000).find_map(|page| walk.go_on(named(page % 7), found(page % 7)).err());
    assert_eq!(failed, Some(Repeated::Cursor { page: Spot::Fetched(8) }));
    // A long list is not truncated.
    let mut walk = Walk::new(Position::Cursor(None));
    for page in 0..100_000 {
        walk.go_on(named(page), found(page)).unwrap();
    }
    assert_eq!(walk.step(), Step::Fetch(Position::Cursor(Some("99999".into()))));
    walk.go_on(Next::Unsaid, found(1)).unwrap();
    assert!(walk.is_over());
    // No offset is beyond the maximum.
    let mut walk = Walk::new(Position::Offset(i64::MAX));
    walk.go_on(Next::Unsaid, found(1)).unwrap();
    assert_eq!(walk.step(), Step::Fail(Repeated::Number { page: i64::MAX, next: i64::MAX }));
}

#[cfg(feature = "blocking")]
#[test]
fn blocking_lists_are_iterators() {
    let (client, seen) = server(&[r#"{"data":[1],"after":"b"}"#, r#"{"data":[2]}"#]);
    let client = crate::blocking::Client::start(client).unwrap();
    let items: Vec<u64> = Searched::of(&client, || text("{}")).stream().map(Result::unwrap).collect();
    assert_eq!(items, [1, 2]);
    assert_eq!(requested(&seen), ["{}", r#"{"page":{"cursor":"b"}}"#]);
}
