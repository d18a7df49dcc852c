//! Schemas of numbers: bounds that are fractions, that no value reaches or that a double cannot represent, and formats
//! that are narrower than the bounds or the documented values.

use std::ops::RangeInclusive;

use super::{Adapting, entry, str_of, text};
use crate::diagnostics::{Code, Span};
use crate::integer::Integer;
use crate::source::{Entry, Mapping, Value};

/// The doubles next to the largest `i64` and the largest `u64`, which are greater by one.
const ABOVE_I64: f64 = 9_223_372_036_854_775_808.0;
const ABOVE_U64: f64 = 18_446_744_073_709_551_616.0;
/// The same for 128 bits.
const ABOVE_I128: f64 = 170_141_183_460_469_231_731_687_303_715_884_105_728.0;
const ABOVE_U128: f64 = 340_282_366_920_938_463_463_374_607_431_768_211_456.0;

/// The ends of 64 bits in the decimal digits of a double. As values they are not evidence of a wider type.
const ROUNDED: [u128; 2] = [9_223_372_036_854_776_000, 18_446_744_073_709_552_000];

pub(super) fn rewrite(walk: &mut Adapting<'_>, schema: &mut Mapping, span: Span) {
    match str_of(schema, "type") {
        Some("integer") => {
            wide_format(schema, span);
            rounded(schema);
            fractions(walk, schema);
            unreached(walk, schema);
            narrow_format(walk, schema);
            contradicted_format(walk, schema);
        }
        Some("number") => as_doubles(schema),
        _ => {}
    }
}

/// Whether a schema has a format of 128 bits.
fn is_wide(schema: &Mapping) -> bool {
    matches!(str_of(schema, "format"), Some("int128" | "uint128"))
}

/// Adds the format to integers without one that the description documents beyond `i64`: by a bound, a value of the
/// enum, the default or the example.
pub(super) fn wide_format(schema: &mut Mapping, span: Span) {
    if schema.entry("format").is_some() {
        return;
    }
    let values: Vec<Integer> = documented(schema).collect();
    let bounds: Vec<Integer> = ["minimum", "maximum"].into_iter().filter_map(|key| bound(schema, key)).collect();
    let evidence = || values.iter().chain(bounds.iter().filter(|bound| !is_end(**bound))).copied();
    let is_negative = values.iter().chain(&bounds).any(|number| number.is_negative());
    let is_natural = bound(schema, "minimum").is_some() && !is_negative;
    let format = if evidence().any(Integer::is_beyond_64_bits) {
        let is_unsigned = is_natural || evidence().any(|number| i128::try_from(number).is_err());
        if is_unsigned { "uint128" } else { "int128" }
    } else if values.iter().any(|number| i64::try_from(*number).is_err()) {
        if is_negative { "int128" } else { "uint64" }
    } else {
        return;
    };
    schema.insert(entry("format", text(format), span));
}

/// Returns the values that the schema itself documents: of its enum, the default and the example.
fn documented(schema: &Mapping) -> impl Iterator<Item = Integer> {
    let integer = |key: &str| schema.entry(key)?.node.value.as_integer();
    let given = ["default", "example"].into_iter().filter_map(integer).filter(|number| !is_rounded(*number));
    let listed = schema.entry("enum").and_then(|entry| entry.node.value.as_sequence()).unwrap_or_default();
    listed.iter().filter_map(|node| node.value.as_integer()).chain(given)
}

/// Whether a value is an end of 64 bits in the decimal digits of a double.
fn is_rounded(number: Integer) -> bool {
    let number = i128::try_from(number).unwrap_or_default().unsigned_abs();
    ROUNDED.contains(&number)
}

/// Whether a bound is an end of another type, written for "no limit": of 64 bits by tools that only have doubles, of a
/// `float` or of a `decimal` of .NET.
fn is_end(bound: Integer) -> bool {
    const ABOVE_DECIMAL: f64 = 79_228_162_514_264_337_593_543_950_336.0;
    let double = bound.to_f64().abs();
    [ABOVE_I64, ABOVE_U64, ABOVE_DECIMAL].contains(&double) || double as f32 == f32::MAX
}

/// Whether no value is negative.
fn is_unsigned(schema: &Mapping) -> bool {
    matches!(str_of(schema, "format"), Some("uint64" | "uint128"))
        || bound(schema, "minimum").is_some_and(|least| !least.is_negative())
}

