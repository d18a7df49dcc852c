//! Conversions of times and dates from and to those of jiff, for calculations and time zones.

use crate::runtime::model::timestamp::YEARS;
use crate::runtime::model::{Date, ParseError, Timestamp};

/// Fails if the year in UTC is not one of 0000 to 9999.
impl TryFrom<jiff::Timestamp> for Timestamp {
    type Error = ParseError;

    #[inline]
    fn try_from(time: jiff::Timestamp) -> Result<Timestamp, ParseError> {
        // jiff counts nanoseconds before 1970 backwards.
        let nanosecond = i64::from(time.subsec_nanosecond());
        let second = time.as_second() - i64::from(nanosecond < 0);
        u32::try_from(nanosecond.rem_euclid(1_000_000_000))
            .ok()
            .and_then(|nanosecond| Timestamp::new(second, nanosecond))
            .ok_or_else(|| ParseError::new("Timestamp", &time.to_string(), YEARS))
    }
}

/// Drops the digits after the nanosecond, and converts a leap second to the second before it. Fails after
/// 9999-12-30T22:00:00.999999999Z, where jiff ends.
impl TryFrom<Timestamp> for jiff::Timestamp {
    type Error = jiff::Error;

    #[inline]
    fn try_from(time: Timestamp) -> Result<jiff::Timestamp, jiff::Error> {
        let nanosecond = i32::try_from(time.subsec_nanosecond()).unwrap_or_default(); // it is below 10^9
        jiff::Timestamp::new(time.as_second(), nanosecond)
    }
}

/// Fails if the year is below 0000.
impl TryFrom<jiff::civil::Date> for Date {
    type Error = ParseError;

    #[inline]
    fn try_from(date: jiff::civil::Date) -> Result<Date, ParseError> {
        let parts = (u16::try_from(date.year()), u8::try_from(date.month()), u8::try_from(date.day()));
        let (Ok(year), Ok(month), Ok(day)) = parts else {
            return Err(ParseError::new("Date", &date.to_string(), YEARS));
        };
        Date::new(year, month, day).ok_or_else(|| ParseError::new("Date", &date.to_string(), YEARS))
    }
}

impl From<Date> for jiff::civil::Date {
    #[inline]
    fn from(date: Date) -> jiff::civil::Date {
        let (year, month, day) = (date.year() as i16, date.month() as i8, date.day() as i8);
        // Never the default: jiff has the same calendar, and more years.
        jiff::civil::Date::new(year, month, day).unwrap_or_default()
    }
}
