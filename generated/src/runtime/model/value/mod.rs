//! Any JSON value, kept as its text.

mod compare;
mod convert;
mod name;
mod object;
pub(crate) mod raw;
mod same;
pub(crate) mod scan;

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde_core::de::{Deserialize, Deserializer};
use serde_core::ser::{Serialize, Serializer};

pub use crate::runtime::model::value::object::JsonObject;

use crate::runtime::model::number::whole;
use crate::runtime::model::part::Part;
use crate::runtime::model::surrogates;
use crate::runtime::model::value::raw::Node;
use crate::runtime::model::value::scan::{Kind, Members, Parts, kind};

/// A JSON value of any kind.
///
/// It is stored as text and written back unchanged: integers of any size, decimals of any length, `1.0` and `1e2`, the
/// order of fields, unpaired surrogates. Only spaces between values, and escapes of characters that need none, may be
/// written differently. It takes the memory of its text.
///
/// Create it [from](#trait-implementations) texts, integers, lists and `serde_json::json!(…)`, [of](Value::of) anything
/// that serde can write, or by parsing JSON. Read it with [`get`](Value::get), [`pointer`](Value::pointer),
/// [`items`](Value::items) and `as_…`; [`parse`](Value::parse) converts it to another type, such as
/// `serde_json::Value`. Each lookup copies its result: for many lookups, parse the value.
///
/// Two values are equal if they are the same in JSON: spaces, the order of fields and the spelling of texts and numbers
/// do not matter, so that `1.0` equals `1`. Of fields with the same name, the last counts. Equal values have the same
/// hash. Values have no order: JSON defines none across kinds.
#[derive(Clone)]
pub struct Value(
    /// JSON, without spaces around it.
    Box<str>,
);

impl Value {
    /// Creates `null`.
    #[inline]
    #[must_use]
    pub fn null() -> Value {
        Value("null".into())
    }

    /// Creates the value of anything that serde can write.
    ///
    /// # Errors
    /// It cannot be written as JSON. Numbers that JSON does not have are written as `null`, as by serde_json.
    pub fn of<T: Serialize + ?Sized>(value: &T) -> Result<Value, serde_json::Error> {
        serde_json::to_string(value).map(|text| Value(text.into()))
    }

    /// Converts the value to another type.
    ///
    /// `serde_json::Value` keeps numbers with a fraction or exponent, and integers beyond 64 bits, as the nearest
    /// `f64`.
    ///
    /// # Errors
    ///
    /// The value does not fit the type.
    pub fn parse<'a, T: Deserialize<'a>>(&'a self) -> Result<T, serde_json::Error> {
        serde_json::from_str(&self.0)
    }

    /// The JSON text.
    #[inline]
    #[must_use]
    pub fn as_json(&self) -> &str {
        &self.0
    }

    /// Whether it is `null`.
    #[inline]
    #[must_use]
    pub fn is_null(&self) -> bool {
        kind(&self.0) == Kind::Null
    }

    /// Whether it is `true` or `false`.
    #[inline]
    #[must_use]
    pub fn is_bool(&self) -> bool {
        kind(&self.0) == Kind::Bool
    }

    /// Whether it is a number.
    #[inline]
    #[must_use]
    pub fn is_number(&self) -> bool {
        kind(&self.0) == Kind::Number
    }

    /// Whether it is a string.
    #[inline]
    #[must_use]
    pub fn is_string(&self) -> bool {
        kind(&self.0) == Kind::String
    }

    /// Whether it is an array.
    #[inline]
    #[must_use]
    pub fn is_array(&self) -> bool {
        kind(&self.0) == Kind::Array
    }

    /// Whether it is an object.
    #[inline]
    #[must_use]
    pub fn is_object(&self) -> bool {
        kind(&self.0) == Kind::Object
    }

