//! A field that may be absent. `null` means the same, unless the field may have any value. [`Extra`] remembers a `null`
//! that was read, so that it is written back while the field is unset.

use std::marker::PhantomData;

use serde_core::de::{DeserializeSeed, Deserializer, Error, MapAccess};
use serde_core::ser::SerializeMap;

use crate::runtime::model::Extra;
use crate::runtime::model::part::{Part, Written};

struct Optional<T>(PhantomData<T>);

impl<'de, T: Part> DeserializeSeed<'de> for Optional<T> {
    type Value = Option<T>;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<T>, D::Error> {
        T::read_optional(deserializer)
    }
}

pub(crate) const fn slot<T>() -> Option<Option<T>> {
    None
}

#[inline]
pub(crate) fn read<'de, A, T>(map: &mut A, slot: &mut Option<Option<T>>, key: &'static str) -> Result<(), A::Error>
where
    A: MapAccess<'de>,
    T: Part,
{
    if slot.is_some() {
        return Err(A::Error::duplicate_field(key));
    }
    *slot = Some(map.next_value_seed(Optional(PhantomData))?);
    Ok(())
}

pub(crate) fn finish<T, E: Error>(
    slot: Option<Option<T>>,
    key: &'static str,
    extra: &mut Extra,
) -> Result<Option<T>, E> {
    if let Some(None) = slot {
        extra.keep_deviation(key);
    }
    Ok(slot.flatten())
}

pub(crate) fn write<M, T>(map: &mut M, field: &Option<T>, key: &'static str, extra: &Extra) -> Result<(), M::Error>
where
    M: SerializeMap,
    T: Part,
{
    match field {
        Some(value) => map.serialize_entry(key, &Written(value)),
        None if extra.is_unused() => Ok(()),
        None => write_null(map, key, extra),
    }
}

#[cold]
fn write_null<M: SerializeMap>(map: &mut M, key: &'static str, extra: &Extra) -> Result<(), M::Error> {
    if extra.deviates(key) { map.serialize_entry(key, &()) } else { Ok(()) }
}
