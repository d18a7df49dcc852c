//! What a change of the spec means for callers: two descriptions in, a list of changes out.
//!
//! Both sides are compared as the emitters see them: the [intermediate representation](crate::ir) with its Rust
//! [names](crate::names). Every struct of the representation is taken apart without `..`, so that a field that is added
//! to it does not compile here before somebody has decided what a change of it means. What a side says elsewhere too is
//! bound to `_`, with the place that compares it.
//!
//! | module | compares |
//! |---|---|
//! | `pairs` | which type of one side is which of the other, and whether two types of values are the same |
//! | `service` | the crate's name, servers, keys, tags |
//! | `types` | named schemas: fields, values of enums |
//! | `operations` | requests, answers, pages, batches |
//! | `calls` | what a caller is asked for |
//! | `docs` | descriptions, defaults, examples; and limits |
//!
//! `version` says what follows for the version, `report` writes it all down.

mod report;
mod text;
mod version;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::Described;
use crate::diagnostics::Place;
use crate::ir::Api;
use crate::pointer::Pointer;
use crate::surface::Surface;
pub use report::{Report, Source, report};
pub use text::{Part, Text};
pub use version::Demand;

/// What a change means for callers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Code that uses the changed thing no longer compiles.
    Compile,
    /// Code compiles as before, and no compiler warns of it: programs that are already built no longer get along with
    /// the API as it is described now, or the same code, built again, sends, reads or sorts differently.
    Wire,
    /// Something can be used that could not be used before; nothing else differs.
    Additive,
    /// Only what people read differs: descriptions, examples, defaults (the client never sends one), the order of things
    /// whose order means nothing.
    Docs,
}

impl Class {
    /// All classes, the gravest first.
    pub const ALL: [Self; 4] = [Self::Compile, Self::Wire, Self::Additive, Self::Docs];

    /// The heading over the changes of the class.
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Compile => "breaking to compile",
            Self::Wire => "breaking on the wire",
            Self::Additive => "additive",
            Self::Docs => "docs only",
        }
    }

    /// Whether callers have something to do.
    pub const fn is_breaking(self) -> bool {
        matches!(self, Self::Compile | Self::Wire)
    }
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What it means for callers.
    pub class: Class,
    /// Whether it would be [`Class::Wire`] if it did not stop code from compiling.
    pub also_on_the_wire: bool,
    /// The place that caused it.
    pub spot: Spot,
    /// What changed: the type, the method of the client. Several, where one place is used by several.
    pub subjects: Vec<Text>,
    /// How it changed.
    pub what: Text,
}

impl Change {
    /// Notes that programs which are already built are touched too.
    fn on_the_wire_if(&mut self, condition: bool) {
        self.also_on_the_wire |= condition;
    }
}

/// A place in one of the two specs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spot {
    /// In the old one: what is gone.
    Old(Place),
    /// In the new one.
    New(Place),
}

impl Spot {
    fn old(pointer: &Pointer) -> Self {
        Self::Old(Place::Key(pointer.clone()))
    }

    fn new(pointer: &Pointer) -> Self {
        Self::New(Place::Key(pointer.clone()))
    }

    /// The value of a key that is there.
    fn value(pointer: &Pointer) -> Self {
        Self::New(Place::Value(pointer.clone()))
    }

    /// A key of an object that may have lost it.
    fn part(pointer: &Pointer, key: &str) -> Self {
        Self::value(&pointer.key(key))
    }
}

/// One side of a comparison.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// What the spec says.
    pub api: &'a Api,
    /// What callers see of it in Rust.
    pub surface: &'a Surface,
}

impl<'a> From<&'a Described> for Side<'a> {
    fn from(described: &'a Described) -> Self {
        Self { api: &described.api, surface: &described.surface }
    }
}

/// Every change from one side to the other, in no particular order. None, if the two say the same.
pub fn compare(_: Side<'_>, _: Side<'_>) -> Vec<Change> {
    merged(Vec::new())
}

/// One change for each place and effect: a shared parameter is used by many operations.
fn merged(changes: Vec<Change>) -> Vec<Change> {
    let mut merged: Vec<Change> = Vec::with_capacity(changes.len());
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for change in changes {
        let Change { class, also_on_the_wire, spot, subjects, what } = &change;
        match known.entry(format!("{class:?} {also_on_the_wire} {spot:?} {what:?}")) {
            Entry::Vacant(entry) => {
                entry.insert(merged.len());
                merged.push(change);
            }
            Entry::Occupied(entry) => {
                let known = &mut merged[*entry.get()].subjects;
                known.extend(subjects.iter().filter(|subject| !known.contains(subject)).cloned().collect::<Vec<_>>());
            }
        }
    }
    merged
}
