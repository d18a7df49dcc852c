//! The meaning of a response: a success, an error, or a body that cannot be read.

use crate::runtime::client::origin;
use crate::runtime::client::secrets::Secrets;
use crate::runtime::client::text::{contains, without_mark};
use crate::runtime::client::{Effect, Error, Operation, Response, TransportError, json_path};
use crate::runtime::model::surrogates;
use crate::runtime::model::union::direct;
use bytes::Bytes;
use http::{HeaderMap, header};
use serde_core::de::DeserializeOwned;
use serde_json::error::Category;
use std::borrow::Cow;
use std::error::Error as StdError;
use std::str::Utf8Error;

/// Why the body of a successful response cannot be read.
#[derive(Debug)]
pub(crate) struct DecodeFailure {
    /// A sentence that begins with "its body", or with an item of it.
    pub(crate) reason: String,
    /// The place in the JSON, if the body is JSON.
    pub(crate) path: Option<String>,
    pub(crate) source: Option<Box<dyn StdError + Send + Sync>>,
}

/// A function that reads the body of a successful response.
pub(crate) type Read<T> = fn(&'static Operation, Response<Bytes>) -> Result<Response<T>, Error>;

/// The error of the parser.
pub(crate) enum ParseError {
    Utf8(Utf8Error),
    Json(serde_json::Error),
}

impl ParseError {
    pub(crate) fn into_json(self) -> serde_json::Error {
        match self {
            ParseError::Utf8(error) => serde_core::de::Error::custom(error),
            ParseError::Json(error) => error,
        }
    }
}

/// Returns a successful response, or the error. Neither prints the secrets.
pub(crate) fn status(
    operation: &'static Operation,
    outcome: Result<http::Response<Bytes>, TransportError>,
    secrets: &Secrets,
) -> Result<Response<Bytes>, Error> {
    let (head, body) =
        outcome.map_err(|error| Error::transport(operation, error).hiding(secrets.clone()))?.into_parts();
    let secrets = secrets.clone();
    let answer =
        Response { status: head.status, headers: head.headers, body, attempts: 1, earlier: Effect::No, secrets };
    if operation.succeeds_with(answer.status) { Ok(answer) } else { Err(Error::status_of(operation, answer)) }
}

/// Reads a response without a body. If the API sends a body nevertheless, it is ignored.
#[inline]
pub(crate) fn empty(operation: &'static Operation, answer: Response<Bytes>) -> Result<Response<()>, Error> {
    match origin::check_empty(operation, &answer) {
        Ok(()) => Ok(answer.map(drop)),
        Err(failure) => Err(Error::decode(operation, failure, answer)),
    }
}

/// Reads the body of a response as JSON.
///
/// This is instantiated for every type that a call returns, so it contains as little as possible.
pub(crate) fn json<T: DeserializeOwned>(
    operation: &'static Operation,
    answer: Response<Bytes>,
) -> Result<Response<T>, Error> {
    match parse(&answer.body) {
        Ok(body) => Ok(answer.map(|_| body)),
        Err(error) => Err(Error::decode(operation, explain("its body", &answer, error), answer)),
    }
}

/// Reads the body of a response as text.
#[allow(dead_code, reason = "an API need not have responses in plain text")]
#[inline]
pub(crate) fn text(operation: &'static Operation, answer: Response<Bytes>) -> Result<Response<String>, Error> {
    let text = match str::from_utf8(&answer.body) {
        Ok(text) => text.to_owned(),
        Err(_) if is_latin(&answer.headers) => answer.body.iter().copied().map(char::from).collect(),
        Err(error) => {
            return Err(Error::decode(operation, explain("its body", &answer, ParseError::Utf8(error)), answer));
        }
    };
    Ok(answer.map(|_| text))
}

/// Whether the response is labelled as ISO-8859-1, where each byte is a character: the usual charset of older servers in
/// Java.
#[allow(dead_code, reason = "an API need not have responses in plain text")]
#[inline]
fn is_latin(headers: &HeaderMap) -> bool {
    let Some(Ok(media_type)) = headers.get(header::CONTENT_TYPE).map(|value| value.to_str()) else { return false };
    media_type.to_ascii_lowercase().split(';').any(|parameter| {
        let charset = parameter.trim().strip_prefix("charset=");
        charset.is_some_and(|charset| matches!(charset.trim_matches('"'), "iso-8859-1" | "latin1"))
    })
}

/// Returns the body of a response unchanged.
#[inline]
pub(crate) fn bytes(_: &'static Operation, answer: Response<Bytes>) -> Result<Response<Bytes>, Error> {
    Ok(answer)
}

/// Checks for UTF-8 once, which is much cheaper than a check per string. Some servers begin the text with a byte order
/// mark, which a parser may ignore (RFC 8259, 8.1).
///
/// An unpaired surrogate in a text makes serde_json reject the whole: it is read again, with U+FFFD in place of
/// each.
pub(crate) fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, ParseError> {
    let mut text = Cow::Borrowed(str::from_utf8(without_mark(body)).map_err(ParseError::Utf8)?);
    loop {
        match (direct::first(|| serde_json::from_str(&text)), &text) {
            (Err(error), Cow::Borrowed(json)) if error.is_syntax() => match surrogates::mend(json) {
                Cow::Owned(mended) => text = Cow::Owned(mended),
                Cow::Borrowed(_) => return Err(ParseError::Json(error)),
            },
            (outcome, _) => return outcome.map_err(ParseError::Json),
        }
    }
}

#[inline]
fn explain(what: &str, answer: &Response<Bytes>, error: ParseError) -> DecodeFailure {
    let text = without_mark(&answer.body);
    let body = text.trim_ascii();
    let mut path = None;
    let reason = if body.is_empty() {
        format!("{what} is empty")
    } else if let Some(encoding) = compression(&answer.headers) {
        format!("{what} is compressed ({encoding}), which the client did not accept")
    } else if is_html(&answer.headers, body) {
        format!("{what} is an HTML page, not JSON")
    } else {
        match &error {
            ParseError::Utf8(error) => {
                path = text.get(..error.valid_up_to()).and_then(json_path::at_end);
                let byte = answer.body.len() - text.len() + error.valid_up_to();
                format!("{what} is not UTF-8 (from byte {byte}){}", at(path.as_deref()))
            }
            ParseError::Json(error) => {
                path = json_path::locate(text, error);
                explain_json(what, &answer.headers, text, error, path.as_deref())
            }
        }
    };
    let source: Box<dyn StdError + Send + Sync> = match error {
        ParseError::Utf8(error) => error.into(),
        ParseError::Json(error) => error.into(),
    };
    DecodeFailure { reason, path, source: Some(source) }
}

/// Explains why an item of a stream cannot be read; without an error, because it is cut off.
#[inline]
pub(crate) fn explain_item(number: u64, item: &Response<Bytes>, error: Option<ParseError>) -> DecodeFailure {
    let what = format!("item {number} of its body");
    match error {
        Some(error) => explain(&what, item, error),
        None => DecodeFailure { reason: format!("{what} is cut off"), path: None, source: None },
    }
}

#[inline]
fn explain_json(what: &str, headers: &HeaderMap, text: &[u8], error: &serde_json::Error, path: Option<&str>) -> String {
    match (error.classify(), content_type(headers)) {
        (Category::Data, _) => {
            let message = error.to_string();
            let place = format!(" at line {} column {}", error.line(), error.column());
            let message = as_written(message.strip_suffix(&place).unwrap_or(&message), text, error);
            match path {
                Some(path) => format!("{what} is not what was expected: {path}: {message}"),
                None => format!("{what} is not what was expected: {message}"),
            }
        }
        (_, Some(other)) if !is_json(other) && !is_items(other) => format!("{what} is {other}, not JSON"),
        (Category::Eof, _) => format!("{what} ends too early{} ({error})", at(path)),
        _ => format!("{what} is not valid JSON{} ({error})", at(path)),
    }
}

/// Replaces the number in the message, which the parser has rounded, by its text in the body.
#[inline]
fn as_written<'a>(message: &'a str, body: &[u8], error: &serde_json::Error) -> Cow<'a, str> {
    let parts = message.split_once("floating point `").and_then(|(before, rest)| Some((before, rest.split_once('`')?)));
    match (parts, json_path::number(body, error)) {
        (Some((before, (_, after))), Some(number)) => format!("{before}number `{number}`{after}").into(),
        _ => message.into(),
    }
}

