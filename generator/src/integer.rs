//! Integers of up to 128 bits, with or without a sign.

use std::fmt;
use std::num::{ParseIntError, TryFromIntError};
use std::str::FromStr;

use serde::ser::{Serialize, Serializer};
use serde_json::Value;

/// An integer between `i128::MIN` and `u128::MAX`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Integer(Held);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Held {
    Signed(i128),
    /// Above `i128::MAX`.
    Above(u128),
}

impl Integer {
    /// The least.
    pub const MIN: Self = Self(Held::Signed(i128::MIN));
    /// The greatest.
    pub const MAX: Self = Self(Held::Above(u128::MAX));

    /// Whether it is below zero.
    pub const fn is_negative(self) -> bool {
        matches!(self.0, Held::Signed(..0))
    }

    /// Whether it is neither an `i64` nor a `u64`.
    pub fn is_beyond_64_bits(self) -> bool {
        self < i64::MIN.into() || self > u64::MAX.into()
    }

    /// Returns it as an `i128`, or as a `u128` if it is greater than every `i128`.
    pub const fn to_128_bits(self) -> Result<i128, u128> {
        match self.0 {
            Held::Signed(number) => Ok(number),
            Held::Above(number) => Err(number),
        }
    }

    /// The nearest double.
    pub fn to_f64(self) -> f64 {
        match self.0 {
            Held::Signed(number) => number as f64,
            Held::Above(number) => number as f64,
        }
    }

    /// Returns the integer that equals a double.
    pub fn from_f64(number: f64) -> Option<Self> {
        const ABOVE_I128: f64 = 170_141_183_460_469_231_731_687_303_715_884_105_728.0;
        const ABOVE_U128: f64 = 340_282_366_920_938_463_463_374_607_431_768_211_456.0;
        if number.fract() != 0.0 || !(-ABOVE_I128..ABOVE_U128).contains(&number) {
            None
        } else if number < ABOVE_I128 {
            Some((number as i128).into())
        } else {
            Some((number as u128).into())
        }
    }

    /// Returns the next integer, or the same if there is none.
    #[must_use]
    pub fn next(self) -> Self {
        match self.0 {
            Held::Signed(i128::MAX) => (i128::MAX.unsigned_abs() + 1).into(),
            Held::Signed(number) => (number + 1).into(),
            Held::Above(number) => number.saturating_add(1).into(),
        }
    }

    /// Returns the previous integer, or the same if there is none.
    #[must_use]
    pub fn previous(self) -> Self {
        match self.0 {
            Held::Signed(number) => number.saturating_sub(1).into(),
            Held::Above(number) => (number - 1).into(),
        }
    }

    /// Whether it is a multiple of another integer.
    pub fn is_multiple_of(self, divisor: Self) -> bool {
        let magnitude = |number: Self| match number.0 {
            Held::Signed(number) => number.unsigned_abs(),
            Held::Above(number) => number,
        };
        magnitude(self).checked_rem(magnitude(divisor)).is_none_or(|rest| rest == 0)
    }
}

macro_rules! converted {
    ($($name:ident),*) => {$(
        impl From<$name> for Integer {
            fn from(number: $name) -> Self {
                Self(Held::Signed(number.into()))
            }
        }

        impl TryFrom<Integer> for $name {
            type Error = TryFromIntError;

            fn try_from(number: Integer) -> Result<Self, TryFromIntError> {
                match number.0 {
                    Held::Signed(number) => number.try_into(),
                    Held::Above(number) => number.try_into(),
                }
            }
        }
    )*};
}

converted!(i32, i64, u32, u64);

impl From<i128> for Integer {
    fn from(number: i128) -> Self {
        Self(Held::Signed(number))
    }
}

impl From<u128> for Integer {
    fn from(number: u128) -> Self {
        Self(i128::try_from(number).map_or(Held::Above(number), Held::Signed))
    }
}

impl TryFrom<Integer> for i128 {
    type Error = TryFromIntError;

    fn try_from(number: Integer) -> Result<Self, TryFromIntError> {
        match number.0 {
            Held::Signed(number) => Ok(number),
            Held::Above(number) => number.try_into(),
        }
    }
}

impl TryFrom<Integer> for u128 {
    type Error = TryFromIntError;

    fn try_from(number: Integer) -> Result<Self, TryFromIntError> {
        match number.0 {
            Held::Signed(number) => number.try_into(),
            Held::Above(number) => Ok(number),
        }
    }
}

impl FromStr for Integer {
    type Err = ParseIntError;

    fn from_str(text: &str) -> Result<Self, ParseIntError> {
        text.parse::<i128>().map(Self::from).or_else(|error| text.parse::<u128>().map(Self::from).map_err(|_| error))
    }
}

impl fmt::Display for Integer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Held::Signed(number) => fmt::Display::fmt(&number, f),
            Held::Above(number) => fmt::Display::fmt(&number, f),
        }
    }
}

impl Serialize for Integer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match (i64::try_from(*self), u64::try_from(*self), self.0) {
            (Ok(number), ..) => serializer.serialize_i64(number),
            (_, Ok(number), _) => serializer.serialize_u64(number),
            (.., Held::Signed(number)) => serializer.serialize_i128(number),
            (.., Held::Above(number)) => serializer.serialize_u128(number),
        }
    }
}

