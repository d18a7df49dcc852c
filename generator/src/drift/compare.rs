//! The differences of two descriptions.

use std::collections::{BTreeMap, BTreeSet};

use super::facts::{Facts, Place, Words};
use super::intended::Intended;
use super::{Side, Stated};
use crate::pointer::Pointer;
use crate::spec::without_names;

/// A difference of two descriptions at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The operation and the place in it: `ListOrgGroups query sort`.
    pub at: String,
    pub detail: Detail,
    /// The place in each of them; if one does not have it, where it could be.
    pub ours: Option<Pointer>,
    pub theirs: Option<Pointer>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Detail {
    /// Only ours has it.
    OnlyOurs,
    /// Only theirs has it, with these statements.
    OnlyTheirs(Vec<String>),
    /// The statements about it that only ours and only theirs have.
    Words { ours: Vec<String>, theirs: Vec<String> },
}

/// All differences.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Differences {
    /// The differences without a reason, in the order of the places.
    pub unexplained: Vec<Difference>,
    /// The number of operations that were compared.
    pub operations: usize,
    /// The number of intended differences.
    pub intended: usize,
    /// The operations of which not all fields were compared, and to which depth.
    pub shallow: Vec<(String, usize)>,
    /// The entries of the list of intended differences that explain none, by their index.
    pub idle: Vec<usize>,
}

/// The name of the service in place of an operation.
const SERVICE: &str = "API";

/// Compares two descriptions.
pub fn compare(ours: &Side, theirs: &Side, intended: &Intended) -> Differences {
    let mut walk = Walk { intended, used: BTreeSet::new(), done: Differences::default() };
    walk.words(SERVICE.to_owned(), &ours.service(), &theirs.service());
    let (our_operations, their_operations) = (by_call(ours), by_call(theirs));
    let calls: BTreeSet<&String> = our_operations.keys().chain(their_operations.keys()).collect();
    let mut pairs: Vec<_> =
        calls.into_iter().map(|call| (our_operations.get(call), their_operations.get(call))).collect();
    pairs.sort_by(|(a, b), (c, d)| a.or(*b).map(Stated::id).cmp(&c.or(*d).map(Stated::id)));
    for (ours, theirs) in pairs {
        match (ours, theirs) {
            (Some(ours), Some(theirs)) => walk.operation(ours, theirs),
            (Some(ours), None) => walk.only_ours(ours.id().to_owned(), ours.at()),
            (None, Some(theirs)) => {
                let call = format!("{} {}", theirs.method(), theirs.path());
                walk.only_theirs(theirs.id().to_owned(), vec![call], theirs.at(), None);
            }
            (None, None) => {}
        }
    }
    let Walk { used, mut done, .. } = walk;
    done.idle = (0..intended.entries.len()).filter(|index| !used.contains(index)).collect();
    done
}

/// The depth to which fields are compared, if there are not too many: deeper fields are the same shape again.
pub(super) const DEEPEST: usize = 30;

/// The depths that are tried otherwise.
const DEPTHS: [usize; 5] = [DEEPEST, 8, 5, 3, 2];

/// Returns the facts of both about an operation, to the same depth.
fn facts(ours: &Stated<'_>, theirs: &Stated<'_>) -> (Facts, Facts, usize) {
    let both = |depth: usize| Some((ours.facts(depth)?, theirs.facts(depth)?, depth));
    DEPTHS.into_iter().find_map(both).unwrap_or_default()
}

/// Returns the facts about an operation, to any depth.
pub(super) fn whole(operation: &Stated<'_>) -> Facts {
    DEPTHS.into_iter().find_map(|depth| operation.facts(depth)).unwrap_or_default()
}

/// Returns the operations by method and path, in which names of parameters do not count.
fn by_call(side: &Side) -> BTreeMap<String, Stated<'_>> {
    let call = |operation: &Stated<'_>| format!("{} {}", operation.method(), without_names(operation.path()));
    side.operations().into_iter().map(|operation| (call(&operation), operation)).collect()
}

struct Walk<'m> {
    intended: &'m Intended,
    used: BTreeSet<usize>,
    done: Differences,
}

