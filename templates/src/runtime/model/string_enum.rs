//! Enums whose values are strings.

use std::fmt;
use std::marker::PhantomData;

use serde_core::de::{Deserializer, Error, Visitor};

use crate::runtime::model::unknown;

/// A value that this version of the crate does not know, kept unchanged: a string, or the integer of an enum of
/// integers.
///
/// Only the conversion of a string or an integer to its enum creates it, and that conversion returns the known variant
/// if there is one. So equal values of the enum always compare equal.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Unrecognized<T = Box<str>>(T);

impl Unrecognized {
    /// Returns the unchanged value.
    #[inline]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<T> Unrecognized<T> {
    /// Only for the macros of enums, after they have compared the value with all known ones.
    pub(crate) fn new(value: T) -> Self {
        unknown::count_one();
        Self(value)
    }

    /// Returns the unchanged integer.
    pub const fn get(self) -> T
    where
        T: Copy,
    {
        self.0
    }
}

impl<T: fmt::Debug> fmt::Debug for Unrecognized<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl<T: fmt::Display> fmt::Display for Unrecognized<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

/// The requirements of [`read`] on an enum.
pub(crate) trait StringEnum: for<'a> From<&'a str> + From<String> {
    /// The name of the type, for error messages.
    const NAME: &'static str;
}

/// Reads an enum; only an unknown value allocates.
pub(crate) fn read<'de, T: StringEnum, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    struct Text<T>(PhantomData<T>);

    impl<T: StringEnum> Visitor<'_> for Text<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "a string ({})", T::NAME)
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
            Ok(T::from(text))
        }

        fn visit_string<E: Error>(self, text: String) -> Result<T, E> {
            Ok(T::from(text))
        }
    }

    deserializer.deserialize_str(Text(PhantomData))
}

/// Implements an enum of strings for a plain enum, whose last variant is `Unrecognized(Unrecognized)`.
///
/// ```text
/// string_enum! {
///     Tier {
///         OverrideAllowed = "OVERRIDE_ALLOWED",
///         GroupManaged = "GROUP_MANAGED",
///     }
/// }
/// ```
///
/// It has `KNOWN`, `is_known`, `from_known`, `as_str`, `Display`, `FromStr`, `From<&str>`, `From<String>`, `Serialize`
/// and `Deserialize`.
macro_rules! string_enum {
    ($name:ident { $($variant:ident = $value:literal),* $(,)? }) => {
        impl $name {
            /// All values that this version knows, in the order of the API's description.
            pub const KNOWN: &'static [Self] = &[$(Self::$variant),*];

            /// Returns the value as the API writes it.
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unrecognized(value) => value.as_str(),
                }
            }

            /// Whether this version knows the value.
            #[inline]
            #[must_use]
            pub const fn is_known(&self) -> bool {
                !::core::matches!(self, Self::Unrecognized(_))
            }

            /// Returns the value with exactly this spelling, or `None` if this version does not know it. `parse` and `into` never
            /// fail: they keep an unknown text as `Unrecognized`.
            #[inline]
            #[must_use]
            pub fn from_known(value: &str) -> ::core::option::Option<Self> {
                match value {
                    $($value => ::core::option::Option::Some(Self::$variant),)*
                    _ => ::core::option::Option::None,
                }
            }
        }

        impl crate::runtime::model::string_enum::StringEnum for $name {
            const NAME: &'static str = ::core::stringify!($name);
        }

        impl ::core::convert::From<&str> for $name {
            #[inline]
            fn from(value: &str) -> Self {
                Self::from_known(value).unwrap_or_else(|| {
                    Self::Unrecognized(crate::runtime::model::string_enum::Unrecognized::new(value.into()))
                })
            }
        }

        impl ::core::convert::From<::std::string::String> for $name {
            #[inline]
            fn from(value: ::std::string::String) -> Self {
                Self::from_known(&value).unwrap_or_else(|| {
                    Self::Unrecognized(crate::runtime::model::string_enum::Unrecognized::new(value.into()))
                })
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = ::core::convert::Infallible;

            #[inline]
            fn from_str(value: &str) -> ::core::result::Result<Self, ::core::convert::Infallible> {
                ::core::result::Result::Ok(value.into())
            }
        }

        impl ::core::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl ::serde_core::Serialize for $name {
            fn serialize<S: ::serde_core::Serializer>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> ::serde_core::Deserialize<'de> for $name {
            fn deserialize<D: ::serde_core::Deserializer<'de>>(deserializer: D) -> ::core::result::Result<Self, D::Error> {
                crate::runtime::model::string_enum::read(deserializer)
            }
        }

        impl crate::runtime::model::part::Plain for $name {}
    };
}
pub(crate) use string_enum;
