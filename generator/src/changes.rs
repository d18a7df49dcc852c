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
//! | `service` | the crate's name, the site, tags |
//! | `servers` | where calls go |
//! | `security` | credentials, and what asks for them |
//! | `types`, `unions` | named schemas: fields, values of enums, variants of unions |
//! | `features` | features by tag, and what needs them |
//! | `operations` | requests and answers |
//! | `several` | pages and batches |
//! | `calls` | what a caller is asked for |
//! | `docs` | descriptions, defaults, examples; and limits |
//!
//! `version` says what follows for the version, `report` writes it all down.

mod calls;
mod docs;
mod features;
mod lists;
mod messages;
mod operations;
mod others;
mod pairs;
mod relations;
mod report;
mod security;
mod servers;
mod service;
mod several;
mod text;
mod types;
mod unions;
mod version;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

use crate::Described;
use crate::diagnostics::Place;
use crate::ir::{Api, FieldPath, TypeId};
use crate::pointer::Pointer;
use crate::surface::{RustType, Surface};
use lists::Matched;
use pairs::Pairs;
pub use report::{Report, report};
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

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub class: Class,
    /// Whether it would be [`Class::Wire`] if it did not stop code from compiling.
    pub also_on_the_wire: bool,
    pub spot: Spot,
    /// What changed: the type, the method of the client. Several, where one place is used by several.
    pub subjects: Vec<Text>,
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

#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    pub api: &'a Api,
    pub surface: &'a Surface,
}

impl<'a> From<&'a Described> for Side<'a> {
    fn from(described: &'a Described) -> Self {
        Self { api: &described.api, surface: &described.surface }
    }
}

impl Side<'_> {
    /// A type as callers write it.
    fn text(self, ty: &RustType) -> String {
        self.surface.text(ty)
    }

    /// A type as callers write it, or what represents none.
    fn text_or(self, none: &str, ty: Option<&RustType>) -> String {
        ty.map_or_else(|| none.to_owned(), |ty| self.text(ty))
    }

    /// The names of the fields on the way to a field of a body.
    fn names(self, path: &FieldPath) -> Vec<String> {
        self.api.types.names(path).into_iter().map(str::to_owned).collect()
    }
}

/// Every change from one side to the other, in no particular order. None, if the two say the same.
pub fn compare(old: Side<'_>, new: Side<'_>) -> Vec<Change> {
    let pairs = Pairs::new(old, new);
    let brought = operations::brought_along(old, new, &pairs);
    let mut comparison = Comparison { old, new, pairs, brought, changes: Vec::new() };
    comparison.service();
    comparison.features();
    comparison.types();
    comparison.operations();
    merged(comparison.changes)
}

struct Comparison<'a> {
    old: Side<'a>,
    new: Side<'a>,
    pairs: Pairs,
    /// The new types that added operations bring along.
    brought: BTreeSet<TypeId>,
    changes: Vec<Change>,
}

/// What is compared: its name in the report, and its place in the new spec.
#[derive(Clone)]
struct About {
    subject: Text,
    at: Pointer,
}

impl About {
    fn new(subject: Text, at: &Pointer) -> Self {
        Self { subject, at: at.clone() }
    }
}

impl Comparison<'_> {
    /// Notes a change that is caused by a key of what is compared, or, if that is empty, by all of it.
    fn tell(&mut self, about: &About, class: Class, key: &str, what: Text) -> &mut Change {
        let at = &about.at;
        let place = if key.is_empty() { Place::Key(at.clone()) } else { Place::Value(at.key(key)) };
        self.note(class, Spot::New(place), about.subject.clone(), what)
    }

    /// Notes that something is gone from the old spec.
    fn gone(&mut self, class: Class, at: &Pointer, subject: Text, what: Text) -> &mut Change {
        self.note(class, Spot::Old(Place::Key(at.clone())), subject, what)
    }

    fn note(&mut self, class: Class, spot: Spot, subject: Text, what: Text) -> &mut Change {
        let index = self.changes.len();
        self.changes.push(Change { class, also_on_the_wire: false, spot, subjects: vec![subject], what });
        &mut self.changes[index]
    }

    /// Notes that a value differs, if it does: `template` has a place for the new one and one for the old one.
    fn differs(&mut self, about: &About, class: Class, key: &str, template: &str, both: [&dyn Display; 2]) -> bool {
        let [now, was] = both.map(ToString::to_string);
        if now != was {
            self.tell(about, class, key, Text::new(template, &both));
        }
        now != was
    }

    /// Notes that a list has another order, if it means nothing but that people read it so.
    fn order<T>(&mut self, list: &Matched<'_, T>, about: &About, key: &str, what: &str) {
        if list.moved().is_some() {
            self.tell(about, Class::Docs, key, Text::new(what, &[]));
        }
    }

    /// Notes which texts for people differ, by the keys under which they stand.
    fn prose(&mut self, about: &About, differs: &[(&str, bool)]) {
        for (key, _) in differs.iter().filter(|(_, differs)| *differs) {
            self.tell(about, Class::Docs, key, Text::new("{} changed", &[key]));
        }
    }

    /// What both sides have. Notes, by the name that `what` gives it, what only one of them has.
    fn both<'t, T>(
        &mut self,
        [old_about, about]: &[About; 2],
        [old, new]: [Option<&'t T>; 2],
        added: Class,
        what: impl Fn(&T) -> Text,
    ) -> Option<(&'t T, &'t T)> {
        match (old, new) {
            (None, Some(new)) => {
                let change = self.tell(about, added, "", what(new).then(" added", &[]));
                change.on_the_wire_if(added == Class::Compile);
            }
            (Some(old), None) => {
                let what = what(old).then(" removed", &[]);
                self.gone(Class::Compile, &old_about.at, about.subject.clone(), what);
            }
            (None, None) | (Some(_), Some(_)) => {}
        }
        old.zip(new)
    }
}

/// One change for each place and effect: a shared parameter is used by many operations.
fn merged(changes: Vec<Change>) -> Vec<Change> {
    let mut merged: BTreeMap<String, Change> = BTreeMap::new();
    for change in changes {
        let Change { class, also_on_the_wire, spot, subjects, what } = &change;
        let effect = format!("{class:?} {also_on_the_wire} {spot:?} {what:?}");
        let known = merged.entry(effect).or_insert_with(|| Change { subjects: Vec::new(), ..change.clone() });
        let news: Vec<Text> = subjects.iter().filter(|subject| !known.subjects.contains(subject)).cloned().collect();
        known.subjects.extend(news);
    }
    merged.into_values().collect()
}
