//! Types with the names that the macros' expansions use.

use std::string::String as Text;

use uuid::Uuid;

use crate::runtime::model::{Extra, Unrecognized, object, scalar, string_enum};

#[derive(Clone, Copy, PartialEq, Eq)]
struct String(Uuid);
scalar!(String(Uuid));

#[derive(Clone, Debug, PartialEq, Eq)]
enum Result {
    None,
    Some,
    Ok,
    Unrecognized(Unrecognized),
}
string_enum! { Result { None = "none", Some = "some", Ok = "ok" } }

#[derive(Clone, Debug, PartialEq)]
struct Option {
    map: Result,
    index: String,
    fields: i64,
    key: bool,
    extra: Extra,
}
object! {
    Option {
        map: required "map",
        index: required "index",
        fields: required "fields",
        key: required "key",
    }
}

#[test]
fn no_type_name_conflicts_with_the_macros() {
    let text = r#"{"map":"none","index":"00000000-0000-0000-0000-000000000000","fields":1,"key":true}"#;
    let option: Option = serde_json::from_str(text).unwrap();
    assert_eq!(option.map, Result::None);
    assert_eq!(serde_json::to_string(&option).unwrap(), Text::from(text));
}
