//! Dates: the `full-date` of RFC 3339.

use std::fmt;
use std::str::FromStr;

use serde_core::de::{Deserialize, Deserializer, Error, Unexpected, Visitor};
use serde_core::ser::{Serialize, Serializer};

use crate::runtime::model::ParseError;
use crate::runtime::model::civil::{days_in, pair};
use crate::runtime::model::part::Plain;

/// The expected form, for error messages.
const EXPECTED: &str = "a date such as 2024-02-29, without a time";

/// A day of the Gregorian calendar in the years 0000 to 9999, such as 2024-02-29.
///
/// With the feature `jiff`, it converts from and to `jiff::civil::Date`, for calculations.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// 0000-01-01.
    pub const MIN: Date = Date { year: 0, month: 1, day: 1 };
    /// 9999-12-31.
    pub const MAX: Date = Date { year: 9999, month: 12, day: 31 };

    /// Creates a date of year, month (1 to 12) and day of the month (from 1). Returns `None` if there is no such day.
    #[inline]
    #[must_use]
    pub const fn new(year: u16, month: u8, day: u8) -> Option<Date> {
        let is_month = year <= 9999 && 1 <= month && month <= 12;
        if is_month && 1 <= day && day as i32 <= days_in(year as i32, month as i32) {
            Some(Date { year, month, day })
        } else {
            None
        }
    }

    /// 0 to 9999.
    #[inline]
    #[must_use]
    pub const fn year(self) -> u16 {
        self.year
    }

    /// 1 to 12.
    #[inline]
    #[must_use]
    pub const fn month(self) -> u8 {
        self.month
    }

    /// The day of the month: 1 to 31.
    #[inline]
    #[must_use]
    pub const fn day(self) -> u8 {
        self.day
    }
}

/// Returns `None` if it is not a date, or more than a date.
#[inline]
fn parse(text: &[u8]) -> Option<Date> {
    let &[y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1] = text else { return None };
    let mut digits = [y0, y1, y2, y3, m0, m1, d0, d1];
    for digit in &mut digits {
        *digit = digit.wrapping_sub(b'0');
        if *digit > 9 {
            return None;
        }
    }
    let pair = |at: usize| digits[at] * 10 + digits[at + 1];
    Date::new(u16::from(pair(0)) * 100 + u16::from(pair(2)), pair(4), pair(6))
}

impl fmt::Display for Date {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let year = i32::from(self.year);
        let ([y0, y1], [y2, y3]) = (pair(year / 100), pair(year % 100));
        let ([m0, m1], [d0, d1]) = (pair(self.month.into()), pair(self.day.into()));
        let text = [y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1];
        // Never the default: the text is ASCII.
        f.pad(str::from_utf8(&text).unwrap_or_default())
    }
}

impl fmt::Debug for Date {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Date {
    type Err = ParseError;

    #[inline]
    fn from_str(text: &str) -> Result<Date, ParseError> {
        parse(text.as_bytes()).ok_or_else(|| ParseError::new("Date", text, format!("expected {EXPECTED}")))
    }
}

impl Serialize for Date {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    #[inline]
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
        struct Text;

        impl Visitor<'_> for Text {
            type Value = Date;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(EXPECTED)
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Date, E> {
                parse(text.as_bytes()).ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
            }
        }

        deserializer.deserialize_str(Text)
    }
}

impl Plain for Date {}
