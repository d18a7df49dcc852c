use std::collections::HashSet;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::Random;
use crate::runtime::model::{Timestamp, civil};

fn parsed(text: &str) -> Timestamp {
    text.parse().unwrap_or_else(|error| panic!("{error}"))
}

/// The result of jiff for a text that it reads; it reads more forms than RFC 3339 has, and fewer years.
fn by_jiff(text: &str) -> Option<(i64, u32)> {
    let time = text.parse::<jiff::Timestamp>().ok()?;
    // jiff counts nanoseconds before 1970 backwards.
    let nanosecond = time.as_nanosecond().rem_euclid(1_000_000_000);
    let second = i64::try_from((time.as_nanosecond() - nanosecond) / 1_000_000_000).unwrap();
    (second >= Timestamp::MIN.as_second()).then(|| (second, u32::try_from(nanosecond).unwrap()))
}

/// Checks that it is read, like jiff if jiff reads it, and written back.
#[track_caller]
fn kept(text: &str) {
    let json = format!("{text:?}");
    let time: Timestamp = serde_json::from_str(&json).unwrap_or_else(|error| panic!("{text}: {error}"));
    assert_eq!((time.to_string(), serde_json::to_string(&time).unwrap()), (text.to_owned(), json));
    assert_eq!(time, parsed(text));
    if let Some(theirs) = by_jiff(text) {
        assert_eq!((time.as_second(), time.subsec_nanosecond()), theirs, "{text}");
    }
}

#[test]
fn it_is_small() {
    assert_eq!((size_of::<Timestamp>(), size_of::<Option<Timestamp>>()), (32, 32));
}

#[test]
fn everything_that_rfc_3339_allows_is_read_and_written_back() {
    for text in [
        "1970-01-01T00:00:00Z",
        "0000-01-01T00:00:00Z",
        "0000-01-01T00:00:00+23:59",
        "0000-02-29T12:00:00Z",
        "0001-01-01T00:00:00-23:59",
        "9999-12-30T22:00:00.999999999Z",
        "9999-12-30T22:00:01Z",
        "9999-12-31T00:00:00+14:00",
        "9999-12-31T23:59:59Z",
        "9999-12-31T23:59:59.9999999Z",
        "9999-12-31T23:59:59.999999999Z",
        "9999-12-31T23:59:59.9999999999999999999999999999999999999999999999Z",
        "9999-12-31T23:59:60-23:59",
        "2024-01-15T10:30:00.5Z",
        "2024-01-15T10:30:00.500Z",
        "2024-01-15T10:30:00.000Z",
        "2024-01-15T10:30:00.123456789012Z",
        "2024-01-15T10:30:00.1234567890123456789+05:30",
        "2024-01-15T10:30:00.00000000000000000000000000000000000000000000001Z",
        "2024-01-15T10:30:00.5000000000000000000000000000000000000000000000000000000000000000000000Z",
        "2024-01-01T00:00:00+02:00",
        "2024-01-01T00:00:00-09:30",
        "2024-01-01T00:00:00+23:59",
        "2024-01-01T00:00:00-23:59",
        "2024-01-01T00:00:00+00:00",
        "2024-01-01T00:00:00-00:00",
        "2024-01-15t10:30:00z",
        "2024-01-15t10:30:00.25+01:00",
        "2024-01-15T10:30:00z",
        "2024-01-15 10:30:00Z",
        "2024-01-15 10:30:00.1z",
        "2016-12-31T23:59:60Z",
        "2016-12-31T23:59:60.5Z",
        "2017-01-01T08:59:60+09:00",
    ] {
        kept(text);
    }
}

#[test]
fn some_of_iso_8601_is_read_too() {
    for text in [
        "2024-01-15T10:30:00+0100",
        "2024-01-15T10:30:00-0000",
        "2024-01-15T10:30:00+01",
        "2024-01-15T10:30:00-00",
        "2024-01-15T10:30:00,250Z",
        "2024-01-15T10:30Z",
        "2024-01-15 10:30+02:00",
        "2024-01-15T10:30:00",
        "2024-01-15 10:30:00.0",
        "2024-01-15t10:30:00,25",
        "2024-01-15T10:30",
    ] {
        kept(text);
    }
}

#[test]
fn a_time_without_an_offset_counts_as_utc() {
    let (without, utc) = (parsed("2024-01-15T10:30:00.5"), parsed("2024-01-15T10:30:00.5Z"));
    assert_eq!((without, without.offset_minutes(), without.has_offset()), (utc, 0, false));
    for text in ["2024-01-15T10:30:00Z", "2024-01-15T10:30:00z", "2024-01-15T10:30:00-00:00", "2024-01-15T10:30:00+01"]
    {
        assert!(parsed(text).has_offset(), "{text}");
    }
}

