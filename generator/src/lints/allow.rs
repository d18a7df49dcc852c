//! `x-allow`: intended warnings.
//!
//! `x-allow: { LINT: "reason" }` silences a lint in the object that has it and in everything inside. A warning is
//! silenced by the nearest object that allows it, so an outer allowance that has nothing left to silence is reported,
//! and so are an allowance without a reason, and one of a lint that does not exist.

use std::collections::{BTreeMap, BTreeSet};

use super::outline::Outline;
use super::{LINTS, name, pointer, warning};
use crate::diagnostics::{Code, Diagnostic, Place, Silence};
use crate::pointer::Pointer;
use crate::source::{Entry, Mapping};
use crate::spec::nearest;

const ALLOW: &str = "x-allow";

/// Removes the allowed warnings, notes on the others where they can be allowed, and adds the problems of the
/// allowances.
pub(super) fn apply(outline: &Outline<'_>, warnings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let objects: BTreeMap<&Pointer, Option<&Mapping>> = outline
        .parts
        .iter()
        .map(|part| (&part.at, part.node.get(ALLOW).and_then(|allowed| allowed.value.as_mapping())))
        .collect();
    let mut fulfilled: BTreeSet<(&Pointer, &str)> = BTreeSet::new();
    let mut left = Vec::new();
    for mut warning in warnings {
        let Some(lint) = name(warning.code) else { continue };
        let around = std::iter::successors(Some(pointer(&warning.place)), Pointer::parent);
        let around: Vec<_> = around.filter_map(|at| objects.get_key_value(&at)).collect();
        let allows = |allowed: &Option<&Mapping>| allowed.is_some_and(|allowed| allowed.entry(lint).is_some());
        if let Some((at, _)) = around.iter().find(|(_, allowed)| allows(allowed)) {
            fulfilled.insert((at, lint));
        } else {
            let at = around.first().map(|(at, _)| Pointer::clone(at));
            warning.silenced_at = at.map(|at| Silence { at, lint });
            left.push(warning);
        }
    }
    for (at, allowed) in &objects {
        for entry in allowed.iter().flat_map(|allowed| allowed.iter()) {
            left.extend(judge(entry, at.key(ALLOW).key(&entry.key), fulfilled.contains(&(*at, entry.key.as_str()))));
        }
    }
    left
}

/// Returns the problems of one entry of an `x-allow`.
fn judge(entry: &Entry, at: Pointer, is_fulfilled: bool) -> Vec<Diagnostic> {
    let lint = entry.key.as_str();
    let mut names = LINTS.iter().map(|(_, name)| *name);
    if !names.clone().any(|name| name == lint) {
        let help = match nearest(lint, names.clone()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => {
                format!("there are {}", names.by_ref().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", "))
            }
        };
        return vec![warning(Code::UnknownLint, Place::Key(at), format!("there is no lint `{lint}`")).help(help)];
    }
    let mut warnings = Vec::new();
    if entry.node.value.as_str().is_some_and(|reason| reason.trim().is_empty()) {
        let message = format!("`{lint}` is allowed without a reason");
        let help = format!("state the reason: `{lint}: \"…\"`");
        warnings.push(warning(Code::MissingReason, Place::Value(at.clone()), message).help(help));
    }
    if !is_fulfilled {
        let message = format!("`{lint}` is allowed here, but there is nothing to allow");
        warnings.push(warning(Code::UnusedAllowance, Place::Key(at), message).help("remove the line"));
    }
    warnings
}