impl Walk<'_> {
    fn operation(&mut self, ours: &Stated<'_>, theirs: &Stated<'_>) {
        self.done.operations = self.done.operations.saturating_add(1);
        let (our_facts, their_facts, depth) = facts(ours, theirs);
        if depth < DEEPEST {
            self.done.shallow.push((ours.id().to_owned(), depth));
        }
        let their_facts = renamed(their_facts, theirs.path(), ours.path());
        let places: BTreeSet<&Place> = our_facts.keys().chain(their_facts.keys()).collect();
        for place in places {
            let at = [ours.id().to_owned(), place.to_string()].join(" ").trim_end().to_owned();
            match (our_facts.get(place), their_facts.get(place)) {
                (Some(ours), Some(theirs)) => self.words(at, ours, theirs),
                (Some(ours), None) if is_first(&their_facts, place) => self.only_ours(at, &ours.at),
                (None, Some(theirs)) if is_first(&our_facts, place) => {
                    let near = nearest(&our_facts, place).map(|words| words.at.clone());
                    self.only_theirs(at, theirs.words.keys().cloned().collect(), &theirs.at, near);
                }
                _ => {}
            }
        }
    }

    fn words(&mut self, at: String, ours: &Words, theirs: &Words) {
        let only = |of: &Words, others: &Words| -> Vec<(String, Pointer)> {
            let only = of.words.iter().filter(|(word, _)| !others.words.contains_key(*word));
            only.map(|(word, at)| (word.clone(), at.clone())).collect()
        };
        let (our_words, their_words) = (only(ours, theirs), only(theirs, ours));
        if our_words.is_empty() && their_words.is_empty() {
            return;
        }
        let place = |words: &[(String, Pointer)], of: &Words| words.first().map_or(&of.at, |(_, at)| at).clone();
        let (our_place, their_place) = (place(&our_words, ours), place(&their_words, theirs));
        let detail = Detail::Words {
            ours: our_words.into_iter().map(|(word, _)| word).collect(),
            theirs: their_words.into_iter().map(|(word, _)| word).collect(),
        };
        self.add(Difference { at, detail, ours: Some(our_place), theirs: Some(their_place) });
    }

    fn only_ours(&mut self, at: String, place: &Pointer) {
        self.add(Difference { at, detail: Detail::OnlyOurs, ours: Some(place.clone()), theirs: None });
    }

    fn only_theirs(&mut self, at: String, words: Vec<String>, place: &Pointer, near: Option<Pointer>) {
        self.add(Difference { at, detail: Detail::OnlyTheirs(words), ours: near, theirs: Some(place.clone()) });
    }

    /// Adds the part of a difference that is not intended.
    fn add(&mut self, difference: Difference) {
        let (left, by) = self.intended.explain(&difference);
        if !by.is_empty() {
            self.done.intended = self.done.intended.saturating_add(1);
        }
        self.used.extend(by);
        self.done.unexplained.extend(left);
    }
}

/// Whether nothing around a place is missing as well: the content of a missing part is not reported.
fn is_first(facts: &Facts, place: &Place) -> bool {
    place.parent().is_none_or(|parent| facts.contains_key(&parent))
}

/// Returns the statements about the smallest existing place around a missing one.
fn nearest<'f>(facts: &'f Facts, place: &Place) -> Option<&'f Words> {
    let parent = place.parent()?;
    facts.get(&parent).or_else(|| nearest(facts, &parent))
}

/// Renames the path parameters of facts to those of another path.
fn renamed(facts: Facts, from: &str, to: &str) -> Facts {
    let names = |path: &str| -> Vec<String> {
        let pieces = path.split('{').skip(1).filter_map(|piece| piece.split_once('}'));
        pieces.map(|(name, _)| format!("path {name}")).collect()
    };
    let names: BTreeMap<String, String> = names(from).into_iter().zip(names(to)).collect();
    let rename = |place: Place| match names.get(&place.part) {
        Some(part) => Place { part: part.clone(), ..place },
        None => place,
    };
    facts.into_iter().map(|(place, words)| (rename(place), words)).collect()
}
