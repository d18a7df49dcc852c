//! Limits without effect: a length below zero or beyond all bounds, a multiple of zero.

use super::Adapting;
use crate::diagnostics::Code;
use crate::source::{Mapping, Value};

/// Limits of the number of characters, items or properties.
const COUNTS: [&str; 6] = ["minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"];

/// Drops limits that reject nothing, or that tools write for "no limit": `maxLength: -1`, `maxLength: 1e20`,
/// `multipleOf: 0`. A count that is a fraction is left to the strict stages: the intended integer is unknown.
pub(super) fn rewrite(walk: &mut Adapting<'_>, schema: &mut Mapping) {
    const BEYOND: f64 = 18_446_744_073_709_551_616.0;
    let number = |key: &str| match schema.entry(key)?.node.value {
        Value::Integer(number) => Some(number.to_f64()),
        Value::Float(number) => Some(number),
        _ => None,
    };
    let counts = COUNTS
        .into_iter()
        .filter(|key| number(key).is_some_and(|number| number < 0.0 || number >= BEYOND && key.starts_with("max")));
    let multiple = Some("multipleOf").filter(|key| number(key) == Some(0.0));
    let dropped: Vec<&str> = counts.chain(multiple).collect();
    for key in dropped {
        let Some(removed) = schema.remove(key) else { continue };
        let message = format!("this `{key}` limits nothing: it is ignored");
        walk.report_removed(Code::UnreachedBound, (key, removed.key_span), message).help =
            Some("remove the key".to_owned());
    }
}
