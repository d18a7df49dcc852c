//! Reads the model from the tree itself: from the same scalars that were checked, and without copies of the texts.

use serde::de::value::{BorrowedStrDeserializer, Error, MapDeserializer, SeqDeserializer};
use serde::de::{Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

use super::constraints::is_constraint;
use crate::integer::{Integer, marked};
use crate::source::{Entry, Node, Value};

/// A value of the tree as the model reads it. The model recurses as deep as the tree, which
/// [`crate::source::MAX_DEPTH`] limits.
#[derive(Clone, Copy)]
pub(super) struct Readable<'t> {
    node: &'t Node,
    role: Role,
    /// Whether an integer that `serde_json` would round is a [marked] text.
    is_example: bool,
    /// Whether a number is an integer, although it has a point or an exponent.
    is_whole: bool,
    /// Whether all integers are texts.
    is_wide: bool,
}

/// What the keys of a mapping are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// Those of an object of OpenAPI.
    Object,
    /// Names, each of an object of OpenAPI: a property can have the name of any key.
    Names,
    /// Those of a value that the description documents, or of an extension.
    Value,
}

impl Role {
    /// The role of the value of a key in an object of OpenAPI.
    fn of(key: &str) -> Self {
        match key {
            "callbacks" | "content" | "encoding" | "examples" | "headers" | "links" | "mapping" | "parameters"
            | "paths" | "properties" | "requestBodies" | "responses" | "schemas" | "scopes" | "securitySchemes"
            | "variables" => Self::Names,
            "default" | "enum" | "example" | "security" | "value" => Self::Value,
            _ if key.starts_with("x-") => Self::Value,
            _ => Self::Object,
        }
    }
}

impl<'t> Readable<'t> {
    /// The whole document.
    pub(super) fn document(node: &'t Node) -> Self {
        Self { node, role: Role::Object, is_example: false, is_whole: false, is_wide: false }
    }

    /// Returns the entries of a mapping, except for constraints.
    fn entries(self, entries: &'t [Entry]) -> Vec<(BorrowedStrDeserializer<'t, Error>, Self)> {
        if self.role != Role::Object {
            let role = if self.role == Role::Names { Role::Object } else { Role::Value };
            let value = |node| Self { node, role, is_whole: false, is_wide: false, ..self };
            let read = |entry: &'t Entry| (BorrowedStrDeserializer::new(&entry.key), value(&entry.node));
            return entries.iter().map(read).collect();
        }
        let kind = entries.iter().find(|entry| entry.key == "type").and_then(|entry| entry.node.value.as_str());
        let is_of_integers = kind == Some("integer");
        let mut read = Vec::with_capacity(entries.len());
        for entry in entries.iter().filter(|entry| !is_constraint(entries, entry)) {
            let wide = if is_of_integers { wide(entry) } else { None };
            let is_example = match entry.key.as_str() {
                "example" | "default" | "value" => kind != Some("number"),
                // Values of any type are documented like examples.
                "enum" => kind.is_none(),
                "minimum" | "maximum" | "multipleOf" => false,
                _ => self.is_example,
            };
            let is_whole = COUNTS.contains(&entry.key.as_str()) || is_of_integers && is_bound(&entry.key);
            let role = Role::of(&entry.key);
            let value = Self { node: &entry.node, role, is_example, is_whole, is_wide: wide.is_some() };
            read.push((BorrowedStrDeserializer::new(wide.unwrap_or(&entry.key)), value));
        }
        read
    }

    fn integer<V: Visitor<'t>>(self, number: Integer, visitor: V) -> Result<V::Value, Error> {
        match (u64::try_from(number), i64::try_from(number)) {
            _ if self.is_wide => visitor.visit_string(number.to_string()),
            (Ok(number), _) => visitor.visit_u64(number),
            (_, Ok(number)) => visitor.visit_i64(number),
            _ if self.is_example => visitor.visit_string(marked(number)),
            _ => visitor.visit_f64(number.to_f64()),
        }
    }
}

impl<'de> Deserializer<'de> for Readable<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let value = &self.node.value;
        match value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(flag) => visitor.visit_bool(*flag),
            Value::Integer(number) => self.integer(*number, visitor),
            Value::Float(number) => match value.as_integer().filter(|_| self.is_whole) {
                Some(number) => self.integer(number, visitor),
                None => visitor.visit_f64(*number),
            },
            // The text of an integer would be one of its values.
            Value::String(_) if self.is_wide => visitor.visit_unit(),
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::Sequence(items) => {
                // A list of parameters has no names.
                let role = if self.role == Role::Names { Role::Object } else { self.role };
                let items = items.iter().map(|node| Self { node, role, ..self });
                SeqDeserializer::new(items).deserialize_any(visitor)
            }
            Value::Mapping(entries) => MapDeserializer::new(self.entries(entries).into_iter()).deserialize_any(visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.node.value {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.node.value.as_str() {
            Some(text) => BorrowedStrDeserializer::new(text).deserialize_enum(name, variants, visitor),
            None => self.deserialize_any(visitor),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct identifier ignored_any
    }
}

impl<'de> IntoDeserializer<'de, Error> for Readable<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// The keys under which bounds and values of integers beyond `i64` are kept, as texts: `openapiv3` has no room for them.
/// No document has these keys, since the grammar rejects them.
pub(crate) const WIDE_MINIMUM: &str = "x-wide-minimum";
pub(crate) const WIDE_MAXIMUM: &str = "x-wide-maximum";
pub(crate) const WIDE_MULTIPLE: &str = "x-wide-multiple";
/// All values of an enum, if one of them is beyond `i64`.
pub(crate) const WIDE_ENUM: &str = "x-wide-enum";

/// Returns such a key.
fn wide(entry: &Entry) -> Option<&'static str> {
    let is_wide = |number: Integer| i64::try_from(number).is_err();
    let key = match entry.key.as_str() {
        "minimum" => WIDE_MINIMUM,
        "maximum" => WIDE_MAXIMUM,
        "multipleOf" => WIDE_MULTIPLE,
        "enum" => WIDE_ENUM,
        _ => return None,
    };
    let mut numbers = entry.node.value.as_sequence().unwrap_or(std::slice::from_ref(&entry.node)).iter();
    numbers.any(|number| number.value.as_integer().is_some_and(is_wide)).then_some(key)
}

/// Keys of schemas whose values are counts.
const COUNTS: [&str; 6] = ["minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"];

/// Keys of a schema whose values are of its type.
fn is_bound(key: &str) -> bool {
    matches!(key, "minimum" | "maximum" | "multipleOf" | "enum")
}
