//! Messages: the bodies on the wire, and the responses of an operation.

use std::fmt;

use serde::{Serialize, Serializer};
use serde_json::Value;

use super::{Docs, Expansion, Operation, TypeRef};
use crate::pointer::Pointer;

/// A request body.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Body {
    /// Its documentation in the spec.
    pub description: String,
    /// Whether a call without it is invalid.
    pub required: bool,
    /// The content.
    pub content: Content,
    /// Other media types that the spec lists for the same body, as it writes them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<String>,
}

/// A body in one media type.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Content {
    /// The media type, as the spec writes it.
    pub media_type: String,
    /// How a value is written.
    pub format: Format,
    /// Type of the value.
    pub ty: TypeRef,
    /// The styles of a form's properties that have their own, from `encoding`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub styles: Vec<(String, Expansion)>,
    /// An example of the body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub example: Option<Value>,
}

/// How the value of a body is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// As JSON.
    Json,
    /// As pairs of a form.
    Form,
    /// As plain text in UTF-8.
    Text,
    /// As bytes.
    Bytes,
    /// A list, one JSON text per line, or after each record separator.
    Lines,
    /// A list, as the events of a `text/event-stream`, with one item each.
    Events,
}

impl Format {
    /// Whether a body of this format is a stream of items.
    pub const fn has_items(self) -> bool {
        matches!(self, Self::Lines | Self::Events)
    }
}

/// The difference from the operation of the same id: a body in another media type.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Alternative {
    /// The media type, as the spec writes it.
    pub media_type: String,
    /// The body concerned.
    pub direction: Direction,
}

/// The direction of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// To the server.
    Request,
    /// From the server.
    Response,
}

/// A documented response.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Response {
    /// The statuses that it is documented for.
    pub status: StatusKey,
    /// Its documentation in the spec.
    pub description: String,
    /// The body, or `None` for no body.
    pub content: Option<Content>,
    /// Other media types that the spec lists for the same body, as it writes them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<String>,
    /// The headers that the spec describes, in its order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<Header>,
}

/// A described header of a response.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Header {
    /// Its name, as the spec writes it.
    pub name: String,
    /// The Rust name that the spec sets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rust_name: Option<String>,
    /// Its place in the spec; that of the target, if it is a reference.
    pub pointer: Pointer,
    /// Its documentation in the spec.
    pub docs: Docs,
    /// Type of its value.
    pub ty: TypeRef,
    /// Whether its text is JSON.
    #[serde(skip_serializing_if = "super::is_false")]
    pub is_json: bool,
}

/// The statuses of a documented response, in the order in which the specification selects one: an exact code, a range,
/// everything else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StatusKey {
    /// One status code.
    Code(u16),
    /// All codes that begin with this digit, such as `4XX`.
    Range(u16),
    /// Every status that no other key represents.
    Default,
}

/// The form of a success.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Success {
    /// It has no body.
    Nothing,
    /// Its body is that of this response, whatever the status: an index in [`Operation::responses`].
    One(usize),
    /// Its status selects one of these responses: indices in [`Operation::responses`].
    ByStatus(Vec<usize>),
    /// The spec does not describe it.
    Undocumented,
}

impl StatusKey {
    /// Whether a status is among those that mean success.
    pub const fn is_success(self) -> bool {
        matches!(self, Self::Code(200..=299) | Self::Range(2))
    }

    /// Whether HTTP has no body in a response with this status (RFC 9110, sections 15.2, 15.3.5, 15.3.6 and 15.4.5).
    pub const fn is_without_body(self) -> bool {
        matches!(self, Self::Code(100..=199 | 204 | 205 | 304) | Self::Range(1))
    }
}

impl fmt::Display for StatusKey {
    /// Prints the key as in a spec.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => write!(f, "{code}"),
            Self::Range(digit) => write!(f, "{digit}XX"),
            Self::Default => f.write_str("default"),
        }
    }
}

impl Serialize for StatusKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Operation {
    /// The headers of all documented responses, each once.
    pub fn headers(&self) -> Vec<&Header> {
        let mut headers: Vec<&Header> = Vec::new();
        for header in self.responses.iter().flat_map(|response| &response.headers) {
            if !headers.iter().any(|known| known.name.eq_ignore_ascii_case(&header.name)) {
                headers.push(header);
            }
        }
        headers
    }

    /// Returns the body of every success, if all have the same one and the spec describes it.
    pub fn answer(&self) -> Option<&Content> {
        match self.success {
            Success::One(response) => self.responses.get(response)?.content.as_ref(),
            Success::Nothing | Success::ByStatus(_) | Success::Undocumented => None,
        }
    }

    /// Returns the same as a type, if it is JSON.
    pub fn json_response(&self) -> Option<&TypeRef> {
        self.answer().filter(|content| content.format == Format::Json).map(|content| &content.ty)
    }

    /// Whether a documented response is one of success.
    pub fn is_success(&self, response: usize) -> bool {
        match &self.success {
            Success::ByStatus(responses) => responses.contains(&response),
            Success::Nothing | Success::One(_) | Success::Undocumented => {
                success_places(&self.responses).contains(&response)
            }
        }
    }
}

/// Returns the indices of the responses that a success can have: those with a 2xx; or else that of `default`; or else
/// those with a 3xx, which then say where the result is.
pub fn success_places(responses: &[Response]) -> Vec<usize> {
    let places = |is_one: &dyn Fn(StatusKey) -> bool| -> Vec<usize> {
        let all = responses.iter().enumerate();
        all.filter(|(_, response)| is_one(response.status)).map(|(place, _)| place).collect()
    };
    let is_redirect = |status| matches!(status, StatusKey::Code(300..=399) | StatusKey::Range(3));
    [places(&StatusKey::is_success), places(&|status| status == StatusKey::Default), places(&is_redirect)]
        .into_iter()
        .find(|places| !places.is_empty())
        .unwrap_or_default()
}
