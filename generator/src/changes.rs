//! What a change of the spec means for callers: two descriptions in, a list of changes out.
//!
//! Whether code still compiles, and what it can use that it could not use before, is read off the two
//! [surfaces](crate::surface). What is sent and read differently, and what people read, is read off the two
//! [representations](crate::ir). Every struct of both is taken apart without `..`, so that a field that is added to it does
//! not compile here before somebody has decided what a change of it means. What a side says elsewhere too is bound to `_`,
//! with the place that compares it.
//!
//! | module | compares |
//! |---|---|
//! | `lists` | any two lists, whose items have keys |
//! | `pairs` | which type of one side is which of the other, and whether two types of values are the same |
//! | `service` | the crate's name, servers, keys, tags |
//! | `types` | named schemas: fields, values of enums |
//! | `operations` | requests, answers, pages, batches |
//! | `calls` | what a caller is asked for |
//! | `docs` | descriptions, defaults, examples; and limits |
//!
//! `version` says what follows for the version, `report` writes it all down.

mod calls;
mod docs;
mod lists;
mod operations;
mod pairs;
mod report;
mod service;
mod text;
mod types;
mod version;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt::Display;

use crate::Described;
use crate::diagnostics::Place;
use crate::ir::{Api, FieldPath};
use crate::pointer::Pointer;
use crate::surface::Surface;
use lists::Matched;
use pairs::Pairs;
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

impl Side<'_> {
    /// A field of a body, as a reader writes it.
    fn dotted(&self, path: &FieldPath) -> String {
        self.api.types.names(path).join(".")
    }
}

/// Every change from one side to the other, in no particular order. None, if the two say the same.
pub fn compare(old: Side<'_>, new: Side<'_>) -> Vec<Change> {
    let mut comparison = Comparison { old, new, pairs: Pairs::new(old, new), changes: Vec::new() };
    comparison.service();
    comparison.types();
    comparison.operations();
    merged(comparison.changes)
}

/// A comparison under way.
struct Comparison<'a> {
    old: Side<'a>,
    new: Side<'a>,
    pairs: Pairs,
    changes: Vec<Change>,
}

impl Comparison<'_> {
    fn note(&mut self, class: Class, spot: Spot, subject: &Text, what: Text) -> &mut Change {
        let index = self.changes.len();
        let subjects = vec![subject.clone()];
        self.changes.push(Change { class, also_on_the_wire: false, spot, subjects, what });
        &mut self.changes[index]
    }

    /// Notes that a value differs, if it does: `template` has a place for the new one and one for the old one.
    fn differs<T: PartialEq + Display>(
        &mut self,
        class: Class,
        spot: Spot,
        subject: &Text,
        template: &str,
        [now, was]: [&T; 2],
    ) -> bool {
        if now != was {
            self.note(class, spot, subject, Text::new(template, &[now, was]));
        }
        now != was
    }

    /// What both sides have. Notes, by the name that `what` gives it, what only one of them has.
    fn both<'t, T>(
        &mut self,
        subject: &Text,
        (old, new): (Option<&'t T>, Option<&'t T>),
        (old_at, at): (&Pointer, &Pointer),
        added: Class,
        what: &dyn Fn(&T) -> Text,
    ) -> Option<(&'t T, &'t T)> {
        match (old, new) {
            (None, Some(new)) => {
                let what = what(new).then(" added", &[]);
                self.note(added, Spot::new(at), subject, what).on_the_wire_if(added == Class::Compile);
            }
            (Some(old), None) => {
                self.note(Class::Compile, Spot::old(old_at), subject, what(old).then(" removed", &[]));
            }
            (None, None) | (Some(_), Some(_)) => {}
        }
        old.zip(new)
    }

    /// Notes that a list has another order, if it means nothing but that people read it so.
    fn order<T>(&mut self, list: &Matched<'_, T>, spot: Spot, subject: &Text, what: &str) {
        if list.moved().is_some() {
            self.note(Class::Docs, spot, subject, Text::new(what, &[]));
        }
    }

    /// Notes which texts for people differ, by the keys under which they stand.
    fn prose(&mut self, subject: &Text, pointer: &Pointer, differs: &[(&str, bool)]) {
        for (key, _) in differs.iter().filter(|(_, differs)| *differs) {
            self.note(Class::Docs, Spot::part(pointer, key), subject, Text::new("{} changed", &[key]));
        }
    }
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
