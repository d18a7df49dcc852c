//! Numbers: integers that are written as fractions are accepted, and values that JSON cannot represent are not written.

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use serde_core::de::{Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Unexpected, Visitor};
use serde_core::ser::{Error as _, Serializer};

use crate::runtime::model::part::Part;
use crate::runtime::model::value::raw;
use crate::runtime::model::value::scan::{Kind, kind};
use crate::runtime::model::value::text;

/// Below this, a double represents every integer, and no integer is the nearest double of another.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// The requirements of [`Integer`] on a type.
trait Whole: Sized + TryFrom<i64> + TryFrom<u64> + TryFrom<i128> + TryFrom<u128> {
    /// The name of the type, for error messages.
    const NAME: &'static str;
}

/// Reads an integer: `30`, and also `30.0`, `3e1` and `-0`.
struct Integer<T>(PhantomData<T>);

impl<T: Whole> Visitor<'_> for Integer<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::NAME)
    }

    #[inline]
    fn visit_i64<E: Error>(self, number: i64) -> Result<T, E> {
        T::try_from(number).map_err(|_| E::invalid_value(Unexpected::Signed(number), &self))
    }

    #[inline]
    fn visit_u64<E: Error>(self, number: u64) -> Result<T, E> {
        T::try_from(number).map_err(|_| E::invalid_value(Unexpected::Unsigned(number), &self))
    }

    #[cold]
    fn visit_i128<E: Error>(self, number: i128) -> Result<T, E> {
        T::try_from(number).map_err(|_| E::invalid_value(Unexpected::Other(&format!("integer `{number}`")), &self))
    }

    #[cold]
    fn visit_u128<E: Error>(self, number: u128) -> Result<T, E> {
        T::try_from(number).map_err(|_| E::invalid_value(Unexpected::Other(&format!("integer `{number}`")), &self))
    }

    #[cold]
    fn visit_f64<E: Error>(self, number: f64) -> Result<T, E> {
        match whole(number) {
            Some(number) => self.visit_i64(number),
            None => Err(E::invalid_type(Unexpected::Float(number), &self)),
        }
    }
}

/// Returns the integer that equals a double, if no other integer is read as the same double.
pub(crate) fn whole(number: f64) -> Option<i64> {
    (number.fract() == 0.0 && number.abs() < EXACT).then_some(number as i64)
}

macro_rules! integers {
    ($($name:ident by $deserialize:ident and $serialize:ident),* $(,)?) => {$(
        impl Whole for $name {
            const NAME: &'static str = stringify!($name);
        }

        impl Part for $name {
            #[inline]
            fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.$deserialize(Integer(PhantomData))
            }

            #[inline]
            fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.$serialize(*self)
            }
        }
    )*};
}

integers! {
    i32 by deserialize_i32 and serialize_i32,
    i64 by deserialize_i64 and serialize_i64,
    u32 by deserialize_u32 and serialize_u32,
    u64 by deserialize_u64 and serialize_u64,
}

/// Reads an integer of 128 bits from its text in JSON: serde_json reads all digits of such an integer itself, but then
/// accepts neither a point nor an exponent.
struct Digits<T>(PhantomData<T>);

impl<'de, T: Wide> Visitor<'de> for Digits<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        map.next_key::<IgnoredAny>()?;
        map.next_value_seed(self)
    }

    fn visit_str<E: Error>(self, json: &str) -> Result<T, E> {
        let integer = Integer(PhantomData);
        match kind(json) {
            Kind::Number if json.contains(['.', 'e', 'E']) || json == "-0" => match json.parse().ok().and_then(whole) {
                Some(number) => integer.visit_i64(number),
                None => Err(E::invalid_type(Unexpected::Other(&format!("number `{json}`")), &integer)),
            },
            Kind::Number => {
                let error = |_| E::invalid_value(Unexpected::Other(&format!("integer `{json}`")), &integer);
                json.parse().map_err(error)
            }
            Kind::String => Err(E::invalid_type(Unexpected::Str(&text(json).unwrap_or_default()), &integer)),
            Kind::Bool => Err(E::invalid_type(Unexpected::Bool(json == "true"), &integer)),
            Kind::Null => Err(E::invalid_type(Unexpected::Unit, &integer)),
            Kind::Array => Err(E::invalid_type(Unexpected::Seq, &integer)),
            Kind::Object => Err(E::invalid_type(Unexpected::Map, &integer)),
        }
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        T::read_from(deserializer, Integer(PhantomData))
    }
}

impl<'de, T: Wide> DeserializeSeed<'de> for Digits<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_str(self)
    }
}

/// The requirements of [`Digits`] on a type.
trait Wide: Whole + FromStr {
    /// Reads an integer from another format than JSON.
    fn read_from<'de, D: Deserializer<'de>>(deserializer: D, integer: Integer<Self>) -> Result<Self, D::Error>;
}

macro_rules! wide_integers {
    ($($name:ident by $deserialize:ident and $serialize:ident),* $(,)?) => {$(
        impl Whole for $name {
            const NAME: &'static str = stringify!($name);
        }

        impl Wide for $name {
            fn read_from<'de, D: Deserializer<'de>>(deserializer: D, integer: Integer<Self>) -> Result<Self, D::Error> {
                deserializer.$deserialize(integer)
            }
        }

        impl Part for $name {
            #[inline]
            fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                raw::visit(deserializer, Digits(PhantomData))
            }

            #[inline]
            fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.$serialize(*self)
            }
        }
    )*};
}

wide_integers! {
    i128 by deserialize_i128 and serialize_i128,
    u128 by deserialize_u128 and serialize_u128,
}

impl Part for f64 {
    #[inline]
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        f64::deserialize(deserializer)
    }

    #[inline]
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !self.is_finite() {
            return Err(S::Error::custom(format_args!("{self} is not a number in JSON")));
        }
        serializer.serialize_f64(*self)
    }
}
