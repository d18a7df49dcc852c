use std::collections::BTreeSet;

use crate::runtime::model::Date;

#[test]
fn it_has_the_days_of_the_calendar_and_no_others() {
    let mut days = BTreeSet::new();
    for year in (0..=4).chain([99, 100, 400]).chain(1899..=2101).chain([9996, 9999, 10_000, u16::MAX]) {
        for (month, day) in (0..=13).chain([u8::MAX]).flat_map(|month| (0..=32).map(move |day| (month, day))) {
            let theirs = i16::try_from(year)
                .ok()
                .filter(|year| *year <= 9999)
                .and_then(|year| jiff::civil::Date::new(year, month as i8, day as i8).ok());
            let ours = Date::new(year, month, day);
            assert_eq!(ours.map(|date| date.to_string()), theirs.map(|date| date.to_string()));
            if let Some(date) = ours {
                assert_eq!((date.year(), date.month(), date.day()), (year, month, day));
                assert_eq!(date.to_string().parse::<Date>().unwrap(), date);
                assert!(days.insert(date));
            }
        }
    }
    assert_eq!((days.first(), days.last()), (Some(&Date::MIN), Some(&Date::MAX)));
    assert!(days.iter().map(Date::to_string).is_sorted());
}

#[test]
fn it_is_printed_as_it_is_written() {
    let date: Date = serde_json::from_str(r#""2024-02-29""#).unwrap();
    assert_eq!(serde_json::to_string(&date).unwrap(), r#""2024-02-29""#);
    assert_eq!(format!("{date} {date:?} {date:>12}|"), "2024-02-29 2024-02-29   2024-02-29|");
    assert_eq!(Date::MIN.to_string(), "0000-01-01");
}

#[test]
fn text_that_is_no_date_is_an_error() {
    let error = "2024-02-30".parse::<Date>().unwrap_err();
    assert_eq!(
        error.to_string(),
        "`2024-02-30` is not a valid Date: expected a date such as 2024-02-29, without a time"
    );
    for json in [r#""2024-02-29T00:00:00Z""#, r#""""#, "20240229", "null"] {
        assert!(serde_json::from_str::<Date>(json).is_err(), "{json}");
    }
}
