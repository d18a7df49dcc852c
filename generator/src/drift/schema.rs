//! The facts of schemas: the statements of each, and those of everything inside it.

use std::collections::BTreeSet;

use super::facts::{Facts, ITEMS, OTHERS, Place, Words};
use super::parts::{Parts, entries, first, required};
use super::statements::is_schema;
use crate::pointer::Pointer;
use crate::source::Tree;

/// Derives facts from the objects of a description.
pub(super) struct Resolver<'t> {
    pub(super) tree: &'t Tree,
    pub(super) facts: Facts,
    /// Whether an operation has more facts than the maximum.
    pub(super) is_full: bool,
    /// The objects whose fields are being read, each by its parts and with its path.
    open: Vec<(Vec<Pointer>, String)>,
    /// The maximum number of open objects.
    deepest: usize,
}

/// The maximum number of facts of an operation: a real one has hundreds, or thousands.
const MOST_FACTS: usize = 5_000;

impl<'t> Resolver<'t> {
    pub(super) fn new(tree: &'t Tree, deepest: usize) -> Self {
        Self { tree, facts: Facts::new(), is_full: false, open: Vec::new(), deepest }
    }

    /// Adds the statements of a schema about the value at a place, and about all fields in it.
    pub(super) fn schema(&mut self, place: &Place, parts: &Parts<'t>, mut words: Words) {
        if self.facts.len() >= MOST_FACTS {
            self.is_full = true;
            return;
        }
        let inner = self.describe(parts, &mut words);
        self.record(place, words);
        if let Some(whole) = inner {
            self.inside(place, parts, whole);
        }
    }

    /// Adds statements about a place to those that are known.
    pub(super) fn record(&mut self, place: &Place, words: Words) {
        match self.facts.get_mut(place) {
            Some(known) => known.words.extend(words.words),
            None => {
                self.facts.insert(place.clone(), words);
            }
        }
    }

    fn inside(&mut self, place: &Place, parts: &Parts<'t>, whole: Vec<Pointer>) {
        if let Some((_, above)) = self.open.iter().find(|(open, _)| *open == whole) {
            let word = if above.is_empty() { "as the whole".to_owned() } else { format!("as {above}") };
            let mut words = Words::new(whole.first().cloned().unwrap_or_default());
            let at = words.at.clone();
            words.say(word, &at);
            self.record(place, words);
            return;
        }
        if self.open.len() >= self.deepest {
            let mut words = Words::new(whole.first().cloned().unwrap_or_default());
            let at = words.at.clone();
            words.say("more below", &at);
            self.record(place, words);
            return;
        }
        self.open.push((whole, place.path()));
        self.fields(place, parts);
        self.open.pop();
    }

    fn fields(&mut self, place: &Place, parts: &Parts<'t>) {
        let required = required(parts);
        let mut names: Vec<&str> = Vec::new();
        for entry in entries(parts, "properties") {
            if !names.contains(&entry.1) {
                names.push(entry.1);
            }
        }
        for name in names {
            let mut field: Parts<'t> = Vec::new();
            let mut seen = BTreeSet::new();
            let mut first = None;
            for (at, _, node) in entries(parts, "properties").filter(|(_, other, _)| *other == name) {
                first.get_or_insert_with(|| at.clone());
                self.take_apart(at, node, &mut seen, &mut field);
            }
            let mut words = Words::new(first.unwrap_or_default());
            if let Some(at) = required.iter().find(|(other, _)| *other == name).map(|(_, at)| at) {
                words.say("required", at);
            }
            self.schema(&place.field(name), &field, words);
        }
        for (name, at) in &required {
            if !entries(parts, "properties").any(|(_, other, _)| other == *name) {
                let mut words = Words::new(at.clone());
                words.say("required", at);
                words.say("any value", at);
                self.record(&place.field(*name), words);
            }
        }
        if let Some((at, items)) = first(parts, "items") {
            let items = self.parts(at, items);
            self.item(place, &items);
        }
        if let Some((at, others)) = first(parts, "additionalProperties").filter(|(_, node)| is_schema(node)) {
            let others = self.parts(at.clone(), others);
            self.schema(&place.field(OTHERS), &others, Words::new(at));
        }
        self.members(place, parts);
    }

    /// Items usually have no statement but their type, which the list already states.
    fn item(&mut self, place: &Place, items: &Parts<'t>) {
        let at = items.first().map(|part| part.at.clone()).unwrap_or_default();
        let mut words = Words::new(at);
        let whole = self.describe(items, &mut words);
        let place = place.field(ITEMS);
        let (base, _) = self.base(items, 0);
        words.words.remove(&base);
        if !words.words.is_empty() {
            self.record(&place, words);
        }
        if let Some(whole) = whole {
            self.inside(&place, items, whole);
        }
    }

    /// Adds the members of a union, by the discriminator's value or else by their order.
    fn members(&mut self, place: &Place, parts: &Parts<'t>) {
        let mapping: Vec<(&str, Option<&str>)> = first(parts, "discriminator")
            .and_then(|(_, node)| node.get("mapping")?.value.as_mapping())
            .into_iter()
            .flat_map(|mapping| mapping.iter().map(|entry| (entry.key.as_str(), entry.node.value.as_str())))
            .collect();
        for key in ["oneOf", "anyOf"] {
            let Some((at, node)) = first(parts, key) else { continue };
            for (index, member) in node.value.as_sequence().unwrap_or_default().iter().enumerate() {
                let reference = member.get("$ref").and_then(|reference| reference.value.as_str());
                let leads_here = |target: &str| {
                    reference
                        .is_some_and(|reference| reference == target || reference.rsplit('/').next() == Some(target))
                };
                let named = mapping.iter().find(|(_, target)| target.is_some_and(leads_here)).map(|(name, _)| *name);
                let label = named.map_or_else(|| format!("<{}>", index.saturating_add(1)), |name| format!("<{name}>"));
                let at = at.index(index);
                let member = self.parts(at.clone(), member);
                self.schema(&place.field(label), &member, Words::new(at));
            }
        }
    }
}
