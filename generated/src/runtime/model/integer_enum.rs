//! Enums whose values are integers.

/// Implements an enum of integers for a plain enum, whose last variant is `Unrecognized(Unrecognized<i64>)`, or another
/// of `i32`, `i128`, `u32`, `u64` and `u128`.
///
/// ```text
/// integer_enum! {
///     Level(i64) {
///         Low = 1,
///         High = 2,
///     }
/// }
/// ```
///
/// It has `KNOWN`, `is_known`, `from_known`, `get`, `Display`, `FromStr`, conversions from and to the integer, the
/// order of the integers, `Serialize` and `Deserialize`.
macro_rules! integer_enum {
    ($name:ident($inner:ident) { $($variant:ident = $value:literal),* $(,)? }) => {
        impl $name {
            /// All values that this version knows, in the order of the API's description.
            pub const KNOWN: &'static [Self] = &[$(Self::$variant),*];

            /// Returns the integer.
            #[inline]
            pub const fn get(self) -> $inner {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unrecognized(value) => value.get(),
                }
            }

            /// Whether this version knows the value.
            #[inline]
            #[must_use]
            pub const fn is_known(self) -> bool {
                !::core::matches!(self, Self::Unrecognized(_))
            }

            /// Returns the value of this integer, or `None` if this version does not know it. `into` never fails: it keeps an
            /// unknown integer as `Unrecognized`.
            #[inline]
            #[must_use]
            pub const fn from_known(value: $inner) -> ::core::option::Option<Self> {
                match value {
                    $($value => ::core::option::Option::Some(Self::$variant),)*
                    _ => ::core::option::Option::None,
                }
            }
        }

        impl ::core::convert::From<$inner> for $name {
            #[inline]
            fn from(value: $inner) -> Self {
                Self::from_known(value)
                    .unwrap_or_else(|| Self::Unrecognized(crate::runtime::model::Unrecognized::new(value)))
            }
        }

        impl ::core::convert::From<$name> for $inner {
            #[inline]
            fn from(value: $name) -> Self {
                value.get()
            }
        }

        impl ::core::cmp::PartialOrd for $name {
            #[inline]
            fn partial_cmp(&self, other: &Self) -> ::core::option::Option<::core::cmp::Ordering> {
                ::core::option::Option::Some(::core::cmp::Ord::cmp(self, other))
            }
        }

        /// Sorted by the integers.
        impl ::core::cmp::Ord for $name {
            #[inline]
            fn cmp(&self, other: &Self) -> ::core::cmp::Ordering {
                ::core::cmp::Ord::cmp(&self.get(), &other.get())
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = crate::runtime::model::ParseError;

            #[inline]
            fn from_str(value: &str) -> ::core::result::Result<Self, Self::Err> {
                match <$inner as ::core::str::FromStr>::from_str(value) {
                    ::core::result::Result::Ok(inner) => ::core::result::Result::Ok(Self::from(inner)),
                    ::core::result::Result::Err(error) => ::core::result::Result::Err(
                        crate::runtime::model::ParseError::new(::core::stringify!($name), value, error),
                    ),
                }
            }
        }

        impl ::core::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.get(), f)
            }
        }

        impl ::serde_core::Serialize for $name {
            fn serialize<S: ::serde_core::Serializer>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
                crate::runtime::model::part::Part::write(&self.get(), serializer)
            }
        }

        impl<'de> ::serde_core::Deserialize<'de> for $name {
            fn deserialize<D: ::serde_core::Deserializer<'de>>(deserializer: D) -> ::core::result::Result<Self, D::Error> {
                <$inner as crate::runtime::model::part::Part>::read(deserializer).map(Self::from)
            }
        }

        impl crate::runtime::model::part::Plain for $name {}
    };
}
pub(crate) use integer_enum;