/// Begins a text in a JSON value that represents an integer beyond 64 bits: `serde_json::Value` has no room for it. The
/// character is none that a text contains: Unicode reserves it for such marks.
const MARK: char = '\u{FDD0}';
/// The same in a JSON text.
const MARK_IN_JSON: &str = "\"\u{FDD0}";

/// Returns the text that represents an integer in a JSON value.
pub fn marked(number: Integer) -> String {
    format!("{MARK}{number}")
}

/// Returns the integer that a text represents.
pub fn of_marked(text: &str) -> Option<Integer> {
    text.strip_prefix(MARK)?.parse().ok()
}

/// Returns the integer of a JSON value, whatever its spelling.
pub fn of_json(value: &Value) -> Option<Integer> {
    match value {
        Value::Number(number) => {
            let signed = number.as_i64().map(Integer::from);
            let unsigned = || number.as_u64().map(Integer::from);
            signed.or_else(unsigned).or_else(|| crate::source::whole(number.as_f64()?).map(Integer::from))
        }
        Value::String(text) => of_marked(text),
        _ => None,
    }
}

/// Returns the JSON value of a number of the description, exactly.
pub fn json_of(text: &str) -> Option<Value> {
    match text.parse::<Integer>() {
        Ok(number) if number.is_beyond_64_bits() => Some(Value::String(marked(number))),
        _ => serde_json::from_str(text).ok(),
    }
}

/// Returns a JSON value as its text, with all integers.
pub fn json_text(value: &Value) -> String {
    unmarked(&value.to_string())
}

/// Returns a JSON text with the integers that its texts represent.
pub fn unmarked(json: &str) -> String {
    let mut parts = json.split(MARK_IN_JSON);
    let mut written = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let is_inside = written.bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1;
        match part.split_once('"').filter(|(_, rest)| !is_inside && !rest.starts_with(':')) {
            Some((number, rest)) if number.parse::<Integer>().is_ok() => written.extend([number, rest]),
            _ => written.extend([MARK_IN_JSON, part]),
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Integer, json_of, json_text, marked, of_json};

    const ENDS: [&str; 8] = [
        "-170141183460469231731687303715884105728",
        "-9223372036854775809",
        "-1",
        "0",
        "18446744073709551615",
        "170141183460469231731687303715884105727",
        "170141183460469231731687303715884105728",
        "340282366920938463463374607431768211455",
    ];

    fn integer(text: &str) -> Integer {
        text.parse().expect("an integer")
    }

    #[test]
    fn integers_are_ordered_by_value() {
        let all = ENDS.map(integer);
        assert!(all.is_sorted());
        assert_eq!(all.map(|number| number.to_string()), ENDS);
        assert_eq!((all[0], all[7]), (Integer::MIN, Integer::MAX));
        for text in ["340282366920938463463374607431768211456", "-170141183460469231731687303715884105729", "", "1.0"] {
            assert!(text.parse::<Integer>().is_err(), "{text}");
        }
        for number in &all[1..7] {
            assert_eq!((number.next().previous(), number.previous().next()), (*number, *number));
        }
        assert_eq!(all.map(Integer::is_beyond_64_bits), [true, true, false, false, false, true, true, true]);
    }

    #[test]
    fn doubles_are_converted_if_they_are_integers() {
        assert_eq!(Integer::from_f64(1e20), Some(integer("100000000000000000000")));
        assert_eq!(Integer::from_f64(-1.701_411_834_604_692_3e38), Some(Integer::MIN));
        assert_eq!(Integer::from_f64(1.701_411_834_604_692_3e38), Some(integer(ENDS[6])));
        for number in [0.5, 3.402_823_669_209_385e38, -1.8e38, f64::MAX, f64::NAN, f64::INFINITY] {
            assert_eq!(Integer::from_f64(number), None, "{number}");
        }
    }

    #[test]
    fn multiples_have_no_rest() {
        assert!(Integer::MIN.is_multiple_of(integer("-4")) && Integer::MAX.is_multiple_of(integer("5")));
        assert!(!Integer::MIN.is_multiple_of(integer("3")) && integer("3").is_multiple_of(integer("0")));
    }

    #[test]
    fn json_values_keep_every_integer() {
        for text in ENDS {
            let value = json_of(text).expect("a number");
            assert_eq!((json_text(&value), of_json(&value)), (text.to_owned(), Some(integer(text))));
        }
        let value = json!({"a": [marked(Integer::MAX), 1.5, "1"], "b": null});
        assert_eq!(json_text(&value), r#"{"a":[340282366920938463463374607431768211455,1.5,"1"],"b":null}"#);
        let other = json!({"\u{FDD0}1": "\u{FDD0}x\"", "a": "\\\"\u{FDD0}1"});
        assert_eq!(json_text(&other), other.to_string());
        assert_eq!(of_json(&json!(30.0)), Some(30.into()));
        assert_eq!((of_json(&json!("30")), of_json(&json!(1e20))), (None, None));
    }
}
