//! The document of an overlay.

use crate::diagnostics::{Code, Diagnostic, Place};
use crate::overlay::at;
use crate::source::{Mapping, Node, Tree, Value};
use crate::spec::nearest;

/// One action of an overlay.
pub(super) struct Action<'o> {
    /// A JSONPath.
    pub(super) target: &'o Node,
    pub(super) path: &'o str,
    pub(super) change: Change<'o>,
}

pub(super) enum Change<'o> {
    Remove,
    Update(&'o Node),
}

/// The keys of the root, of `info` and of an action.
const ROOT: [&str; 4] = ["overlay", "info", "extends", "actions"];
const INFO: [&str; 2] = ["title", "version"];
const ACTION: [&str; 4] = ["target", "description", "update", "remove"];

/// Returns the actions of an overlay, in its order.
///
/// # Errors
/// Everything that is not valid in an overlay.
pub(super) fn actions(overlay: &Tree) -> Result<Vec<Action<'_>>, Vec<Diagnostic>> {
    let mut reader = Reader { problems: Vec::new() };
    let actions = reader.overlay(overlay.root());
    if reader.problems.is_empty() { Ok(actions) } else { Err(reader.problems) }
}

struct Reader {
    problems: Vec<Diagnostic>,
}

impl Reader {
    fn overlay<'o>(&mut self, root: &'o Node) -> Vec<Action<'o>> {
        let Some(document) = self.mapping(root, "an overlay") else { return Vec::new() };
        self.keys(document, &ROOT);
        match document.entry("overlay").map(|entry| &entry.node) {
            Some(version) if !is_supported(version) => {
                self.problem(at(version), "this version of overlays is not supported", "write `overlay: 1.0.0`");
            }
            Some(_) => {}
            None => self.problem(at(root), "`overlay`, the version, is missing", "write `overlay: 1.0.0`"),
        }
        if let Some(info) = document.entry("info").map(|entry| &entry.node) {
            let info = self.mapping(info, "`info`");
            info.into_iter().for_each(|info| self.keys(info, &INFO));
        }
        let Some(actions) = document.entry("actions").map(|entry| &entry.node) else {
            self.problem(at(root), "`actions` is missing", "write `actions:` with a list of them");
            return Vec::new();
        };
        let Some(actions) = actions.value.as_sequence() else {
            let message = format!("`actions` is a list, not {}", actions.value.kind());
            self.problem(at(actions), message, "write each action as `- target:`");
            return Vec::new();
        };
        actions.iter().filter_map(|action| self.action(action)).collect()
    }

    fn action<'o>(&mut self, node: &'o Node) -> Option<Action<'o>> {
        let action = self.mapping(node, "an action")?;
        self.keys(action, &ACTION);
        let value = |key: &str| action.entry(key).map(|entry| &entry.node);
        let is_removal = match value("remove") {
            None => false,
            Some(Node { value: Value::Bool(flag), .. }) => *flag,
            Some(other) => {
                self.problem(at(other), "`remove` is `true` or `false`", "write `remove: true`");
                return None;
            }
        };
        let Some(target) = value("target") else {
            self.problem(at(node), "the action has no `target`", "select the values to change: `target: $.paths`");
            return None;
        };
        let Some(path) = target.value.as_str() else {
            self.problem(at(target), "a `target` is a text, a JSONPath", "write it in quotes");
            return None;
        };
        let change = match (value("update"), is_removal) {
            (None, true) => Change::Remove,
            (Some(update), false) => Change::Update(update),
            (Some(update), true) => {
                let message = "the action removes its target, so `update` has no effect";
                self.problem(at(update), message, "write two actions, or remove one of the two keys");
                return None;
            }
            (None, false) => {
                self.problem(at(node), "the action changes nothing", "add an `update`, or `remove: true`");
                return None;
            }
        };
        Some(Action { target, path, change })
    }

    fn mapping<'o>(&mut self, node: &'o Node, what: &str) -> Option<&'o Mapping> {
        if node.value.as_mapping().is_none() {
            let message = format!("{what} is a mapping, not {}", node.value.kind());
            self.problem(at(node), message, "see the OpenAPI Overlay Specification 1.0");
        }
        node.value.as_mapping()
    }

    fn keys(&mut self, mapping: &Mapping, known: &[&'static str]) {
        for entry in mapping.iter().filter(|entry| !entry.key.starts_with("x-") && !known.contains(&entry.key.as_str()))
        {
            let help = match nearest(&entry.key, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("there are {}, and keys that begin with `x-`", known.join(", ")),
            };
            self.problem(Place::Text(entry.key_span), format!("unknown key `{}` in an overlay", entry.key), &help);
        }
    }

    fn problem(&mut self, place: Place, message: impl Into<String>, help: &str) {
        self.problems.push(Diagnostic::new(Code::InvalidOverlay, place, message).help(help));
    }
}

fn is_supported(version: &Node) -> bool {
    version.value.as_str().is_some_and(|version| version == "1.0" || version.starts_with("1.0."))
}
