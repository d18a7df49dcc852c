//! The server's error messages, normalized to one form.

use crate::runtime::client::secrets::Secrets;
use crate::runtime::client::text::without_mark;
use crate::runtime::model::surrogates;
use serde_json::{Map, Value};
use std::fmt;

/// One error that a server reports.
///
/// Servers send plain texts (`{"errors": ["text"]}`), JSON:API objects (`{"errors": [{"title": …}]}`), problem details
/// (`{"title": …, "detail": …}`) or other forms (`{"error": {"message": …}}`), and mix them, whatever the description
/// says. A plain text and a `message` become a [`detail`](ErrorItem::detail). A client's key that the server repeats is
/// blanked; [`Error::body`](crate::Error::body) has the unchanged body.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ErrorItem {
    /// A short name for the kind of error.
    pub title: Option<String>,
    /// What is wrong in this particular case.
    pub detail: Option<String>,
    /// The status that the item names. It may differ from the response's, which is the one that counts.
    pub status: Option<String>,
    /// The part of the request that caused the error.
    pub source: Option<ErrorSource>,
    /// Anything else.
    pub meta: Option<Map<String, Value>>,
}

/// The part of a request that caused an error.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ErrorSource {
    /// A JSON pointer into the body.
    pub pointer: Option<String>,
    /// The name of a parameter.
    pub parameter: Option<String>,
    /// The name of a header.
    pub header: Option<String>,
}

/// A body above this size is not parsed: as a tree it would take many times its size.
const MAX_BODY: usize = 1 << 20;

/// Names under which servers report the problem: of JSON:API and problem details (RFC 9457), of most others, of OAuth
/// 2.0, of Python's validators, of .NET, of others, of CouchDB.
const DETAILS: [&str; 8] =
    ["detail", "message", "error_description", "msg", "Message", "errorMessage", "error_message", "reason"];

/// Reads the items of a body, whatever its media type, without the secrets.
pub(super) fn read(body: &[u8], secrets: &Secrets) -> Vec<ErrorItem> {
    parse(body).map_or_else(Vec::new, |body| items(body, secrets))
}

/// Reads the items of a response with a 2xx, if it reports an error nevertheless: `{"ok": false, "error": "not_found"}`.
pub(super) fn reported(body: &[u8], secrets: &Secrets) -> Option<Vec<ErrorItem>> {
    let body = parse(body)?;
    let is_error = |value: &Value| match value {
        Value::Null => false,
        Value::Bool(is_error) => *is_error,
        Value::Number(count) => count.as_f64() != Some(0.0),
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(fields) => !fields.is_empty(),
    };
    ["error", "errors"].iter().any(|key| body.get(key).is_some_and(is_error)).then(|| items(body, secrets))
}

fn parse(body: &[u8]) -> Option<Value> {
    if body.len() > MAX_BODY {
        return None;
    }
    surrogates::mend(str::from_utf8(without_mark(body)).ok()?).parse().ok()
}

fn items(mut body: Value, secrets: &Secrets) -> Vec<ErrorItem> {
    secrets.blank_json(&mut body);
    let mut items = Vec::new();
    let errors = body.get_mut("errors").map(Value::take);
    if body.is_object() {
        read_whole(&mut body, &mut items);
    } else {
        read_items(&mut body, &mut items);
    }
    if let Some(mut errors) = errors {
        read_items(&mut errors, &mut items);
    }
    items
}

/// Reads the items of an object that is the whole body, apart from its list of errors.
fn read_whole(body: &mut Value, items: &mut Vec<ErrorItem>) {
    // Together with a message, a text of this name is a kind: `{"error": "Not Found", "message": …}`.
    let mut inner = None;
    for name in ["error", "detail", "message"] {
        inner = inner.or_else(|| nested(body, name));
    }
    match read_item(body) {
        Some(item) if item.title.is_some() || item.detail.is_some() => items.push(item),
        _ => {}
    }
    if let Some(mut inner) = inner {
        read_items(&mut inner, items);
    }
}

/// Takes the object or the list with this name.
fn nested(body: &mut Value, name: &str) -> Option<Value> {
    let value = body.get_mut(name)?;
    (value.is_object() || value.is_array()).then(|| value.take())
}

/// Reads one item or several. An object whose keys are names of fields is one item per field, or per text of a field.
fn read_items(value: &mut Value, items: &mut Vec<ErrorItem>) {
    if let Value::Array(values) = value {
        for value in values {
            if let Some(item) = read_item(value) {
                items.push(item);
            }
        }
        return;
    }
    match (read_item(value), value) {
        (Some(item), _) => items.push(item),
        (None, Value::Object(fields)) => {
            for (field, value) in std::mem::take(fields) {
                read_field(&field, &value, items);
            }
        }
        _ => {}
    }
}

/// Reads the errors of a field: `{"name": ["is too long"]}`.
fn read_field(field: &str, value: &Value, items: &mut Vec<ErrorItem>) {
    let texts = match value {
        Value::Array(texts) => texts,
        text => std::slice::from_ref(text),
    };
    for text in texts {
        if let Value::String(text) = text {
            items.push(ErrorItem { detail: Some(format!("{field}: {text}")), ..ErrorItem::default() });
        }
    }
}

/// Takes the texts of an item out of a value. If it is not an item, it is unchanged.
fn read_item(item: &mut Value) -> Option<ErrorItem> {
    if item.is_string() {
        return Some(ErrorItem { detail: Some(take_text(item)?), ..ErrorItem::default() });
    }
    let kind = text(item, "error");
    let mut detail = None;
    for name in &DETAILS {
        detail = detail.or_else(|| text(item, name));
    }
    let (detail, kind) = if detail.is_some() { (detail, kind) } else { (kind, None) };
    let (title, status) = (text(item, "title").or(kind), text(item, "status"));
    let source = match item.get_mut("source") {
        Some(source) if source.is_object() => Some(ErrorSource {
            pointer: text(source, "pointer"),
            parameter: text(source, "parameter"),
            header: text(source, "header"),
        }),
        _ => None,
    };
    let meta = match item.get_mut("meta") {
        Some(Value::Object(meta)) => Some(std::mem::take(meta)),
        _ => None,
    };
    let says_something = title.is_some() || detail.is_some() || status.is_some() || source.is_some() || meta.is_some();
    says_something.then_some(ErrorItem { title, detail, status, source, meta })
}

fn text(object: &mut Value, name: &str) -> Option<String> {
    take_text(object.get_mut(name)?)
}

/// Takes a text, unless it is empty, or a number.
fn take_text(value: &mut Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(std::mem::take(text)),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

impl fmt::Display for ErrorItem {
    /// Prints title, detail and source, as the server wrote them.
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.title, &self.detail) {
            (Some(title), Some(detail)) => write!(f, "{title}: {detail}")?,
            (Some(text), None) | (None, Some(text)) => f.write_str(text)?,
            (None, None) => {}
        }
        let Some(source) = &self.source else { return Ok(()) };
        match source {
            ErrorSource { pointer: Some(pointer), .. } => write!(f, " ({pointer})"),
            ErrorSource { parameter: Some(parameter), .. } => write!(f, " (parameter {parameter})"),
            ErrorSource { header: Some(header), .. } => write!(f, " (header {header})"),
            _ => Ok(()),
        }
    }
}
