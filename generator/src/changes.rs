//! The effects of a change of the spec on callers: compares two descriptions, and returns a list of changes.
//!
//! The two [surfaces](crate::surface) determine whether code still compiles, and what else it can use. The two
//! [representations](crate::ir) determine what is sent and read differently, and what the documentation says. Every
//! struct of both is destructured without `..`, so that a new field does not compile here until somebody decides what a
//! change of it means. A field that is compared elsewhere is bound to `_`, with a comment that names the place.
//!
//! | module | compares |
//! |---|---|
//! | `lists` | any two lists, whose items have keys |
//! | `pairs` | which types of the two sides correspond, and whether two types of values are the same |
//! | `service` | the crate's name, the site, tags |
//! | `servers` | the destinations of calls |
//! | `security` | credentials, and the operations that need them |
//! | `types`, `unions` | named schemas: fields, values of enums, variants of unions |
//! | `features` | features by tag, and the items that need them |
//! | `operations` | requests and responses |
//! | `several` | pages and batches |
//! | `calls` | the inputs of callers |
//! | `docs` | descriptions, defaults, examples; and limits |
//!
//! `version` determines the version that the changes require, and `report` prints the list.

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

/// The effect of a change on callers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Code that uses the changed thing no longer compiles.
    Compile,
    /// Code compiles as before, without a warning: programs that are already built no longer work with the API as it is
    /// described now, or the same code, built again, sends, reads or sorts differently.
    Wire,
    /// Something new can be used; nothing else differs.
    Additive,
    /// Only the documentation differs: descriptions, examples, defaults (the client never sends one), the order of
    /// things whose order has no meaning.
    Docs,
}

impl Class {
    /// All classes, the most severe first.
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

    /// Whether callers must act.
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
    /// What changed: the type, or the method of the client. There are several if several use the same place.
    pub subjects: Vec<Text>,
    pub what: Text,
}

impl Change {
    /// Records that programs which are already built are affected too.
    fn on_the_wire_if(&mut self, condition: bool) {
        self.also_on_the_wire |= condition;
    }
}

/// A place in one of the two specs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spot {
    /// In the old one: a removed value.
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
    /// Returns a type as callers write it.
    fn text(self, ty: &RustType) -> String {
        self.surface.text(ty)
    }

    /// Returns a type as callers write it, or a text for no type.
    fn text_or(self, none: &str, ty: Option<&RustType>) -> String {
        ty.map_or_else(|| none.to_owned(), |ty| self.text(ty))
    }

    /// Returns the names of the fields on the path to a field of a body.
    fn names(self, path: &FieldPath) -> Vec<String> {
        self.api.types.names(path).into_iter().map(str::to_owned).collect()
    }
}

/// Returns every change from one side to the other, in no particular order. It is empty if the two have the same
/// meaning.
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
    /// The new types that only added operations use.
    brought: BTreeSet<TypeId>,
    changes: Vec<Change>,
}

/// The compared value: its name in the report, and its place in the new spec.
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
    /// Reports a change that a key of the compared value causes, or, if the key is empty, the whole value.
    fn report(&mut self, about: &About, class: Class, key: &str, what: Text) -> &mut Change {
        let at = &about.at;
        let place = if key.is_empty() { Place::Key(at.clone()) } else { Place::Value(at.key(key)) };
        self.note(class, Spot::New(place), about.subject.clone(), what)
    }

    /// Reports that a value was removed from the old spec.
    fn gone(&mut self, class: Class, at: &Pointer, subject: Text, what: Text) -> &mut Change {
        self.note(class, Spot::Old(Place::Key(at.clone())), subject, what)
    }

    fn note(&mut self, class: Class, spot: Spot, subject: Text, what: Text) -> &mut Change {
        let index = self.changes.len();
        self.changes.push(Change { class, also_on_the_wire: false, spot, subjects: vec![subject], what });
        &mut self.changes[index]
    }

    /// Reports a change of a value: `template` has a place for the new one and one for the old one.
    fn differs(&mut self, about: &About, class: Class, key: &str, template: &str, both: [&dyn Display; 2]) -> bool {
        let [now, was] = both.map(ToString::to_string);
        if now != was {
            self.report(about, class, key, Text::new(template, &both));
        }
        now != was
    }

    /// Reports another order of a list, if the order only affects the documentation.
    fn order<T>(&mut self, list: &Matched<'_, T>, about: &About, key: &str, what: &str) {
        if list.moved().is_some() {
            self.report(about, Class::Docs, key, Text::new(what, &[]));
        }
    }

    /// Reports changes of texts for people, by their keys.
    fn prose(&mut self, about: &About, differs: &[(&str, bool)]) {
        for (key, _) in differs.iter().filter(|(_, differs)| *differs) {
            self.report(about, Class::Docs, key, Text::new("{} changed", &[key]));
        }
    }

    /// Returns the values that both sides have. Reports values that only one side has, under the name that `what`
    /// returns.
    fn both<'t, T>(
        &mut self,
        [old_about, about]: &[About; 2],
        [old, new]: [Option<&'t T>; 2],
        added: Class,
        what: impl Fn(&T) -> Text,
    ) -> Option<(&'t T, &'t T)> {
        match (old, new) {
            (None, Some(new)) => {
                let change = self.report(about, added, "", what(new).then(" added", &[]));
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

/// Joins the changes with the same place and effect: many operations can use a shared parameter.
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
