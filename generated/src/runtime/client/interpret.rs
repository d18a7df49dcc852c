//! What an answer means: a success, an error, or nothing that can be understood.

use crate::runtime::client::origin;
use crate::runtime::client::secrets::Secrets;
use crate::runtime::client::{Error, Operation, Response, TransportError, json_path};
use crate::runtime::model::surrogates;
use bytes::Bytes;
use http::{HeaderMap, header};
use serde::de::DeserializeOwned;
use serde_json::error::Category;
use std::borrow::Cow;
use std::error::Error as StdError;
use std::str::Utf8Error;

/// Why the body of a successful answer cannot be read.
#[derive(Debug)]
pub(crate) struct DecodeFailure {
    /// A sentence that begins with "its body".
    pub(crate) reason: String,
    /// Where in the JSON, if it is JSON.
    pub(crate) path: Option<String>,
    pub(crate) source: Option<Box<dyn StdError + Send + Sync>>,
}

/// How the body of a successful answer is read.
pub(crate) type Read<T> = fn(&'static Operation, Response<Bytes>) -> Result<Response<T>, Error>;

/// What the parser says.
enum ParseError {
    Utf8(Utf8Error),
    Json(serde_json::Error),
}

/// An answer that means success, or the error. Neither prints the secrets.
pub(crate) fn status(
    operation: &'static Operation,
    outcome: Result<http::Response<Bytes>, TransportError>,
    secrets: &Secrets,
) -> Result<Response<Bytes>, Error> {
    let (head, body) =
        outcome.map_err(|error| Error::transport(operation, error).hiding(secrets.clone()))?.into_parts();
    let secrets = secrets.clone();
    let answer = Response { status: head.status, headers: head.headers, body, attempts: 1, secrets };
    if operation.succeeds_with(answer.status) { Ok(answer) } else { Err(Error::status_of(operation, answer)) }
}

/// The answer of a call that gets no body. One of the API's that comes nevertheless is not looked at.
pub(crate) fn empty(operation: &'static Operation, answer: Response<Bytes>) -> Result<Response<()>, Error> {
    match origin::check_empty(operation, &answer) {
        Ok(()) => Ok(answer.map(drop)),
        Err(failure) => Err(Error::decode(operation, failure, answer)),
    }
}

/// The body of an answer as JSON.
///
/// This is instantiated for every type that a call returns, so it holds as little as possible.
pub(crate) fn json<T: DeserializeOwned>(
    operation: &'static Operation,
    answer: Response<Bytes>,
) -> Result<Response<T>, Error> {
    match parse(&answer.body) {
        Ok(body) => Ok(answer.map(|_| body)),
        Err(error) => Err(Error::decode(operation, explain(&answer, error), answer)),
    }
}

/// The body of an answer as text.
#[allow(dead_code, reason = "an API need not have answers in plain text")]
pub(crate) fn text(operation: &'static Operation, answer: Response<Bytes>) -> Result<Response<String>, Error> {
    match str::from_utf8(&answer.body) {
        Ok(text) => {
            let text = text.to_owned();
            Ok(answer.map(|_| text))
        }
        Err(error) => Err(Error::decode(operation, explain(&answer, ParseError::Utf8(error)), answer)),
    }
}

/// The body of an answer as it came.
pub(crate) fn bytes(_: &'static Operation, answer: Response<Bytes>) -> Result<Response<Bytes>, Error> {
    Ok(answer)
}

/// One check for UTF-8 is much cheaper than one for each string.
///
/// A half character in a text makes serde_json refuse the whole: it is read once more, with U+FFFD in the place of each.
fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, ParseError> {
    let mut text = Cow::Borrowed(str::from_utf8(body).map_err(ParseError::Utf8)?);
    loop {
        match (serde_json::from_str(&text), &text) {
            (Err(error), Cow::Borrowed(json)) if error.is_syntax() => match surrogates::mend(json) {
                Cow::Owned(mended) => text = Cow::Owned(mended),
                Cow::Borrowed(_) => return Err(ParseError::Json(error)),
            },
            (outcome, _) => return outcome.map_err(ParseError::Json),
        }
    }
}

fn explain(answer: &Response<Bytes>, error: ParseError) -> DecodeFailure {
    let body = answer.body.trim_ascii();
    let mut path = None;
    let reason = if body.is_empty() {
        "its body is empty".to_owned()
    } else if let Some(encoding) = compression(&answer.headers) {
        format!("its body is compressed ({encoding}), which was not asked for")
    } else if is_html(&answer.headers, body) {
        "its body is an HTML page, not JSON".to_owned()
    } else {
        match &error {
            ParseError::Utf8(error) => {
                path = answer.body.get(..error.valid_up_to()).and_then(json_path::at_end);
                format!("its body is not UTF-8 (from byte {}){}", error.valid_up_to(), at(path.as_deref()))
            }
            ParseError::Json(error) => {
                path = json_path::locate(&answer.body, error);
                explain_json(&answer.headers, error, path.as_deref())
            }
        }
    };
    let source: Box<dyn StdError + Send + Sync> = match error {
        ParseError::Utf8(error) => error.into(),
        ParseError::Json(error) => error.into(),
    };
    DecodeFailure { reason, path, source: Some(source) }
}

fn explain_json(headers: &HeaderMap, error: &serde_json::Error, path: Option<&str>) -> String {
    match (error.classify(), content_type(headers)) {
        (Category::Data, _) => {
            let message = error.to_string();
            let place = format!(" at line {} column {}", error.line(), error.column());
            let message = message.strip_suffix(&place).unwrap_or(&message);
            match path {
                Some(path) => format!("its body is not what was expected: {path}: {message}"),
                None => format!("its body is not what was expected: {message}"),
            }
        }
        (_, Some(other)) if !is_json(other) => format!("its body is {other}, not JSON"),
        (Category::Eof, _) => format!("its body ends too early{} ({error})", at(path)),
        _ => format!("its body is not valid JSON{} ({error})", at(path)),
    }
}

fn at(path: Option<&str>) -> String {
    path.map_or_else(String::new, |path| format!(" at {path}"))
}

/// The media type that the server names, without parameters.
pub(crate) fn content_type(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    Some(value.split(';').next().unwrap_or(value).trim())
}

/// Whether the body is a page for people.
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

fn compression(headers: &HeaderMap) -> Option<&str> {
    let encoding = headers.get(header::CONTENT_ENCODING)?.to_str().ok()?.trim();
    (!encoding.is_empty() && !encoding.eq_ignore_ascii_case("identity")).then_some(encoding)
}
