use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use serde_core::de::{Deserialize, Deserializer, Error as _, MapAccess, Visitor};
use serde_core::ser::{Serialize, Serializer};

use crate::runtime::model::part::Plain;
use crate::runtime::model::value::raw::{self, Node};
use crate::runtime::model::value::scan::{Kind, Members, kind};
use crate::runtime::model::value::{Value, field, is_named, text};

/// A JSON object without a schema.
///
/// ```
#[doc = concat!("use ", env!("CARGO_CRATE_NAME"), "::JsonObject;")]
/// use serde_json::json;
///
/// let object = JsonObject::from([("name", json!("Payments")), ("limit", json!(5))]);
/// assert_eq!(object.as_json(), r#"{"name":"Payments","limit":5}"#);
/// ```
///
/// Like a [`Value`], it is stored as text: its fields are written back unchanged and in order, and it takes the memory
/// of its text. Each lookup copies its result.
///
/// Two objects are equal, and have the same hash, if they have the same fields with the same values, in any order.
#[derive(Clone)]
pub struct JsonObject(
    /// JSON, from brace to brace.
    String,
);

impl JsonObject {
    /// Creates an object without fields.
    #[inline]
    #[must_use]
    pub fn new() -> JsonObject {
        JsonObject("{}".to_owned())
    }

    /// Returns the value of a field. If the text has the name twice, it is the last.
    #[inline]
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Value> {
        field(&self.0, name).map(Value::from_json)
    }

    /// Whether there is a field of this name.
    #[inline]
    #[must_use]
    pub fn contains_key(&self, name: &str) -> bool {
        field(&self.0, name).is_some()
    }

    /// Sets a field and returns its previous value.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<Value>) -> Option<Value> {
        let (name, value) = (name.into(), value.into());
        let old = self.get(&name);
        if old.is_none() {
            self.push(&name, value.as_json());
        } else {
            let mut new = Some(value.as_json());
            self.change(&name, || new.take());
        }
        old
    }

    /// Removes a field and returns its value.
    #[inline]
    pub fn remove(&mut self, name: &str) -> Option<Value> {
        let old = self.get(name);
        if old.is_some() {
            self.change(name, || None);
        }
        old
    }

    /// The fields with their names, in the order of the text, which can have a name twice.
    #[inline]
    pub fn iter(&self) -> impl Iterator<Item = (Cow<'_, str>, Value)> {
        Members::of(&self.0).map(|(name, value)| (text(name).unwrap_or_default(), Value::from_json(value)))
    }

    /// The names of the fields.
    #[inline]
    pub fn keys(&self) -> impl Iterator<Item = Cow<'_, str>> {
        Members::of(&self.0).map(|(name, _)| text(name).unwrap_or_default())
    }

    /// The number of fields.
    #[inline]
    #[must_use]
    pub fn len(&self) -> usize {
        Members::of(&self.0).count()
    }

    /// Whether there are no fields.
    #[inline]
    #[must_use]
    pub fn is_empty(&self) -> bool {
        Members::of(&self.0).next().is_none()
    }

    /// Converts the object to another type.
    ///
    /// # Errors
    ///
    /// The object does not fit the type.
    pub fn parse<'a, T: Deserialize<'a>>(&'a self) -> Result<T, serde_json::Error> {
        serde_json::from_str(&self.0)
    }

    /// The JSON text.
    #[inline]
    #[must_use]
    pub fn as_json(&self) -> &str {
        &self.0
    }

    #[inline]
    pub(super) fn into_json(self) -> String {
        self.0
    }

    /// Keeps the fields for which the function returns true, given the quoted name and the value as they are in the
    /// text.
    #[inline]
    pub(crate) fn retain(&mut self, keeps: &mut dyn FnMut(&str, &str) -> bool) {
        let mut kept = JsonObject("{".to_owned());
        for (quoted, json) in Members::of(&self.0).filter(|(quoted, json)| keeps(quoted, json)) {
            kept.push_quoted(quoted, json);
        }
        kept.0.push('}');
        *self = kept;
    }

    /// Adds a field, even if there is one of this name.
    #[inline]
    pub(crate) fn push(&mut self, name: &str, json: &str) {
        self.0.pop();
        self.push_quoted(&serde_json::Value::from(name).to_string(), json);
        self.0.push('}');
    }

    /// Adds a field to text without its closing brace.
    #[inline]
    fn push_quoted(&mut self, quoted: &str, json: &str) {
        if self.0.len() > 1 {
            self.0.push(',');
        }
        for part in [quoted, ":", json] {
            self.0.push_str(part);
        }
    }

    /// The fields as they are in the text: quoted names, and values.
    #[inline]
    pub(crate) fn members(&self) -> impl Iterator<Item = (Cow<'_, str>, impl Serialize)> {
        Members::of(&self.0).map(|(name, text)| (self::text(name).unwrap_or_default(), Node(text)))
    }

    /// Rewrites all fields; `value` replaces those of this name, or removes them.
    fn change<'v>(&mut self, name: &str, mut value: impl FnMut() -> Option<&'v str>) {
        let mut changed = JsonObject(String::with_capacity(self.0.len()));
        changed.0.push('{');
        for (quoted, json) in Members::of(&self.0) {
            let json = if is_named(quoted, name) { value() } else { Some(json) };
            if let Some(json) = json {
                changed.push_quoted(quoted, json);
            }
        }
        changed.0.push('}');
        *self = changed;
    }
}

