//! Reads the text of a value from any format, and writes it.

use std::borrow::Cow;

use serde_core::de::{Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde_core::forward_to_deserialize_any;
use serde_core::ser::{Error as _, Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::value::RawValue;

use super::name;
use super::scan::{Cursor, Kind, is_deeper_than};
use super::text;
use crate::runtime::model::surrogates;

/// Reads a value of any kind as its text. From JSON it is the original text, at the cost of its length.
pub(crate) fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Box<str>, D::Error> {
    Box::<RawValue>::deserialize(AnyFormat(deserializer)).map(Box::from)
}

/// The same, borrowed if the parser has the whole text.
pub(crate) fn borrow<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Cow<'de, str>, D::Error> {
    visit(deserializer, Borrowed)
}

/// Requests the text of a value. From serde_json, the visitor receives a map whose only value is the text, and from any
/// other format a newtype of the value itself.
pub(crate) fn visit<'de, D: Deserializer<'de>, V: Visitor<'de>>(
    deserializer: D,
    visitor: V,
) -> Result<V::Value, D::Error> {
    deserializer.deserialize_newtype_struct(name::of_raw_value(), visitor)
}

/// Takes the text that serde_json supplies for its raw value, or the text of a tree from another format; or a name.
pub(crate) struct Borrowed;

impl<'de> Visitor<'de> for Borrowed {
    type Value = Cow<'de, str>;

    #[inline]
    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("any valid JSON value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Cow<'de, str>, A::Error> {
        map.next_key::<IgnoredAny>()?;
        map.next_value_seed(self)
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Owned(text.to_owned()))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Owned(text))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Cow<'de, str>, D::Error> {
        serde_json::Value::deserialize(deserializer).map(|value| Cow::Owned(value.to_string()))
    }
}

impl<'de> DeserializeSeed<'de> for Borrowed {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Cow<'de, str>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

/// Reads that text where serde expects a seed.
pub(crate) struct Text;

impl<'de> DeserializeSeed<'de> for Text {
    type Value = Box<str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Box<str>, D::Error> {
        read(deserializer)
    }
}

/// A format that need not be JSON: if serde_json's own types do not supply their text, they supply a tree.
struct AnyFormat<T>(T);

impl<'de, D: Deserializer<'de>> Deserializer<'de> for AnyFormat<D> {
    type Error = D::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_any(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_newtype_struct(name, AnyVisitor { name, visitor })
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct seq
        tuple tuple_struct map struct enum identifier ignored_any
    }
}

struct AnyVisitor<V> {
    name: &'static str,
    visitor: V,
}

impl<'de, V: Visitor<'de>> Visitor<'de> for AnyVisitor<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.visitor.expecting(f)
    }

    /// The format is serde_json.
    #[inline]
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<V::Value, A::Error> {
        self.visitor.visit_map(map)
    }

    /// It is another format.
    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        let text = serde_json::Value::deserialize(deserializer)?.to_string();
        // A reader, since the text does not outlive this function.
        let mut json = serde_json::Deserializer::from_reader(text.as_bytes());
        json.deserialize_newtype_struct(self.name, self.visitor).map_err(D::Error::custom)
    }
}

/// Beyond this depth, text is written unchanged, so that a value of any depth can be written.
const MAX_DEPTH: usize = 100;

/// A value to be written, by its text.
///
/// It is split into its parts, so that other formats than JSON get the data that they expect, and JSON the requested
/// layout. Parts that would change are written unchanged: numbers, and values with unpaired surrogates.
pub(super) struct Node<'a>(pub(super) &'a str);

impl Serialize for Node<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if is_deeper_than(self.0, MAX_DEPTH) || matches!(surrogates::mend(self.0), Cow::Owned(_)) {
            return as_it_is(self.0, serializer);
        }
        Next(&Cursor::of(self.0)).serialize(serializer)
    }
}

/// The value at a cursor. Writing it moves the cursor after it, so that no text is scanned twice.
struct Next<'a>(&'a Cursor<'a>);

impl Serialize for Next<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let cursor = self.0;
        match cursor.kind() {
            Kind::Array => {
                let mut list = serializer.serialize_seq(None)?;
                cursor.enter();
                while !cursor.leave() {
                    list.serialize_element(&Next(cursor))?;
                }
                list.end()
            }
            Kind::Object => {
                let mut map = serializer.serialize_map(None)?;
                cursor.enter();
                while !cursor.leave() {
                    map.serialize_key(&text(cursor.scalar()).unwrap_or_default())?;
                    cursor.skip();
                    map.serialize_value(&Next(cursor))?;
                }
                map.end()
            }
            Kind::Null => {
                cursor.scalar();
                serializer.serialize_unit()
            }
            Kind::Bool => serializer.serialize_bool(cursor.scalar() == "true"),
            Kind::String => serializer.serialize_str(&text(cursor.scalar()).unwrap_or_default()),
            Kind::Number => {
                let text = cursor.scalar();
                match number(text) {
                    Some(Number::Signed(number)) => serializer.serialize_i64(number),
                    Some(Number::Unsigned(number)) => serializer.serialize_u64(number),
                    Some(Number::Double(number)) => serializer.serialize_f64(number),
                    None => as_it_is(text, serializer),
                }
            }
        }
    }
}

fn as_it_is<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    let raw: &RawValue = serde_json::from_str(text).map_err(S::Error::custom)?;
    raw.serialize(serializer)
}

/// A number that is written with the same digits as it was read.
enum Number {
    Signed(i64),
    Unsigned(u64),
    Double(f64),
}

#[inline]
fn number(text: &str) -> Option<Number> {
    if text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') {
        return match text.parse() {
            Ok(0) if text == "-0" => None,
            Ok(number) => Some(Number::Signed(number)),
            Err(_) => text.parse().ok().map(Number::Unsigned),
        };
    }
    let number: f64 = text.parse().ok()?;
    (serde_json::Number::from_f64(number)?.to_string() == text).then_some(Number::Double(number))
}
