//! The targets of an overlay: selects values by JSONPath.

use serde_json::Value as Json;
use serde_json_path::{JsonPath, PathElement};

use crate::diagnostics::{Code, Diagnostic};
use crate::overlay::document::Action;
use crate::overlay::refusal;
use crate::pointer::Pointer;
use crate::source::{Node, Tree, Value};

/// The description in the form of the JSONPath library, kept in step with the tree.
pub(super) struct Targets {
    json: Json,
}

/// The maximum number of `..` in a path. The library finds a value once for each choice of the levels at which the `..`
/// end: at the maximum depth with three up to 8,001 times, with four up to 333,375 times.
const MOST_DESCENTS: usize = 3;

impl Targets {
    pub(super) fn new(tree: &Tree) -> Self {
        Self { json: json(tree.root()) }
    }

    /// Returns the places of the values that an action selects, each once, in the order of the path.
    pub(super) fn select(&self, action: &Action<'_>) -> Result<Vec<Pointer>, Box<Diagnostic>> {
        let Action { target, path, .. } = action;
        if path.matches("..").count() > MOST_DESCENTS {
            let message = format!("the path has `..` more than {MOST_DESCENTS} times");
            let help = "write more of the path: `$.paths..responses`";
            return Err(refusal(Code::InvalidOverlay, target, message, help));
        }
        let parsed = JsonPath::parse(path).map_err(|error| {
            let message = format!("`{path}` is not a JSONPath: {}", error.message());
            let help = "a path begins with `$`, and a key with other characters is quoted: `$.paths['/pets'].get`";
            refusal(Code::InvalidOverlay, target, message, help)
        })?;
        let located = parsed.query_located(&self.json).dedup();
        let mut selected: Vec<(Vec<PathElement<'_>>, Pointer)> = located
            .locations()
            .map(|location| {
                let elements: Vec<PathElement<'_>> = location.iter().cloned().collect();
                let pointer = elements.iter().fold(Pointer::root(), |pointer, element| match element {
                    PathElement::Name(name) => pointer.key(name),
                    PathElement::Index(index) => pointer.index(*index),
                });
                (elements, pointer)
            })
            .collect();
        selected.sort_by(|(path, _), (other, _)| path.partial_cmp(other).unwrap_or(std::cmp::Ordering::Equal));
        if selected.is_empty() {
            let message = format!("`{path}` selects nothing");
            let help = "compare it with the description after the earlier actions";
            return Err(refusal(Code::EmptyTarget, target, message, help));
        }
        Ok(selected.into_iter().map(|(_, pointer)| pointer).collect())
    }

    /// Updates the copy from a place in the tree.
    pub(super) fn refresh(&mut self, tree: &Tree, pointer: &Pointer) {
        let Some(node) = tree.node(pointer) else { return };
        let text = pointer.to_string();
        if let Some(place) = self.json.pointer_mut(text.strip_prefix('#').unwrap_or_default()) {
            *place = json(node);
        }
    }
}

/// Recurses as deep as the tree, which [`crate::source::MAX_DEPTH`] limits. An integer beyond 64 bits is the nearest
/// double: expressions do not distinguish more.
fn json(node: &Node) -> Json {
    match &node.value {
        Value::Null => Json::Null,
        Value::Bool(flag) => Json::Bool(*flag),
        Value::Integer(number) => match (i64::try_from(*number), u64::try_from(*number)) {
            (Ok(number), _) => number.into(),
            (_, Ok(number)) => number.into(),
            _ => number.to_f64().into(),
        },
        Value::Float(number) => (*number).into(),
        Value::String(text) => Json::String(text.clone()),
        Value::Sequence(items) => items.iter().map(json).collect(),
        Value::Mapping(entries) => entries.iter().map(|entry| (entry.key.clone(), json(&entry.node))).collect(),
    }
}
