//! Fields without a name in the description, whose values have a type.

use std::collections::BTreeMap;

use crate::runtime::model::{Extra, object};

#[derive(Clone, Debug, Default, PartialEq)]
struct Scores {
    game: Option<String>,
    scores: BTreeMap<String, i64>,
    extra: Extra,
}
object! {
    Scores {
        game: optional "game",
        ..scores,
    }
}

fn read(text: &str) -> Scores {
    serde_json::from_str(text).unwrap()
}

#[test]
fn values_of_the_type_are_taken_and_others_kept() {
    for (text, fits, kept) in [
        ("{}", 0, 0),
        (r#"{"game":"go"}"#, 0, 0),
        (r#"{"a":1,"b":2}"#, 2, 0),
        (r#"{"b":2,"a":99999999999999999999}"#, 1, 1),
        (r#"{"a":1,"x":{"deep":[1.50]},"game1":null}"#, 1, 2),
        (r#"{"twice":1,"other":"","twice":2}"#, 0, 3),
    ] {
        let scores = read(text);
        assert_eq!((scores.scores.len(), scores.extra.len()), (fits, kept), "{text}");
        assert_eq!(serde_json::to_string(&scores).unwrap(), text);
    }
}

#[test]
fn a_name_is_written_once() {
    let mut scores = read(r#"{"game":"go","a":"much"}"#);
    scores.scores.extend([("a".to_owned(), 1), ("game".to_owned(), 2)]);
    assert_eq!(serde_json::to_string(&scores).unwrap(), r#"{"game":"go","a":1}"#);
}

#[test]
fn all_ways_of_reading_agree() {
    let text = r#"{"game":"go","a":1,"b":"x"}"#;
    let value: serde_json::Value = serde_json::from_str(text).unwrap();
    assert_eq!(serde_json::from_value::<Scores>(value.clone()).unwrap(), read(text));
    assert_eq!(serde_json::from_reader::<_, Scores>(text.as_bytes()).unwrap(), read(text));
    assert_eq!(serde_json::to_value(read(text)).unwrap(), value);
}
