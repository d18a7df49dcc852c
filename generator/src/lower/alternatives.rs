//! Alternatives: an operation whose request or success can have a body of another type in another media type. Each
//! becomes a separate call, because its input or result has another type.

use super::bodies::Payload;
use super::operations::OperationDraft;
use super::responses::{ResponseDraft, success};
use crate::ir::{Alternative, Direction, Response, success_places};

/// Returns the draft of an operation with the usual bodies, and one draft per alternative.
pub(super) fn all<'a>(
    usual: OperationDraft<'a>,
    payloads: Vec<(String, Payload)>,
    responses: Vec<ResponseDraft>,
) -> Vec<OperationDraft<'a>> {
    let mut drafts = Vec::new();
    for (media_type, payload) in payloads {
        let alternative = Some(Alternative { media_type, direction: Direction::Request });
        drafts.push(OperationDraft { payload: Some(payload), alternative, ..usual.clone() });
    }
    for media_type in media_types(&usual.responses, &responses) {
        let answers: Vec<Response> = responses.iter().map(|draft| draft.in_media_type(&media_type)).collect();
        let success = success(usual.method, &answers);
        let alternative = Some(Alternative { media_type, direction: Direction::Response });
        drafts.push(OperationDraft { responses: answers, success, alternative, ..usual.clone() });
    }
    drafts.insert(0, usual);
    drafts
}

/// Returns the other media types of a success.
fn media_types(usual: &[Response], drafts: &[ResponseDraft]) -> Vec<String> {
    let mut found = Vec::new();
    for draft in success_places(usual).into_iter().filter_map(|place| drafts.get(place)) {
        for content in &draft.alternatives {
            if !found.contains(&content.media_type) {
                found.push(content.media_type.clone());
            }
        }
    }
    found
}

impl ResponseDraft {
    /// Returns the response with its body in this media type, if it has one.
    fn in_media_type(&self, media_type: &str) -> Response {
        let content = self.alternatives.iter().find(|content| content.media_type == media_type);
        let mut response = self.response.clone();
        if let Some(content) = content {
            (response.content, response.others) = (Some(content.clone()), Vec::new());
        }
        response
    }
}
