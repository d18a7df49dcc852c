//! Reads the text of a spec into a tree in which every value and every key has its place.
//!
//! The dialect is the part of YAML 1.2 that has the same meaning in every tool: one document, string keys, no tags, and
//! numbers that fit into 64 bits. Aliases and merge keys are replaced by copies. JSON is a part of the dialect; JSON
//! that YAML would reject (two `\u` escapes for one character, U+007F to U+009F unescaped) is read too. Everything else
//! is an error here, so that no later stage sees it.

mod anchors;
mod build;
mod components;
mod json;
mod lines;
mod offsets;
mod print;
mod references;
mod scalar;

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::ops::Deref;

use crate::diagnostics::{Code, Diagnostic, Place, SourceId, Span};
use crate::integer::Integer;
use crate::pointer::Pointer;

pub use lines::Lines;

/// The maximum depth of lists and mappings. Later stages recurse over the tree and rely on it.
pub const MAX_DEPTH: usize = 128;

/// The maximum length of a text.
pub const MAX_BYTES: usize = 64 * 1024 * 1024;

/// The maximum number of values in a text. All stages together take about 500 bytes for each.
pub const MAX_VALUES: usize = 2_000_000;

/// The maximum number of problems before a stage stops: nobody fixes more by hand.
pub const MAX_PROBLEMS: usize = 100_000;

/// A well-formed document.
#[derive(Clone, Debug, PartialEq)]
pub struct Tree {
    root: Node,
}

/// A value and its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// The bytes the value was read from, without the white space around it. Empty where the text has no value, as in
    /// `key:`.
    pub span: Span,
    /// The value.
    pub value: Value,
}

/// A value of the YAML 1.2 core schema.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `null`, `~` or nothing at all.
    Null,
    /// `true` or `false`; `yes` and `no` are strings.
    Bool(bool),
    /// An integer of up to 128 bits.
    Integer(Integer),
    /// A finite number written with a point or an exponent.
    Float(f64),
    /// Text, quoted or not.
    String(String),
    /// A list.
    Sequence(Vec<Node>),
    /// A mapping. No key occurs twice.
    Mapping(Mapping),
}

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

/// What to do about a text that is too large.
const TOO_LARGE: &str = "split the description into several documents, one per crate";

/// Reads a text, or returns all mistakes as far as it can be read.
pub fn parse(text: &str) -> Result<Tree, Vec<Diagnostic>> {
    if text.len() > MAX_BYTES {
        let message = format!("the text has {} bytes, more than the limit of {MAX_BYTES}", text.len());
        let problem = Diagnostic::new(Code::TooLarge, Place::Text(Span::default()), message);
        return Err(vec![problem.help(TOO_LARGE)]);
    }
    build::build(text).map(|root| Tree { root })
}

/// Reads one of the texts of a description.
pub fn parse_of(source: SourceId, text: &str) -> Result<Tree, Vec<Diagnostic>> {
    match parse(text) {
        Ok(mut tree) => {
            tree.root.move_to(source);
            Ok(tree)
        }
        Err(mut problems) => {
            for problem in &mut problems {
                for place in
                    std::iter::once(&mut problem.place).chain(problem.related.iter_mut().map(|(place, _)| place))
                {
                    if let Place::Text(span) = place {
                        span.source = source;
                    }
                }
            }
            Err(problems)
        }
    }
}

impl Tree {
    /// The value of the whole document.
    pub fn root(&self) -> &Node {
        &self.root
    }

    /// The value of the whole document, for changes.
    pub fn root_mut(&mut self) -> &mut Node {
        &mut self.root
    }

    /// The value at `pointer`, for changes.
    pub fn node_mut(&mut self, pointer: &Pointer) -> Option<&mut Node> {
        pointer.keys().try_fold(&mut self.root, |node, segment| match &mut node.value {
            Value::Mapping(mapping) => mapping.get_mut(&segment),
            Value::Sequence(items) => items.get_mut(segment.parse::<usize>().ok()?),
            _ => None,
        })
    }

    /// The value at `pointer`.
    pub fn node(&self, pointer: &Pointer) -> Option<&Node> {
        self.root.find(pointer)
    }

    /// The bytes to underline for `place`.
    ///
    /// A scalar is underlined itself; a list or a mapping is shown by its key, or else by the first part of it. If a
    /// pointer has no target, its nearest existing ancestor is used.
    pub fn span(&self, place: &Place) -> Span {
        match place {
            Place::Text(span) | Place::Removed(_, span) => *span,
            Place::Value(pointer) => self.follow(pointer).value_span(),
            Place::Key(pointer) => {
                let trail = self.follow(pointer);
                trail.key.filter(|_| trail.complete).unwrap_or_else(|| trail.value_span())
            }
        }
    }

