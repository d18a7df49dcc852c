use std::collections::HashSet;

use crate::runtime::model::{Unrecognized, integer_enum};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
enum Level {
    High,
    Minus1,
    Unrecognized(Unrecognized<i32>),
}

integer_enum! { Level(i32) { High = 30, Minus1 = -1 } }

fn read(json: &str) -> Level {
    serde_json::from_str(json).unwrap()
}

#[test]
fn known_values_are_recognized_from_every_source() {
    assert_eq!(Level::KNOWN, [Level::High, Level::Minus1]);
    assert_eq!([read("30"), read("3e1"), read("30.0"), Level::from(30), "30".parse().unwrap()], [Level::High; 5]);
    assert_eq!((read("-1"), Level::Minus1.get(), i32::from(Level::High)), (Level::Minus1, -1, 30));
    assert_eq!(serde_json::to_string(&Level::KNOWN).unwrap(), "[30,-1]");
}

#[test]
fn unknown_values_are_kept() {
    let level = read("7");
    assert!(matches!(level, Level::Unrecognized(value) if value.get() == 7 && value.to_string() == "7"));
    assert_eq!((level.get(), level.is_known(), Level::from_known(7)), (7, false, None));
    assert_eq!(Level::from_known(30).map(Level::is_known), Some(true));
    assert_eq!(format!("{level:>3}|{level:?}|{:03}", Level::High), "  7|Unrecognized(7)|030");
    assert_eq!(serde_json::to_string(&level).unwrap(), "7");
}

#[test]
fn they_sort_as_integers() {
    let mut levels = [Level::High, Level::from(7), Level::from(40), Level::Minus1];
    levels.sort();
    assert_eq!(levels, [Level::Minus1, Level::from(7), Level::High, Level::from(40)]);
    assert_eq!(HashSet::from([Level::from(30), Level::High, Level::from(7)]).len(), 2);
}

#[test]
fn other_values_are_rejected() {
    for json in ["\"30\"", "30.5", "3000000000", "null"] {
        serde_json::from_str::<Level>(json).unwrap_err();
    }
    assert_eq!(
        "x".parse::<Level>().unwrap_err().to_string(),
        "`x` is not a valid Level: invalid digit found in string"
    );
}
