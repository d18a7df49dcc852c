//! Responses to the requests of other clients: which operation a request is for, by its method and path.

use super::script::Unanswered;
use super::{Fake, Script, Sent};
use crate::resources::OPERATIONS;
use crate::runtime::client::{Limits, Operation, TransportError};
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, StatusCode};
use percent_encoding::percent_decode_str;
use std::cmp::Reverse;

impl Script {
    /// Responds to a request from any client, as a server of the API would. Use it in a server on loopback to test programs
    /// in other languages.
    ///
    /// The operation follows from the method and the path; the path may begin with that of a base URL. A request that is for
    /// no operation, or for one without an answer, gets a 501 with the reason as text. Delays are not waited for, but count
    /// as [`passed`](Script::passed).
    ///
    /// # Errors
    /// The answer is a fault: a server would close the connection.
    pub fn respond(&self, mut request: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> {
        let Some(operation) = operation_of(OPERATIONS, &request) else {
            return Ok(unknown(format!("the API has no operation {} {}", request.method(), request.uri().path())));
        };
        request.extensions_mut().insert(operation);
        match self.answer(Sent::new(request), Limits::default()) {
            Ok(response) => Ok(response),
            Err(Unanswered::Missing(reason)) => Ok(unknown(reason)),
            Err(Unanswered::Fault(fault)) => Err(fault),
        }
    }
}

impl Fake {
    /// Responds to a request from any client, as a server of the API would: see [`Script::respond`].
    ///
    /// # Errors
    /// The answer is a fault: a server would close the connection.
    pub fn respond(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> {
        self.script().respond(request)
    }
}

fn unknown(reason: String) -> http::Response<Bytes> {
    let mut response = http::Response::new(Bytes::from(reason));
    *response.status_mut() = StatusCode::NOT_IMPLEMENTED;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    response
}

/// Returns the operation that matches a request best: the one with the longest path, and of these the one with the most
/// literal parts.
pub(crate) fn operation_of<'o>(operations: &[&'o Operation], request: &http::Request<Bytes>) -> Option<&'o Operation> {
    let query = request.uri().query().unwrap_or_default();
    let path: Vec<&str> = request.uri().path().split('/').collect();
    let candidates = operations.iter().filter(|operation| operation.method == request.method());
    let fitting = candidates.filter_map(|operation| Some((fit(operation.path, &path, query)?, *operation)));
    // Of two equal matches, the first wins.
    fitting.max_by_key(|(fit, operation)| (*fit, Reverse(operation.id))).map(|(_, operation)| operation)
}

/// Ranks the match of a template with the end of a path: the number of its segments, of those without a placeholder, and of the parts
/// of the query that it fixes.
fn fit(template: &str, path: &[&str], query: &str) -> Option<(usize, usize, usize)> {
    let (template, fixed) = template.split_once('?').unwrap_or((template, ""));
    let fixed: Vec<&str> = fixed.split('&').filter(|pair| !pair.is_empty()).collect();
    let segments: Vec<&str> = template.trim_start_matches('/').split('/').collect();
    let end = path.len().checked_sub(segments.len()).and_then(|start| path.get(start..))?;
    let fits = segments.iter().zip(end).all(|(segment, given)| segment_fits(segment, given))
        && fixed.iter().all(|pair| query.split('&').any(|given| given == *pair));
    let literal = segments.iter().filter(|segment| !segment.contains('{')).count();
    fits.then_some((segments.len(), literal, fixed.len()))
}

fn segment_fits(segment: &str, given: &str) -> bool {
    let given = percent_decode_str(given).decode_utf8_lossy();
    match (segment.split_once('{'), segment.rsplit_once('}')) {
        (Some((start, _)), Some((_, end))) => {
            given.len() > start.len() + end.len() && given.starts_with(start) && given.ends_with(end)
        }
        _ => given == percent_decode_str(segment).decode_utf8_lossy(),
    }
}