    fn follow(&self, pointer: &Pointer) -> Trail<'_> {
        let mut trail = Trail { node: &self.root, key: None, complete: true };
        for segment in pointer.keys() {
            let step = match &trail.node.value {
                Value::Mapping(mapping) => mapping.entry(&segment).map(|entry| (&entry.node, Some(entry.key_span))),
                Value::Sequence(items) => {
                    segment.parse().ok().and_then(|index: usize| items.get(index)).map(|item| (item, None))
                }
                _ => None,
            };
            let Some((node, key)) = step else {
                trail.complete = false;
                break;
            };
            (trail.node, trail.key) = (node, key);
        }
        trail
    }
}

impl Value {
    /// The kind of value with its article, for messages.
    pub fn kind(&self) -> &'static str {
        const BEYOND: f64 = 9_223_372_036_854_775_808.0;
        match self {
            Value::Null => "nothing",
            Value::Bool(_) => "a boolean",
            Value::Integer(number) if number.is_beyond_64_bits() => "an integer beyond 64 bits",
            Value::Integer(_) => "an integer",
            Value::Float(number) if number.fract() == 0.0 && number.abs() >= BEYOND => "an integer beyond 64 bits",
            Value::Float(_) => "a fraction",
            Value::String(_) => "a string",
            Value::Sequence(_) => "a list",
            Value::Mapping(_) => "a mapping",
        }
    }

    /// Returns an integer, whatever its spelling: `10`, `10.0` and `1e1` are the same number.
    pub fn as_integer(&self) -> Option<Integer> {
        match self {
            Value::Integer(number) => Some(*number),
            Value::Float(number) => whole(*number).map(Integer::from),
            _ => None,
        }
    }

    /// The text of a string.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The items of a list.
    pub fn as_sequence(&self) -> Option<&[Node]> {
        match self {
            Value::Sequence(items) => Some(items),
            _ => None,
        }
    }

    /// The entries of a mapping.
    pub fn as_mapping(&self) -> Option<&Mapping> {
        match self {
            Value::Mapping(mapping) => Some(mapping),
            _ => None,
        }
    }
}

/// Returns the integer of a number, if a double represents no other integer.
pub fn whole(number: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    (number.fract() == 0.0 && number.abs() <= EXACT).then_some(number as i64)
}

fn hash(key: &str) -> u32 {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    hasher.finish() as u32
}

impl Mapping {
    /// If a key occurs several times, the first entry is found.
    fn new(entries: Vec<Entry>) -> Self {
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

    /// Keeps the entries for which a test returns true.
    pub fn retain(&mut self, keep: impl FnMut(&Entry) -> bool) {
        let mut entries = std::mem::take(&mut self.entries);
        entries.retain(keep);
        *self = Self::new(entries);
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

impl Node {
    /// Returns the number of values in it, including itself.
    pub fn size(&self) -> usize {
        let inside: usize = match &self.value {
            Value::Sequence(items) => items.iter().map(Node::size).sum(),
            Value::Mapping(entries) => entries.iter().map(|entry| entry.node.size()).sum(),
            _ => 0,
        };
        inside.saturating_add(1)
    }

    /// Moves all spans in this value to another text.
    fn move_to(&mut self, source: SourceId) {
        self.span.source = source;
        match &mut self.value {
            Value::Sequence(items) => items.iter_mut().for_each(|item| item.move_to(source)),
            Value::Mapping(mapping) => {
                for entry in &mut mapping.entries {
                    entry.key_span.source = source;
                    entry.node.move_to(source);
                }
            }
            _ => {}
        }
    }

    /// Returns the value at a pointer from here.
    pub fn find(&self, pointer: &Pointer) -> Option<&Self> {
        pointer.keys().try_fold(self, |node, segment| match &node.value {
            Value::Mapping(mapping) => mapping.entry(&segment).map(|entry| &entry.node),
            Value::Sequence(items) => items.get(segment.parse::<usize>().ok()?),
            _ => None,
        })
    }

    /// Returns the value of `key`, if this is a mapping that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.value.as_mapping()?.entry(key).map(|entry| &entry.node)
    }
}

/// How far a pointer led.
struct Trail<'t> {
    /// The last value that exists.
    node: &'t Node,
    /// The key that led to it, unless it is the root or an item of a list.
    key: Option<Span>,
    /// Whether the pointer ends there.
    complete: bool,
}

impl Trail<'_> {
    fn value_span(&self) -> Span {
        let is_scalar = !matches!(self.node.value, Value::Sequence(_) | Value::Mapping(_));
        if is_scalar && self.node.span.start < self.node.span.end {
            return self.node.span;
        }
        self.key.unwrap_or_else(|| first_span(self.node))
    }
}

fn first_span(node: &Node) -> Span {
    let mut node = node;
    loop {
        node = match &node.value {
            Value::Mapping(mapping) => match mapping.first() {
                Some(entry) => return entry.key_span,
                None => return node.span,
            },
            Value::Sequence(items) => match items.first() {
                Some(item) => item,
                None => return node.span,
            },
            _ => return node.span,
        };
    }
}