/// Explains why a response is not a stream of events.
pub(crate) fn explain_other(headers: &HeaderMap) -> DecodeFailure {
    let other = content_type(headers).unwrap_or("something else");
    DecodeFailure { reason: format!("its body is {other}, not a stream of events"), path: None, source: None }
}

#[inline]
fn at(path: Option<&str>) -> String {
    path.map_or_else(String::new, |path| format!(" at {path}"))
}

/// The media type of the response, without parameters.
pub(crate) fn content_type(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    Some(value.split(';').next().unwrap_or(value).trim())
}

/// Whether the body is an HTML page.
#[inline]
pub(crate) fn is_html(headers: &HeaderMap, body: &[u8]) -> bool {
    let starts = |tag: &[u8]| body.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag));
    starts(b"<!doctype html")
        || starts(b"<html")
        || content_type(headers).is_some_and(|name| name.eq_ignore_ascii_case("text/html")) && starts(b"<")
}

pub(crate) fn is_json(media_type: &str) -> bool {
    let media_type = media_type.to_ascii_lowercase();
    media_type.ends_with("/json") || media_type.ends_with("+json")
}

/// Whether a body of this media type consists of items, which are usually JSON.
pub(crate) fn is_items(media_type: &str) -> bool {
    let media_type = media_type.to_ascii_lowercase();
    let is = |form| contains(&media_type, form);
    media_type == EVENTS || is("ndjson") || is("jsonl") || is("json-seq")
}

/// Whether each JSON text of a body of this media type follows a record separator.
#[inline]
pub(crate) fn is_records(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or(media_type).trim();
    essence.to_ascii_lowercase().ends_with("json-seq")
}

/// The media type of a stream of events.
pub(crate) const EVENTS: &str = "text/event-stream";

/// The encoding of a compressed body. The client reads none.
#[inline]
pub(crate) fn compression(headers: &HeaderMap) -> Option<&str> {
    let encoding = headers.get(header::CONTENT_ENCODING)?.to_str().ok()?.trim();
    (!encoding.is_empty() && !encoding.eq_ignore_ascii_case("identity")).then_some(encoding)
}
