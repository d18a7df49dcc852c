//! The file of intended differences, each with its reason.
//!
//! ```yaml
//! - at: BulkUpdateOrgGroupMemberships body data.attributes.orgs
//!   ours: at most 100 items
//!   reason: The description says so in its prose only.
//! ```
//!
//! `at` is a place as the report names it; `*` and `?` match. `ours` and `theirs` are the statements that only one of
//! them has, one or a list, and can have `*` too. An entry without them is about a place that only one of them has.

use wildmatch::WildMatch;

use super::compare::{Detail, Difference};
use crate::diagnostics::{Code, Diagnostic, Place};
use crate::pointer::Pointer;
use crate::source::{Node, Tree, Value};
use crate::spec::nearest;

/// The intended differences.
#[derive(Clone, Debug, Default)]
pub struct Intended {
    pub(super) entries: Vec<Entry>,
}

#[derive(Clone, Debug)]
pub(super) struct Entry {
    at: WildMatch,
    /// `at` as it was written.
    pub(super) written: String,
    ours: Vec<WildMatch>,
    theirs: Vec<WildMatch>,
}

const KEYS: [&str; 4] = ["at", "ours", "theirs", "reason"];

/// The form of an entry, for messages.
const EXAMPLE: &str = "write `- at: OPERATION PLACE`, `ours:` or `theirs:` with its words, and `reason:`";

impl Intended {
    /// Reads the file.
    ///
    /// # Errors
    /// Everything that is not valid in such a list.
    pub fn read(tree: &Tree) -> Result<Self, Vec<Diagnostic>> {
        let mut problems = Vec::new();
        let mut entries = Vec::new();
        match &tree.root().value {
            Value::Sequence(items) => {
                for (index, item) in items.iter().enumerate() {
                    entries.extend(entry(&Pointer::root().index(index), item, &mut problems));
                }
            }
            Value::Null => {}
            other => {
                problems.push(wrong(Pointer::root(), format!("the file is a list, not {}", other.kind()), EXAMPLE))
            }
        }
        if problems.is_empty() { Ok(Self { entries }) } else { Err(problems) }
    }

    /// Returns the part of a difference that is not intended, and the entries that explain a part of it.
    pub(super) fn explain(&self, difference: &Difference) -> (Option<Difference>, Vec<usize>) {
        let entries = self.entries.iter().enumerate().filter(|(_, entry)| entry.at.matches(&difference.at));
        let mut used = Vec::new();
        let mut left = difference.clone();
        for (index, entry) in entries {
            let explains = match &mut left.detail {
                Detail::OnlyOurs | Detail::OnlyTheirs(_) => entry.ours.is_empty() && entry.theirs.is_empty(),
                Detail::Words { ours, theirs } => {
                    let before = (ours.len(), theirs.len());
                    ours.retain(|word| !entry.ours.iter().any(|pattern| pattern.matches(word)));
                    theirs.retain(|word| !entry.theirs.iter().any(|pattern| pattern.matches(word)));
                    before != (ours.len(), theirs.len())
                }
            };
            if explains {
                used.push(index);
            }
        }
        let is_left = match &left.detail {
            Detail::OnlyOurs | Detail::OnlyTheirs(_) => used.is_empty(),
            Detail::Words { ours, theirs } => !ours.is_empty() || !theirs.is_empty(),
        };
        (is_left.then_some(left), used)
    }
}

fn entry(at: &Pointer, node: &Node, problems: &mut Vec<Diagnostic>) -> Option<Entry> {
    let Some(mapping) = node.value.as_mapping() else {
        problems.push(wrong(at.clone(), format!("an entry is a mapping, not {}", node.value.kind()), EXAMPLE));
        return None;
    };
    for key in mapping.iter().map(|entry| entry.key.as_str()).filter(|key| !KEYS.contains(key)) {
        let help = match nearest(key, KEYS) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("there are {}", KEYS.join(", ")),
        };
        let problem = Diagnostic::new(Code::InvalidMeant, Place::Key(at.key(key)), format!("unknown key `{key}`"));
        problems.push(problem.help(help));
    }
    let mut text = |key: &str| {
        let said = node.get(key).and_then(|node| node.value.as_str()).filter(|text| !text.trim().is_empty());
        if said.is_none() {
            problems.push(wrong(at.key(key), format!("the entry has no `{key}`, or one that is not a text"), EXAMPLE));
        }
        said.map(str::to_owned)
    };
    let (written, reason) = (text("at"), text("reason"));
    let mut words = |key: &str| {
        let items = match node.get(key) {
            None => return Vec::new(),
            Some(Node { value: Value::Sequence(items), .. }) => items.iter().collect(),
            Some(item) => vec![item],
        };
        let words: Vec<WildMatch> = items.iter().filter_map(|item| item.value.as_str()).map(WildMatch::new).collect();
        if words.len() < items.len() || words.is_empty() {
            let message = format!("`{key}` is a text, or a list of texts");
            problems.push(wrong(at.key(key), message, "put words that look like numbers in quotes"));
        }
        words
    };
    let (ours, theirs) = (words("ours"), words("theirs"));
    reason?;
    let written = written?;
    Some(Entry { at: WildMatch::new(&written), written, ours, theirs })
}

fn wrong(at: Pointer, message: impl Into<String>, help: &str) -> Diagnostic {
    Diagnostic::new(Code::InvalidMeant, Place::Value(at), message).help(help)
}
