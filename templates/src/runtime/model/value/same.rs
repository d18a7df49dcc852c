//! Equality of two JSON texts as values.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::scan::{Kind, Members, Parts, kind};
use super::text;
use crate::runtime::model::surrogates;

/// Beyond this depth, values are the same if their texts are.
const MAX_DEPTH: usize = 128;

/// Returns one text for all texts of a value: without spaces, with sorted names, and with one spelling for each string
/// and number.
#[inline]
pub(super) fn normal(text: &str) -> Cow<'_, str> {
    let mut normal = String::new();
    match push(text, 0, &mut normal) {
        Some(()) => Cow::Owned(normal),
        None => Cow::Borrowed(text),
    }
}

/// Returns `None` if it is too deep.
#[inline]
fn push(text: &str, depth: usize, normal: &mut String) -> Option<()> {
    if depth > MAX_DEPTH {
        return None;
    }
    match kind(text) {
        Kind::Null | Kind::Bool => normal.push_str(text),
        Kind::Number => normal.push_str(&number(text)),
        Kind::String => normal.push_str(&string(text)),
        Kind::Array => {
            normal.push('[');
            for item in Parts::of(text) {
                push(item, depth + 1, normal)?;
                normal.push(',');
            }
            normal.push(']');
        }
        Kind::Object => {
            // Of members with the same name, the last counts.
            let members: BTreeMap<_, _> = Members::of(text).map(|(name, value)| (string(name), value)).collect();
            normal.push('{');
            for (name, value) in members {
                normal.push_str(&name);
                normal.push(':');
                push(value, depth + 1, normal)?;
                normal.push(',');
            }
            normal.push('}');
        }
    }
    Some(())
}

#[inline]
fn string(quoted: &str) -> Cow<'_, str> {
    if !quoted.contains('\\') || matches!(surrogates::mend(quoted), Cow::Owned(_)) {
        return Cow::Borrowed(quoted);
    }
    text(quoted).map_or(Cow::Borrowed(quoted), |text| Cow::Owned(serde_json::Value::from(text).to_string()))
}

/// Converts `-1.50e3` to `-15e2`: digits without zeros at either end, and an exponent.
#[inline]
fn number(text: &str) -> Cow<'_, str> {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (sign, mantissa) = mantissa.strip_prefix('-').map_or(("", mantissa), |mantissa| ("-", mantissa));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = [whole, fraction].concat();
    let short = digits.trim_end_matches('0');
    let zeros = digits.len() - short.len();
    let short = short.trim_start_matches('0');
    if short.is_empty() {
        return Cow::Borrowed("0");
    }
    let moved = i64::try_from(zeros).ok().zip(i64::try_from(fraction.len()).ok());
    let exponent = exponent
        .parse()
        .ok()
        .zip(moved)
        .and_then(|(exponent, (zeros, places)): (i64, _)| exponent.checked_add(zeros)?.checked_sub(places));
    match exponent {
        Some(exponent) => Cow::Owned(format!("{sign}{short}e{exponent}")),
        None => Cow::Borrowed(text), // its exponent alone has twenty digits
    }
}
