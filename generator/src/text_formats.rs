//! The formats of strings that become separate types, as the generated crate reads them.

/// Returns the expected form of a format if a text does not have it; `None` if it has, or if the format is unknown.
pub(crate) fn fault(format: &str, text: &str) -> Option<&'static str> {
    match format {
        "uuid" => (!is_uuid(text)).then_some("a UUID: 32 hexadecimal digits, set apart by hyphens as 8-4-4-4-12"),
        "date" => (!is_date(text)).then_some("a date such as `2025-01-31`"),
        "date-time" => (!is_date_time(text)).then_some("a point in time such as `2025-01-31T12:00:00Z`"),
        _ => None,
    }
}

fn is_uuid(text: &str) -> bool {
    let groups = text.split('-').map(|group| (group.len(), group.bytes().all(|byte| byte.is_ascii_hexdigit())));
    groups.eq([8, 4, 4, 4, 12].map(|length| (length, true)))
}

/// Whether a text is `YYYY-MM-DD`, a day of the calendar.
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return false };
    let (Some(year), Some(month), Some(day)) = (digits(year, 4), digits(month, 2), digits(day, 2)) else {
        return false;
    };
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + u32::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    (1..=12).contains(&month) && (1..=days).contains(&day)
}

/// Whether a text is a `date-time` of RFC 3339, section 5.6.
fn is_date_time(text: &str) -> bool {
    let Some((date, time)) = text.split_once(['T', 't']) else { return false };
    let (time, offset) = match time.strip_suffix(['Z', 'z']) {
        Some(time) => (time, None),
        None => match time.rfind(['+', '-']).and_then(|sign| time.split_at_checked(sign)) {
            Some((time, offset)) => (time, offset.get(1..)),
            None => return false,
        },
    };
    let (clock, fraction) = time.split_once('.').map_or((time, None), |(clock, fraction)| (clock, Some(fraction)));
    let fields: Vec<&str> = clock.split(':').collect();
    let [hour, minute, second] = fields.as_slice() else { return false };
    let is_offset =
        |offset: &str| offset.split_once(':').is_some_and(|(hour, minute)| is_hour_and_minute(hour, minute));
    is_date(date)
        && is_hour_and_minute(hour, minute)
        // A leap second is valid.
        && digits(second, 2).is_some_and(|second| second <= 60)
        && fraction.is_none_or(|fraction| !fraction.is_empty() && fraction.bytes().all(|byte| byte.is_ascii_digit()))
        && offset.is_none_or(is_offset)
}

fn is_hour_and_minute(hour: &str, minute: &str) -> bool {
    digits(hour, 2).is_some_and(|hour| hour <= 23) && digits(minute, 2).is_some_and(|minute| minute <= 59)
}

/// Parses a number of exactly this many digits.
fn digits(text: &str, count: usize) -> Option<u32> {
    let is_number = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::fault;

    #[test]
    fn recognizes_texts_of_a_format() {
        for (format, text) in [
            ("uuid", "3f2b8c1e-7a4d-4e6b-9c55-0d1e2f3a4b5c"),
            ("uuid", "3F2B8C1E-7A4D-4E6B-9C55-0D1E2F3A4B5C"),
            ("date", "2024-02-29"),
            ("date", "2000-02-29"),
            ("date-time", "2025-01-31T12:00:00Z"),
            ("date-time", "2016-12-31t23:59:60z"),
            ("date-time", "2025-01-31T12:00:00.123456789012345+05:30"),
            ("date-time", "2025-01-31T12:00:00-00:00"),
            ("email", "anything"),
        ] {
            assert_eq!(fault(format, text), None, "{format} {text}");
        }
        for (format, text) in [
            ("uuid", ""),
            ("uuid", "3f2b8c1e7a4d4e6b9c550d1e2f3a4b5c"),
            ("uuid", "3f2b8c1e-7a4d-4e6b-9c55-0d1e2f3a4b5g"),
            ("date", "2023-02-29"),
            ("date", "1900-02-29"),
            ("date", "2025-13-01"),
            ("date", "2025-04-31"),
            ("date", "2025-1-31"),
            ("date", "+025-01-31"),
            ("date-time", "2025-01-31"),
            ("date-time", "2025-01-31 12:00:00Z"),
            ("date-time", "2025-01-31T12:00:00"),
            ("date-time", "2025-01-31T24:00:00Z"),
            ("date-time", "2025-01-31T12:00:00.Z"),
            ("date-time", "2025-01-31T12:00:00+0530"),
            ("date-time", "2025-01-31T12:00Z"),
        ] {
            assert!(fault(format, text).is_some(), "{format} {text}");
        }
    }
}
