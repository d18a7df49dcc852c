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
mod mapping;
mod offsets;
mod places;
mod print;
mod references;
mod scalar;
mod syntax;

use crate::diagnostics::{Code, Diagnostic, Place, SourceId, Span};
use crate::integer::Integer;
use crate::pointer::Pointer;

pub use lines::Lines;
pub use mapping::{Entry, Mapping};

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
                for entry in mapping.entries_mut() {
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