impl Default for JsonObject {
    #[inline]
    fn default() -> JsonObject {
        JsonObject::new()
    }
}

/// The JSON text.
impl fmt::Display for JsonObject {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// The JSON text.
impl fmt::Debug for JsonObject {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Of fields with the same name, the last counts.
impl<N: Into<String>, V: Into<Value>> FromIterator<(N, V)> for JsonObject {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(fields: I) -> JsonObject {
        let mut object = JsonObject::new();
        object.extend(fields);
        object
    }
}

impl<N: Into<String>, V: Into<Value>> Extend<(N, V)> for JsonObject {
    fn extend<I: IntoIterator<Item = (N, V)>>(&mut self, fields: I) {
        let mut all: Vec<(String, Value)> = self.iter().map(|(name, value)| (name.into_owned(), value)).collect();
        let mut places: HashMap<String, usize> =
            all.iter().enumerate().map(|(place, (name, _))| (name.clone(), place)).collect();
        for (name, value) in fields {
            let (name, value) = (name.into(), value.into());
            match places.get(&name) {
                Some(place) => all[*place].1 = value,
                None => {
                    places.insert(name.clone(), all.len());
                    all.push((name, value));
                }
            }
        }
        *self = JsonObject::new();
        for (name, value) in all {
            self.push(&name, value.as_json());
        }
    }
}

impl<N: Into<String>, V: Into<Value>, const COUNT: usize> From<[(N, V); COUNT]> for JsonObject {
    fn from(fields: [(N, V); COUNT]) -> JsonObject {
        fields.into_iter().collect()
    }
}

impl From<serde_json::Map<String, serde_json::Value>> for JsonObject {
    #[inline]
    fn from(fields: serde_json::Map<String, serde_json::Value>) -> JsonObject {
        JsonObject(serde_json::Value::Object(fields).to_string())
    }
}

/// Converts as [`parse`](JsonObject::parse) does.
impl TryFrom<JsonObject> for serde_json::Map<String, serde_json::Value> {
    type Error = serde_json::Error;

    #[inline]
    fn try_from(object: JsonObject) -> Result<Self, serde_json::Error> {
        match object.0.parse()? {
            serde_json::Value::Object(fields) => Ok(fields),
            value => Err(serde_json::Error::custom(format_args!("{value} is not an object"))), // never
        }
    }
}

/// Fails if the value is not an object.
impl TryFrom<Value> for JsonObject {
    type Error = serde_json::Error;

    #[inline]
    fn try_from(value: Value) -> Result<JsonObject, serde_json::Error> {
        match kind(&value.0) {
            Kind::Object => Ok(JsonObject(value.0.into())),
            kind => Err(serde_json::Error::custom(format_args!("expected an object, found {kind:?}"))),
        }
    }
}

/// Fails if the value is not an object.
impl TryFrom<serde_json::Value> for JsonObject {
    type Error = serde_json::Error;

    #[inline]
    fn try_from(value: serde_json::Value) -> Result<JsonObject, serde_json::Error> {
        match value {
            serde_json::Value::Object(fields) => Ok(fields.into()),
            value => Err(serde_json::Error::custom(format_args!("{value} is not an object"))),
        }
    }
}

impl Serialize for JsonObject {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Node(&self.0).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for JsonObject {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<JsonObject, D::Error> {
        struct Fields;

        impl<'de> Visitor<'de> for Fields {
            type Value = JsonObject;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<JsonObject, A::Error> {
                let mut object = JsonObject::new();
                while let Some(name) = map.next_key::<String>()? {
                    object.push(&name, &map.next_value_seed(raw::Text)?);
                }
                Ok(object)
            }
        }

        deserializer.deserialize_map(Fields)
    }
}

impl Plain for JsonObject {}
