//! Mappings, and how a key finds its entry.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::ops::Deref;

use super::{MAX_PROBLEMS, Node};
use crate::diagnostics::{Code, Diagnostic, Place, Span};

/// The entries of a mapping, in the order of the text, and by their keys.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mapping {
    entries: Vec<Entry>,
    /// The hashes of the keys with the indices of their entries, sorted: a mapping can have 100,000 of them, and
    /// comparing keys would read memory all over. Empty if there are [`FEW`].
    by_hash: Vec<(u32, u32)>,
}

/// The number of entries up to which a search from the first on is the fastest. Most mappings have fewer.
const FEW: usize = 8;

/// One key of a mapping with its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The key. An integer key such as `200` is kept as it was written.
    pub key: String,
    /// The bytes of the key, quotes included.
    pub key_span: Span,
    /// The value.
    pub node: Node,
}

fn hash(key: &str) -> u32 {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    hasher.finish() as u32
}

impl Mapping {
    /// If a key occurs several times, the first entry is found.
    pub(super) fn new(entries: Vec<Entry>) -> Self {
        if entries.len() <= FEW {
            return Self { entries, by_hash: Vec::new() };
        }
        let mut by_hash: Vec<(u32, u32)> = entries.iter().map(|entry| hash(&entry.key)).zip(0..).collect();
        by_hash.sort_unstable();
        Self { entries, by_hash }
    }

    /// The entry with this key.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries.get(self.index(key)?)
    }

    fn index(&self, key: &str) -> Option<usize> {
        if self.entries.len() <= FEW {
            return self.entries.iter().position(|entry| entry.key == key);
        }
        let wanted = hash(key);
        let start = self.by_hash.partition_point(|(hash, _)| *hash < wanted);
        let same = self.by_hash[start..].iter().take_while(|(hash, _)| *hash == wanted);
        same.map(|(_, index)| *index as usize).find(|index| self.entries[*index].key == key)
    }

    /// Removes an entry.
    pub fn remove(&mut self, key: &str) -> Option<Entry> {
        let index = self.index(key)?;
        let mut entries = std::mem::take(&mut self.entries);
        let removed = entries.remove(index);
        *self = Self::new(entries);
        Some(removed)
    }

    /// Appends an entry, or replaces the one with its key.
    pub fn insert(&mut self, entry: Entry) {
        let mut entries = std::mem::take(&mut self.entries);
        match entries.iter_mut().find(|known| known.key == entry.key) {
            Some(known) => *known = entry,
            None => entries.push(entry),
        }
        *self = Self::new(entries);
    }

    /// Appends entries with new keys, all at once: each has to find its index among all.
    pub fn append(&mut self, new: Vec<Entry>) {
        let mut entries = std::mem::take(&mut self.entries);
        entries.extend(new);
        *self = Self::new(entries);
    }

    /// Returns the value of a key, for changes.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        let index = self.index(key)?;
        self.entries.get_mut(index).map(|entry| &mut entry.node)
    }

    /// Returns the entries, for changes that leave the keys.
    pub(super) fn entries_mut(&mut self) -> &mut [Entry] {
        &mut self.entries
    }

    /// Keeps the entries for which a test returns true.
    pub fn retain(&mut self, keep: impl FnMut(&Entry) -> bool) {
        let before = self.entries.len();
        self.entries.retain(keep);
        if self.entries.len() < before {
            *self = Self::new(std::mem::take(&mut self.entries));
        }
    }

    /// Returns the keys, and their values for changes.
    pub fn values_mut(&mut self) -> impl Iterator<Item = (&str, &mut Node)> {
        self.entries.iter_mut().map(|entry| (entry.key.as_str(), &mut entry.node))
    }

    /// Returns the entries, to change and collect them again.
    pub fn into_entries(self) -> Vec<Entry> {
        self.entries
    }
}

impl FromIterator<Entry> for Mapping {
    fn from_iter<I: IntoIterator<Item = Entry>>(entries: I) -> Self {
        Self::new(entries.into_iter().collect())
    }
}

impl Deref for Mapping {
    type Target = [Entry];

    fn deref(&self) -> &[Entry] {
        &self.entries
    }
}

/// Reports the keys that occur more than once.
pub(super) fn repeated_keys(entries: &[Entry], problems: &mut Vec<Diagnostic>) {
    // Sorting takes longer than comparing all keys of a usual mapping.
    let is_new = |(index, entry): (usize, &Entry)| entries[..index].iter().all(|other| other.key != entry.key);
    if entries.len() <= FEW && entries.iter().enumerate().all(is_new) {
        return;
    }
    let mut sorted: Vec<&Entry> = entries.iter().collect();
    sorted.sort_by(|a, b| a.key.cmp(&b.key));
    for equal in sorted.chunk_by(|a, b| a.key == b.key) {
        let Some((first, others)) = equal.split_first() else { continue };
        let room = MAX_PROBLEMS.saturating_sub(problems.len());
        problems.extend(others.iter().take(room).map(|other| {
            let message = format!("the key `{}` occurs more than once in this mapping", other.key);
            Diagnostic::new(Code::DuplicateKey, Place::Text(other.key_span), message)
                .related(Place::Text(first.key_span), "first")
                .help("remove or rename one of them")
        }));
    }
}
