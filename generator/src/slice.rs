//! A slice of a description: the selected operations and everything that they reach.
//!
//! The rest is removed before the description is checked: a mistake there neither stops a run nor is reported.

mod hoist;
mod list;
mod reach;

use std::collections::{BTreeMap, BTreeSet};

use wildmatch::WildMatch;

use crate::adapt::Identified;
use crate::diagnostics::{Code, Diagnostic, Place};
use crate::pointer::Pointer;
use crate::source::{Node, Value};
use crate::spec;

pub use list::{ListedOperation, list, operations};

/// The selection of operations: those that match at least one of the patterns; all, if there are none.
///
/// In a pattern, `*` matches any text and `?` one character. A name that equals a pattern matches it too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Slice {
    /// Patterns of tags.
    pub tags: Vec<String>,
    /// Patterns of operation ids.
    pub operations: Vec<String>,
    /// Prefixes of paths.
    pub paths: Vec<String>,
}

/// A kind of pattern.
struct Kind {
    option: &'static str,
    /// The name of the objects that it matches, for messages.
    what: &'static str,
    names: for<'o> fn(&'o ListedOperation<'_>) -> Vec<&'o str>,
    matches: fn(&str, &str) -> bool,
    /// The key of the document to which messages point.
    key: &'static str,
}

const TAGS: Kind =
    Kind { option: "--tag", what: "tag", names: |operation| operation.tags.clone(), matches, key: "tags" };
const OPERATIONS: Kind =
    Kind { option: "--operation", what: "operation", names: |operation| vec![operation.id], matches, key: "paths" };
const PATHS: Kind =
    Kind { option: "--path", what: "path", names: |operation| vec![operation.path], matches: begins, key: "paths" };

/// The maximum number of similar names in a message.
const MOST_NEAR: usize = 5;

impl Slice {
    /// Whether everything is selected.
    pub fn is_whole(&self) -> bool {
        self.patterns().all(|(_, patterns)| patterns.is_empty())
    }

    fn patterns(&self) -> impl Iterator<Item = (Kind, &Vec<String>)> {
        [(TAGS, &self.tags), (OPERATIONS, &self.operations), (PATHS, &self.paths)].into_iter()
    }

    fn has(&self, operation: &ListedOperation<'_>) -> bool {
        self.patterns().any(|(kind, patterns)| patterns.iter().any(|pattern| kind.has(pattern, operation)))
    }
}

impl Kind {
    fn has(&self, pattern: &str, operation: &ListedOperation<'_>) -> bool {
        (self.names)(operation).into_iter().any(|name| (self.matches)(pattern, name))
    }
}

fn matches(pattern: &str, name: &str) -> bool {
    pattern == name || WildMatch::new(pattern).matches(name)
}

fn begins(pattern: &str, path: &str) -> bool {
    path.starts_with(pattern) || WildMatch::new(&format!("{pattern}*")).matches(path)
}

/// Cuts a slice from a description.
///
/// # Errors
/// Each pattern that matches nothing.
pub fn cut(identified: &mut Identified, slice: &Slice) -> Result<(), Vec<Diagnostic>> {
    let Identified { tree, warnings } = identified;
    if slice.is_whole() || !spec::is_supported(tree) {
        return Ok(());
    }
    let all = operations(tree);
    let problems: Vec<Diagnostic> = slice
        .patterns()
        .flat_map(|(kind, patterns)| {
            let is_idle = |pattern: &&String| !all.iter().any(|operation| kind.has(pattern, operation));
            patterns.iter().filter(is_idle).map(|pattern| unmatched(&kind, pattern, &all)).collect::<Vec<_>>()
        })
        .collect();
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut kept: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for operation in all.iter().filter(|operation| slice.has(operation)) {
        kept.entry(operation.path.to_owned()).or_default().insert(operation.method.to_owned());
    }
    let referred = hoist::referred_to(tree.root());
    keep(tree.root_mut(), &kept);
    hoist::hoist(tree.root_mut(), referred);
    reach::prune(tree.root_mut());
    let is_left = |place: &Place| match place {
        Place::Value(pointer) | Place::Key(pointer) => tree.node(pointer).is_some(),
        Place::Removed(pointer, _) => pointer.parent().is_some_and(|object| tree.node(&object).is_some()),
        Place::Text(_) => true,
    };
    warnings.retain(|warning| is_left(&warning.place));
    Ok(())
}

/// Drops all operations except these, which are the methods of each path.
fn keep(root: &mut Node, kept: &BTreeMap<String, BTreeSet<String>>) {
    let Value::Mapping(document) = &mut root.value else { return };
    let Some(Node { value: Value::Mapping(paths), .. }) = document.get_mut("paths") else { return };
    paths.retain(|path| kept.contains_key(&path.key) || path.key.starts_with("x-"));
    for (path, item) in paths.values_mut() {
        let (Some(methods), Value::Mapping(item)) = (kept.get(path), &mut item.value) else { continue };
        item.retain(|entry| !list::is_method(&entry.key) || methods.contains(&entry.key));
    }
}

/// Reports a pattern that matches nothing, with similar names.
fn unmatched(kind: &Kind, pattern: &str, all: &[ListedOperation<'_>]) -> Diagnostic {
    let Kind { option, what, .. } = kind;
    let mut names: Vec<&str> = all.iter().flat_map(|operation| (kind.names)(operation)).collect();
    names.sort_unstable();
    names.dedup();
    let near = near(pattern, &names);
    let help = match near.is_empty() {
        true => "`--list` prints all".to_owned(),
        false => format!("similar names: {}; `--list` prints all", near.join(", ")),
    };
    let place = Place::Value(Pointer::root().key(kind.key));
    Diagnostic::new(Code::EmptySelection, place, format!("`{option} {pattern}` matches no {what}")).help(help)
}

/// Returns the names that are most similar to a pattern, the nearest first.
fn near(pattern: &str, names: &[&str]) -> Vec<String> {
    let bare = |text: &str| text.to_lowercase().replace(['*', '?', ' ', '_', '-'], "");
    let pattern = bare(pattern);
    let mut rated: Vec<(bool, f64, &str)> = names
        .iter()
        .map(|name| {
            let bared = bare(name);
            let holds = !pattern.is_empty() && (bared.contains(&pattern) || pattern.contains(&bared));
            (holds, strsim::jaro_winkler(&pattern, &bared), *name)
        })
        .filter(|(holds, likeness, _)| *holds || *likeness > 0.8)
        .collect();
    rated.sort_by(|(holds, likeness, _), (other_holds, other, _)| {
        other_holds.cmp(holds).then(other.total_cmp(likeness))
    });
    rated.into_iter().take(MOST_NEAR).map(|(_, _, name)| format!("`{name}`")).collect()
}
