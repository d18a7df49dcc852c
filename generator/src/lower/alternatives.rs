//! Alternatives: an operation whose request or success can have a body of another type in another media type. Each
//! becomes a separate call, because its input or result has another type.

use super::bodies::Payload;
use super::operations::OperationDraft;
use super::responses::success;
use crate::ir::{Alternative, Content, Direction, Response, success_places};

/// Returns the draft of an operation with the usual bodies, and one draft per alternative. Each of its responses has a
/// list of alternative bodies.
pub(super) fn all<'a>(
    usual: OperationDraft<'a>,
    payloads: Vec<(String, Payload)>,
    bodies: &[Vec<Content>],
) -> Vec<OperationDraft<'a>> {
    let mut drafts = Vec::new();
    for (media_type, payload) in payloads {
        let alternative = Some(Alternative { media_type, direction: Direction::Request });
        drafts.push(OperationDraft { payload: Some(payload), alternative, ..usual.clone() });
    }
    for media_type in media_types(&usual.responses, bodies) {
        let pairs = usual.responses.iter().zip(bodies);
        let answers: Vec<Response> = pairs.map(|(usual, bodies)| in_media_type(usual, bodies, &media_type)).collect();
        let success = success(usual.method, &answers);
        let alternative = Some(Alternative { media_type, direction: Direction::Response });
        drafts.push(OperationDraft { responses: answers, success, alternative, ..usual.clone() });
    }
    drafts.insert(0, usual);
    drafts
}

/// Returns the other media types of a success.
fn media_types(usual: &[Response], bodies: &[Vec<Content>]) -> Vec<String> {
    let mut found = Vec::new();
    for content in success_places(usual).into_iter().filter_map(|place| bodies.get(place)).flatten() {
        if !found.contains(&content.media_type) {
            found.push(content.media_type.clone());
        }
    }
    found
}

/// Returns a response with its body in this media type, if it has one.
fn in_media_type(usual: &Response, bodies: &[Content], media_type: &str) -> Response {
    let mut response = usual.clone();
    if let Some(content) = bodies.iter().find(|content| content.media_type == media_type) {
        (response.content, response.others) = (Some(content.clone()), Vec::new());
    }
    response
}
