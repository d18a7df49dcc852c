//! Bodies that can just, or just not, be read and written, and the place in the errors.

use super::double::{Double, GROUP, answer};
use super::operations::{GET_GROUP, UPDATE_GROUP};
use crate::runtime::client::interpret;
use crate::runtime::client::secrets::Secrets;
use crate::runtime::model::{Extra, Value, object};
use crate::{Effect, Error, ErrorKind, Request, Response};
use bytes::Bytes;
use http::StatusCode;
use http::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use std::collections::BTreeMap;

#[derive(Clone, Debug, PartialEq)]
struct Thing {
    name: Option<String>,
    number: Option<i64>,
    ratio: Option<f64>,
    ratios: Option<BTreeMap<String, Vec<f64>>>,
    texts: Option<BTreeMap<String, String>>,
    any: Option<Value>,
    inner: Option<Box<Thing>>,
    list: Option<Vec<Thing>>,
    extra: Extra,
}
object! {
    Thing {
        name: optional "name",
        number: optional "number",
        ratio: optional "ratio",
        ratios: optional "ratios",
        texts: optional "texts",
        any: optional "any",
        inner: optional "inner",
        list: optional "list",
    }
}

async fn read(body: impl Into<Bytes>) -> Result<Thing, Error> {
    let client = Double::answering(200, &[("content-type", "application/json")], body);
    Ok(client.send(Request::new(&GET_GROUP).path("group_id", &"g1")).await?.into_body())
}

