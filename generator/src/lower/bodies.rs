//! Request bodies.

use openapiv3::{ReferenceOr, RequestBody};

use super::media::Chosen;
use super::{At, Lowering, prose};
use crate::ir::Body;

impl<'a> Lowering<'a> {
    pub(super) fn body(&mut self, body: At<'a, ReferenceOr<RequestBody>>) -> Option<Body> {
        let components = self.components.object;
        let body = self.resolve(body, "requestBodies", &components.request_bodies)?;
        let Some(Chosen { content, others }) = self.content(&body, &body.object.content) else {
            self.unsupported(&body.key("content"), "a request body without content");
            return None;
        };
        let description = prose(body.description.as_deref(), None);
        Some(Body { description, required: body.required, content, others })
    }
}
