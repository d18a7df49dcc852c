//! The server's error messages, normalized to one form.

use crate::runtime::client::secrets::Secrets;
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
/// 2.0, of Python's validators.
const DETAILS: [&str; 4] = ["detail", "message", "error_description", "msg"];

/// Reads the items of a body, whatever its media type, without the secrets.
pub(super) fn read(body: &[u8], secrets: &Secrets) -> Vec<ErrorItem> {
    if body.len() > MAX_BODY {
        return Vec::new();
    }
    let body = str::from_utf8(body).ok().and_then(|body| surrogates::mend(body).parse::<Value>().ok());
    let Some(mut body) = body else { return Vec::new() };
    secrets.blank_json(&mut body);
    let errors = body.get_mut("errors").map(Value::take).map(listed).unwrap_or_default();
    let mut items = whole(body);
    items.extend(errors);
    items
}

/// Reads the items of a body without a list of errors.
fn whole(mut body: Value) -> Vec<ErrorItem> {
    if !body.is_object() {
        return listed(body);
    }
    // Together with a message, a text of this name is a kind: `{"error": "Not Found", "message": …}`.
    let inner = ["error", "detail"].into_iter().find_map(|name| {
        let value = body.get_mut(name).filter(|value| value.is_object() || value.is_array())?.take();
        Some(listed(value))
    });
    let item = read_item(body).filter(|item| item.title.is_some() || item.detail.is_some());
    item.into_iter().chain(inner.into_iter().flatten()).collect()
}

/// Reads one item or several. An object whose keys are names of fields is one item per field, or per text of a field.
fn listed(value: Value) -> Vec<ErrorItem> {
    match value {
        Value::Array(items) => items.into_iter().filter_map(read_item).collect(),
        Value::Object(fields) => match read_item(Value::Object(fields.clone())) {
            Some(item) => vec![item],
            None => fields.into_iter().flat_map(|(field, value)| of_field(&field, value)).collect(),
        },
        value => read_item(value).into_iter().collect(),
    }
}

/// Reads the errors of a field: `{"name": ["is too long"]}`.
fn of_field(field: &str, value: Value) -> Vec<ErrorItem> {
    let texts = match value {
        Value::Array(texts) => texts,
        text => vec![text],
    };
    let texts = texts.iter().filter_map(Value::as_str);
    texts.map(|text| ErrorItem { detail: Some(format!("{field}: {text}")), ..ErrorItem::default() }).collect()
}

fn read_item(mut item: Value) -> Option<ErrorItem> {
    if let Value::String(text) = item {
        return (!text.is_empty()).then(|| ErrorItem { detail: Some(text), ..ErrorItem::default() });
    }
    let kind = text(&mut item, "error");
    let detail = DETAILS.into_iter().find_map(|name| text(&mut item, name));
    let (detail, kind) = if detail.is_some() { (detail, kind) } else { (kind, None) };
    let (title, status) = (text(&mut item, "title").or(kind), text(&mut item, "status"));
    let source = item.get_mut("source").filter(|source| source.is_object()).map(|source| ErrorSource {
        pointer: text(source, "pointer"),
        parameter: text(source, "parameter"),
        header: text(source, "header"),
    });
    let meta = match item.get_mut("meta").map(Value::take) {
        Some(Value::Object(meta)) => Some(meta),
        _ => None,
    };
    let says_something = title.is_some() || detail.is_some() || status.is_some() || source.is_some() || meta.is_some();
    says_something.then_some(ErrorItem { title, detail, status, source, meta })
}

fn text(object: &mut Value, name: &str) -> Option<String> {
    match object.get_mut(name)?.take() {
        Value::String(text) => (!text.is_empty()).then_some(text),
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
