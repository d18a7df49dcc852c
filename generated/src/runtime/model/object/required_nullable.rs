//! A field that is always present and may be `null`. An object without it can be read all the same: [`Extra`] remembers
//! that the field was absent, so that it is not written while it has no value.

use serde_core::de::Error;
use serde_core::ser::SerializeMap;

pub(crate) use super::nullable::read;
pub(crate) use super::optional::slot;
use crate::runtime::model::Extra;
use crate::runtime::model::part::{Part, Written};

pub(crate) fn finish<T, E: Error>(
    slot: Option<Option<T>>,
    key: &'static str,
    extra: &mut Extra,
) -> Result<Option<T>, E> {
    if slot.is_none() {
        extra.keep_deviation(key);
    }
    Ok(slot.flatten())
}

pub(crate) fn write<M, T>(map: &mut M, field: &Option<T>, key: &'static str, extra: &Extra) -> Result<(), M::Error>
where
    M: SerializeMap,
    T: Part,
{
    if field.is_none() && extra.deviates(key) { Ok(()) } else { map.serialize_entry(key, &Written(field)) }
}
