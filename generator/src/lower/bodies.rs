//! Request bodies.

use openapiv3::{ReferenceOr, RequestBody};

use super::media::{Chosen, Way};
use super::multipart::PartDraft;
use super::{At, Lowering, prose};
use crate::ir::Body;

/// What a request carries.
pub(super) enum Payload {
    /// A body of one value.
    Body(Body),
    /// A multipart body of which the parts are known.
    Parts { required: bool, parts: Vec<PartDraft> },
}

impl<'a> Lowering<'a> {
    pub(super) fn body(&mut self, body: At<'a, ReferenceOr<RequestBody>>) -> Option<Payload> {
        let components = self.components.object;
        let body = self.resolve(body, "requestBodies", &components.request_bodies)?;
        if let Some(media_type) = self.multipart(&body, &body.object.content)
            && let Some(parts) = self.parts(&media_type)
        {
            return Some(Payload::Parts { required: body.required, parts });
        }
        let Some(Chosen { content, others }) = self.content(&body, &body.object.content, Way::Request) else {
            self.unsupported(&body.key("content"), "a request body without content");
            return None;
        };
        let description = prose(body.description.as_deref(), None);
        Some(Payload::Body(Body { description, required: body.required, content, others }))
    }
}
