//! The listed integers distinguish lists of integers in a union, as texts do for lists of texts.

use crate::runtime::model::{Unrecognized, Value, integer_enum, union};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Small {
    One,
    Two,
    Unrecognized(Unrecognized<i64>),
}
integer_enum! { Small(i64) { One = 1, Two = 2 } }

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Large {
    Ten,
    Unrecognized(Unrecognized<i64>),
}
integer_enum! { Large(i64) { Ten = 10 } }

#[derive(Clone, Debug, PartialEq)]
enum Level {
    Small(Small),
    Large(Large),
    Unrecognized(Value),
}
union! {
    Level {
        Small(copied Small) as_small from: integer ["1", "2"],
        Large(copied Large) as_large from: integer ["10"],
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Size {
    Small(Small),
    Number(f64),
    Unrecognized(Value),
}
union! {
    Size {
        Small(copied Small) as_small from: integer ["1", "2"],
        Number(copied f64) as_number from: number,
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Count {
    Small(Small),
    Word(String),
    Unrecognized(Value),
}
union! {
    Count {
        Small(copied Small) as_small from: integer ["1", "2"],
        Word(text String) as_word from: string,
    }
}

#[test]
fn the_list_with_the_value_is_selected() {
    let read = |json: &str| serde_json::from_str::<Level>(json).unwrap();
    assert_eq!(read("2"), Level::Small(Small::Two));
    assert_eq!((read("10"), read("10.0"), read("1e1")), (Large::Ten.into(), Large::Ten.into(), Large::Ten.into()));
    // Either list may have new values.
    assert_eq!(read("11"), Level::Unrecognized(11.into()));
}

#[test]
fn other_integers_select_the_plain_type() {
    let read = |json: &str| serde_json::from_str::<Size>(json).unwrap();
    assert_eq!((read("1"), read("3"), read("1.5")), (Size::Small(Small::One), Size::Number(3.0), Size::Number(1.5)));
}

#[test]
fn the_only_list_accepts_new_values() {
    let read = |json: &str| serde_json::from_str::<Count>(json).unwrap();
    assert_eq!(read("3").as_small().map(|small| small.is_known()), Some(false));
    assert_eq!((read("3.5"), read(r#""3""#)), (Count::Unrecognized("3.5".parse().unwrap()), "3".into()));
}
