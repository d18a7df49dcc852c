//! Ranges: pairs of bounds must have a value between them.

use crate::diagnostics::Code;
use crate::source::{Entry, Value};
use crate::spec::checks::{is_unsigned, value};
use crate::spec::walk::Walk;

/// Reports each pair of bounds without a value between them.
pub(super) fn check(walk: &mut Walk<'_>, schema: &[Entry], kind: Option<&str>) {
    let counts = [("minLength", "maxLength"), ("minItems", "maxItems"), ("minProperties", "maxProperties")];
    for (fewest, most) in counts {
        let count = |key| value(schema, key).and_then(|node| node.value.as_integer());
        if let (Some(low), Some(high)) = (count(fewest), count(most))
            && low > high
        {
            report(walk, most, Some(fewest));
        }
    }
    let is_empty = match kind {
        Some("integer") => is_empty_of_integers(schema),
        _ => is_empty_of_numbers(schema),
    };
    if is_empty {
        match (value(schema, "minimum"), value(schema, "maximum")) {
            (Some(_), Some(_)) => report(walk, "maximum", Some("minimum")),
            (Some(_), None) => report(walk, "minimum", None),
            (None, _) => report(walk, "maximum", None),
        }
    }
}

fn report(walk: &mut Walk<'_>, key: &str, other: Option<&str>) {
    let help = match other {
        Some(other) => format!("correct `{key}` or `{other}`, so that a value is between them"),
        None => format!("correct `{key}`, or the `format`"),
    };
    walk.report_at(key, Code::EmptyRange, "no value is within these bounds", Some(help));
    if let Some(other) = other {
        walk.relate(other, "the other bound");
    }
}

fn is_empty_of_integers(schema: &[Entry]) -> bool {
    let bound = |key| value(schema, key).and_then(|node| node.value.as_integer());
    let is_narrow = value(schema, "format").is_some_and(|format| format.value.as_str() == Some("int32"));
    let (least, greatest): (i128, i128) = if is_narrow {
        (i32::MIN.into(), i32::MAX.into())
    } else if is_unsigned(schema) {
        (u64::MIN.into(), u64::MAX.into())
    } else {
        (i64::MIN.into(), i64::MAX.into())
    };
    let low = bound("minimum").map(|low| low.saturating_add(is_exclusive(schema, "exclusiveMinimum").into()));
    let high = bound("maximum").map(|high| high.saturating_sub(is_exclusive(schema, "exclusiveMaximum").into()));
    let has_bound = low.is_some() || high.is_some();
    has_bound && low.unwrap_or(i128::MIN).max(least) > high.unwrap_or(i128::MAX).min(greatest)
}

fn is_empty_of_numbers(schema: &[Entry]) -> bool {
    let bound = |key| match value(schema, key)?.value {
        Value::Integer(number) => Some(number as f64),
        Value::Float(number) => Some(number),
        _ => None,
    };
    let (Some(low), Some(high)) = (bound("minimum"), bound("maximum")) else { return false };
    let is_open = is_exclusive(schema, "exclusiveMinimum") || is_exclusive(schema, "exclusiveMaximum");
    low > high || low == high && is_open
}

fn is_exclusive(schema: &[Entry], key: &str) -> bool {
    value(schema, key).is_some_and(|flag| flag.value == Value::Bool(true))
}
