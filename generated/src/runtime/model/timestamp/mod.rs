//! Points in time in the format of RFC 3339.

mod civil;
mod parse;
mod text;

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;
use std::time::{SystemTime, UNIX_EPOCH};

use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::ser::{Serialize, Serializer};

use crate::runtime::model::ParseError;
use crate::runtime::model::part::Plain;
use crate::runtime::model::timestamp::text::{NANOSECOND_DIGITS, Spelling};

/// A point in time, with its original offset and spelling.
///
/// It reads every date-time of RFC 3339: the years 0000 to 9999 in any offset, leap seconds, fractions of up to 47
/// digits, `t`, `z` or a space in place of `T` and `Z`. It also reads some forms of ISO 8601: the offsets `+01` and
/// `+0100`, a comma before the fraction, and a time without seconds. It writes the text that it has read:
/// `2024-01-01T00:00:00.50+02:00` keeps its offset and its zero.
///
/// Two timestamps are equal if they are the same point in time, whatever their spelling; they are sorted by it, to the
/// last digit. [`to_string`](ToString::to_string) returns the text.
///
/// It converts from and to [`jiff::Timestamp`], for calculations and time zones.
#[derive(Clone, Copy)]
pub struct Timestamp {
    /// The digits of the fraction after the nanosecond, as 38 digits.
    beyond: u128,
    /// Seconds since 1970 in UTC. A leap second has the number of the second before it.
    second: i64,
    /// Below 1,000,000,000, or from there to below 2,000,000,000 in a leap second.
    nanosecond: u32,
    /// East of UTC, in minutes.
    offset: i16,
    /// The number of digits in which the fraction is written, or [`text::NO_SECOND`].
    digits: u8,
    spelling: Spelling,
}

const NANOSECONDS: u32 = 1_000_000_000;

impl Timestamp {
    /// 1970-01-01T00:00:00Z.
    pub const UNIX_EPOCH: Timestamp = Timestamp::utc(0, 0);
    /// The first point in time that can be written in UTC: 0000-01-01T00:00:00Z.
    pub const MIN: Timestamp = Timestamp::utc(-62_167_219_200, 0);
    /// The last nanosecond that can be written in UTC: 9999-12-31T23:59:59.999999999Z.
    pub const MAX: Timestamp = Timestamp::utc(253_402_300_799, NANOSECONDS - 1);

    /// Creates a point in time, written in UTC: whole seconds since 1970-01-01T00:00:00Z, and nanoseconds after that.
    ///
    /// Returns `None` if `nanosecond` is above 999,999,999, or the year is not one of 0000 to 9999.
    #[inline]
    #[must_use]
    pub const fn new(second: i64, nanosecond: u32) -> Option<Timestamp> {
        let is_written = Timestamp::MIN.second <= second && second <= Timestamp::MAX.second;
        if is_written && nanosecond < NANOSECONDS { Some(Timestamp::utc(second, nanosecond)) } else { None }
    }

    #[inline]
    const fn utc(second: i64, nanosecond: u32) -> Timestamp {
        let (mut digits, mut rest) = (NANOSECOND_DIGITS, nanosecond);
        while digits > 0 && rest % 10 == 0 {
            (digits, rest) = (digits - 1, rest / 10);
        }
        Timestamp { beyond: 0, second, nanosecond, offset: 0, digits, spelling: Spelling::USUAL }
    }

    /// Returns the current time in UTC, by the system's clock.
    #[inline]
    #[must_use]
    pub fn now() -> Timestamp {
        let (second, nanosecond) = match SystemTime::now().duration_since(UNIX_EPOCH) {
            Ok(since) => (i64::try_from(since.as_secs()).unwrap_or(i64::MAX), since.subsec_nanos()),
            Err(error) => {
                let before = error.duration();
                let second = i64::try_from(before.as_secs()).unwrap_or(i64::MAX);
                match before.subsec_nanos() {
                    0 => (-second, 0),
                    nanosecond => (-second - 1, NANOSECONDS - nanosecond),
                }
            }
        };
        let nearest = if second < 0 { Timestamp::MIN } else { Timestamp::MAX };
        Timestamp::new(second, nanosecond).unwrap_or(nearest)
    }

