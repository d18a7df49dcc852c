//! Whether a successful response comes from the API, or from an intermediary.
//!
//! A gateway, a captive portal or a wrong host responds with a 200 too. Only a response that the API alone would send
//! shows that it carried out the call.

use crate::runtime::client::interpret::{DecodeFailure, content_type, is_html, is_items, is_json};
use crate::runtime::client::text::without_mark;
use crate::runtime::client::{Operation, Response};
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde_core::de::IgnoredAny;

/// Whether the API sent this body: it is JSON, or it is labelled as JSON and begins like an object or a list.
pub(crate) fn is_from_api(headers: &HeaderMap, body: &[u8]) -> bool {
    let body = without_mark(body).trim_ascii();
    let labelled = is_labelled(headers);
    let opens = matches!(body.first(), Some(b'{' | b'['));
    (labelled && opens) || ((labelled || opens) && is_json_text(body))
}

fn is_json_text(body: &[u8]) -> bool {
    // As text, like every other body: for bytes, the whole parser would be compiled again.
    str::from_utf8(body).is_ok_and(|text| serde_json::from_str::<IgnoredAny>(text).is_ok())
}

/// Whether a response whose body did not arrive whole is labelled like the API's.
pub(crate) fn is_labelled(headers: &HeaderMap) -> bool {
    content_type(headers).is_some_and(|media_type| is_json(media_type) || is_items(media_type))
}

/// Checks that the API has carried out a call whose response needs no body: the response has a documented status, or 204,
/// and no HTML page; or its body comes from the API.
///
/// Many descriptions document 200 where the server responds with 204. No page of an intermediary has that status.
///
/// # Errors
/// Says why that is unknown.
#[inline]
pub(crate) fn check_empty(operation: &Operation, answer: &Response<Bytes>) -> Result<(), DecodeFailure> {
    let refuse = |reason: String| Err(DecodeFailure { reason, path: None, source: None });
    let body = without_mark(&answer.body).trim_ascii();
    if is_from_api(&answer.headers, body) {
        return Ok(());
    }
    if is_html(&answer.headers, body) {
        return refuse("its body is an HTML page, where none is expected".to_owned());
    }
    // An operation that only reads changes nothing, wherever the response comes from.
    let is_expected = answer.status == StatusCode::NO_CONTENT || is_documented(operation, answer.status);
    if is_expected || operation.method.is_safe() {
        return Ok(());
    }
    match content_type(&answer.headers) {
        _ if body.is_empty() => {
            refuse("the operation documents another status for a response without a body".to_owned())
        }
        Some(other) if !is_json(other) => refuse(format!("its body is {other}, where none is expected")),
        _ => refuse("its body is not JSON, where none is expected".to_owned()),
    }
}

/// Whether the description documents this status as success. An operation of the caller may document nothing.
#[inline]
fn is_documented(operation: &Operation, status: StatusCode) -> bool {
    let is_success = |key: u16| key == Operation::range(2) || (200..300).contains(&key);
    let mut successes = operation.responses.iter().map(|response| response.0).filter(|key| is_success(*key)).peekable();
    let status = status.as_u16();
    successes.peek().is_none() || successes.any(|key| key == status || key == Operation::range(status / 100))
}

/// Whether the status is a redirect.
#[inline]
pub(crate) fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 300..=303 | 307 | 308)
}