#[tokio::test]
async fn every_decode_error_names_its_place() {
    for (body, path, words) in [
        (&br#"{"list": [{}, {"number": 30.5}]}"#[..], "list[1].number", "expected i64"),
        (br#"{"list": [{}, {"number": 9223372036854775808}]}"#, "list[1].number", "expected i64"),
        (
            br#"{"number": 100000000000000000001}"#,
            "number",
            "number: invalid type: number `100000000000000000001`, expected",
        ),
        (
            br#"{"list": [{"inner": {"number" : -1.0000000000000000000123e20 , "name": ""}}]}"#,
            "list[0].inner.number",
            "number `-1.0000000000000000000123e20`, expected i64",
        ),
        (br#"{"list": [{}, {"name": "a"#, "list[1].name", "its body ends too early at list[1].name (EOF"),
        (br#"{"list": [{}, {"name""#, "list[1].name", "ends too early"),
        (br#"{"list": [{}, {"na"#, "list[1]", "ends too early"),
        (br#"{"list": [{}, "#, "list[1]", "ends too early"),
        (br#"{"list": [{"number": 01}]}"#, "list[0].number", "its body is not valid JSON at list[0].number ("),
        (br#"{"list": [{"number": 1 2}]}"#, "list[0].number", "not valid JSON"),
        (br#"{"list": [{"new": tru}]}"#, "list[0].new", "not valid JSON"),
        (br#"{"ratio": 1e999}"#, "ratio", "number out of range"),
        (b"{\"list\": [{\"name\": \"\x07\"}]}", "list[0].name", "not valid JSON"),
        (br#"{"list": [{"name": "\ux"}]}"#, "list[0].name", "not valid JSON"),
        (b"{\"list\": [{\"name\": \"\xff\"}]}", "list[0].name", "its body is not UTF-8 (from byte 20) at list[0].name"),
        (br#"{"list": [{"name": "\ud83d", "number": 30.5}]}"#, "list[0].number", "expected i64"),
        (br#"{"texts": {"\ud83d": 5}}"#, r#"texts["\ud83d"]"#, "expected a string"),
    ] {
        let error = read(body).await.unwrap_err();
        assert_eq!((error.kind(), error.json_path()), (ErrorKind::Decode, Some(path)), "{error}");
        assert!(error.to_string().contains(words), "{words}: {error}");
    }
}

#[tokio::test]
async fn unpaired_surrogates_are_readable() {
    let known =
        read(r#"{"name": "cut \ud83d", "texts": {"\udc00a": "\ud83d\ude00\ud83d"}, "x\ud800": 1}"#).await.unwrap();
    assert_eq!(known.name.as_deref(), Some("cut \u{fffd}"));
    assert_eq!(known.texts, Some(BTreeMap::from([("\u{fffd}a".to_owned(), "\u{1f600}\u{fffd}".to_owned())])));
    assert_eq!(known.extra.get("x\u{fffd}"), Some(1.into()));
    let unknown = r#"{"any":"\ud83d","unknown":["\ud83d",{"\udc00":1.0}]}"#;
    assert_eq!(serde_json::to_string(&read(unknown).await.unwrap()).unwrap(), unknown);

    let client = Double::answering(400, &[], r#"{"errors": [{"detail": "cut \ud83d"}]}"#);
    let error = client.get_group("g1").send().await.unwrap_err();
    assert_eq!(error.errors()[0].detail.as_deref(), Some("cut \u{fffd}"));
}

#[tokio::test]
async fn a_byte_order_mark_is_not_part_of_the_json() {
    let marked = |json: &[u8]| [b"\xef\xbb\xbf", json].concat();
    assert_eq!(read(marked(br#"{"name": "a"}"#)).await.unwrap().name.as_deref(), Some("a"));
    for (body, path, words) in [
        (&br#"{"list": [{}, {"number": 30.5}]}"#[..], Some("list[1].number"), "number `30.5`, expected i64"),
        (b"{\"name\": \"\xff\"}", Some("name"), "not UTF-8 (from byte 13) at name"),
        (b" ", None, "its body is empty"),
        (b"<html>Sign in", None, "an HTML page"),
    ] {
        let error = read(marked(body)).await.unwrap_err();
        assert_eq!((error.json_path(), error.body()), (path, &*marked(body)), "{error}");
        assert!(error.to_string().contains(words), "{words}: {error}");
    }

    let client = Double::answering(400, &[], marked(br#"{"errors": ["cut \ud83d"]}"#));
    let error = client.update_group("g1", "x").send().await.unwrap_err();
    assert!(error.to_string().ends_with("400 Bad Request: cut \u{fffd}"), "{error}");
    let body: BTreeMap<String, Vec<String>> = error.body_as().unwrap();
    assert_eq!(body["errors"], ["cut \u{fffd}"]);
    let error = Double::answering(400, &[], marked(b"cut")).update_group("g1", "x").send().await.unwrap_err();
    assert!(error.to_string().ends_with("400 Bad Request: cut"), "{error}");
    let client = Double::answering(200, &[], marked(br#"{"data": 5}"#));
    assert_eq!(client.update_group("g1", "x").send().await.unwrap_err().effect(), Effect::Yes);
    Double::answering(200, &[], marked(br#"{"done": 1}"#)).delete_group("g1").send().await.unwrap();
}

#[test]
fn a_text_is_read_in_its_charset() {
    let read = |media_type: &'static str, body: &'static [u8]| {
        let headers = HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static(media_type))]);
        let (status, body, secrets) = (StatusCode::OK, Bytes::from_static(body), Secrets::default());
        let answer = Response { status, headers, body, attempts: 1, earlier: Effect::No, secrets };
        interpret::text(&GET_GROUP, answer).map(Response::into_body)
    };
    for charset in ["ISO-8859-1", "\"iso-8859-1\"; format=flowed", "latin1"] {
        let media_type: &'static str = Box::leak(format!("text/plain; charset={charset}").into_boxed_str());
        assert_eq!(read(media_type, b"d\xe9j\xe0").unwrap(), "d\u{e9}j\u{e0}");
        // Some servers label UTF-8 so.
        assert_eq!(read(media_type, "d\u{e9}j\u{e0}".as_bytes()).unwrap(), "d\u{e9}j\u{e0}");
    }
    for media_type in ["text/plain", "text/plain; charset=utf-8", "text/plain; charset=iso-8859-15"] {
        let error = read(media_type, b"d\xe9j\xe0").unwrap_err();
        assert!(error.to_string().contains("its body is not UTF-8 (from byte 1)"), "{error}");
        assert_eq!(error.body(), b"d\xe9j\xe0");
    }
}

#[tokio::test]
async fn nan_and_infinities_are_rejected_before_sending() {
    let empty: Thing = serde_json::from_str("{}").unwrap();
    let with = |change: fn(&mut Thing)| {
        let mut thing = empty.clone();
        change(&mut thing);
        thing
    };
    let cases = [
        (
            with(|thing| thing.ratio = Some(f64::NAN)),
            "ratio: the body cannot be written as JSON: NaN is not a number in JSON",
        ),
        (
            with(|thing| thing.ratios = Some(BTreeMap::from([("a.b".into(), vec![0.0, f64::INFINITY])]))),
            r#"ratios["a.b"][1]: the body cannot be written as JSON: inf is not a number in JSON"#,
        ),
        (
            with(|thing| {
                let inner = Thing { ratio: Some(f64::NEG_INFINITY), ..thing.clone() };
                thing.list = Some(vec![thing.clone(), Thing { inner: Some(inner.into()), ..thing.clone() }]);
            }),
            "list[1].inner.ratio: the body cannot be written as JSON: -inf is not a number in JSON",
        ),
    ];
    for (thing, words) in cases {
        let request = Request::new(&UPDATE_GROUP).path("group_id", &"g1").json(&thing);
        refused(request, words).await;
    }
    let get = || Request::new(&GET_GROUP).path("group_id", &"g1");
    refused(get().finite("above", Some(f64::NAN)), "above: NaN cannot be sent as a number").await;
    refused(get().finite("all", [1.0, f64::INFINITY]), "all: inf cannot be sent as a number").await;
    assert!(Double::answering(200, &[], GROUP).send::<Value>(get().finite("above", [0.5])).await.is_ok());
}

async fn refused(request: Request, words: &str) {
    let (double, client) = Double::with(Ok(answer(200, &[], GROUP)));
    let error = client.send::<Value>(request).await.unwrap_err();
    assert_eq!((error.kind(), error.effect()), (ErrorKind::Request, Effect::No));
    assert!(error.to_string().contains(words), "{words}: {error}");
    assert!(double.seen().is_empty());
}
