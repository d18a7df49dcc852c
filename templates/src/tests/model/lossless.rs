//! Undescribed parts of a value are written back unchanged.

use crate::runtime::model::Date;

use crate::runtime::model::{Extra, JsonObject, Nullable, Value, object, scalar};

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Day(Date);
scalar!(Day(Date));

#[derive(Clone, Debug, PartialEq)]
struct Thing {
    any: Option<Value>,
    must: Value,
    nullable: Nullable<Value>,
    free: Option<JsonObject>,
    list: Option<Vec<Value>>,
    day: Option<Date>,
    days: Option<Vec<Day>>,
    extra: Extra,
}
object! {
    Thing {
        any: optional "any",
        must: required "must",
        nullable: nullable "nullable",
        free: optional "free",
        list: optional "list",
        day: optional "day",
        days: optional "days",
    }
}

const VALUES: &[&str] = &[
    "null",
    "true",
    "1",
    "-1",
    "-0",
    "0.0",
    "-0.0",
    "1.0",
    "1.10",
    "1E2",
    "1e400",
    "100e-2",
    "0.1",
    "1e21",
    "18446744073709551615",
    "18446744073709551616",
    "-9223372036854775809",
    "12345678901234567.891",
    "123456789012345678901234567890",
    "0.1000000000000000055511151231257827",
    r#""text""#,
    r#""\"\\\n\u0001""#,
    r#""cut \ud83d""#,
    "[]",
    "[1.0,[2.50,null],{}]",
    r#"{"z":1,"a":{"z":1E2,"a":""},"z":2}"#,
    r#"{"\udc00":1}"#,
];

#[test]
fn every_value_is_written_back_unchanged() {
    for value in VALUES {
        let text = format!(
            concat!(
                r#"{{"any":{0},"must":{0},"nullable":{0},"free":{{"n":{0},"m":[{0}]}},"list":[{0},{0}],"#,
                r#""unknown":{0},"deep":{{"list":[{0}]}}}}"#
            ),
            value
        );
        let thing: Thing = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(serde_json::to_string(&thing).unwrap(), text);
        assert_eq!(serde_json::from_slice::<Thing>(text.as_bytes()).unwrap(), thing);
        assert_eq!(serde_json::from_reader::<_, Thing>(text.as_bytes()).unwrap(), thing);
    }
}

#[test]
fn absent_and_null_differ_for_any_value() {
    let absent: Thing = serde_json::from_str(r#"{"must":null}"#).unwrap();
    assert_eq!((absent.any.clone(), absent.nullable.clone()), (None, Nullable::Absent));
    assert_eq!(serde_json::to_string(&absent).unwrap(), r#"{"must":null}"#);
    let null: Thing = serde_json::from_str(r#"{"any":null,"must":null,"free":null}"#).unwrap();
    assert_eq!((null.any.clone(), null.free.clone()), (Some(Value::null()), None));
    assert_eq!(serde_json::to_string(&null).unwrap(), r#"{"any":null,"must":null,"free":null}"#);
}

#[test]
fn spaces_are_replaced_by_the_layout() {
    let text = "{ \"must\" : [ 1.0 , { \"a\" : 1E2 } ] , \"x\" :\n{ \"y\" : [ ] } }";
    let thing: Thing = serde_json::from_str(text).unwrap();
    assert_eq!(serde_json::to_string(&thing).unwrap(), r#"{"must":[1.0,{"a":1E2}],"x":{"y":[]}}"#);
    assert_eq!(
        serde_json::to_string_pretty(&thing).unwrap(),
        "{\n  \"must\": [\n    1.0,\n    {\n      \"a\": 1E2\n    }\n  ],\n  \"x\": {\n    \"y\": []\n  }\n}"
    );
}

#[test]
fn any_depth_is_kept() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let text = format!(r#"{{"must":{deep},"x":{deep}}}"#);
    let thing: Thing = serde_json::from_str(&text).unwrap();
    assert_eq!(serde_json::to_string(&thing).unwrap(), text);
    assert_eq!(thing.clone(), thing);
    assert_eq!(thing.must.items().count(), 1);
}

/// A format that is not JSON and has no text: serde's own format for borrowed content, which `untagged` uses.
#[test]
fn other_formats_of_serde_can_be_read() {
    #[derive(Debug, PartialEq, serde::Deserialize)]
    #[serde(untagged)]
    enum Either {
        Number(i64),
        Thing(Thing),
    }
    let text = r#"{"any":[1,2.5,{"a":null}],"must":"x","free":{"n":-1},"list":[true],"more":{"b":[]}}"#;
    let Either::Thing(thing) = serde_json::from_str(text).unwrap() else { panic!("a number") };
    assert_eq!(thing, serde_json::from_str::<Thing>(text).unwrap());
    assert_eq!(serde_json::to_string(&thing).unwrap(), text);
    let value = serde_json::to_value(&thing).unwrap();
    assert_eq!(value, serde_json::from_str::<serde_json::Value>(text).unwrap());
    assert_eq!(serde_json::from_value::<Thing>(value).unwrap(), thing);
}

#[test]
fn a_date_has_no_time() {
    for text in ["2024-02-29", "0000-01-01", "9999-12-31"] {
        let json = format!(r#"{{"must":1,"day":"{text}","days":["{text}"]}}"#);
        let thing: Thing = serde_json::from_str(&json).unwrap();
        assert_eq!(serde_json::to_string(&thing).unwrap(), json);
        assert_eq!(text.parse::<Day>().unwrap().to_string(), text);
    }
    for text in [
        "2024-02-29T23:30:00",
        "2024-02-29T23:30:00-08:00",
        "2024-02-29T23:30:00Z",
        "2024-02-29T12:00[Europe/Paris]",
        "2024-02-29 23:30",
        "2024-02-29Z",
        "2024-02-29 ",
        "20240229",
        "2024-W09-4",
        "2024-060",
        "2023-02-29",
        "2024-2-29",
        "+002024-02-29",
        "-000001-02-28",
        "",
    ] {
        assert!(text.parse::<Day>().is_err(), "{text}");
        for json in [format!(r#"{{"must":1,"day":"{text}"}}"#), format!(r#"{{"must":1,"days":["{text}"]}}"#)] {
            let error = serde_json::from_str::<Thing>(&json).unwrap_err().to_string();
            assert!(error.contains("expected a date such as 2024-02-29, without a time"), "{error}");
        }
    }
}
