//! Times in headers: a number of seconds from now, or a point in time.

use std::time::Duration;

use http::{HeaderMap, HeaderName, header};

use crate::runtime::client::text::is_all;
use crate::runtime::model::Timestamp;
use crate::runtime::model::civil;

/// A larger number is not a number of seconds to wait, which would be about 32 years, but a time since 1970.
const LEAST_TIME: f64 = 1e9;

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Returns how long it is until the time in a header, in any of these forms: seconds, with or without a fraction; a
/// time since 1970, in seconds or a smaller unit; a date of HTTP in its three forms; a date of RFC 3339. In a list, or
/// in several headers of this name, the first valid one counts.
///
/// A point in time is compared with the server's own clock, if the response has a `Date`, and otherwise with this
/// machine's. A past time is not a time to wait.
pub(crate) fn until(headers: &HeaderMap, name: &HeaderName) -> Option<Duration> {
    for value in headers.get_all(name) {
        let Ok(text) = value.to_str() else { continue };
        let text = text.trim_matches(&[' ', '\t', '"'][..]);
        if let Some(wait) = read(text, headers) {
            return Some(wait);
        }
        // Dates contain commas too.
        for part in text.split(&[',', ';'][..]) {
            if let Some(wait) = read(part.trim(), headers) {
                return Some(wait);
            }
        }
    }
    None
}

/// Parses a number of seconds, with or without a fraction.
pub(crate) fn seconds(text: &str) -> Option<f64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    if is_digits(whole) && is_digits(fraction) { text.parse().ok() } else { None }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && is_all(text, |byte| byte.is_ascii_digit())
}

fn read(text: &str, headers: &HeaderMap) -> Option<Duration> {
    let Some(number) = seconds(text) else {
        let at = text.parse().ok().or_else(|| http_date(text))?;
        return Some(at.saturating_duration_since(&now(headers)));
    };
    if number < LEAST_TIME {
        return Duration::try_from_secs_f64(number).ok();
    }
    // A value beyond `Duration` is too long to wait.
    if number >= 1e20 {
        return Some(Duration::MAX);
    }
    let mut unit = 1.0;
    while number / unit >= 1e11 {
        unit *= 1e3;
    }
    let wait = number / unit - now(headers).saturating_duration_since(&Timestamp::UNIX_EPOCH).as_secs_f64();
    Some(Duration::try_from_secs_f64(wait.max(0.0)).unwrap_or(Duration::MAX))
}

fn now(headers: &HeaderMap) -> Timestamp {
    let date = headers.get(header::DATE).and_then(|value| http_date(value.to_str().ok()?.trim()));
    date.unwrap_or_else(Timestamp::now)
}

/// Parses a date in one of the three forms of RFC 9110, 5.6.7, or as in mails: `Sun, 06 Nov 1994 08:49:37 GMT`,
/// `Sunday, 06-Nov-94 08:49:37 GMT`, `Sun Nov  6 08:49:37 1994`, `6 Nov 1994 09:49:37 +0100`.
fn http_date(text: &str) -> Option<Timestamp> {
    let (text, offset) = offset(text);
    // In all forms, the day comes before the year, and no other part is ambiguous.
    let (mut month, mut day, mut year, mut time) = (None, None, None, None);
    for word in text.split(&[' ', ',', '-', '\t'][..]) {
        let start = word.get(..3).unwrap_or(word).to_ascii_lowercase();
        if word.is_empty() {
            continue;
        } else if let Some(index) = find(&MONTHS, &start) {
            month = i32::try_from(index + 1).ok();
        } else if word.contains(':') {
            let mut parts = word.split(&[':'][..]);
            time = Some([number(parts.next()?)?, number(parts.next()?)?, number(parts.next()?)?]);
        } else if is_digits(word) {
            let place = if day.is_none() { &mut day } else { &mut year };
            *place = Some(number(word)?);
        } else if find(&DAYS, &start).is_none() && find(&["gmt", "ut", "utc", "z"], &start).is_none() {
            return None;
        }
    }
    let (year, month, day, [hour, minute, second]) = (whole_year(year?), month?, day?, time?);
    let is_date = day >= 1 && day <= civil::days_in(year, month);
    if !is_date || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    // A leap second counts as the second before it.
    let second = hour * 3_600 + minute * 60 + second.min(59) - offset * 60;
    Timestamp::new(i64::from(civil::days_since_epoch(year, month, day)) * 86_400 + i64::from(second), 0)
}

/// Splits off an offset from UTC such as `-0500` at the end, and returns it in minutes to the east. Without one, it is 0.
fn offset(text: &str) -> (&str, i32) {
    let start = text.len().saturating_sub(" -0500".len());
    let Some((rest, zone)) = text.split_at_checked(start) else { return (text, 0) };
    let sign = match zone.as_bytes() {
        [b' ', b'+', ..] => 1,
        [b' ', b'-', ..] => -1,
        _ => return (text, 0),
    };
    match number(&zone[2..]) {
        Some(number) if number % 100 < 60 => (rest, sign * (number / 100 * 60 + number % 100)),
        _ => (text, 0),
    }
}

fn find(names: &[&str], name: &str) -> Option<usize> {
    for (index, known) in names.iter().enumerate() {
        if *known == name {
            return Some(index);
        }
    }
    None
}

/// Parses a number of at most four digits.
fn number(text: &str) -> Option<i32> {
    if is_digits(text) && text.len() <= 4 { text.parse().ok() } else { None }
}

/// A year of two digits is in this century, unless that is more than 50 years ahead: then it is in the last.
fn whole_year(year: i32) -> i32 {
    if year >= 100 {
        return year;
    }
    let days = Timestamp::now().as_second().div_euclid(86_400);
    // The days of 10,000 years.
    let (this, _, _) = civil::date(days as i32);
    let year = this - this % 100 + year;
    if year > this + 50 { year - 100 } else { year }
}
