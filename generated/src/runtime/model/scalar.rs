//! Values with a type of their own, so that the compiler rejects one in place of another.

use std::fmt;

/// Prints a type that ignores the width of a format, such as `{:>40}`.
#[allow(dead_code, reason = "an API need not have ids or dates with names")]
pub(crate) fn padded(value: &impl fmt::Display, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if f.width().is_none() && f.precision().is_none() {
        return value.fmt(f);
    }
    f.pad(&value.to_string())
}

/// Implements a scalar for a plain tuple struct: `scalar!(OrgGroupId(Uuid));`.
///
/// The inner type is one of `Uuid`, `String`, `Base64`, `Timestamp`, `Date`, `i32`, `i64`, `i128`, `u32`, `u64`,
/// `u128`, `f64` and `bool`. JSON has only the inner value. All scalars have `Debug`, `Display`, `FromStr`,
/// `TryFrom<&str>`, `Serialize`, `Deserialize`, conversions from and to the inner type, and:
///
/// | inner type | created by | read by |
/// |---|---|---|
/// | `Uuid` | `const fn from_uuid` | `const fn as_uuid` |
/// | `String` | `From<&str>` | `as_str`, `AsRef<str>` |
/// | `Base64` | `encode` | `const fn as_base64`, `as_str` |
/// | any other | `const fn new` | `const fn get` |
macro_rules! scalar {
    ($name:ident(Uuid)) => {
        impl $name {
            /// Wraps a raw UUID.
            #[inline]
            pub const fn from_uuid(uuid: ::uuid::Uuid) -> Self {
                Self(uuid)
            }

            /// Returns the UUID.
            #[inline]
            pub const fn as_uuid(&self) -> &::uuid::Uuid {
                &self.0
            }
        }

        crate::runtime::model::scalar! {
            @common $name ::uuid::Uuid, ::core::str::FromStr::from_str, crate::runtime::model::scalar::padded
        }
        crate::runtime::model::scalar! { @parsed $name }
    };
    ($name:ident(String)) => {
        impl $name {
            /// Returns the plain text.
            #[inline]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl ::core::convert::AsRef<str> for $name {
            #[inline]
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl ::core::convert::From<&str> for $name {
            #[inline]
            fn from(value: &str) -> Self {
                Self(value.into())
            }
        }

        crate::runtime::model::scalar! {
            @common $name ::std::string::String, ::core::str::FromStr::from_str, ::core::fmt::Display::fmt
        }
    };
    ($name:ident(Base64)) => {
        impl $name {
            /// Encodes bytes.
            #[inline]
            pub fn encode(bytes: impl ::core::convert::AsRef<[u8]>) -> Self {
                Self(crate::runtime::model::Base64::encode(bytes))
            }

            /// Returns the plain value.
            #[inline]
            pub const fn as_base64(&self) -> &crate::runtime::model::Base64 {
                &self.0
            }

            /// Returns the encoded text.
            #[inline]
            pub fn as_str(&self) -> &str {
                self.0.as_str()
            }
        }

        crate::runtime::model::scalar! {
            @common $name crate::runtime::model::Base64, ::core::str::FromStr::from_str, ::core::fmt::Display::fmt
        }
        crate::runtime::model::scalar! { @parsed $name }
    };
    ($name:ident(Timestamp)) => {
        crate::runtime::model::scalar! {
            @copy $name crate::runtime::model::Timestamp, ::core::str::FromStr::from_str, ::core::fmt::Display::fmt
        }
    };
    ($name:ident(Date)) => {
        crate::runtime::model::scalar! {
            @copy $name crate::runtime::model::Date, ::core::str::FromStr::from_str, ::core::fmt::Display::fmt
        }
    };
    ($name:ident($inner:ident)) => {
        crate::runtime::model::scalar! { @copy $name $inner, ::core::str::FromStr::from_str, ::core::fmt::Display::fmt }
    };
    (@copy $name:ident $inner:path, $parse:path, $show:path) => {
        impl $name {
            /// Wraps a plain value.
            #[inline]
            pub const fn new(value: $inner) -> Self {
                Self(value)
            }

            /// Returns the plain value.
            #[inline]
            pub const fn get(self) -> $inner {
                self.0
            }
        }

        crate::runtime::model::scalar! { @common $name $inner, $parse, $show }
        crate::runtime::model::scalar! { @parsed $name }
    };
    (@parsed $name:ident) => {
        impl ::core::convert::TryFrom<&str> for $name {
            type Error = crate::runtime::model::ParseError;

            #[inline]
            fn try_from(value: &str) -> ::core::result::Result<Self, Self::Error> {
                ::core::str::FromStr::from_str(value)
            }
        }
    };
    (@common $name:ident $inner:path, $parse:path, $show:path) => {
        impl ::core::convert::From<$inner> for $name {
            #[inline]
            fn from(value: $inner) -> Self {
                Self(value)
            }
        }

        impl ::core::convert::From<$name> for $inner {
            #[inline]
            fn from(value: $name) -> Self {
                value.0
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = crate::runtime::model::ParseError;

            #[inline]
            fn from_str(value: &str) -> ::core::result::Result<Self, Self::Err> {
                match $parse(value) {
                    ::core::result::Result::Ok(inner) => ::core::result::Result::Ok(Self(inner)),
                    ::core::result::Result::Err(error) => ::core::result::Result::Err(
                        crate::runtime::model::ParseError::new(::core::stringify!($name), value, error),
                    ),
                }
            }
        }

        impl ::core::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.debug_tuple(::core::stringify!($name)).field(&self.0).finish()
            }
        }

        impl ::core::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $show(&self.0, f)
            }
        }

        impl ::serde_core::Serialize for $name {
            fn serialize<S: ::serde_core::Serializer>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
                crate::runtime::model::part::Part::write(&self.0, serializer)
            }
        }

        impl<'de> ::serde_core::Deserialize<'de> for $name {
            fn deserialize<D: ::serde_core::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                crate::runtime::model::part::Part::read(deserializer).map(Self)
            }
        }

        impl crate::runtime::model::part::Plain for $name {}
    };
}
pub(crate) use scalar;
