//! Reads the objects of a union with a tag directly from the parser, without finding their ends first.
//!
//! A union usually takes the text of its whole value, so that it can keep a value that fits no variant. To find the end
//! of the text costs half as much as to read the value. If the whole document is in memory, [`first`] reads it without
//! that, and only if an object then fits no variant, it reads the document again. The result is the same, but for objects
//! deeper than the limit of [`nesting`], which a direct reading need not keep as text.

use std::borrow::Cow;
use std::cell::Cell;
use std::fmt;
use std::marker::PhantomData;
use std::vec;

use serde_core::de::value::{CowStrDeserializer, MapAccessDeserializer};
use serde_core::de::{DeserializeSeed, Deserializer, Error, MapAccess, Visitor};

use super::decide::text_of_scalar;
use super::{Union, nesting};
use crate::runtime::model::part::Part;
use crate::runtime::model::value::raw::{self, Borrowed};

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Off,
    On,
    /// An object fits no variant, or only a careful reading can tell.
    Failed,
}

thread_local! {
    static STATE: Cell<State> = const { Cell::new(State::Off) };
}

/// Reads a document with [`read()`] in place of the careful way; and again, carefully, if that fails.
pub(crate) fn first<T, E>(read: impl Fn() -> Result<T, E>) -> Result<T, E> {
    /// Ends the direct reading, also if `read` panics.
    struct Reading;

    impl Drop for Reading {
        fn drop(&mut self) {
            STATE.set(State::Off);
        }
    }

    let reading = Reading;
    STATE.set(State::On);
    let outcome = read();
    let has_failed = STATE.get() == State::Failed;
    drop(reading);
    if has_failed { read() } else { outcome }
}

/// Whether the objects of a union are read directly now: not inside of a text that another union has taken.
#[inline]
pub(super) fn is_on<T: Union>() -> bool {
    let is_possible = const { is_possible::<T>() };
    is_possible && STATE.get() == State::On && nesting::is_outside()
}

/// Whether the tag is enough to read an object of the union: all variants are objects with the tag as a property.
const fn is_possible<T: Union>() -> bool {
    let mut index = 0;
    while index < T::VARIANTS.len() {
        if T::VARIANTS[index].is_tag_extra {
            return false;
        }
        index += 1;
    }
    T::TAG.is_some() && T::ARE_OBJECTS
}

/// Reads an object of a union.
///
/// # Errors
///
/// The value is not an object, or fits no variant: [`first`] reads the document again.
pub(super) fn read<'de, T: Union, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    struct Whole<T>(PhantomData<T>);

    impl<'de, T: Union> Visitor<'de> for Whole<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
            let mut begun = Vec::new();
            let index = loop {
                let Some(name) = map.next_key_seed(Borrowed)? else { return Err(A::Error::custom("it has no tag")) };
                let value = map.next_value_seed(Raw)?;
                let index = (Some(&*name) == T::TAG).then(|| index_of::<T>(&value));
                begun.push((name, value));
                if let Some(index) = index {
                    break index.ok_or_else(|| A::Error::custom("its tag is unknown"))?;
                }
            };
            T::read_fields(index, Fields { begun: begun.into_iter(), value: None, map })
        }
    }

    deserializer.deserialize_map(Whole(PhantomData)).inspect_err(|_| STATE.set(State::Failed))
}

/// Returns the variant of a tag.
#[inline]
fn index_of<T: Union>(tag: &str) -> Option<usize> {
    let tag = text_of_scalar(tag)?;
    T::VARIANTS.iter().position(|variant| variant.values.contains(&&*tag))
}

/// Reads a variant from the fields of its object.
pub(crate) fn from_fields<'de, T: Part, A: MapAccess<'de>>(fields: A) -> Result<T, A::Error> {
    T::read(MapAccessDeserializer::new(fields))
}

/// The text of a value.
struct Raw;

impl<'de> DeserializeSeed<'de> for Raw {
    type Value = Cow<'de, str>;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Cow<'de, str>, D::Error> {
        raw::borrow(deserializer)
    }
}

/// The fields of an object: those up to the tag, whose texts were taken, then the rest.
struct Fields<'de, A> {
    begun: vec::IntoIter<(Cow<'de, str>, Cow<'de, str>)>,
    /// The value of the field whose name was read last, if it is one of those.
    value: Option<Cow<'de, str>>,
    map: A,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Fields<'de, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        let Some((name, value)) = self.begun.next() else { return self.map.next_key_seed(seed) };
        self.value = Some(value);
        seed.deserialize(CowStrDeserializer::new(name)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        match self.value.take() {
            None => self.map.next_value_seed(seed),
            Some(Cow::Borrowed(json)) => {
                let _level = nesting::enter(json).ok_or_else(|| A::Error::custom("it is too deep"))?;
                seed.deserialize(&mut serde_json::Deserializer::from_str(json)).map_err(A::Error::custom)
            }
            // The document is not in memory.
            Some(Cow::Owned(_)) => Err(A::Error::custom("its text is not borrowed")),
        }
    }
}
