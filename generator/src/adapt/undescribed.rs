//! Security schemes without a description. A name that looks like a misspelling of a described scheme is left to the
//! strict stages.

use std::collections::BTreeSet;

use super::Adapting;
use crate::diagnostics::Code;
use crate::source::{Entry, Mapping, Node, Value};
use crate::spec::{Object, nearest};

/// Returns the names of the schemes that a document describes.
pub(super) fn known(root: &Node) -> BTreeSet<String> {
    let schemes = root.get("components").and_then(|components| components.get("securitySchemes")?.value.as_mapping());
    schemes.into_iter().flat_map(|schemes| schemes.iter()).map(|entry| entry.key.clone()).collect()
}

/// Drops undescribed names from an object.
pub(super) fn rewrite(walk: &mut Adapting<'_>, entries: &mut Mapping, object: &Object) {
    if matches!(object.name, "the document" | "an operation") {
        let known = std::mem::take(&mut walk.schemes);
        security(walk, entries, &known);
        walk.schemes = known;
    }
}

/// Drops the undescribed schemes of a requirement. The client cannot send them, but the caller can.
fn security(walk: &mut Adapting<'_>, owner: &mut Mapping, schemes: &BTreeSet<String>) {
    let is_missing = |entry: &Entry| {
        let known = schemes.iter().map(String::as_str);
        !schemes.contains(&entry.key) && nearest(&entry.key, known).is_none() && !entry.key.starts_with("x-")
    };
    let at = walk.at.key("security");
    let Some(Value::Sequence(requirements)) = owner.get_mut("security").map(|node| &mut node.value) else { return };
    for (index, requirement) in requirements.iter_mut().enumerate() {
        let Value::Mapping(requirement) = &mut requirement.value else { continue };
        let missing: Vec<_> = requirement
            .iter()
            .filter(|entry| is_missing(entry))
            .map(|entry| (entry.key.clone(), entry.key_span))
            .collect();
        if missing.is_empty() {
            continue;
        }
        requirement.retain(|entry| !is_missing(entry));
        walk.inside(at.index(index), |walk| {
            for (name, span) in &missing {
                let message =
                    format!("`components.securitySchemes` does not describe `{name}`: callers send it themselves");
                walk.report_removed(Code::IgnoredKey, (name, *span), message).help =
                    Some(format!("describe it there:\n{name}:\n  type: apiKey\n  in: header\n  name: X-API-Key"));
            }
        });
    }
}
