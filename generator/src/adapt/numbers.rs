//! Schemas of numbers: bounds that are fractions, that no value reaches or that a double cannot represent, and formats
//! that are narrower than the bounds.

use super::{Adapting, str_of};
use crate::diagnostics::Code;
use crate::source::{Entry, Mapping, Value, whole};

/// The doubles next to the largest `i64` and the largest `u64`, which are greater by one.
const ABOVE_I64: f64 = 9_223_372_036_854_775_808.0;
const ABOVE_U64: f64 = 18_446_744_073_709_551_616.0;

pub(super) fn rewrite(walk: &mut Adapting<'_>, schema: &mut Mapping) {
    match str_of(schema, "type") {
        Some("integer") => {
            rounded(schema);
            fractions(walk, schema);
            unreached(walk, schema);
            narrow_format(walk, schema);
        }
        Some("number") => as_doubles(schema),
        _ => {}
    }
}

/// Replaces integer bounds of numbers that a double cannot represent: values are doubles, so the nearest double is an
/// equal bound.
fn as_doubles(schema: &mut Mapping) {
    for key in ["minimum", "maximum", "multipleOf"] {
        if let Some(node) = schema.get_mut(key)
            && let Value::Integer(number) = node.value
            && number as f64 as i128 != number
        {
            node.value = Value::Float(number as f64);
        }
    }
}

/// Returns a bound that is an integer.
fn bound(schema: &Mapping, key: &str) -> Option<i128> {
    match schema.entry(key)?.node.value {
        // Only if the double equals this integer.
        Value::Float(number) if number.fract() == 0.0 && number.abs() <= ABOVE_U64 => Some(number as i128),
        ref value => value.as_integer(),
    }
}

/// Reads the ends of the 64-bit range as written by tools that only have doubles: `9223372036854776000`.
fn rounded(schema: &mut Mapping) {
    let is_unsigned = bound(schema, "minimum").is_some_and(|least| least >= 0);
    for (key, flag) in [("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")] {
        let Some(number) = bound(schema, key) else { continue };
        let end: i128 = match number as f64 {
            double if double == -ABOVE_I64 => i64::MIN.into(),
            double if double == ABOVE_I64 => i64::MAX.into(),
            double if double == ABOVE_U64 && is_unsigned => u64::MAX.into(),
            _ => continue,
        };
        // A bound that was rounded outwards is never reached, so it does not matter whether it is exclusive.
        if number.unsigned_abs() > end.unsigned_abs() {
            schema.remove(flag);
        }
        if let Some(node) = schema.get_mut(key) {
            node.value = Value::Integer(end);
        }
    }
}

/// Replaces bounds that are fractions by the next integer within them.
fn fractions(walk: &mut Adapting<'_>, schema: &mut Mapping) {
    for (key, flag) in
        [("minimum", Some("exclusiveMinimum")), ("maximum", Some("exclusiveMaximum")), ("multipleOf", None)]
    {
        let Some(node) = schema.get_mut(key) else { continue };
        let Value::Float(number) = node.value else { continue };
        if let Some(same) = whole(number) {
            node.value = Value::Integer(same.into());
            continue;
        }
        let within = match key {
            "minimum" => number.ceil(),
            "maximum" => number.floor(),
            _ => number,
        };
        if let Some(nearest) = whole(within) {
            node.value = Value::Integer(nearest.into());
            let message = format!("`{number}` is not an integer: this `{key}` is read as `{nearest}`");
            walk.report(Code::UnreachedBound, key, message).help = Some(format!("write an integer as `{key}`"));
        } else {
            let message = match key {
                "multipleOf" => format!("`multipleOf: {number}` is not an integer: it is ignored"),
                _ => format!("no 64-bit integer reaches `{number}`: this `{key}` is ignored"),
            };
            ignore(walk, schema, key, message, "remove the key");
        }
        if let Some(flag) = flag {
            schema.remove(flag);
        }
    }
}

/// Ignores a bound above all signed integers, if the values can be negative.
fn unreached(walk: &mut Adapting<'_>, schema: &mut Mapping) {
    let is_unsigned = bound(schema, "minimum").is_some_and(|least| least >= 0);
    if is_unsigned || str_of(schema, "format") == Some("uint64") {
        return;
    }
    let Some(number) = bound(schema, "maximum").filter(|number| i64::try_from(*number).is_err()) else {
        return;
    };
    schema.remove("exclusiveMaximum");
    let message = format!("no signed 64-bit integer is above `{number}`: this `maximum` is ignored");
    let help = "remove the key; or, if no value is negative, add `minimum: 0`";
    ignore(walk, schema, "maximum", message, help);
}

/// Ignores a format that does not include all values within the bounds: the author wrote the bounds for this schema,
/// and a tool often adds the format to every integer.
fn narrow_format(walk: &mut Adapting<'_>, schema: &mut Mapping) {
    let Some(format) = str_of(schema, "format") else { return };
    let (least, most): (i128, i128) = match format {
        "int32" => (i32::MIN.into(), i32::MAX.into()),
        "int64" => (i64::MIN.into(), i64::MAX.into()),
        "uint32" => (0, u32::MAX.into()),
        "uint64" => (0, u64::MAX.into()),
        _ => return,
    };
    let is_set = |flag: &str| matches!(schema.entry(flag).map(|entry| &entry.node.value), Some(Value::Bool(true)));
    let lowest = bound(schema, "minimum").map(|number| number + i128::from(is_set("exclusiveMinimum")));
    let highest = bound(schema, "maximum").map(|number| number - i128::from(is_set("exclusiveMaximum")));
    let beyond = match (lowest, highest) {
        (Some(lowest), _) if lowest < least => lowest,
        (_, Some(highest)) if highest > most => highest,
        _ => return,
    };
    let message = format!("`format: {format}` does not include `{beyond}`, which the bounds allow: it is ignored");
    ignore(walk, schema, "format", message, "remove `format`, or correct the bounds");
}

fn ignore(walk: &mut Adapting<'_>, schema: &mut Mapping, key: &str, message: String, help: &str) {
    if let Some(Entry { key, key_span, .. }) = schema.remove(key) {
        walk.report_removed(Code::UnreachedBound, (&key, key_span), message).help = Some(help.to_owned());
    }
}
