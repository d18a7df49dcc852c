use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;

use super::OrgGroupId;
use crate::runtime::model::{Timestamp, scalar};

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Name(String);
scalar!(Name(String));

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct At(Timestamp);
scalar!(At(Timestamp));

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Count(i64);
scalar!(Count(i64));

#[derive(Clone, Copy, PartialEq, Eq)]
struct Small(i32);
scalar!(Small(i32));

#[derive(Clone, Copy, PartialEq, PartialOrd)]
struct Ratio(f64);
scalar!(Ratio(f64));

#[derive(Clone, Copy, PartialEq, Eq)]
struct Enabled(bool);
scalar!(Enabled(bool));

#[derive(Clone, Copy, PartialEq, Eq)]
struct Day(crate::runtime::model::Date);
scalar!(Day(Date));

const UUID: &str = "a1b2c3d4-e5f6-7890-abcd-ef0123456789";

fn json<T: Serialize + DeserializeOwned + PartialEq>(value: &T) -> String {
    let text = serde_json::to_string(value).unwrap();
    assert!(serde_json::from_str::<T>(&text).unwrap() == *value);
    text
}

#[test]
fn json_has_the_inner_value() {
    assert_eq!(json(&OrgGroupId::from_uuid(UUID.parse().unwrap())), format!("{UUID:?}"));
    assert_eq!(json(&Name::from("a\"b")), r#""a\"b""#);
    assert_eq!(json(&At::new(Timestamp::UNIX_EPOCH)), r#""1970-01-01T00:00:00Z""#);
    assert_eq!(json(&Count::new(-1)), "-1");
    assert_eq!(json(&Small::new(7)), "7");
    assert_eq!(json(&Ratio::new(0.5)), "0.5");
    assert_eq!(json(&Enabled::new(true)), "true");
}

#[test]
fn a_parse_error_names_the_expected_type() {
    let error = OrgGroupId::try_from("x1\n").unwrap_err();
    assert_eq!(OrgGroupId::try_from(UUID).unwrap(), UUID.parse().unwrap());
    assert_eq!(Count::try_from("-7").unwrap().get(), -7);
    assert_eq!(error.text(), "x1\n");
    let message = error.to_string();
    assert!(message.starts_with("`x1\\n` is not a valid OrgGroupId: "), "{message}");
    assert_eq!(format!("{error:?}"), message);
    let long = "9".repeat(100).parse::<Count>().unwrap_err().to_string();
    assert!(long.starts_with(&format!("`{}…` is not a valid Count: ", "9".repeat(60))), "{long}");
}

#[cfg(feature = "client")]
#[test]
fn a_parse_error_converts_to_a_client_error() {
    fn parse(text: &str) -> Result<OrgGroupId, crate::Error> {
        Ok(text.parse()?)
    }
    let error = parse("x1").unwrap_err();
    assert_eq!((error.kind(), error.may_have_taken_effect()), (crate::ErrorKind::Request, false));
    assert!(format!("{error:?}").contains("`x1` is not a valid OrgGroupId"), "{error:?}");
}

#[test]
fn they_are_parsed_and_printed() {
    let id: OrgGroupId = UUID.parse().unwrap();
    assert_eq!((id.to_string(), format!("{id:?}")), (UUID.into(), format!("OrgGroupId({UUID})")));
    assert!("a1b2".parse::<OrgGroupId>().is_err());
    let name: Name = "x".parse().unwrap();
    assert_eq!((name.to_string(), format!("{name:?}")), ("x".into(), r#"Name("x")"#.into()));
    assert_eq!("12".parse::<Count>().unwrap(), Count(12));
    assert_eq!("true".parse::<Enabled>().unwrap(), Enabled(true));
    assert_eq!(format!("{:4}|{:.2}", Count(12), Ratio(0.5)), "  12|0.50");
    assert_eq!("2024-01-15T10:30:00Z".parse::<At>().unwrap().to_string(), "2024-01-15T10:30:00Z");
}

#[test]
fn they_convert_from_and_to_the_inner_type() {
    const NIL: OrgGroupId = OrgGroupId::from_uuid(Uuid::nil());
    const ONE: Count = Count::new(1);
    assert_eq!((*NIL.as_uuid(), Uuid::from(NIL), OrgGroupId::from(Uuid::nil())), (Uuid::nil(), Uuid::nil(), NIL));
    assert_eq!((ONE.get(), i64::from(ONE), Count::from(1)), (1, 1, ONE));
    let name = Name::from(String::from("x"));
    assert_eq!((name.as_str(), name.as_ref()), ("x", "x"));
    assert_eq!(String::from(name), "x");
    assert_eq!(Timestamp::from(At::from(Timestamp::MAX)), Timestamp::MAX);
}

#[test]
fn they_are_padded() {
    let id: OrgGroupId = UUID.parse().unwrap();
    assert_eq!(format!("{id:>38}|{id:-<38}|{id:.4}"), format!("  {UUID}|{UUID}--|a1b2"));
    let day: Day = "2024-01-15".parse().unwrap();
    assert_eq!(format!("{day:>12}|{day}"), "  2024-01-15|2024-01-15");
    assert_eq!(
        format!("{:>3}|{:<3}|{:>22}", Name::from("x"), Count(1), At::new(Timestamp::UNIX_EPOCH)),
        "  x|1  |  1970-01-01T00:00:00Z"
    );
}
