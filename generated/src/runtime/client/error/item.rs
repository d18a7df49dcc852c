//! What a server says is wrong, in one form whatever form it came in.

use serde_json::{Map, Value};
use std::fmt;

/// One thing that a server says is wrong.
///
/// Servers send plain texts (`{"errors": ["text"]}`) or JSON:API objects (`{"errors": [{"title": …}]}`), and mix the
/// two whatever the description says. A plain text is a [`detail`](ErrorItem::detail) here.
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

/// The items of a body, judged by what it holds.
pub(super) fn read(body: &[u8]) -> Vec<ErrorItem> {
    if body.len() > MAX_BODY {
        return Vec::new();
    }
    match serde_json::from_slice(body) {
        Ok(Value::Object(mut object)) => match object.remove("errors") {
            Some(Value::Array(items)) => items.into_iter().filter_map(read_item).collect(),
            Some(item) => read_item(item).into_iter().collect(),
            None => Vec::new(),
        },
        _ => Vec::new(),
    }
}

fn read_item(item: Value) -> Option<ErrorItem> {
    let mut object = match item {
        Value::String(text) => return Some(ErrorItem { detail: Some(text), ..ErrorItem::default() }),
        Value::Object(object) => object,
        _ => return None,
    };
    let source = match object.remove("source") {
        Some(Value::Object(mut source)) => Some(ErrorSource {
            pointer: text(&mut source, "pointer"),
            parameter: text(&mut source, "parameter"),
            header: text(&mut source, "header"),
        }),
        _ => None,
    };
    let meta = match object.remove("meta") {
        Some(Value::Object(meta)) => Some(meta),
        _ => None,
    };
    let item = ErrorItem {
        title: text(&mut object, "title"),
        detail: text(&mut object, "detail"),
        status: text(&mut object, "status"),
        source,
        meta,
    };
    (item != ErrorItem::default()).then_some(item)
}

fn text(object: &mut Map<String, Value>, name: &str) -> Option<String> {
    match object.remove(name)? {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

impl fmt::Display for ErrorItem {
    /// Title, detail and what is to blame, as the server wrote them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts: Vec<_> = [&self.title, &self.detail].into_iter().flatten().map(String::as_str).collect();
        f.write_str(&parts.join(": "))?;
        let Some(source) = &self.source else { return Ok(()) };
        match source {
            ErrorSource { pointer: Some(pointer), .. } => write!(f, " ({pointer})"),
            ErrorSource { parameter: Some(parameter), .. } => write!(f, " (parameter {parameter})"),
            ErrorSource { header: Some(header), .. } => write!(f, " (header {header})"),
            _ => Ok(()),
        }
    }
}
