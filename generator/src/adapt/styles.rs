//! A `style` that belongs to another place.

use super::{Adapting, entry};
use crate::diagnostics::Code;
use crate::source::{Mapping, Value};
use crate::spec::{Object, Shape, nearest};

/// Reads a style of another place as the equivalent style of its own place: `simple` in the query is `form` without
/// `explode`, and any style that a header or a path cannot have is `simple`. A misspelt style is left to the strict
/// stage.
pub(super) fn rewrite(walk: &mut Adapting<'_>, entries: &mut Mapping, object: &'static Object) {
    if !matches!(object.name, "a parameter" | "a header") {
        return;
    }
    let Some(Shape::OneOf(own)) = object.shape_of(entries, "style") else { return };
    let Some(style) = entries.entry("style") else { return };
    let Some(written) = style.node.value.as_str().map(str::to_owned) else { return };
    let all = ["form", "spaceDelimited", "pipeDelimited", "deepObject", "simple", "label", "matrix"];
    if own.contains(&written.as_str()) || !all.contains(&written.as_str()) && nearest(&written, all).is_some() {
        return;
    }
    let (usual, span) = (if own.contains(&"simple") { "simple" } else { "form" }, style.node.span);
    if let Some(node) = entries.get_mut("style") {
        node.value = Value::String(usual.to_owned());
    }
    if usual == "form" && written == "simple" && entries.entry("explode").is_none() {
        entries.insert(entry("explode", Value::Bool(false), span));
    }
    let message = format!("{} has no style `{written}` here: it is read as `{usual}`", object.name);
    walk.report(Code::ValueForm, "style", message).help = Some(format!("write `style: {usual}`, or remove it"));
}
