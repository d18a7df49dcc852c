//! Points in time in the format of RFC 3339.

mod parse;
mod text;

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_core::de::{Deserialize, Deserializer, Error, Visitor};
use serde_core::ser::{Serialize, Serializer};

use crate::runtime::model::ParseError;
use crate::runtime::model::part::Plain;
use crate::runtime::model::timestamp::text::{NANOSECOND_DIGITS, Spelling};

/// A point in time, with its original offset and spelling.
///
/// It reads every date-time of RFC 3339: the years 0000 to 9999 in any offset, leap seconds, fractions of up to 47
/// digits, `t`, `z` or a space in place of `T` and `Z`. It also reads some forms of ISO 8601: the offsets `+01` and
/// `+0100`, a comma before the fraction, and a time without seconds. A text without an offset is read as UTC, and
/// [`has_offset`](Self::has_offset) is false. It writes the text that it has read: `2024-01-01T00:00:00.50+02:00` keeps
/// its offset and its zero.
///
/// Two timestamps are equal if they are the same point in time, whatever their spelling; they are sorted by it, to the
/// last digit. [`to_string`](ToString::to_string) returns the text.
///
/// It converts from and to [`SystemTime`] and, with the feature `jiff`, `jiff::Timestamp`, for calculations and time
/// zones.
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

/// The reason why a year is rejected.
pub(super) const YEARS: &str = "its year is not one of 0000 to 9999";

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
        let (second, nanosecond) = since_epoch(SystemTime::now());
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

    /// The offset from UTC in which it is written, in minutes, positive to the east; 0 if it is written without one.
    #[inline]
    #[must_use]
    pub const fn offset_minutes(&self) -> i16 {
        self.offset
    }

    /// Whether it is written with its offset from UTC. RFC 3339 requires one. Without it, only the server knows the
    /// point in time that it means; here it counts as UTC.
    #[inline]
    #[must_use]
    pub fn has_offset(&self) -> bool {
        self.spelling.has_zone()
    }

    /// Returns the time from another point in time to this one, or zero if the other is the later one. Whole seconds do
    /// not include leap seconds.
    #[inline]
    #[must_use]
    pub fn saturating_duration_since(&self, earlier: &Timestamp) -> Duration {
        let nanosecond = i64::from(self.nanosecond) - i64::from(earlier.nanosecond);
        let second = self.second - earlier.second + nanosecond.div_euclid(NANOSECONDS.into());
        // Below 10^9.
        let nanosecond = nanosecond.rem_euclid(NANOSECONDS.into()) as u32;
        u64::try_from(second).map_or(Duration::ZERO, |second| Duration::new(second, nanosecond))
    }

    /// The values that are compared.
    #[inline]
    const fn instant(&self) -> (i64, u32, u128) {
        (self.second, self.nanosecond, self.beyond)
    }
}

/// Returns the whole seconds from 1970-01-01T00:00:00Z to a time, rounded down, and the nanoseconds after those.
#[inline]
fn since_epoch(time: SystemTime) -> (i64, u32) {
    let seconds = |duration: Duration| i64::try_from(duration.as_secs()).unwrap_or(i64::MAX);
    match time.duration_since(UNIX_EPOCH) {
        Ok(since) => (seconds(since), since.subsec_nanos()),
        Err(error) => match error.duration() {
            before if before.subsec_nanos() == 0 => (-seconds(before), 0),
            before => (-seconds(before) - 1, NANOSECONDS - before.subsec_nanos()),
        },
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
impl TryFrom<SystemTime> for Timestamp {
    type Error = ParseError;

    #[inline]
    fn try_from(time: SystemTime) -> Result<Timestamp, ParseError> {
        let (second, nanosecond) = since_epoch(time);
        Timestamp::new(second, nanosecond)
            .ok_or_else(|| ParseError::new("Timestamp", &format!("{second} seconds since 1970"), YEARS))
    }
}

/// Drops the digits after the nanosecond, and converts a leap second to the second before it. Fails before the first
/// time of the system's clock, which is 1601 on Windows.
impl TryFrom<Timestamp> for SystemTime {
    type Error = ParseError;

    #[inline]
    fn try_from(time: Timestamp) -> Result<SystemTime, ParseError> {
        let whole = Duration::from_secs(time.second.unsigned_abs());
        let whole = if time.second < 0 { UNIX_EPOCH.checked_sub(whole) } else { UNIX_EPOCH.checked_add(whole) };
        whole
            .and_then(|whole| whole.checked_add(Duration::from_nanos(time.subsec_nanosecond().into())))
            .ok_or_else(|| ParseError::new("SystemTime", &time.to_string(), "the system's clock has no such time"))
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
