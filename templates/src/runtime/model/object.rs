//! Structs that are JSON objects.
//!
//! Each word of a table is a module here, with the same four functions: `slot` creates the place for a field while its
//! object is read, `read` fills it, `finish` converts it to the field, and `write` writes the field.

pub(crate) mod nullable;
pub(crate) mod optional;
pub(crate) mod required;
pub(crate) mod required_nullable;

use std::fmt;
use std::marker::PhantomData;

use serde_core::de::{DeserializeSeed, Deserializer, Error, MapAccess, Visitor};
use serde_core::ser::{SerializeMap, Serializer};

use crate::runtime::model::Extra;

/// The parts of a struct that [`object!`] implements; [`read()`] and [`write()`] use them.
pub(crate) trait Object: Sized {
    /// The name of the type, for error messages.
    const NAME: &'static str;

    /// Returns the index of the field with this name in JSON.
    fn index(key: &str) -> Option<usize>;

    /// Reads the fields.
    fn read<'de, A: MapAccess<'de>>(fields: Fields<A, Self>) -> Result<Self, A::Error>;

    /// Writes the fields.
    fn write<M: SerializeMap>(&self, map: M) -> Result<M::Ok, M::Error>;
}

/// Reads an object.
pub(crate) fn read<'de, T: Object, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    struct Whole<T>(PhantomData<T>);

    impl<'de, T: Object> Visitor<'de> for Whole<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "an object ({})", T::NAME)
        }

        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
            T::read(Fields { map, extra: Extra::new(), unknown: String::new(), object: PhantomData })
        }
    }

    deserializer.deserialize_map(Whole(PhantomData))
}

/// Writes an object, without stating its length in advance.
pub(crate) fn write<T: Object, S: Serializer>(object: &T, serializer: S) -> Result<S::Ok, S::Error> {
    object.write(serializer.serialize_map(None)?)
}

/// The fields of an object that is being read.
pub(crate) struct Fields<A, T> {
    /// The source of the fields.
    pub(crate) map: A,
    /// The fields that the model does not know.
    pub(crate) extra: Extra,
    unknown: String,
    object: PhantomData<T>,
}

impl<'de, A: MapAccess<'de>, T: Object> Fields<A, T> {
    /// Moves to the next field that the model knows, and returns its index. Its value must be read next.
    #[inline]
    pub(crate) fn next(&mut self) -> Result<Option<usize>, A::Error> {
        while let Some(index) = self.map.next_key_seed(Key { unknown: &mut self.unknown, object: PhantomData::<T> })? {
            if index != UNKNOWN {
                return Ok(Some(index));
            }
            self.extra.read(&mut self.map, &self.unknown)?;
        }
        Ok(None)
    }
}

/// The index of a field that the model does not know. An `Option` in its place costs one percent.
const UNKNOWN: usize = usize::MAX;

/// Reads the name of a field, and returns its index, or keeps it if it is unknown.
struct Key<'a, T> {
    unknown: &'a mut String,
    object: PhantomData<T>,
}

impl<'de, T: Object> DeserializeSeed<'de> for Key<'_, T> {
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl<T: Object> Visitor<'_> for Key<'_, T> {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a field name")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<usize, E> {
        Ok(T::index(name).unwrap_or_else(|| {
            name.clone_into(self.unknown);
            UNKNOWN
        }))
    }
}

/// Like `?`, but without a conversion of the error, which the compiler would resolve at each use of a field.
macro_rules! ok {
    ($result:expr) => {
        match $result {
            ::core::result::Result::Ok(value) => value,
            ::core::result::Result::Err(error) => return ::core::result::Result::Err(error),
        }
    };
}
pub(crate) use ok;

/// Implements a JSON object for a plain struct, by a table: the name of a field in Rust, its presence, its name in
/// JSON.
///
/// ```text
/// object! {
///     OrgGroupPaginationMetaPage {
///         number: required "number",            // T: always present, never null
///         last: required_nullable "last",       // Option<T>: always present, null is None; see `required_nullable`
///         r#type: optional "type",              // Option<T>: absent or null is None; see `optional`
///         next_number: nullable "next_number",  // Nullable<T>: absent, null and a value are distinct
///     }
/// }
/// ```
///
/// The struct has one more field, `extra: Extra`. Fields are written in the order of the table, the extra ones after
/// them.
///
/// If fields without a name in the table have a type, `..name` at its end is the map of these fields.
macro_rules! object {
    ($name:ident { $($field:ident: $word:ident $key:literal),* $(, ..$others:ident)? $(,)? }) => {
        const _: () = {
            #[allow(dead_code, non_camel_case_types, reason = "the fields' own names, to count them")]
            enum __Field { $($field),* }

            impl crate::runtime::model::object::Object for $name {
                const NAME: &'static str = ::core::stringify!($name);

                #[inline]
                fn index(key: &str) -> ::core::option::Option<usize> {
                    match key {
                        $($key => ::core::option::Option::Some(__Field::$field as usize),)*
                        _ => ::core::option::Option::None,
                    }
                }

                #[allow(clippy::disallowed_names, reason = "a field may be called `foo`")]
                fn read<'de, A: ::serde_core::de::MapAccess<'de>>(
                    mut fields: crate::runtime::model::object::Fields<A, Self>,
                ) -> ::core::result::Result<Self, A::Error> {
                    $(let mut $field = crate::runtime::model::object::$word::slot();)*
                    while let ::core::option::Option::Some(index) = crate::runtime::model::object::ok!(fields.next()) {
                        match index {
                            $(_ if index == __Field::$field as usize => {
                                let read = crate::runtime::model::object::$word::read(&mut fields.map, &mut $field, $key);
                                crate::runtime::model::object::ok!(read);
                            })*
                            _ => {}
                        }
                    }
                    ::core::result::Result::Ok(Self {
                        $($others: crate::runtime::model::others::take(&mut fields.extra),)?
                        $($field: crate::runtime::model::object::ok!(
                            crate::runtime::model::object::$word::finish($field, $key, &mut fields.extra)
                        ),)*
                        extra: fields.extra,
                    })
                }

                fn write<M: ::serde_core::ser::SerializeMap>(
                    &self,
                    #[allow(unused_mut, reason = "an object need not have fields")] mut map: M,
                ) -> ::core::result::Result<M::Ok, M::Error> {
                    $(crate::runtime::model::object::ok!(
                        crate::runtime::model::object::$word::write(&mut map, &self.$field, $key, &self.extra)
                    );)*
                    crate::runtime::model::object! { @end self, map $(, $others)? }
                }
            }
        };

        impl ::serde_core::Serialize for $name {
            fn serialize<S: ::serde_core::Serializer>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
                crate::runtime::model::object::write(self, serializer)
            }
        }

        impl<'de> ::serde_core::Deserialize<'de> for $name {
            fn deserialize<D: ::serde_core::Deserializer<'de>>(deserializer: D) -> ::core::result::Result<Self, D::Error> {
                crate::runtime::model::object::read(deserializer)
            }
        }

        impl crate::runtime::model::part::Plain for $name {
            const IS_OBJECT: bool = true;
        }
    };
    (@end $object:ident, $map:ident) => {
        $object.extra.write($map, <Self as crate::runtime::model::object::Object>::index)
    };
    (@end $object:ident, $map:ident, $others:ident) => {{
        let known = <Self as crate::runtime::model::object::Object>::index;
        crate::runtime::model::object::ok!(
            crate::runtime::model::others::write(&mut $map, &$object.$others, known)
        );
        $object.extra.write_beside($map, known, &$object.$others)
    }};
}
pub(crate) use object;
