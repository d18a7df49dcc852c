//! Items in JSON, one per line or after each record separator.

use super::*;
use serde_json::json;

async fn lines(text: &str, size: usize) -> Vec<Result<Value, String>> {
    let client = client("application/x-ndjson", cut(text.as_bytes(), size)).build().unwrap();
    let mut items = client.send_lines::<Value>(Request::new(&WATCH)).await.unwrap().into_body();
    let mut all = Vec::new();
    while let Some(item) = items.next().await {
        all.push(item.map_err(|error| error.to_string()));
    }
    all
}

#[tokio::test]
async fn lines_do_not_depend_on_the_chunks() {
    let text = "\u{feff}{\"a\":\"ä\"}\r\n\n  \n[1,\t2] \n\"x\"";
    for size in 1..=text.len() {
        assert_eq!(lines(text, size).await, [Ok(json!({"a": "ä"})), Ok(json!([1, 2])), Ok(json!("x"))], "{size}");
    }
    assert_eq!(lines("", 1).await, []);
    assert_eq!(lines("\n", 1).await, []);
    for size in 1..=20 {
        let records = "\u{1e}{\n\"a\": 1\n}\n\u{1e}\u{1e}2\n";
        assert_eq!(lines(records, size).await, [Ok(json!({"a": 1})), Ok(json!(2))], "{size}");
    }
    let half = lines("1\n{\"a\":", 3).await;
    assert_eq!(half[0], Ok(json!(1)));
    assert!(half[1].as_ref().unwrap_err().contains("item 2 of its body ends too early"), "{half:?}");
    let html = lines("<!doctype html>", 99).await;
    assert!(html[0].as_ref().unwrap_err().contains("item 1 of its body is an HTML page, not JSON"), "{html:?}");
}

async fn broken(text: &'static [u8]) -> (Vec<Value>, crate::Error) {
    let client = client("application/json-seq", vec![Ok(Bytes::from_static(text)), Err("gone")]).build().unwrap();
    let mut items = client.send_lines::<Value>(Request::new(&WATCH)).await.unwrap().into_body();
    let mut all = Vec::new();
    loop {
        match items.try_next().await {
            Ok(item) => all.push(item.expect("no end before the error")),
            Err(error) => return (all, error),
        }
    }
}

#[tokio::test]
async fn a_record_ends_at_its_line_break() {
    // A connection that breaks off instead of ending: the complete items were returned before.
    let (all, error) = broken(b"\x1e{\"a\":\n\"\\\"\\n}\"\n}\n\x1e 1\n\x1e\n\"x\n").await;
    assert_eq!(all, [json!({"a": "\"\n}"}), json!(1)]);
    assert_eq!((error.kind(), error.body()), (ErrorKind::Transport, &b"\"x"[..]));
    let (all, error) = broken(b"\x1e[1]\x1e{\"b\":2}").await;
    assert_eq!((all, error.body()), (vec![json!([1])], &b"{\"b\":2}"[..]));
    assert!(error.to_string().contains("(gone); 7 B of the next item were received"), "{error}");
    let (all, error) = broken(b"\x1e1\n").await;
    assert_eq!((all, error.body()), (vec![json!(1)], &b""[..]));
}

#[tokio::test]
async fn a_record_that_may_be_truncated_is_an_error() {
    for size in 1..=20 {
        let items = lines("\u{1e}12\u{1e}true\u{1e}3 \u{1e}\"a\"\u{1e}[4]\u{1e}56", size).await;
        let whole: Vec<_> = items.iter().flatten().collect();
        assert_eq!(whole, [&json!(3), &json!("a"), &json!([4])], "{size}");
        let cut: Vec<_> =
            items.iter().map(|item| item.as_ref().is_err_and(|error| error.contains("cut off"))).collect();
        assert_eq!(cut, [true, true, false, false, false, true]);
    }
}

#[tokio::test]
async fn records_may_follow_blank_lines() {
    for size in 1..=20 {
        let items = lines("\n \r\n\u{1e}{\n}\n\n\u{1e}\n\u{1e}2\n", size).await;
        assert_eq!(items, [Ok(json!({})), Ok(json!(2))], "{size}");
    }
    // A separator between lines, and a record without one: nothing is lost.
    assert_eq!(lines("1\n\u{1e}2\n3\n", 2).await, [Ok(json!(1)), Ok(json!(2)), Ok(json!(3))]);
}

#[tokio::test]
async fn blank_lines_take_no_memory() {
    let blank = vec![Ok(Bytes::from_static(&[b' '; 100])); 100];
    let parts = blank.into_iter().chain([Ok(Bytes::from_static(b"1"))]).collect();
    let client = client("application/x-ndjson", parts).max_response_bytes(200).build().unwrap();
    let mut items = client.send_lines::<u64>(Request::new(&WATCH)).await.unwrap().into_body();
    assert_eq!(items.try_next().await.unwrap(), Some(1));
}

#[tokio::test]
async fn done_does_not_end_a_stream_of_lines() {
    let items = lines("1\n[DONE]\n2\n", 3).await;
    assert_eq!((items.len(), &items[0], &items[2]), (3, &Ok(json!(1)), &Ok(json!(2))));
    assert!(items[1].as_ref().unwrap_err().contains("item 2 of its body is not valid JSON"), "{items:?}");
}

#[test]
fn an_item_is_sent_on_one_line() {
    use serde_json::value::RawValue;
    let raw = |text: &str| RawValue::from_string(text.to_owned()).unwrap();
    let items = || vec![raw("{\r\n  \"a\": [\n1, \"b\\n\"]\n}"), raw("2")];
    for (media_type, expected) in [
        ("application/x-ndjson", "{    \"a\": [ 1, \"b\\n\"] }\n2\n"),
        ("application/json-seq", "\u{1e}{    \"a\": [ 1, \"b\\n\"] }\n\u{1e}2\n"),
    ] {
        let request = Request::new(&POST).lines(media_type, Some(&items()));
        let double = super::super::double::Double::with(Ok(answer(204, &[], "")));
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(double.1.send_empty(request)).unwrap();
        assert_eq!(double.0.seen()[0].0.body(), expected);
    }
}