/// Replaces integer bounds of numbers that a double cannot represent: values are doubles, so the nearest double is an
/// equal bound.
fn as_doubles(schema: &mut Mapping) {
    for key in ["minimum", "maximum", "multipleOf"] {
        if let Some(node) = schema.get_mut(key)
            && let Value::Integer(number) = node.value
            && (number.is_beyond_64_bits() || Integer::from_f64(number.to_f64()) != Some(number))
        {
            node.value = Value::Float(number.to_f64());
        }
    }
}

/// Returns a bound that is an integer. A double is one only if it equals the integer.
fn bound(schema: &Mapping, key: &str) -> Option<Integer> {
    match schema.entry(key)?.node.value {
        Value::Integer(number) => Some(number),
        Value::Float(number) => Integer::from_f64(number),
        _ => None,
    }
}

/// Reads the ends of the range as written by tools that only have doubles: `9223372036854776000`. They are outside of
/// the range, so that they are never reached, and it does not matter whether they are exclusive.
fn rounded(schema: &mut Mapping) {
    let is_unsigned = is_unsigned(schema);
    let ends: [(f64, Integer); 3] = if is_wide(schema) {
        [(-ABOVE_I128, Integer::MIN), (ABOVE_I128, i128::MAX.into()), (ABOVE_U128, Integer::MAX)]
    } else {
        [(-ABOVE_I64, i64::MIN.into()), (ABOVE_I64, i64::MAX.into()), (ABOVE_U64, u64::MAX.into())]
    };
    for (key, flag) in [("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")] {
        let Some(Entry { node, .. }) = schema.entry(key) else { continue };
        let double = match node.value {
            Value::Integer(number) => number.to_f64(),
            Value::Float(number) => number,
            _ => continue,
        };
        let [.., unsigned] = &ends;
        let found = ends.iter().find(|(rounded, _)| *rounded == double);
        let Some((_, end)) = found.filter(|end| is_unsigned || *end != unsigned) else { continue };
        let is_outside = |number: Integer| if end.is_negative() { number < *end } else { number > *end };
        if bound(schema, key).is_none_or(is_outside) {
            schema.remove(flag);
            if let Some(node) = schema.get_mut(key) {
                node.value = Value::Integer(*end);
            }
        }
    }
}

/// Replaces bounds that are fractions by the next integer within them, and ignores those that no integer reaches.
fn fractions(walk: &mut Adapting<'_>, schema: &mut Mapping) {
    let (bits, reach) =
        if is_wide(schema) { (128, Integer::MIN..=Integer::MAX) } else { (64, i64::MIN.into()..=u64::MAX.into()) };
    for (key, flag) in
        [("minimum", Some("exclusiveMinimum")), ("maximum", Some("exclusiveMaximum")), ("multipleOf", None)]
    {
        let Some(node) = schema.get_mut(key) else { continue };
        let (number, within) = match node.value {
            Value::Integer(number) if reach.contains(&number) => continue,
            Value::Integer(number) => (number.to_string(), number.to_f64()),
            Value::Float(number) if key == "minimum" => (number.to_string(), number.ceil()),
            Value::Float(number) if key == "maximum" => (number.to_string(), number.floor()),
            Value::Float(number) => (number.to_string(), number),
            _ => continue,
        };
        let nearest = Integer::from_f64(within).filter(|nearest| reach.contains(nearest));
        if let Some(nearest) = nearest {
            let is_same = node.value == Value::Float(within);
            node.value = Value::Integer(nearest);
            if is_same {
                continue;
            }
            let message = format!("`{number}` is not an integer: this `{key}` is read as `{nearest}`");
            walk.report(Code::UnreachedBound, key, message).help = Some(format!("write an integer as `{key}`"));
        } else {
            let message = match key {
                "multipleOf" if within.fract() != 0.0 => {
                    format!("`multipleOf: {number}` is not an integer: it is ignored")
                }
                "multipleOf" => format!("`multipleOf: {number}` is beyond {bits} bits: it is ignored"),
                _ => format!("no {bits}-bit integer reaches `{number}`: this `{key}` is ignored"),
            };
            let help = match key {
                "multipleOf" => "remove the key",
                // A format of 128 bits reaches it.
                _ if bits == 64 && Integer::from_f64(within).is_some_and(|end| !is_end(end)) => {
                    "remove the key; or, if the API has such integers, write `format: int128`"
                }
                _ => "remove the key",
            };
            ignore(walk, schema, key, message, help);
        }
        if let Some(flag) = flag {
            schema.remove(flag);
        }
    }
}

