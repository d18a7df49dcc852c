//! Schemas of texts: formats that do not include the documented values.

use super::{Adapting, str_of};
use crate::diagnostics::Code;
use crate::source::{Entry, Mapping};

/// Ignores a format of texts that become a type of their own, if a documented value is of another form: an API that
/// documents a value has it, and one value that the type does not have makes a whole response unreadable.
pub(super) fn rewrite(walk: &mut Adapting<'_>, schema: &mut Mapping) {
    if str_of(schema, "type") != Some("string") || schema.entry("enum").is_some() {
        return;
    }
    let Some(format) = str_of(schema, "format").map(str::to_owned) else { return };
    let has_other_form = match format.as_str() {
        "date-time" => is_without_offset,
        "date" => is_other_date,
        "uuid" => is_other_id,
        _ => return,
    };
    let documented = ["default", "example"].into_iter().filter_map(|key| str_of(schema, key));
    let Some(value) = documented.map(str::to_owned).find(|value| has_other_form(value)) else { return };
    if let Some(Entry { key, key_span, .. }) = schema.remove("format") {
        let message =
            format!("`format: {format}` does not include `{value}`, which is a documented value: it is ignored");
        let help = "remove `format`, or correct the value";
        walk.report_removed(Code::UnreachedBound, (&key, key_span), message).help = Some(help.to_owned());
    }
}

/// Whether a text is a date and a time without an offset, or seconds. Words, such as `now`, are not evidence, and
/// neither is a date alone, which abbreviates.
fn is_without_offset(text: &str) -> bool {
    let is_clock = |clock: &str| clock.contains(':') && clock.chars().all(|c| matches!(c, '0'..='9' | ':' | '.' | ','));
    match text.split_at_checked(10) {
        Some((date, rest)) if is_date(date) => rest.strip_prefix(['T', 't', ' ']).is_some_and(is_clock),
        _ => text.len() >= 9 && text.bytes().all(|byte| byte.is_ascii_digit()),
    }
}

/// Whether a text begins like a date of another form. Tools that convert YAML write dates with the time of midnight.
fn is_other_date(text: &str) -> bool {
    let rest = text.split_at_checked(10).and_then(|(date, rest)| is_date(date).then_some(rest));
    text.starts_with(|c: char| c.is_ascii_digit())
        && rest.is_none_or(|rest| !rest.is_empty() && !rest.starts_with("T00:00:00"))
}

/// Whether a text is an id, but not a UUID, not even a misspelt or abbreviated one, or a placeholder.
fn is_other_id(text: &str) -> bool {
    const DIGITS: usize = 32;
    let (hyphens, length) = (text.matches('-').count(), text.len());
    let is_hexadecimal = text.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    let is_id = if is_hexadecimal { hyphens == 0 && length > 8 && length != DIGITS } else { hyphens != 4 };
    // Tools write `string` as the example of every text.
    is_id && text != "string" && !text.contains(['{', '<', '$'])
}

fn is_date(text: &str) -> bool {
    text.bytes()
        .enumerate()
        .all(|(place, byte)| if matches!(place, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() })
}
