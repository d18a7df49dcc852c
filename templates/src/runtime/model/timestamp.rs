//! Timestamps, read without a detour when they look as they nearly always do.

use std::fmt;

use jiff::Timestamp;
use serde::de::{Deserializer, Error, Visitor};

/// Reads a timestamp: exactly what `Timestamp::deserialize` does, sooner.
pub(crate) fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
    struct Text;

    impl Visitor<'_> for Text {
        type Value = Timestamp;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a timestamp string")
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<Timestamp, E> {
            match parse_common(text.as_bytes()) {
                Some(timestamp) => Ok(timestamp),
                None => text.parse().map_err(E::custom),
            }
        }
    }

    deserializer.deserialize_str(Text)
}

/// Parses `YYYY-MM-DDTHH:MM:SSZ`, with or without a fraction of at most nine digits, from 1970 on.
///
/// `None` stands for everything else, valid or not: jiff's own parser judges that.
pub(crate) fn parse_common(text: &[u8]) -> Option<Timestamp> {
    let (head, tail) = text.split_first_chunk::<19>()?;
    let &[y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1, b'T', h0, h1, b':', n0, n1, b':', s0, s1] = head else {
        return None;
    };
    let mut digits = [y0, y1, y2, y3, m0, m1, d0, d1, h0, h1, n0, n1, s0, s1];
    for digit in &mut digits {
        *digit = digit.wrapping_sub(b'0');
    }
    if digits.iter().any(|&digit| digit > 9) {
        return None;
    }
    let pair = |at: usize| i32::from(digits[at]) * 10 + i32::from(digits[at + 1]);
    let (year, month, day) = (pair(0) * 100 + pair(2), pair(4), pair(6));
    let (hour, minute, second) = (pair(8), pair(10), pair(12));
    let date = year >= 1970 && (1..=12).contains(&month) && day >= 1 && day <= days_in(year, month);
    let time = hour <= 23 && minute <= 59 && second <= 59;
    if !date || !time {
        return None;
    }
    let nanosecond = match tail {
        [b'Z'] => 0,
        [b'.', fraction @ .., b'Z'] => nanoseconds(fraction)?,
        _ => return None,
    };
    let days = days_since_epoch(year, month, day);
    Timestamp::new(i64::from(days) * 86_400 + i64::from(hour * 3_600 + minute * 60 + second), nanosecond).ok()
}

fn nanoseconds(fraction: &[u8]) -> Option<i32> {
    let scale = match fraction.len() {
        length @ 1..=9 => 10_i32.pow(9 - length as u32),
        _ => return None,
    };
    let digits = fraction
        .iter()
        .try_fold(0, |value, &digit| digit.is_ascii_digit().then(|| value * 10 + i32::from(digit - b'0')))?;
    Some(digits * scale)
}

fn days_in(year: i32, month: i32) -> i32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Counts from the first of March, so that the leap day is the last of its year.
fn days_since_epoch(year: i32, month: i32, day: i32) -> i32 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + day - 719_469
}
