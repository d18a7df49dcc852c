//! Numbers: integers that are written as fractions are accepted, and values that JSON cannot represent are not written.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error, Unexpected, Visitor};
use serde::ser::{Error as _, Serializer};

use crate::runtime::model::part::Part;

/// Below this, a double represents every integer, and no integer is the nearest double of another.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// The requirements of [`Integer`] on a type.
trait Whole: TryFrom<i64> + TryFrom<u64> {
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
