use std::collections::HashSet;

use serde_json::json;

use super::Random;
use crate::runtime::model::{JsonObject, Value};

fn value(json: &str) -> Value {
    json.parse().unwrap_or_else(|error| panic!("{json}: {error}"))
}

#[test]
fn it_converts_from_json_types() {
    for (value, json) in [
        (Value::null(), "null"),
        (Value::default(), "null"),
        (true.into(), "true"),
        (5.into(), "5"),
        (u64::MAX.into(), "18446744073709551615"),
        (i128::MIN.into(), "-170141183460469231731687303715884105728"),
        ("a\"b".into(), r#""a\"b""#),
        (String::from("é").into(), r#""é""#),
        (None::<i32>.into(), "null"),
        (Some("x").into(), r#""x""#),
        (vec![1, 2].into(), "[1,2]"),
        (["a", "b"].into(), r#"["a","b"]"#),
        (Vec::<bool>::new().into(), "[]"),
        (json!({"a": [1.5, null]}).into(), r#"{"a":[1.5,null]}"#),
        (Value::try_from(0.5).unwrap(), "0.5"),
        (JsonObject::from([("a", 1)]).into(), r#"{"a":1}"#),
        (Value::of(&("x", 1)).unwrap(), r#"["x",1]"#),
        (self::value(" [ 1 ] "), "[ 1 ]"),
    ] {
        assert_eq!((value.as_json(), value.to_string(), format!("{value:?}")), (json, json.into(), json.into()));
    }
    assert!(Value::try_from(f64::NAN).is_err());
    for json in ["", "{", "[1,]", "01", "nul", "1 2", "{\"a\":}"] {
        assert!(json.parse::<Value>().is_err(), "{json}");
    }
}

#[test]
fn parts_can_be_read() {
    let whole = value(r#"{"a": [ 1, {"b/c~d": "x\ny"} ,[]], "\u0065": true, "n": null, "a": {"0": -7, "": 2.5}}"#);
    assert_eq!(whole.get("a").unwrap().get("0").unwrap().as_i64(), Some(-7));
    assert_eq!(whole.get("e").unwrap().as_bool(), Some(true));
    assert!(whole.get("n").unwrap().is_null());
    assert_eq!(whole.get("b"), None);
    assert_eq!(whole.pointer("/a/").unwrap().as_f64(), Some(2.5));
    assert_eq!(whole.pointer("").unwrap(), whole);
    assert_eq!((whole.pointer("/a/1"), whole.pointer("a"), whole.pointer("/n/0")), (None, None, None));
    let names: Vec<_> = whole.fields().map(|(name, _)| name.into_owned()).collect();
    assert_eq!(names, ["a", "e", "n", "a"]);

    let list = whole.fields().next().unwrap().1;
    assert_eq!(list.items().count(), 3);
    assert_eq!(list.pointer("/1/b~1c~0d").unwrap().as_str().as_deref(), Some("x\ny"));
    for pointer in ["/3", "/-", "/01", "/+1", "/1/x"] {
        assert_eq!(list.pointer(pointer), None, "{pointer}");
    }
    assert_eq!(list.fields().count() + whole.items().count() + value("1").items().count(), 0);
    assert!(list.is_array() && whole.is_object() && value("1").is_number() && value("\"\"").is_string());
    assert!(value("false").is_bool() && !value("0").is_bool());
    assert_eq!(value(r#""cut \ud83d""#).as_str().as_deref(), Some("cut \u{fffd}"));
    assert_eq!((value("1e1").as_i64(), value("1.5").as_i64(), value("-1").as_u64()), (Some(10), None, None));
    assert_eq!(value("18446744073709551616").as_f64(), Some(18446744073709551616.0));
    assert_eq!(list.parse::<(i32, serde_json::Value, Vec<u8>)>().unwrap().0, 1);
    assert_eq!(serde_json::Value::try_from(&whole).unwrap(), json!({"a": {"0": -7, "": 2.5}, "e": true, "n": null}));
}

#[test]
fn it_is_equal_to_the_same_value() {
    for (one, other) in [
        ("1", "1.0"),
        ("100", "1e2"),
        ("1.50", "15E-1"),
        ("0", "-0.000e7"),
        ("1e99999999999999999999", "1e99999999999999999999"),
        (r#""é\/""#, r#""\u00e9/""#),
        ("[1, 2]", "[1,2]"),
        (r#"{"a": 1, "b": [ ]}"#, r#"{"b":[],"\u0061":1e0}"#),
        (r#"{"a":1,"a":2}"#, r#"{"a":2}"#),
    ] {
        assert_eq!(value(one), value(other));
        assert_eq!(HashSet::from([value(one), value(other)]).len(), 1);
    }
    for (one, other) in [
        ("1", "2"),
        ("1", "-1"),
        ("10", "1"),
        ("1", "\"1\""),
        ("0", "false"),
        ("null", "0"),
        ("[1,2]", "[2,1]"),
        ("[[],[]]", "[[[]]]"),
        ("18446744073709551616", "18446744073709551617"),
        ("0.1", "0.10000000000000001"),
        (r#"{"a":1}"#, r#"{"a":1,"b":null}"#),
        (r#""\ud83d""#, r#""\ufffd""#),
    ] {
        assert_ne!(value(one), value(other));
    }
    assert_eq!(value("\"x\""), "x");
    assert_eq!(value("\"x\""), String::from("x"));
    assert_eq!(value("5.0"), 5);
    assert_eq!(value("true"), true);
    assert_eq!(value(r#"{"a":[1]}"#), json!({"a": [1]}));
    assert_eq!(json!({"a": [1]}), value(r#"{"a":[1]}"#));
}

#[test]
fn an_object_is_changed_in_place() {
    let mut object: JsonObject = serde_json::from_str(r#"{"b": 1.0, "a":{"x" :2}, "b": 3}"#).unwrap();
    assert_eq!(object.as_json(), r#"{"b":1.0,"a":{"x" :2},"b":3}"#);
    assert_eq!((object.len(), object.contains_key("a"), object.contains_key("x")), (3, true, false));
    assert_eq!(object.insert("permissions", json!(["read"])), None);
    assert_eq!(object.insert("b", "new").unwrap(), 3);
    assert_eq!(object.as_json(), r#"{"b":"new","a":{"x" :2},"permissions":["read"]}"#);
    assert_eq!(object.remove("a").unwrap().get("x").unwrap(), 2);
    assert_eq!(object.remove("a"), None);
    object.insert("a\"b", Value::null());
    assert_eq!(object.keys().collect::<Vec<_>>(), ["b", "permissions", "a\"b"]);
    assert_eq!(object.to_string(), r#"{"b":"new","permissions":["read"],"a\"b":null}"#);
    for name in ["b", "permissions", "a\"b"] {
        assert!(object.remove(name).is_some());
    }
    assert_eq!((object.is_empty(), &object), (true, &JsonObject::new()));
    let collected: JsonObject = [("a", 1), ("b", 2), ("a", 3)].into_iter().collect();
    assert_eq!(collected.as_json(), r#"{"a":3,"b":2}"#);
    assert_eq!(JsonObject::try_from(json!({"a": 1})).unwrap(), JsonObject::from([("a", 1)]));
    assert_eq!(serde_json::Map::try_from(collected).unwrap(), *json!({"a": 3, "b": 2}).as_object().unwrap());
    assert!(JsonObject::try_from(json!([1])).is_err() && JsonObject::try_from(value("1")).is_err());
    assert_eq!(value(r#"{"a":1}"#).as_object(), Some(JsonObject::from([("a", 1)])));
    let error = serde_json::from_str::<JsonObject>("[1]").unwrap_err().to_string();
    assert!(error.starts_with("invalid type: sequence, expected a map"), "{error}");
}

/// Random values, some of them equal, are equal here if serde_json says so.
#[test]
fn equality_is_that_of_serde_json() {
    fn any(random: &mut Random, depth: usize) -> serde_json::Value {
        match random.below(if depth == 0 { 4 } else { 6 }) {
            0 => json!(null),
            1 => json!(random.below(2) == 0),
            2 => json!(random.below(3)),
            3 => json!(["", "a", "\"\\"][random.below(3)]),
            4 => (0..random.below(3)).map(|_| any(random, depth - 1)).collect(),
            _ => {
                let fields =
                    (0..random.below(3)).map(|_| (["a", "b", ""][random.below(3)].into(), any(random, depth - 1)));
                serde_json::Value::Object(fields.collect())
            }
        }
    }
    let mut random = Random::new(3);
    let mut equal = 0;
    for _ in 0..20_000 {
        let (one, other) = (any(&mut random, 2), any(&mut random, 2));
        let (ours, pretty) = (Value::from(&one), value(&serde_json::to_string_pretty(&other).unwrap()));
        assert_eq!(ours == pretty, one == other, "{one} {other}");
        assert_eq!(pretty, other);
        assert_eq!(serde_json::to_value(&pretty).unwrap(), other);
        equal += usize::from(one == other);
    }
    assert!(equal > 1_000, "{equal}");
}