/// Ignores a bound above all signed integers, if the values can be negative.
fn unreached(walk: &mut Adapting<'_>, schema: &mut Mapping) {
    let (bits, most) = if is_wide(schema) { (128, i128::MAX.into()) } else { (64, Integer::from(i64::MAX)) };
    if is_unsigned(schema) {
        return;
    }
    let Some(number) = bound(schema, "maximum").filter(|number| *number > most) else { return };
    schema.remove("exclusiveMaximum");
    let message = format!("no signed {bits}-bit integer is above `{number}`: this `maximum` is ignored");
    let help = "remove the key; or, if no value is negative, add `minimum: 0`";
    ignore(walk, schema, "maximum", message, help);
}

/// Ignores a format that does not include all values within the bounds: the author wrote the bounds for this schema,
/// and a tool often adds the format to every integer.
fn narrow_format(walk: &mut Adapting<'_>, schema: &mut Mapping) {
    let Some(format) = str_of(schema, "format").map(str::to_owned) else { return };
    let Some(range) = range_of(&format) else { return };
    let beyond = match bounds(schema) {
        (Some(lowest), _) if lowest < *range.start() => lowest,
        (_, Some(highest)) if highest > *range.end() => highest,
        _ => return,
    };
    let message = format!("`format: {format}` does not include `{beyond}`, which the bounds allow");
    let help = "remove `format`, or correct the bounds";
    let other = match format.as_str() {
        "int128" => "uint128",
        "uint128" => "int128",
        _ => return ignore(walk, schema, "format", format!("{message}: it is ignored"), help),
    };
    if let Some(node) = schema.get_mut("format") {
        node.value = text(other);
    }
    let help = format!("write `format: {other}`, or correct the bounds");
    walk.report(Code::UnreachedBound, "format", format!("{message}: it is read as `{other}`")).help = Some(help);
    // Not all values within the bounds are of this type either.
    unreached(walk, schema);
}

/// Replaces a format of 32 or 64 bits that does not include a documented value by the narrowest one that includes both:
/// an API that documents a value has it. A value beyond the bounds is a mistake.
fn contradicted_format(walk: &mut Adapting<'_>, schema: &mut Mapping) {
    let Some(format @ ("int32" | "int64" | "uint32" | "uint64")) = str_of(schema, "format") else { return };
    let Some(range) = range_of(format) else { return };
    let (lowest, highest) = bounds(schema);
    let is_within = |number: &Integer| {
        lowest.is_none_or(|lowest| lowest <= *number) && highest.is_none_or(|highest| highest >= *number)
    };
    let outside: Vec<Integer> =
        documented(schema).filter(|number| is_within(number) && !range.contains(number)).collect();
    let (Some(first), Some(least), Some(most)) = (outside.first(), outside.iter().min(), outside.iter().max()) else {
        return;
    };
    let least = *least.min(lowest.as_ref().unwrap_or(range.start()));
    let most = *most.max(highest.as_ref().unwrap_or(range.end()));
    let is_sufficient =
        |format: &&str| range_of(format).is_some_and(|range| range.contains(&least) && range.contains(&most));
    let Some(wider) = ["int64", "uint64", "int128", "uint128"].into_iter().find(is_sufficient) else { return };
    let message =
        format!("`format: {format}` does not include `{first}`, which is a documented value: it is read as `{wider}`");
    if let Some(node) = schema.get_mut("format") {
        node.value = text(wider);
    }
    walk.report(Code::UnreachedBound, "format", message).help =
        Some(format!("write `format: {wider}`, or correct the value"));
}

/// Returns the values of a format.
fn range_of(format: &str) -> Option<RangeInclusive<Integer>> {
    Some(match format {
        "int32" => i32::MIN.into()..=i32::MAX.into(),
        "int64" => i64::MIN.into()..=i64::MAX.into(),
        "int128" => Integer::MIN..=i128::MAX.into(),
        "uint32" => 0.into()..=u32::MAX.into(),
        "uint64" => 0.into()..=u64::MAX.into(),
        "uint128" => 0.into()..=Integer::MAX,
        _ => return None,
    })
}

/// Returns the least and the greatest value within the bounds.
fn bounds(schema: &Mapping) -> (Option<Integer>, Option<Integer>) {
    let is_set = |flag: &str| matches!(schema.entry(flag).map(|entry| &entry.node.value), Some(Value::Bool(true)));
    let lowest = bound(schema, "minimum").map(|low| if is_set("exclusiveMinimum") { low.next() } else { low });
    let highest = bound(schema, "maximum").map(|high| if is_set("exclusiveMaximum") { high.previous() } else { high });
    (lowest, highest)
}

fn ignore(walk: &mut Adapting<'_>, schema: &mut Mapping, key: &str, message: String, help: &str) {
    if let Some(Entry { key, key_span, .. }) = schema.remove(key) {
        walk.report_removed(Code::UnreachedBound, (&key, key_span), message).help = Some(help.to_owned());
    }
}
