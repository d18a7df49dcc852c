use jiff::Timestamp;
use serde::de::IntoDeserializer;
use serde::de::value::{Error, StrDeserializer};

use crate::runtime::model::timestamp::{parse_common, read};

/// Whatever the text, the result is jiff's, and so is the complaint.
#[track_caller]
fn same(text: &str) {
    let deserializer = || -> StrDeserializer<'_, Error> { text.into_deserializer() };
    let (ours, theirs) = (read(deserializer()), <Timestamp as serde::Deserialize>::deserialize(deserializer()));
    assert_eq!(ours, theirs, "{text:?}");
    if let Some(short) = parse_common(text.as_bytes()) {
        assert_eq!(Ok(short), theirs, "{text:?}");
    }
}

struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }
}

#[test]
fn the_common_form_goes_the_short_way() {
    for (text, second, nanosecond) in [
        ("1970-01-01T00:00:00Z", 0, 0),
        ("2024-01-15T10:30:00Z", 1_705_314_600, 0),
        ("2024-02-29T23:59:59.123456789Z", 1_709_251_199, 123_456_789),
        ("2000-02-29T00:00:00.5Z", 951_782_400, 500_000_000),
    ] {
        assert_eq!(parse_common(text.as_bytes()), Some(Timestamp::new(second, nanosecond).unwrap()));
        same(text);
    }
}

#[test]
fn every_day_is_jiffs_day() {
    for year in (1969..=2105).chain([2200, 2300, 2400, 9998, 9999]) {
        for month in 0..=13 {
            for day in 0..=32 {
                same(&format!("{year:04}-{month:02}-{day:02}T12:34:56Z"));
            }
        }
    }
}

#[test]
fn every_time_of_day_is_jiffs() {
    for hour in 0..=25 {
        for minute in [0, 1, 29, 59, 60, 61, 99] {
            for second in [0, 1, 30, 59, 60, 61, 99] {
                same(&format!("2016-12-31T{hour:02}:{minute:02}:{second:02}Z"));
                same(&format!("2016-12-31T{hour:02}:{minute:02}:{second:02}.999Z"));
            }
        }
    }
}

#[test]
fn every_fraction_is_jiffs() {
    for length in 0..=12 {
        for digits in ["000000000000", "123456789012", "999999999999", "000000001000", "12x456789012"] {
            same(&format!("2024-01-15T10:30:00.{}Z", &digits[..length]));
            same(&format!("2024-01-15T10:30:00,{}Z", &digits[..length]));
        }
    }
}

#[test]
fn other_forms_are_jiffs() {
    for text in [
        "",
        "Z",
        "2024-01-15",
        "2024-01-15T10:30Z",
        "2024-01-15T10:30:00",
        "2024-01-15t10:30:00z",
        "2024-01-15T10:30:00z",
        "2024-01-15 10:30:00Z",
        "20240115T103000Z",
        "2024-01-15T103000Z",
        "2024-01-15T10:30:00+01:00",
        "2024-01-15T10:30:00.5-07:30",
        "2024-01-15T10:30:00+00:00",
        "2024-01-15T10:30:00-00:00",
        "2024-01-15T10:30:00Z[UTC]",
        "2024-01-15T10:30:00Z ",
        " 2024-01-15T10:30:00Z",
        "2024-01-15T10:30:00ZZ",
        "2024-01-15T10:30:00.Z",
        "2024-01-15T24:00:00Z",
        "2016-12-31T23:59:60Z",
        "2016-12-31T23:59:60.5Z",
        "0000-01-01T00:00:00Z",
        "1900-02-29T00:00:00Z",
        "1969-12-31T23:59:59.999999999Z",
        "9999-12-30T22:00:00.999999999Z",
        "9999-12-30T22:00:01Z",
        "+002024-01-15T10:30:00Z",
        "-000001-01-15T10:30:00Z",
        "２024-01-15T10:30:00Z",
        "2024-01-15T10:30:00\u{661}Z",
        "1705314600",
    ] {
        same(text);
    }
}

#[test]
fn any_bytes_changed_give_what_jiff_gives() {
    let mut random = Random(7);
    let alphabet = b"0123456789-:.,TtZz+ []x";
    for _ in 0..100_000 {
        let second = random.below(4_000_000_000) as i64;
        let nanosecond = random.below(2) * random.below(1_000_000_000);
        let mut text = Timestamp::new(second, nanosecond as i32).unwrap().to_string().into_bytes();
        for _ in 0..random.below(3) {
            let at = random.below(text.len());
            match random.below(3) {
                0 => text[at] = alphabet[random.below(alphabet.len())],
                1 => text.insert(at, alphabet[random.below(alphabet.len())]),
                _ => drop(text.remove(at)),
            }
        }
        same(std::str::from_utf8(&text).unwrap());
    }
}
