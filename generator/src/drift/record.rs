//! The facts of a description as a file: without its prose, so that they can be kept where the description cannot.
//!
//! ```yaml
//! record: 1
//! service: server https://api.example.com, needs header KEY
//! operations:
//!   ListThings:
//!     call: GET /things
//!     says: permission things_read
//!     query page: int64, minimum 0
//!     response 200:
//!       says: application/json
//!       data: required, array of object
//!     response 404: as response 400
//! ```
//!
//! Statements are a list, if one of them contains a comma.

use super::Side;
use super::compare::whole;
use super::facts::{Facts, Place, Words};
use super::operation::Stated;
use crate::diagnostics::{Code, Diagnostic, Place as Spot};
use crate::pointer::Pointer;
use crate::source::{Node, Tree, Value};

/// An operation of a record.
#[derive(Clone, Debug)]
pub struct Recorded<'t> {
    pub(super) id: &'t str,
    pub(super) method: &'t str,
    pub(super) path: &'t str,
    pub(super) at: Pointer,
    node: &'t Node,
}

/// The key that distinguishes a record from a description.
const KEY: &str = "record";
const SERVICE: &str = "service";
const OPERATIONS: &str = "operations";
const CALL: &str = "call";
/// The statements about a place itself, beside those about its fields.
const SAYS: &str = "says";
const SEPARATOR: &str = ", ";
/// The reference of a part to an equal one.
const AS: &str = "as ";

/// Writes the record of a description.
pub fn record(side: &Side) -> String {
    let mut text = format!("{KEY}: 1\n{SERVICE}: {}\n{OPERATIONS}:\n", words(&side.service()));
    let mut operations = side.operations();
    operations.sort_by(|a, b| a.id().cmp(b.id()));
    for operation in operations {
        let call = format!("{} {}", operation.method(), operation.path());
        text.push_str(&format!("  {}:\n    {CALL}: {}\n", quoted(operation.id()), quoted(&call)));
        write_facts(&whole(&operation), &mut text);
    }
    text
}

fn write_facts(facts: &Facts, text: &mut String) {
    let mut parts: Vec<(&str, String)> = Vec::new();
    for (place, said) in facts {
        let line = (place.path(), words(said));
        if place.part.is_empty() {
            if !said.words.is_empty() {
                text.push_str(&format!("    {SAYS}: {}\n", line.1));
            }
            continue;
        }
        let line = match line {
            (path, words) if path.is_empty() => format!("      {SAYS}: {words}\n"),
            (path, words) => format!("      {}: {words}\n", quoted(&path)),
        };
        match parts.last_mut().filter(|(part, _)| *part == place.part) {
            Some((_, lines)) => lines.push_str(&line),
            None => parts.push((&place.part, line)),
        }
    }
    for (index, (part, lines)) in parts.iter().enumerate() {
        let alone = lines.strip_prefix("      says: ").filter(|rest| rest.lines().count() == 1);
        let like = parts.iter().take(index).find(|(_, other)| other == lines && lines.lines().count() > 1);
        text.push_str(&match (alone, like) {
            (_, Some((other, _))) => format!("    {}: {}\n", quoted(part), quoted(&format!("{AS}{other}"))),
            (Some(words), None) => format!("    {}: {words}", quoted(part)),
            (None, None) => format!("    {}:\n{lines}", quoted(part)),
        });
    }
}

fn words(said: &Words) -> String {
    let mut words: Vec<&str> = said.words.keys().map(String::as_str).collect();
    // The facts that a reader looks for first.
    words.sort_by_key(|word| (*word != "required", word.contains(' ')));
    if words.iter().any(|word| word.contains(',')) || matches!(&words[..], [word] if word.starts_with(AS)) {
        return format!("[{}]", words.into_iter().map(json).collect::<Vec<_>>().join(SEPARATOR));
    }
    quoted(&words.join(SEPARATOR))
}

/// Quotes a text so that YAML reads it back.
fn quoted(text: &str) -> String {
    let is_plain = text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.chars().all(|character| character.is_ascii_alphanumeric() || " _-./|,+()[]{}<>=$".contains(character))
        && !text.ends_with(' ')
        && !matches!(
            text.to_ascii_lowercase().as_str(),
            "true" | "false" | "null" | "yes" | "no" | "on" | "off" | "y" | "n"
        );
    if is_plain { text.to_owned() } else { json(text) }
}

