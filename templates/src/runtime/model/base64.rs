//! Bytes in JSON.

use std::fmt;
use std::str::FromStr;

use base64::DecodeError;
use base64::engine::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_PAD_INDIFFERENT, URL_SAFE_PAD_INDIFFERENT};
use serde_core::de::{Deserialize, Deserializer};
use serde_core::ser::{Serialize, Serializer};

use crate::runtime::model::ParseError;
use crate::runtime::model::part::Plain;

/// Bytes that are written as a text in base64 (RFC 4648): `format: byte` in OpenAPI.
///
/// Fields and arguments of this type accept bytes, as `Vec<u8>`, `&[u8]` or an array. [`decode`](Self::decode) returns
/// the bytes of a received value.
///
/// It stores the text. So a text is written back as it was read, also if it is not valid base64, and only `decode`
/// fails. Two values are equal if their texts are the same.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Base64(String);

impl Base64 {
    /// Encodes bytes, in the standard alphabet and with padding.
    #[inline]
    #[must_use]
    pub fn encode(bytes: impl AsRef<[u8]>) -> Base64 {
        Base64(STANDARD.encode(bytes))
    }

    /// Wraps a text that is already encoded. The text is not checked.
    #[inline]
    #[must_use]
    pub fn from_encoded(text: impl Into<String>) -> Base64 {
        Base64(text.into())
    }

    /// Decodes the text, in the standard or in the URL-safe alphabet. Padding is optional, and whitespace is ignored.
    ///
    /// # Errors
    ///
    /// The text is not valid base64.
    #[inline]
    pub fn decode(&self) -> Result<Vec<u8>, ParseError> {
        decode(&self.0).map_err(|reason| ParseError::new("Base64", &self.0, reason))
    }

    /// The encoded text.
    #[inline]
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[inline]
fn decode(text: &str) -> Result<Vec<u8>, DecodeError> {
    let digits: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    if digits.iter().any(|digit| matches!(digit, b'-' | b'_')) {
        URL_SAFE_PAD_INDIFFERENT.decode(digits)
    } else {
        STANDARD_PAD_INDIFFERENT.decode(digits)
    }
}

impl From<Vec<u8>> for Base64 {
    #[inline]
    fn from(bytes: Vec<u8>) -> Base64 {
        Base64::encode(bytes)
    }
}

impl From<&[u8]> for Base64 {
    #[inline]
    fn from(bytes: &[u8]) -> Base64 {
        Base64::encode(bytes)
    }
}

impl<const LENGTH: usize> From<&[u8; LENGTH]> for Base64 {
    #[inline]
    fn from(bytes: &[u8; LENGTH]) -> Base64 {
        Base64::encode(bytes)
    }
}

impl<const LENGTH: usize> From<[u8; LENGTH]> for Base64 {
    #[inline]
    fn from(bytes: [u8; LENGTH]) -> Base64 {
        Base64::encode(bytes)
    }
}

/// Reads an encoded text; unlike [`from_encoded`](Base64::from_encoded), it fails if the text is not valid base64.
impl FromStr for Base64 {
    type Err = ParseError;

    #[inline]
    fn from_str(text: &str) -> Result<Base64, ParseError> {
        let value = Base64::from_encoded(text);
        value.decode()?;
        Ok(value)
    }
}

/// The encoded text.
impl fmt::Display for Base64 {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// The encoded text, quoted.
impl fmt::Debug for Base64 {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl Serialize for Base64 {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Base64 {
    #[inline]
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Base64, D::Error> {
        String::deserialize(deserializer).map(Base64)
    }
}

impl Plain for Base64 {}
