//! Fields that the description of an object does not name, but whose values have a type.
//!
//! They are first read into [`Extra`], like all unknown fields, and then moved from there. So a value of another type is not
//! lost, and reading the known fields does not become slower.

use std::collections::BTreeMap;

use serde_core::ser::SerializeMap;

use crate::runtime::model::Extra;
use crate::runtime::model::part::{Part, Written};
use crate::runtime::model::union::{nesting, parse};
use crate::runtime::model::unknown;
use crate::runtime::model::value::text;

/// Takes the fields whose values are of the type. A value of another type stays, and so does a repeated name, so that
/// both are written back.
pub(crate) fn take<T: Part>(extra: &mut Extra) -> BTreeMap<String, T> {
    let mut others = BTreeMap::new();
    if extra.is_empty() {
        return others;
    }
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for (name, _) in extra.iter() {
        *times.entry(name.into_owned()).or_default() += 1;
    }
    extra.retain(&mut |quoted, json| {
        let Some(name) = text(quoted).filter(|name| times.get(&**name) == Some(&1)) else { return true };
        let Some(value) = read(json) else { return true };
        others.insert(name.into_owned(), value);
        false
    });
    others
}

/// Reads a value, if it is of the type.
fn read<T: Part>(json: &str) -> Option<T> {
    // A new parser counts the depth from zero.
    let _level = nesting::enter(json)?;
    let (value, unknown) = unknown::count_in(|| parse(json).ok());
    if value.is_some() {
        // The field was counted as unknown when it was read.
        unknown::uncount_one();
        unknown::add(unknown);
    }
    value
}

/// Writes the fields, except those with names that the model knows: these are its own fields.
pub(crate) fn write<M: SerializeMap, T: Part>(
    map: &mut M,
    others: &BTreeMap<String, T>,
    known: fn(&str) -> Option<usize>,
) -> Result<(), M::Error> {
    others
        .iter()
        .filter(|(name, _)| known(name).is_none())
        .try_for_each(|(name, value)| map.serialize_entry(name, &Written(value)))
}
