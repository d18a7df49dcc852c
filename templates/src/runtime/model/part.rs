//! The types of fields, of items of a list and of values of a map.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde_core::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_core::ser::{Serialize, SerializeSeq, Serializer};
use uuid::Uuid;

/// A value inside a model.
///
/// Types of other crates are read and written here by rules of the crate: a number by [`number`](super::number), a date
/// by [`date`](super::date). Lists and maps are read and written here too, so that the rules apply at every depth.
pub(crate) trait Part: Sized {
    /// Whether it is a struct, which is read from fields alone.
    const IS_OBJECT: bool = false;

    /// Reads a value.
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;

    /// Reads the value of an optional field.
    #[inline]
    fn read_optional<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        read_nullable(deserializer)
    }

    /// Writes a value.
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;

    /// Whether the value fits its type, and is not merely kept by a union.
    #[inline]
    fn is_described(&self) -> bool {
        true
    }
}

/// A part for which serde's own implementation is right.
pub(crate) trait Plain: Serialize + for<'de> Deserialize<'de> {
    /// As [`Part::IS_OBJECT`].
    const IS_OBJECT: bool = false;

    /// As [`Part::is_described`].
    #[inline]
    fn is_described(&self) -> bool {
        true
    }
}

impl<T: Plain> Part for T {
    const IS_OBJECT: bool = <T as Plain>::IS_OBJECT;

    #[inline]
    fn is_described(&self) -> bool {
        Plain::is_described(self)
    }

    #[inline]
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer)
    }

    #[inline]
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.serialize(serializer)
    }
}

impl Plain for String {}
impl Plain for bool {}
impl Plain for Uuid {}
impl<T: Plain> Plain for Box<T> {
    const IS_OBJECT: bool = <T as Plain>::IS_OBJECT;

    #[inline]
    fn is_described(&self) -> bool {
        Plain::is_described(&**self)
    }
}

/// A part to read with serde.
pub(crate) struct Read<T>(pub(crate) T);

impl<'de, T: Part> Deserialize<'de> for Read<T> {
    #[inline]
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::read(deserializer).map(Read)
    }
}

/// A part to write with serde.
pub(crate) struct Written<'a, T>(pub(crate) &'a T);

impl<T: Part> Serialize for Written<'_, T> {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.write(serializer)
    }
}

/// Reads a value or `null`.
#[inline]
pub(crate) fn read_nullable<'de, T: Part, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    struct Nullable<T>(PhantomData<T>);

    impl<'de, T: Part> Visitor<'de> for Nullable<T> {
        type Value = Option<T>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("option")
        }

        fn visit_none<E: Error>(self) -> Result<Option<T>, E> {
            Ok(None)
        }

        fn visit_unit<E: Error>(self) -> Result<Option<T>, E> {
            Ok(None)
        }

        fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<T>, D::Error> {
            T::read(deserializer).map(Some)
        }
    }

    deserializer.deserialize_option(Nullable(PhantomData))
}

impl<T: Part> Part for Option<T> {
    #[inline]
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read_nullable(deserializer)
    }

    #[inline]
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Some(value) => serializer.serialize_some(&Written(value)),
            None => serializer.serialize_none(),
        }
    }
}

impl<T: Part> Part for Vec<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Items<T>(PhantomData<T>);

        impl<'de, T: Part> Visitor<'de> for Items<T> {
            type Value = Vec<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a sequence")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Vec<T>, A::Error> {
                let mut list = Vec::new();
                while let Some(item) = items.next_element_seed(Seed(PhantomData))? {
                    list.push(item);
                }
                Ok(list)
            }
        }

        deserializer.deserialize_seq(Items(PhantomData))
    }

    #[inline]
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.len()))?;
        for item in self {
            list.serialize_element(&Written(item))?;
        }
        list.end()
    }
}

impl<T: Part> Part for BTreeMap<String, T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries<T>(PhantomData<T>);

        impl<'de, T: Part> Visitor<'de> for Entries<T> {
            type Value = BTreeMap<String, T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<BTreeMap<String, T>, A::Error> {
                let mut map = BTreeMap::new();
                while let Some(key) = entries.next_key()? {
                    map.insert(key, entries.next_value_seed(Seed(PhantomData))?);
                }
                Ok(map)
            }
        }

        deserializer.deserialize_map(Entries(PhantomData))
    }

    #[inline]
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter().map(|(key, value)| (key, Written(value))))
    }
}

/// Reads a part where serde expects a seed.
pub(crate) struct Seed<T>(pub(crate) PhantomData<T>);

impl<'de, T: Part> DeserializeSeed<'de> for Seed<T> {
    type Value = T;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        T::read(deserializer)
    }
}
