//! Times in headers: a number of seconds from now, or a point in time.

use http::{HeaderMap, HeaderName, header};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::fmt::rfc2822::DateTimeParser;
use jiff::tz::Offset;
use std::time::Duration;

const DATES: DateTimeParser = DateTimeParser::new().relaxed_weekday(true);

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
    for byte in text.as_bytes() {
        if !byte.is_ascii_digit() {
            return false;
        }
    }
    !text.is_empty()
}

fn read(text: &str, headers: &HeaderMap) -> Option<Duration> {
    let Some(number) = seconds(text) else {
        let at = text.parse().ok().or_else(|| http_date(text))?;
        return Some(Duration::try_from(at.duration_since(now(headers))).unwrap_or(Duration::ZERO));
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
    let wait = number / unit - now(headers).duration_since(Timestamp::UNIX_EPOCH).as_secs_f64();
    Some(Duration::try_from_secs_f64(wait.max(0.0)).unwrap_or(Duration::MAX))
}

fn now(headers: &HeaderMap) -> Timestamp {
    let date = headers.get(header::DATE).and_then(|value| http_date(value.to_str().ok()?.trim()));
    date.unwrap_or_else(Timestamp::now)
}

/// Parses a date in one of the three forms of RFC 9110, 5.6.7, or as in mails: `Sun, 06 Nov 1994 08:49:37 GMT`,
/// `Sunday, 06-Nov-94 08:49:37 GMT`, `Sun Nov  6 08:49:37 1994`.
fn http_date(text: &str) -> Option<Timestamp> {
    if let Ok(date) = DATES.parse_timestamp(text) {
        return Some(date);
    }
    // In all three forms, the day comes before the year, and no other part is ambiguous.
    let (mut month, mut day, mut year, mut time) = (None, None, None, None);
    for word in text.split(&[' ', ',', '-', '\t'][..]) {
        let start = word.get(..3).unwrap_or(word).to_ascii_lowercase();
        if word.is_empty() {
            continue;
        } else if let Some(index) = find(&MONTHS, &start) {
            month = i8::try_from(index + 1).ok();
        } else if word.contains(':') {
            let mut parts = word.split(&[':'][..]);
            time = Some([number(parts.next()?)?, number(parts.next()?)?, number(parts.next()?)?]);
        } else if is_digits(word) {
            let place = if day.is_none() { &mut day } else { &mut year };
            *place = Some(number(word)?);
        } else if find(&DAYS, &start).is_none() && find(&["gmt", "utc", "z"], &start).is_none() {
            return None;
        }
    }
    let small = |number| i8::try_from(number).ok();
    let [hour, minute, second] = time?;
    let (day, hour, minute, second) = (small(day?)?, small(hour)?, small(minute)?, small(second)?);
    // A leap second counts as the second before it.
    let date = DateTime::new(whole_year(year?), month?, day, hour, minute, second.min(59), 0).ok()?;
    Offset::UTC.to_timestamp(date).ok()
}

fn find(names: &[&str], name: &str) -> Option<usize> {
    for (index, known) in names.iter().enumerate() {
        if *known == name {
            return Some(index);
        }
    }
    None
}

fn number(text: &str) -> Option<i16> {
    text.parse::<u16>().ok()?.try_into().ok()
}

/// A year of two digits is in this century, unless that is more than 50 years ahead: then it is in the last.
fn whole_year(year: i16) -> i16 {
    if year >= 100 {
        return year;
    }
    let this = Offset::UTC.to_datetime(Timestamp::now()).year();
    let year = this - this % 100 + year;
    if year > this + 50 { year - 100 } else { year }
}
