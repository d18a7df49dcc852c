//! What a server says is wrong, in one form whatever form it came in.

use crate::runtime::client::secrets::Secrets;
use crate::runtime::model::surrogates;
use serde_json::{Map, Value};
use std::fmt;

/// One thing that a server says is wrong.
///
/// Servers send plain texts (`{"errors": ["text"]}`) or JSON:API objects (`{"errors": [{"title": …}]}`), and mix the
/// two whatever the description says. A plain text is a [`detail`](ErrorItem::detail) here. A key of the client's that the
/// server repeats is blanked; [`Error::body`](crate::Error::body) has what came.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ErrorItem {
    /// What kind of mistake it is, in short.
    pub title: Option<String>,
    /// What is wrong in this case.
    pub detail: Option<String>,
    /// The status that the item names. It may differ from the answer's, which is the one that counts.
    pub status: Option<String>,
    /// What in the request is to blame.
    pub source: Option<ErrorSource>,
    /// Anything else.
    pub meta: Option<Map<String, Value>>,
}

/// What in a request is to blame.
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

/// A body above this size is not looked into: as a tree it would take many times its size.
const MAX_BODY: usize = 1 << 20;

/// The items of a body, judged by what it holds, without the secrets.
pub(super) fn read(body: &[u8], secrets: &Secrets) -> Vec<ErrorItem> {
    if body.len() > MAX_BODY {
        return Vec::new();
    }
    let body = str::from_utf8(body).ok().and_then(|body| surrogates::mend(body).parse::<Value>().ok());
    let mut items = body.unwrap_or_default().get_mut("errors").map(Value::take);
    if let Some(items) = &mut items {
        secrets.blank_json(items);
    }
    match items {
        Some(Value::Array(items)) => items.into_iter().filter_map(read_item).collect(),
        Some(item) => read_item(item).into_iter().collect(),
        None => Vec::new(),
    }
}

fn read_item(mut item: Value) -> Option<ErrorItem> {
    if let Value::String(text) = item {
        return Some(ErrorItem { detail: Some(text), ..ErrorItem::default() });
    }
    let (title, detail, status) = (text(&mut item, "title"), text(&mut item, "detail"), text(&mut item, "status"));
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
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

impl fmt::Display for ErrorItem {
    /// Title, detail and what is to blame, as the server wrote them.
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