fn json(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

pub(super) fn is_one(tree: &Tree) -> bool {
    tree.root().get(KEY).is_some() && tree.root().get("openapi").is_none()
}

/// Reports everything that is not valid in a record.
pub(super) fn check(tree: &Tree) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let mut wrong = |at: Pointer, message: &str, help: &str| {
        problems.push(Diagnostic::new(Code::InvalidRecord, Spot::Value(at), message).help(help));
    };
    let root = Pointer::root();
    if tree.root().get(KEY).is_some_and(|version| version.value.as_integer() != Some(1.into())) {
        wrong(root.key(KEY), "this version of records is unknown", "write the record again: `--record`");
    }
    let Some(operations) = tree.root().get(OPERATIONS).and_then(|operations| operations.value.as_mapping()) else {
        wrong(root.key(OPERATIONS), "the record has no operations", "write the record again: `--record`");
        return problems;
    };
    for entry in operations.iter() {
        let at = root.key(OPERATIONS).key(&entry.key);
        let call = entry.node.get(CALL).and_then(|call| call.value.as_str()).and_then(|call| call.split_once(' '));
        if call.is_none() {
            wrong(at.clone(), "the operation has no `call`", "write its method and path: `call: GET /things`");
        }
        for part in entry.node.value.as_mapping().into_iter().flat_map(|parts| parts.iter()) {
            let said: Vec<(Pointer, &Node)> = match &part.node.value {
                Value::Mapping(fields) => {
                    fields.iter().map(|field| (at.key(&part.key).key(&field.key), &field.node)).collect()
                }
                _ => vec![(at.key(&part.key), &part.node)],
            };
            for (at, node) in said {
                let is_text = |node: &Node| node.value.as_str().is_some();
                let is_list = node.value.as_sequence().is_some_and(|words| words.iter().all(is_text));
                if !is_text(node) && !is_list {
                    wrong(at, "the statements are a text, or a list of texts", "write `required, string`");
                }
            }
        }
    }
    problems
}

pub(super) fn service(tree: &Tree) -> Words {
    read(Pointer::root().key(SERVICE), tree.root().get(SERVICE))
}

pub(super) fn operations(tree: &Tree) -> Vec<Stated<'_>> {
    let operations = tree.root().get(OPERATIONS).and_then(|operations| operations.value.as_mapping());
    let read = operations.into_iter().flat_map(|operations| operations.iter()).filter_map(|entry| {
        let (method, path) = entry.node.get(CALL)?.value.as_str()?.split_once(' ')?;
        let at = Pointer::root().key(OPERATIONS).key(&entry.key);
        Some(Stated::Recorded(Recorded { id: &entry.key, method, path, at, node: &entry.node }))
    });
    read.collect()
}

impl Recorded<'_> {
    pub(super) fn facts(&self) -> Facts {
        let mut facts = Facts::new();
        facts.insert(Place::default(), read(self.at.key(SAYS), self.node.get(SAYS)));
        for part in self.node.value.as_mapping().into_iter().flat_map(|parts| parts.iter()) {
            if part.key != CALL && part.key != SAYS {
                self.part(&part.key, &part.key, &mut facts);
            }
        }
        facts
    }

    /// Adds the statements about a part; `from` is the part that has them.
    fn part(&self, name: &str, from: &str, facts: &mut Facts) {
        let at = self.at.key(from);
        match self.node.get(from) {
            Some(Node { value: Value::Mapping(fields), .. }) => {
                for field in fields.iter() {
                    let path = if field.key == SAYS { "" } else { &field.key };
                    facts.insert(Place::parse(name, path), read(at.key(&field.key), Some(&field.node)));
                }
            }
            Some(Node { value: Value::String(text), .. }) if text.starts_with(AS) && from == name => {
                self.part(name, text.trim_start_matches(AS), facts);
            }
            other => {
                facts.insert(Place::part(name), read(at, other));
            }
        }
    }
}

fn read(at: Pointer, node: Option<&Node>) -> Words {
    let mut words = Words::new(at.clone());
    match node.map(|node| &node.value) {
        Some(Value::String(text)) => {
            text.split(SEPARATOR).filter(|word| !word.is_empty()).for_each(|word| words.say(word, &at));
        }
        Some(Value::Sequence(items)) => {
            items.iter().filter_map(|item| item.value.as_str()).for_each(|word| words.say(word, &at));
        }
        _ => {}
    }
    words
}