#[test]
fn invalid_timestamps_are_rejected() {
    let long = format!("2024-01-15T10:30:00.{}1Z", "0".repeat(47));
    let endless = format!("2024-01-15T10:30:00.{}Z", "0".repeat(255));
    for text in [
        "",
        "Z",
        "2024-01-15",
        "20240115T103000Z",
        "2024-01-15T103000Z",
        "2024-01-15T10Z",
        "2024-01-15T10:30:00Z[UTC]",
        "2024-01-15T10:30:00+01:00[Europe/Paris]",
        "2024-01-15T10:30:00Z ",
        " 2024-01-15T10:30:00Z",
        "2024-01-15_10:30:00Z",
        "2024-01-15  10:30:00Z",
        "2024-01-15T10:30:00ZZ",
        "2024-01-15T10:30:00.Z",
        "2024-01-15T10:30:00.1234x",
        "2024-01-15T24:00:00Z",
        "2024-01-15T23:60:00Z",
        "2024-01-15T23:59:61Z",
        "2024-01-15T23:59:59+24:00",
        "2024-01-15T23:59:59+01:60",
        "2024-01-15T23:59:59+1:00",
        "2024-01-15T23:59:59+01:",
        "2024-01-15T23:59:59+01:00:00",
        "2024-00-15T10:30:00Z",
        "2024-13-15T10:30:00Z",
        "2024-01-00T10:30:00Z",
        "2024-04-31T10:30:00Z",
        "2023-02-29T10:30:00Z",
        "1900-02-29T00:00:00Z",
        "10000-01-01T00:00:00Z",
        "+002024-01-15T10:30:00Z",
        "-000001-01-15T10:30:00Z",
        "２024-01-15T10:30:00Z",
        "2024-01-15T10:30:00\u{661}Z",
        "1705314600",
        &long,
        &endless,
    ] {
        let error = text.parse::<Timestamp>().expect_err(text).to_string();
        assert!(error.contains(" is not a valid Timestamp: "), "{error}");
        assert!(serde_json::from_value::<Timestamp>(text.into()).is_err(), "{text}");
    }
    let error = "2024-02-30T00:00:00Z".parse::<Timestamp>().unwrap_err();
    assert_eq!(error.to_string(), "`2024-02-30T00:00:00Z` is not a valid Timestamp: there is no such day");
}

#[test]
fn every_day_agrees_with_jiff() {
    for year in (0..=3).chain([99, 100, 101, 399, 400, 401]).chain(1896..=2105).chain([2200, 2300, 2400, 9998, 9999]) {
        for month in 0..=13 {
            for day in 0..=32 {
                let text = format!("{year:04}-{month:02}-{day:02}T12:34:56Z");
                let theirs = by_jiff(&text);
                let ours = text.parse::<Timestamp>().ok();
                if text != "9999-12-31T12:34:56Z" {
                    assert_eq!(ours.map(|time| (time.as_second(), time.subsec_nanosecond())), theirs, "{text}");
                }
                if ours.is_some() {
                    kept(&text);
                }
            }
        }
    }
}

#[test]
fn every_day_is_counted_and_counted_back() {
    let mut days = civil::days_since_epoch(-1, 1, 1);
    for year in -1..=10_000 {
        for month in 1..=12 {
            for day in 1..=civil::days_in(year, month) {
                assert_eq!(civil::days_since_epoch(year, month, day), days);
                assert_eq!(civil::date(days), (year, month, day));
                days += 1;
            }
        }
    }
}

#[test]
fn any_offset_and_fraction_is_kept() {
    let mut random = Random::new(7);
    for _ in 0..100_000 {
        let (digits, minutes) = (random.below(48), random.below(2 * 1440 - 1) as i64 - 1439);
        let mut fraction: String = (0..digits).map(|_| char::from(b'0' + random.below(10) as u8)).collect();
        if digits > 0 {
            fraction.insert(0, '.');
        }
        let sign = if minutes < 0 { '-' } else { '+' };
        let (hour, minute) = (minutes.abs() / 60, minutes.abs() % 60);
        let day = 1 + random.below(28);
        let time = format!("{:02}:{:02}:{:02}", random.below(24), random.below(60), random.below(60));
        let (year, month) = (random.below(10_000), 1 + random.below(12));
        kept(&format!("{year:04}-{month:02}-{day:02}T{time}{fraction}{sign}{hour:02}:{minute:02}"));
    }
}

