//! Request bodies.

use openapiv3::{ReferenceOr, RequestBody};

use super::media::{Chosen, FORM_DATA, InParts};
use super::multipart::PartDraft;
use super::{At, Lowering, prose};
use crate::diagnostics::{Code, Diagnostic, Place};
use crate::ir::{Body, Content, Direction, TypeRef, essence};

/// The body of a request.
#[derive(Clone)]
pub(super) enum Payload {
    /// A body of one value.
    Body(Body),
    /// A multipart body whose parts are known.
    Parts {
        required: bool,
        parts: Vec<PartDraft>,
        /// The media type, if it is not `multipart/form-data`.
        media_type: Option<String>,
    },
}

/// The body of a request, and its alternatives.
pub(super) struct Payloads {
    pub(super) usual: Payload,
    /// By media type.
    pub(super) alternatives: Vec<(String, Payload)>,
}

impl Payload {
    /// The types in it.
    pub(super) fn types(&self) -> impl Iterator<Item = &TypeRef> {
        let (body, parts) = match self {
            Self::Body(body) => (Some(&body.content.ty), &[][..]),
            Self::Parts { parts, .. } => (None, parts.as_slice()),
        };
        body.into_iter().chain(parts.iter().map(PartDraft::ty))
    }
}

impl<'a> Lowering<'a> {
    pub(super) fn body(&mut self, body: At<'a, ReferenceOr<RequestBody>>) -> Option<Payloads> {
        let components = self.components.object;
        let body = self.resolve(body, "requestBodies", &components.request_bodies)?;
        let required = body.required;
        let multipart = self.multipart(&body, &body.object.content);
        let parts = multipart.and_then(|InParts { name, media_type, is_best }| {
            let parts = self.parts(&media_type)?;
            let media_type = Some(essence(name)).filter(|media_type| media_type != FORM_DATA);
            Some((name, Payload::Parts { required, parts, media_type }, is_best))
        });
        let in_parts = parts.as_ref().map(|(name, ..)| *name);
        let Some(Chosen { content, others, alternatives }) =
            self.content(&body, &body.object.content, Direction::Request)
        else {
            let place = Place::Value(body.key("content"));
            let message = "no media type is listed, so nothing can be sent: this body is ignored";
            let help = "list the accepted media types: `application/json: { schema: … }`";
            self.warnings.push(Diagnostic::new(Code::IgnoredKey, place, message).help(help));
            return None;
        };
        let description = prose(body.description.as_deref(), None);
        let whole = |content: Content| {
            let description = description.clone();
            (content.media_type.clone(), Payload::Body(Body { description, required, content, others: Vec::new() }))
        };
        let is_in_parts = |content: &Content| in_parts == Some(content.media_type.as_str());
        let mut alternatives: Vec<(String, Payload)> =
            alternatives.into_iter().filter(|content| !is_in_parts(content)).map(whole).collect();
        let is_whole_in_parts = is_in_parts(&content);
        let usual = Payload::Body(Body { description: description.clone(), required, content, others });
        Some(match parts {
            None => Payloads { usual, alternatives },
            Some((_, parts, _)) if is_whole_in_parts => Payloads { usual: parts, alternatives },
            Some((_, parts, true)) => {
                if let Payload::Body(body) = usual {
                    let media_type = body.content.media_type.clone();
                    alternatives.insert(0, (media_type, Payload::Body(body)));
                }
                Payloads { usual: parts, alternatives }
            }
            Some((name, parts, false)) => {
                alternatives.push((essence(name), parts));
                Payloads { usual, alternatives }
            }
        })
    }
}
