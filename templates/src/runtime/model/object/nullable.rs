//! A field that may be absent, and for which `null` has another meaning.

use std::marker::PhantomData;

use serde_core::de::{Error, MapAccess};
use serde_core::ser::SerializeMap;

pub(crate) use super::optional::slot;
use crate::runtime::model::part::{Part, Seed, Written};
use crate::runtime::model::{Extra, Nullable};

#[inline]
pub(crate) fn read<'de, A, T>(map: &mut A, slot: &mut Option<Option<T>>, key: &'static str) -> Result<(), A::Error>
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

pub(crate) fn finish<T, E: Error>(
    slot: Option<Option<T>>,
    _key: &'static str,
    _extra: &mut Extra,
) -> Result<Nullable<T>, E> {
    Ok(slot.map_or(Nullable::Absent, Nullable::from))
}

pub(crate) fn write<M, T>(map: &mut M, field: &Nullable<T>, key: &'static str, _extra: &Extra) -> Result<(), M::Error>
where
    M: SerializeMap,
    T: Part,
{
    match field {
        Nullable::Value(value) => map.serialize_entry(key, &Written(value)),
        Nullable::Null => map.serialize_entry(key, &()),
        Nullable::Absent => Ok(()),
    }
}
