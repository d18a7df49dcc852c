use std::borrow::Cow;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::fmt;
use std::hash::{Hash, Hasher};

use serde_core::de::MapAccess;
use serde_core::ser::SerializeMap;

use crate::runtime::model::unknown;
use crate::runtime::model::value::raw;
use crate::runtime::model::{JsonObject, Value};

/// The fields of a JSON object that its model does not know.
///
/// They are kept as text when the object is read, and written back unchanged after the known ones: every digit of their
/// numbers, and their order. Names that the model knows are never written from here: if you insert one, the model's own
/// field is written, or nothing if that field is unset.
///
/// It is one pointer wide, and allocates nothing as long as it is empty. Values are copied when they are looked up.
///
/// Like a [`JsonObject`], two are equal, and have the same hash, if they have the same fields with the same values in
/// any order. They have no order.
///
/// It also remembers which fields of the model without a value deviate from their description: an optional field that
/// was `null`, or a required one, which can be `null`, that was absent. Such a field is `None`, and is written back as it
/// came unless you set it. This makes no difference to equality, and the methods here do not show these names.
#[derive(Clone, Default)]
pub struct Extra(
    /// Never an empty one, so that the usual object costs no allocation.
    Option<Box<Kept>>,
);

#[derive(Clone, Default)]
struct Kept {
    fields: JsonObject,
    /// The names of the fields without a value that deviate from their description.
    deviations: Vec<&'static str>,
}

thread_local! {
    static AS_DESCRIBED: Cell<bool> = const { Cell::new(false) };
}

/// Writes something in which all fields without a value are as their description says.
#[inline]
pub(crate) fn as_described<T>(write: impl FnOnce() -> T) -> T {
    let before = AS_DESCRIBED.replace(true);
    let written = write();
    AS_DESCRIBED.set(before);
    written
}

impl Extra {
    /// Creates an empty set of fields.
    pub const fn new() -> Self {
        Self(None)
    }

    /// Returns the value of a field. If the server sent the name twice, it is the last.
    #[inline]
    pub fn get(&self, name: &str) -> Option<Value> {
        self.fields()?.get(name)
    }

