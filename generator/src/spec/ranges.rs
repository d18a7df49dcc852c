//! Ranges: pairs of bounds must have a value between them.

use crate::diagnostics::Code;
use crate::integer::Integer;
use crate::source::{Entry, Value};
use crate::spec::checks::{held, value};
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
    let held = if is_narrow { i32::MIN.into()..=i32::MAX.into() } else { held(schema) };
    let (minimum, maximum) = (bound("minimum"), bound("maximum"));
    // No integer is beyond the ends of 128 bits.
    let is_beyond = is_exclusive(schema, "exclusiveMinimum") && minimum == Some(Integer::MAX)
        || is_exclusive(schema, "exclusiveMaximum") && maximum == Some(Integer::MIN);
    let low = minimum.map(|low| if is_exclusive(schema, "exclusiveMinimum") { low.next() } else { low });
    let high = maximum.map(|high| if is_exclusive(schema, "exclusiveMaximum") { high.previous() } else { high });
    let has_bound = low.is_some() || high.is_some();
    let (least, greatest) = (low.unwrap_or(Integer::MIN), high.unwrap_or(Integer::MAX));
    has_bound && (is_beyond || least.max(*held.start()) > greatest.min(*held.end()))
}

fn is_empty_of_numbers(schema: &[Entry]) -> bool {
    let bound = |key| match value(schema, key)?.value {
        Value::Integer(number) => Some(number.to_f64()),
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
