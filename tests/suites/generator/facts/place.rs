//! Facts in one form, whoever states them, and their differences.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// What is said about each place.
pub(crate) type Facts = BTreeMap<Place, Words>;

/// What is said about one place, word by word: `required`, `uuid`, `default 0`.
pub(crate) type Words = BTreeSet<String>;

/// What something is said about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) operation: String,
    /// `query page[size]`, `body`, `answer 200`; nothing for the operation itself.
    pub(crate) part: String,
    /// A dotted path, such as `data[].id`; nothing for the part itself.
    pub(crate) field: String,
}

impl Place {
    pub(crate) fn operation(id: &str) -> Self {
        Self { operation: id.to_owned(), part: String::new(), field: String::new() }
    }

    pub(crate) fn part(&self, part: impl Into<String>) -> Self {
        Self { part: part.into(), ..self.clone() }
    }

    pub(crate) fn field(&self, field: impl Into<String>) -> Self {
        Self { field: field.into(), ..self.clone() }
    }

    /// The next larger place that this one is in.
    fn parent(&self) -> Option<Self> {
        if let Some((parent, _)) = self.field.rsplit_once('.') {
            Some(self.field(parent.trim_end_matches("[]")))
        } else if !self.field.is_empty() {
            Some(self.field(""))
        } else if !self.part.is_empty() {
            Some(self.part(""))
        } else {
            None
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.operation)?;
        for part in [&self.part, &self.field] {
            if !part.is_empty() {
                write!(f, " {part}")?;
            }
        }
        Ok(())
    }
}

/// Where the spec does not say what the facts say, one line a place. What is missing in a missing place is not listed.
pub(crate) fn differences(facts: &Facts, spec: &Facts) -> Vec<String> {
    let lacks = |all: &Facts, place: &Place| {
        !all.contains_key(place) && place.parent().is_none_or(|parent| all.contains_key(&parent))
    };
    let places: BTreeSet<_> = facts.keys().chain(spec.keys()).collect();
    let mut lines = Vec::new();
    for place in places {
        match (facts.get(place), spec.get(place)) {
            (Some(facts), Some(spec)) if facts != spec => {
                let (facts, spec) = (list(facts.difference(spec)), list(spec.difference(facts)));
                lines.push(format!("{place}: the facts say {facts}, the spec says {spec}"));
            }
            (Some(_), None) if lacks(spec, place) => lines.push(format!("{place}: missing in the spec")),
            (None, Some(_)) if lacks(facts, place) => lines.push(format!("{place}: not in the facts")),
            _ => {}
        }
    }
    lines
}

fn list<'a>(words: impl Iterator<Item = &'a String>) -> String {
    let words: Vec<_> = words.map(|word| format!("`{word}`")).collect();
    if words.is_empty() { "nothing more".to_owned() } else { words.join(" and ") }
}
