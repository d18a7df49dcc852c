//! Documented headers of responses, read into types.

use crate::runtime::model::part::{Part, Read};
use http::HeaderMap;

/// Reads a struct whose fields are optional headers:
///
/// ```text
/// headers! {
///     ListThingsHeaders {
///         x_next: text "X-Next",
///         x_total: word "X-Total",
///         link: texts "Link",
///     }
/// }
/// ```
///
/// A `text` is read like a JSON string, a `word` as JSON, such as a number or a boolean, and `texts` and `words` are
/// lists of them.
macro_rules! headers {
    ($headers:ident { $($field:ident: $form:ident $name:literal,)+ }) => {
        impl ::core::convert::From<&::http::HeaderMap> for $headers {
            #[inline]
            fn from(headers: &::http::HeaderMap) -> Self {
                Self { $($field: $crate::runtime::client::headers::$form(headers, $name),)+ }
            }
        }
    };
}

pub(crate) use headers;

/// Reads the header as a string, or as a type that is written as one.
pub(crate) fn text<T: Part>(headers: &HeaderMap, name: &str) -> Option<T> {
    read_text(value(headers, name)?)
}

/// Reads the header as JSON: a number, a boolean, or anything if the content is JSON.
pub(crate) fn word<T: Part>(headers: &HeaderMap, name: &str) -> Option<T> {
    read(value(headers, name)?.trim())
}

/// Reads the header as strings.
pub(crate) fn texts<T: Part>(headers: &HeaderMap, name: &str) -> Option<Vec<T>> {
    items(headers, name)?.iter().map(|item| read_text(item)).collect()
}

/// Reads the header as numbers or booleans.
pub(crate) fn words<T: Part>(headers: &HeaderMap, name: &str) -> Option<Vec<T>> {
    items(headers, name)?.iter().map(|item| read(item)).collect()
}

#[inline]
fn value<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    str::from_utf8(headers.get(name)?.as_bytes()).ok()
}

/// The parts between commas. A header that comes several times is one list (RFC 9110, section 5.3).
#[inline]
fn items<'h>(headers: &'h HeaderMap, name: &str) -> Option<Vec<&'h str>> {
    let mut items = Vec::new();
    for value in headers.get_all(name) {
        items.extend(str::from_utf8(value.as_bytes()).ok()?.split(',').map(str::trim).filter(|item| !item.is_empty()));
    }
    (!items.is_empty()).then_some(items)
}

fn read_text<T: Part>(text: &str) -> Option<T> {
    read(&serde_json::to_string(text).ok()?)
}

fn read<T: Part>(json: &str) -> Option<T> {
    serde_json::from_str::<Read<T>>(json).ok().map(|read| read.0)
}
