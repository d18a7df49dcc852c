//! The three kinds of values in the expansion of RFC 6570: a text, a list of texts, and pairs of texts.

use crate::runtime::client::parameters::plain::EMPTY_LIST;
use crate::runtime::model::Value;

/// A value in the form in which a style writes it.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Flat {
    Text(String),
    List(Vec<String>),
    /// In the order of the fields. If `spread`, a field that is a list of scalars occurs once per scalar.
    Pairs(Vec<(String, String)>),
}

impl Flat {
    /// # Errors
    /// Says which part is ambiguous.
    #[inline]
    pub(super) fn of(value: &Value, spread: bool) -> Result<Flat, String> {
        if value.is_array() {
            let items = value.items().map(|item| text(&item)).collect::<Result<Vec<String>, String>>()?;
            return if items.is_empty() { Err(EMPTY_LIST.to_owned()) } else { Ok(Flat::List(items)) };
        }
        if !value.is_object() {
            return text(value).map(Flat::Text);
        }
        let mut pairs = Vec::new();
        for (name, field) in value.fields() {
            if spread && is_list_of_scalars(&field) {
                let before = pairs.len();
                for item in field.items() {
                    pairs.push((name.clone().into_owned(), text(&item).map_err(|reason| format!("{name}: {reason}"))?));
                }
                if pairs.len() == before {
                    return Err(format!("{name}: {EMPTY_LIST}"));
                }
            } else {
                let text = text(&field).map_err(|reason| format!("{name}: {reason}"))?;
                pairs.push((name.into_owned(), text));
            }
        }
        Ok(Flat::Pairs(pairs))
    }
}

/// Whether a value is a list of scalars, whose items need no names.
#[inline]
pub(super) fn is_list_of_scalars(value: &Value) -> bool {
    value.is_array() && value.items().all(|item| !item.is_array() && !item.is_object())
}

/// Writes a scalar without quotes, and anything else as JSON.
///
/// # Errors
/// `null` has no unambiguous text.
#[inline]
pub(in crate::runtime::client) fn text(value: &Value) -> Result<String, String> {
    match value.as_str() {
        Some(text) => Ok(text.into_owned()),
        None if value.is_null() => Err("null cannot be distinguished from a text here".to_owned()),
        None => Ok(value.as_json().to_owned()),
    }
}
