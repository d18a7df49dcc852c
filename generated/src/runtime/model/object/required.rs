//! A field that is always present and never `null`.

use std::marker::PhantomData;

use serde_core::de::{Error, MapAccess};
use serde_core::ser::SerializeMap;

use crate::runtime::model::Extra;
use crate::runtime::model::part::{Part, Seed, Written};

pub(crate) const fn slot<T>() -> Option<T> {
    None
}

#[inline]
pub(crate) fn read<'de, A, T>(map: &mut A, slot: &mut Option<T>, key: &'static str) -> Result<(), A::Error>
where
    A: MapAccess<'de>,
    T: Part,
{
    if slot.is_some() {
        return Err(A::Error::duplicate_field(key));
    }
    *slot = Some(map.next_value_seed(Seed(PhantomData))?);
    Ok(())
}

pub(crate) fn finish<T, E: Error>(slot: Option<T>, key: &'static str, _extra: &mut Extra) -> Result<T, E> {
    slot.ok_or_else(|| E::missing_field(key))
}

pub(crate) fn write<M, T>(map: &mut M, field: &T, key: &'static str, _extra: &Extra) -> Result<(), M::Error>
where
    M: SerializeMap,
    T: Part,
{
    map.serialize_entry(key, &Written(field))
}