    /// Returns `true` or `false`, if it is one of them.
    #[inline]
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        self.0.parse().ok()
    }

    /// Returns the text of a string. U+FFFD replaces an unpaired surrogate.
    #[inline]
    #[must_use]
    pub fn as_str(&self) -> Option<Cow<'_, str>> {
        text(&self.0)
    }

    /// Returns the number, if it is an integer that fits. It may be spelled `3.0` or `3e0`, up to 2^53.
    #[inline]
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        let number = self.number()?;
        number.as_i64().or_else(|| whole(number.as_f64()?))
    }

    /// Returns the number, if it is an integer that fits. It may be spelled `3.0` or `3e0`, up to 2^53.
    #[inline]
    #[must_use]
    pub fn as_u64(&self) -> Option<u64> {
        let number = self.number()?;
        number.as_u64().or_else(|| whole(number.as_f64()?)?.try_into().ok())
    }

    /// Returns the number as the nearest `f64`.
    #[inline]
    #[must_use]
    pub fn as_f64(&self) -> Option<f64> {
        self.number()?.as_f64()
    }

    #[inline]
    fn number(&self) -> Option<serde_json::Number> {
        self.0.parse().ok()
    }

    /// Returns the object, if it is one.
    #[inline]
    #[must_use]
    pub fn as_object(&self) -> Option<JsonObject> {
        JsonObject::try_from(self.clone()).ok()
    }

    /// Returns a field, if this is an object that has it.
    #[inline]
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Value> {
        field(&self.0, name).map(Value::from_json)
    }

    /// Returns the value at an RFC 6901 pointer, such as `/rules/0/name`. The empty pointer is the whole value.
    #[inline]
    #[must_use]
    pub fn pointer(&self, pointer: &str) -> Option<Value> {
        let mut found: &str = &self.0;
        if !pointer.is_empty() {
            for token in pointer.strip_prefix('/')?.split('/') {
                let name = token.replace("~1", "/").replace("~0", "~");
                found = match kind(found) {
                    Kind::Array if name == "0" || !name.starts_with(['0', '+']) => {
                        Parts::of(found).nth(name.parse().ok()?)?
                    }
                    Kind::Object => field(found, &name)?,
                    _ => return None,
                };
            }
        }
        Some(Value::from_json(found))
    }

    /// Returns the items of an array; none for another value.
    #[inline]
    pub fn items(&self) -> impl Iterator<Item = Value> {
        Parts::of(if self.is_array() { &self.0 } else { "" }).map(Value::from_json)
    }

    /// Returns the fields of an object with their names; none for another value. They are in the order of the text,
    /// which can have a name twice.
    #[inline]
    pub fn fields(&self) -> impl Iterator<Item = (Cow<'_, str>, Value)> {
        Members::of(&self.0).map(|(name, value)| (text(name).unwrap_or_default(), Value::from_json(value)))
    }

    /// Wraps text that a parser has accepted, without spaces around it.
    pub(crate) fn of_text(json: impl Into<Box<str>>) -> Value {
        Value(json.into())
    }

    /// Copies a part of valid text.
    #[inline]
    fn from_json(json: &str) -> Value {
        Value(json.into())
    }
}

/// Returns the text of a quoted string. U+FFFD replaces an unpaired surrogate.
#[inline]
pub(crate) fn text(quoted: &str) -> Option<Cow<'_, str>> {
    let inner = quoted.strip_prefix('"')?.strip_suffix('"')?;
    if !inner.contains('\\') {
        return Some(Cow::Borrowed(inner));
    }
    match surrogates::mend(quoted).parse() {
        Ok(serde_json::Value::String(text)) => Some(Cow::Owned(text)),
        _ => None,
    }
}

/// Whether a quoted string is this text.
#[inline]
pub(crate) fn is_named(quoted: &str, name: &str) -> bool {
    text(quoted).is_some_and(|text| text == name)
}

/// Returns the value of the last field of this name.
#[inline]
fn field<'a>(object: &'a str, name: &str) -> Option<&'a str> {
    Members::of(object).filter(|(quoted, _)| is_named(quoted, name)).last().map(|(_, value)| value)
}

/// `null`.
impl Default for Value {
    #[inline]
    fn default() -> Value {
        Value::null()
    }
}

/// The JSON text.
impl fmt::Display for Value {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// The JSON text.
impl fmt::Debug for Value {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Reads JSON.
impl FromStr for Value {
    type Err = serde_json::Error;

    #[inline]
    fn from_str(json: &str) -> Result<Value, serde_json::Error> {
        serde_json::from_str(json)
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Node(&self.0).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Value, D::Error> {
        raw::read(deserializer).map(Value)
    }
}

impl Part for Value {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Value, D::Error> {
        Value::deserialize(deserializer)
    }

    /// A `null` is a value here: it is written back.
    fn read_optional<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
        Value::deserialize(deserializer).map(Some)
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.serialize(serializer)
    }
}
