use super::{LARGE, Policy, SMALL, Tier, error, read, write};
use crate::runtime::model::{Extra, JsonObject, Nullable, Value, object};

#[test]
fn read_fields_are_written_back() {
    for text in [SMALL, LARGE] {
        assert_eq!(write(&read(text)), text);
    }
}

#[test]
fn all_ways_of_reading_agree() {
    for text in [SMALL, LARGE] {
        let policy = read(text);
        let value: serde_json::Value = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::from_slice::<Policy>(text.as_bytes()).unwrap(), policy);
        assert_eq!(serde_json::from_reader::<_, Policy>(text.as_bytes()).unwrap(), policy);
        assert_eq!(serde_json::from_value::<Policy>(value.clone()).unwrap(), policy);
        assert_eq!(<Policy as serde::Deserialize>::deserialize(&value).unwrap(), policy);
        assert_eq!(serde_json::to_value(&policy).unwrap(), value);
    }
}

#[test]
fn the_order_of_fields_does_not_matter() {
    let backwards = concat!(
        r#"{"type":"GROUP_MANAGED","\u006cast":null,"seen_at":[],"#,
        r#""created_at":"2024-01-15T10:30:00Z","id":"a1b2c3d4-e5f6-7890-abcd-ef0123456789"}"#,
    );
    assert_eq!(read(backwards), read(SMALL));
}

#[test]
fn null_is_absent_for_an_optional_field() {
    let null = SMALL.replace("{", r#"{"content":null,"modified_at":null,"parent":null,"#);
    assert_eq!(read(&null), read(SMALL));
    assert!(read(&null).extra.is_empty());
}

#[test]
fn null_for_an_optional_field_is_written_back_until_it_is_set() {
    let text = SMALL.replacen("{", r#"{"content":null,"unknown":1,"parent":null,"#, 1);
    let mut policy = read(&text);
    assert_eq!(parsed(&write(&policy)), parsed(&text));
    policy.content = Some(JsonObject::new());
    policy.extra.remove("unknown");
    assert_eq!(parsed(&write(&policy)), parsed(&text.replace(r#""content":null,"unknown":1"#, r#""content":{}"#)));
    policy.extra = Extra::new();
    policy.content = None;
    assert_eq!(write(&policy), SMALL);
}

#[test]
fn null_and_absent_differ_for_a_nullable_field() {
    let null = SMALL
        .replace(r#","type""#, r#","next":null,"type""#)
        .replace(r#""last":null,"next":null"#, r#""next":null,"last":null"#);
    assert_eq!(read(SMALL).next, Nullable::Absent);
    assert_eq!(read(&null).next, Nullable::Null);
    assert_eq!(write(&read(&null)), null);
}

#[test]
fn a_missing_field_is_named() {
    let missing = SMALL.replace(r#","type":"GROUP_MANAGED""#, "");
    assert_eq!(error(&missing), "missing field `type` at line 1 column 106");
}

#[test]
fn a_missing_field_that_may_be_null_has_no_value_and_stays_missing_until_it_is_set() {
    let text = SMALL.replace(r#""last":null,"#, "");
    let mut policy = read(&text);
    assert_eq!((policy.last, write(&policy)), (None, text));
    assert_eq!(policy, read(SMALL));
    policy.last = Some(7);
    assert_eq!(write(&policy), SMALL.replace("null", "7"));
    policy.extra = Extra::new();
    policy.last = None;
    assert_eq!(write(&policy), SMALL);
}

#[test]
fn null_is_rejected_for_a_required_field() {
    let null = SMALL.replace(r#""2024-01-15T10:30:00Z""#, "null");
    assert!(error(&null).starts_with("invalid type: null, expected a timestamp string"), "{}", error(&null));
}

#[test]
fn a_duplicate_field_is_rejected() {
    for twice in [
        r#"{"last":1,"last":1"#,
        r#"{"last":null,"last":null"#,
        r#"{"content":null,"content":{}"#,
        r#"{"next":null,"next":null"#,
    ] {
        let key = twice.split('"').nth(1).unwrap();
        assert!(error(twice).starts_with(&format!("duplicate field `{key}`")), "{}", error(twice));
    }
}

#[test]
fn a_duplicate_unknown_field_is_kept_twice() {
    let twice = SMALL.replace(r#"GED"}"#, r#"GED","unknown":1,"other":2,"unknown":null}"#);
    let policy = read(&twice);
    assert_eq!((policy.extra.len(), policy.extra.get("unknown")), (3, Some(Value::null())));
    assert_eq!(write(&policy), twice);
}

#[test]
fn other_types_are_rejected_with_the_name_of_the_type() {
    assert_eq!(error("[]"), "invalid type: sequence, expected an object (Policy) at line 1 column 0");
    assert_eq!(error("7"), "invalid type: integer `7`, expected an object (Policy) at line 1 column 1");
}

#[test]
fn unknown_values_and_fields_are_kept_inside() {
    let parent = *read(LARGE).parent.unwrap();
    assert_eq!(parent.r#type.as_str(), "DEFAULT");
    assert!(!Tier::KNOWN.contains(&parent.r#type));
    assert_eq!(parent.extra.get("deep"), Some(true.into()));
}

#[test]
fn an_extra_field_never_replaces_a_known_one() {
    let mut policy = read(SMALL);
    policy.extra.insert("type", "GROUP_MANAGED?");
    policy.extra.insert("next", "from extra");
    policy.extra.insert("zone", 1);
    assert_eq!(write(&policy), SMALL.replace(r#"GED"}"#, r#"GED","zone":1}"#));
}

#[derive(Clone, Debug, PartialEq)]
struct Empty {
    extra: Extra,
}
object! { Empty {} }

#[test]
fn an_object_without_known_fields_keeps_all() {
    for text in ["{}", r#"{"a":1,"b":{}}"#] {
        let empty: Empty = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&empty).unwrap(), text);
    }
}

fn parsed(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap()
}