#[test]
fn mutated_timestamps_are_read_exactly_or_rejected() {
    let mut random = Random::new(11);
    let alphabet = b"0123456789-:.,TtZz+ []x";
    let mut read = 0;
    for _ in 0..100_000 {
        let second = random.below(4_000_000_000) as i64;
        let nanosecond = random.below(2) * random.below(1_000_000_000);
        let mut text = Timestamp::new(second, nanosecond as u32).unwrap().to_string().into_bytes();
        for _ in 0..random.below(3) {
            let at = random.below(text.len());
            match random.below(3) {
                0 => text[at] = alphabet[random.below(alphabet.len())],
                1 => text.insert(at, alphabet[random.below(alphabet.len())]),
                _ => drop(text.remove(at)),
            }
        }
        let text = String::from_utf8(text).unwrap();
        if text.parse::<Timestamp>().is_ok() {
            kept(&text);
            read += 1;
        }
    }
    assert!(read > 30_000, "{read}");
}

#[test]
fn it_is_compared_as_a_point_in_time() {
    let one = parsed("2024-01-01T00:00:00+02:00");
    let other = parsed("2023-12-31T22:00:00.000Z");
    assert_eq!(one, other);
    assert_eq!(HashSet::from([one, other]).len(), 1);
    assert_eq!((one.offset_minutes(), other.offset_minutes()), (120, 0));
    let sorted = [
        "0000-01-01T00:00:00+23:59",
        "2016-12-31T23:59:59.999999999Z",
        "2016-12-31T23:59:59.99999999900000000001Z",
        "2016-12-31T23:59:60Z",
        "2017-01-01T08:59:60.5+09:00",
        "2017-01-01T00:00:00Z",
        "2024-01-01T12:00:00+14:00",
        "2024-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z",
        "9999-12-31T23:59:59-23:59",
    ];
    for pair in sorted.windows(2) {
        assert!(parsed(pair[0]) < parsed(pair[1]), "{pair:?}");
    }
}

#[test]
fn it_converts_from_numbers_and_the_systems_time() {
    assert_eq!(Timestamp::new(-1, 500_000_000).unwrap().to_string(), "1969-12-31T23:59:59.5Z");
    assert_eq!(Timestamp::new(0, 1_000_000_000), None);
    assert_eq!(Timestamp::MIN.to_string(), "0000-01-01T00:00:00Z");
    assert_eq!(Timestamp::MAX.to_string(), "9999-12-31T23:59:59.999999999Z");
    assert_eq!(Timestamp::new(Timestamp::MAX.as_second() + 1, 0), None);
    assert_eq!(Timestamp::new(Timestamp::MIN.as_second() - 1, 0), None);
    assert!(Timestamp::now() > parsed("2024-01-01T00:00:00Z"));
    for text in
        ["1969-12-31T23:59:59.25Z", "2024-01-15T10:30:00.0000007Z", "1970-01-01T00:00:00Z", "1969-12-31T00:00:00Z"]
    {
        let time = SystemTime::try_from(parsed(text)).unwrap();
        assert_eq!(Timestamp::try_from(time).unwrap().to_string(), text);
    }
    assert_eq!(
        SystemTime::try_from(parsed("1970-01-01T00:00:01.5Z")).unwrap(),
        UNIX_EPOCH + Duration::from_millis(1_500)
    );
    let beyond = UNIX_EPOCH + Duration::from_secs(u64::try_from(Timestamp::MAX.as_second()).unwrap() + 1);
    assert_eq!(
        Timestamp::try_from(beyond).unwrap_err().to_string(),
        "`253402300800 seconds since 1970` is not a valid Timestamp: its year is not one of 0000 to 9999"
    );
}

#[test]
fn the_time_between_two_is_never_negative() {
    let between = |earlier: &str, later: &str| parsed(later).saturating_duration_since(&parsed(earlier));
    for (earlier, later, expected) in [
        ("2024-02-28T23:59:59.75Z", "2024-02-29T00:00:00.5Z", Duration::from_millis(750)),
        ("1969-12-31T23:59:59.25Z", "1970-01-01T00:00:01Z", Duration::from_millis(1_750)),
        ("2024-02-29T12:00:00+02:00", "2024-02-29T12:00:00Z", Duration::from_secs(7_200)),
        ("2016-12-31T23:59:59.5Z", "2016-12-31T23:59:60.5Z", Duration::from_secs(1)),
        ("0000-01-01T00:00:00Z", "9999-12-31T23:59:59Z", Duration::from_secs(315_569_519_999)),
    ] {
        assert_eq!(between(earlier, later), expected, "{earlier} to {later}");
        assert_eq!(between(later, earlier), Duration::ZERO, "{later} to {earlier}");
        assert_eq!(between(later, later), Duration::ZERO);
    }
}