    /// Sets a field and returns the value it had.
    #[inline]
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<Value>) -> Option<Value> {
        self.kept().fields.insert(name, value)
    }

    /// Removes a field.
    #[inline]
    pub fn remove(&mut self, name: &str) -> Option<Value> {
        let removed = self.0.as_mut()?.fields.remove(name);
        self.tidy();
        removed
    }

    /// The fields with their names, in the order in which they were received.
    #[inline]
    pub fn iter(&self) -> impl Iterator<Item = (Cow<'_, str>, Value)> {
        self.fields().into_iter().flat_map(|fields| fields.iter())
    }

    /// Whether there is a field with this name.
    #[inline]
    pub fn contains_key(&self, name: &str) -> bool {
        self.fields().is_some_and(|fields| fields.contains_key(name))
    }

    /// The names of the fields, in the order in which they were received.
    #[inline]
    pub fn keys(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.fields().into_iter().flat_map(|fields| fields.keys())
    }

    /// The number of fields.
    #[inline]
    pub fn len(&self) -> usize {
        self.fields().map_or(0, |fields| fields.len())
    }

    /// Whether there are no fields.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.fields().is_none()
    }

    /// Keeps the fields for which the function returns true, given the quoted name and the value as they are in the
    /// text.
    #[inline]
    pub(crate) fn retain(&mut self, keeps: &mut dyn FnMut(&str, &str) -> bool) {
        if let Some(kept) = self.0.as_mut() {
            kept.fields.retain(keeps);
            self.tidy();
        }
    }

    /// Reads the value of a field that the model does not know.
    #[cold]
    pub(crate) fn read<'de, A: MapAccess<'de>>(&mut self, map: &mut A, name: &str) -> Result<(), A::Error> {
        unknown::count_one();
        let json = map.next_value_seed(raw::Text)?;
        self.kept().fields.push(name, &json);
        Ok(())
    }

    /// Remembers that an optional field was `null`, or that a required one was absent.
    #[cold]
    pub(crate) fn keep_deviation(&mut self, name: &'static str) {
        self.kept().deviations.push(name);
    }

    /// Whether nothing is kept here, as usual.
    #[inline]
    pub(crate) fn is_unused(&self) -> bool {
        self.0.is_none()
    }

    /// Whether an optional field is to be written as `null`, or a required one not at all.
    #[inline]
    pub(crate) fn deviates(&self, name: &str) -> bool {
        self.0.as_ref().is_some_and(|kept| kept.deviations.contains(&name) && !AS_DESCRIBED.get())
    }

    /// Writes all fields except those that the model knows, and ends the object.
    #[inline]
    pub(crate) fn write<M: SerializeMap>(&self, map: M, known: fn(&str) -> Option<usize>) -> Result<M::Ok, M::Error> {
        if self.is_unused() { map.end() } else { self.write_some(map, &|name| known(name).is_some()) }
    }

    /// The same, except also for the names in a map of typed fields.
    #[inline]
    pub(crate) fn write_beside<M: SerializeMap, T>(
        &self,
        map: M,
        known: fn(&str) -> Option<usize>,
        others: &BTreeMap<String, T>,
    ) -> Result<M::Ok, M::Error> {
        self.write_some(map, &|name| known(name).is_some() || others.contains_key(name))
    }

    #[cold]
    fn write_some<M: SerializeMap>(&self, mut map: M, is_known: &dyn Fn(&str) -> bool) -> Result<M::Ok, M::Error> {
        let fields = self.fields().into_iter().flat_map(|fields| fields.members());
        for (name, value) in fields.filter(|(name, _)| !is_known(name)) {
            map.serialize_entry(&name, &value)?;
        }
        map.end()
    }

    /// The fields, if there are any.
    #[inline]
    fn fields(&self) -> Option<&JsonObject> {
        self.0.as_ref().map(|kept| &kept.fields).filter(|fields| !fields.is_empty())
    }

    #[inline]
    fn kept(&mut self) -> &mut Kept {
        self.0.get_or_insert_default()
    }

    /// Restores the invariant after fields were removed.
    #[inline]
    fn tidy(&mut self) {
        if self.0.as_ref().is_some_and(|kept| kept.fields.is_empty() && kept.deviations.is_empty()) {
            self.0 = None;
        }
    }
}

/// Deviations make no difference: to a reader, the field has no value.
impl PartialEq for Extra {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.fields() == other.fields()
    }
}

impl Eq for Extra {}

impl Hash for Extra {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.fields().hash(state);
    }
}

impl fmt::Debug for Extra {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.fields() {
            Some(fields) => fmt::Debug::fmt(fields, f),
            None => f.write_str("{}"),
        }
    }
}

impl<N: Into<String>, V: Into<Value>> FromIterator<(N, V)> for Extra {
    #[inline]
    fn from_iter<I: IntoIterator<Item = (N, V)>>(fields: I) -> Self {
        fields.into_iter().collect::<JsonObject>().into()
    }
}

impl<N: Into<String>, V: Into<Value>> Extend<(N, V)> for Extra {
    #[inline]
    fn extend<I: IntoIterator<Item = (N, V)>>(&mut self, fields: I) {
        for (name, value) in fields {
            self.insert(name, value);
        }
    }
}

impl<'a> IntoIterator for &'a Extra {
    type Item = (Cow<'a, str>, Value);
    type IntoIter = std::vec::IntoIter<Self::Item>;

    #[inline]
    fn into_iter(self) -> Self::IntoIter {
        self.iter().collect::<Vec<_>>().into_iter()
    }
}

impl IntoIterator for Extra {
    type Item = (String, Value);
    type IntoIter = std::vec::IntoIter<Self::Item>;

    #[inline]
    fn into_iter(self) -> Self::IntoIter {
        let fields = self.iter().map(|(name, value)| (name.into_owned(), value));
        fields.collect::<Vec<_>>().into_iter()
    }
}

impl From<JsonObject> for Extra {
    #[inline]
    fn from(fields: JsonObject) -> Self {
        Self((!fields.is_empty()).then(|| Box::new(Kept { fields, deviations: Vec::new() })))
    }
}

impl From<Extra> for JsonObject {
    #[inline]
    fn from(extra: Extra) -> Self {
        extra.0.map(|kept| kept.fields).unwrap_or_default()
    }
}
