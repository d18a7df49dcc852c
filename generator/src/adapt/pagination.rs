//! `x-pagination` in the form of the descriptions for Datadog's own clients: other keys, and paths with dots.

use super::{Adapting, entry, str_of, text};
use crate::diagnostics::{Code, Span};
use crate::pointer::Pointer;
use crate::source::{Entry, Mapping, Node, Value};
use crate::spec::{Object, Shape};

const KEY: &str = "x-pagination";

/// The keys of that form, and those of them that do not resemble ours.
const KEYS: [&str; 7] =
    ["pageParam", "pageStart", "pageOffsetParam", "cursorParam", "cursorPath", "limitParam", "resultsPath"];
const DISTINCTIVE: [&str; 5] = ["pageStart", "pageOffsetParam", "cursorPath", "limitParam", "resultsPath"];

/// The prefix of the path of a field in the request's body.
const BODY: &str = "body.";

/// Translates it to our form. Nobody has checked it, so parts that do not fit the operation have no effect.
pub(super) fn rewrite(walk: &mut Adapting<'_>, entries: &mut Mapping, object: &'static Object) {
    if !matches!(object.shape_of(entries, KEY), Some(Shape::Object(_))) {
        return;
    }
    let Some(Node { value: Value::Mapping(keys), span }) = entries.get_mut(KEY) else { return };
    if !is_foreign(keys) {
        return;
    }
    let ours = translated(std::mem::take(keys), *span);
    let line: Vec<String> = ours.iter().filter_map(shown).collect();
    *keys = ours;
    let message = "`x-pagination` has the form of Datadog's own clients: it is translated to ours";
    walk.report(Code::ForeignExtension, KEY, message).help =
        Some(format!("write `x-pagination: {{ {} }}`", line.join(", ")));
}

fn is_foreign(keys: &Mapping) -> bool {
    let is_of_form = |entry: &Entry| match entry.key.as_str() {
        "pageStart" => entry.node.value.as_integer().is_some_and(|start| !start.is_negative()),
        key => KEYS.contains(&key) && entry.node.value.as_str().is_some(),
    };
    let begins = ["pageParam", "pageOffsetParam", "cursorParam"].iter().filter(|key| keys.entry(key).is_some()).count();
    begins == 1 && DISTINCTIVE.iter().any(|key| keys.entry(key).is_some()) && keys.iter().all(is_of_form)
}

fn translated(foreign: Mapping, span: Span) -> Mapping {
    let items = str_of(&foreign, "resultsPath").is_none();
    let mut ours: Mapping = foreign
        .into_entries()
        .into_iter()
        .map(|old| {
            let (key, value) = match (old.key.as_str(), old.node.value.as_str()) {
                ("cursorParam", Some(path)) => in_body(path, "cursorParam", "cursorField"),
                ("limitParam", Some(path)) => in_body(path, "sizeParam", "sizeField"),
                ("pageOffsetParam", Some(name)) => ("offsetParam", text(name)),
                ("cursorPath", Some(path)) => ("next", text(&pointer(path))),
                ("resultsPath", Some(path)) => ("items", text(&pointer(path))),
                ("pageStart", _) => ("first", old.node.value),
                _ => ("pageParam", old.node.value),
            };
            Entry { key: key.to_owned(), node: Node { value, ..old.node }, ..old }
        })
        .collect();
    if items {
        ours.insert(entry("items", text(""), span));
    }
    ours.insert(entry("optional", Value::Bool(true), span));
    ours
}

/// Returns a query parameter, or a field of the body.
fn in_body(path: &str, parameter: &'static str, field: &'static str) -> (&'static str, Value) {
    match path.strip_prefix(BODY) {
        Some(path) => (field, text(&pointer(path))),
        None => (parameter, text(path)),
    }
}

/// Converts a path with dots to a JSON pointer.
fn pointer(path: &str) -> String {
    let names = path.split('.').filter(|name| !name.is_empty());
    names.fold(Pointer::root(), |pointer, name| pointer.key(name)).to_string().trim_start_matches('#').to_owned()
}

/// Shows an entry in our form.
fn shown(entry: &Entry) -> Option<String> {
    match &entry.node.value {
        Value::String(text) => Some(format!("{}: '{}'", entry.key, text.replace('\'', "''"))),
        value => value.as_integer().map(|number| format!("{}: {number}", entry.key)),
    }
}