    /// Whole seconds since 1970-01-01T00:00:00Z. A leap second has the number of the second before it.
    #[inline]
    #[must_use]
    pub const fn as_second(&self) -> i64 {
        self.second
    }

    /// The nanoseconds after [`as_second`](Self::as_second): 0 to 999,999,999.
    #[inline]
    #[must_use]
    pub const fn subsec_nanosecond(&self) -> u32 {
        self.nanosecond % NANOSECONDS
    }

    /// The offset from UTC in which it is written, in minutes, positive to the east.
    #[inline]
    #[must_use]
    pub const fn offset_minutes(&self) -> i16 {
        self.offset
    }

    /// The values that are compared.
    #[inline]
    const fn instant(&self) -> (i64, u32, u128) {
        (self.second, self.nanosecond, self.beyond)
    }
}

impl PartialEq for Timestamp {
    #[inline]
    fn eq(&self, other: &Timestamp) -> bool {
        self.instant() == other.instant()
    }
}

impl Eq for Timestamp {}

impl PartialOrd for Timestamp {
    #[inline]
    fn partial_cmp(&self, other: &Timestamp) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Timestamp {
    #[inline]
    fn cmp(&self, other: &Timestamp) -> Ordering {
        self.instant().cmp(&other.instant())
    }
}

impl Hash for Timestamp {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.instant().hash(state);
    }
}

impl fmt::Display for Timestamp {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.with_text(|text| f.pad(text))
    }
}

impl fmt::Debug for Timestamp {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Timestamp {
    type Err = ParseError;

    #[inline]
    fn from_str(text: &str) -> Result<Timestamp, ParseError> {
        parse::parse(text.as_bytes()).map_err(|reason| ParseError::new("Timestamp", text, reason))
    }
}

/// Fails if the year in UTC is not one of 0000 to 9999.
impl TryFrom<jiff::Timestamp> for Timestamp {
    type Error = ParseError;

    #[inline]
    fn try_from(time: jiff::Timestamp) -> Result<Timestamp, ParseError> {
        // jiff counts nanoseconds before 1970 backwards.
        let nanosecond = i64::from(time.subsec_nanosecond());
        let second = time.as_second() - i64::from(nanosecond < 0);
        let nanosecond = nanosecond.rem_euclid(i64::from(NANOSECONDS));
        u32::try_from(nanosecond)
            .ok()
            .and_then(|nanosecond| Timestamp::new(second, nanosecond))
            .ok_or_else(|| ParseError::new("Timestamp", &time.to_string(), parse::YEARS))
    }
}

/// Drops the digits after the nanosecond, and converts a leap second to the second before it. Fails after
/// 9999-12-30T22:00:00.999999999Z, where jiff ends.
impl TryFrom<Timestamp> for jiff::Timestamp {
    type Error = jiff::Error;

    #[inline]
    fn try_from(time: Timestamp) -> Result<jiff::Timestamp, jiff::Error> {
        let nanosecond = i32::try_from(time.subsec_nanosecond()).unwrap_or_default(); // it is below 10^9
        jiff::Timestamp::new(time.second, nanosecond)
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.with_text(|text| serializer.serialize_str(text))
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    #[inline]
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
        struct Text;

        impl Visitor<'_> for Text {
            type Value = Timestamp;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a timestamp string")
            }

            #[inline]
            fn visit_str<E: Error>(self, text: &str) -> Result<Timestamp, E> {
                match parse::common(text.as_bytes()) {
                    Some(timestamp) => Ok(timestamp),
                    None => text.parse().map_err(E::custom),
                }
            }
        }

        deserializer.deserialize_str(Text)
    }
}

impl Plain for Timestamp {}
