//! Dates: the `full-date` of RFC 3339.

use std::fmt;

use jiff::civil::Date;
use serde::de::{Deserializer, Error, Unexpected, Visitor};
use serde::ser::{Error as _, Serializer};

use crate::runtime::model::ParseError;
use crate::runtime::model::part::Part;

/// The expected form, for error messages.
const EXPECTED: &str = "a date such as 2024-02-29, without a time";

/// Reads a date from a JSON string.
#[inline]
#[allow(dead_code, reason = "an API need not have dates with names")]
pub(crate) fn from_text(text: &str) -> Result<Date, ParseError> {
    parse(text.as_bytes()).ok_or_else(|| ParseError::new("Date", text, format!("expected {EXPECTED}")))
}

/// Returns `None` if it is not a date, or more than a date.
#[inline]
fn parse(text: &[u8]) -> Option<Date> {
    let &[y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1] = text else { return None };
    let number = |digits: &[u8]| {
        digits
            .iter()
            .try_fold(0_i16, |number, digit| digit.is_ascii_digit().then(|| number * 10 + i16::from(digit - b'0')))
    };
    let (year, month, day) = (number(&[y0, y1, y2, y3])?, number(&[m0, m1])?, number(&[d0, d1])?);
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

impl Part for Date {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
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

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.year() < 0 {
            return Err(S::Error::custom(format_args!("{self} is before the year 0000")));
        }
        serializer.collect_str(self)
    }
}
