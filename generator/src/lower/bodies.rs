//! What goes over the wire beside parameters: request bodies and documented responses.

use indexmap::IndexMap;
use openapiv3::{Example, MediaType, Operation as OperationObject, ReferenceOr, RequestBody, StatusCode};
use serde_json::Value;

use super::{At, Lowering, prose};
use crate::diagnostics::{Code, Place};
use crate::ir::{Body, Response, TypeRef};
use crate::pointer::Pointer;

/// Whether a media type is JSON: `application/json`, `text/json` or one with the suffix `+json`, parameters aside.
pub(super) fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence.ends_with("/json") || essence.ends_with("+json")
}

impl<'a> Lowering<'a> {
    pub(super) fn body(&mut self, body: At<'a, ReferenceOr<RequestBody>>) -> Option<Body> {
        let components = self.components.object;
        let body = self.resolve(body, "requestBodies", &components.request_bodies)?;
        let Some(media_type) = self.json(&body, &body.object.content) else {
            if body.content.is_empty() {
                self.unsupported(&body.key("content"), "a request body without content");
            }
            return None;
        };
        Some(Body {
            description: prose(body.description.as_deref(), None),
            required: body.required,
            ty: self.media_type(&media_type),
            example: self.media_example(&media_type),
        })
    }

    /// Every documented status, ascending.
    pub(super) fn responses(&mut self, operation: &At<'a, OperationObject>) -> Vec<Response> {
        let components = self.components.object;
        let responses = operation.part("responses", &operation.object.responses);
        let mut lowered = Vec::new();
        if responses.default.is_some() {
            self.unsupported(&responses.key("default"), "a `default` response").help =
                Some("list the statuses that the server answers with".to_owned());
        }
        for (status, response) in &responses.object.responses {
            let response = responses.part(&status.to_string(), response);
            let StatusCode::Code(status) = *status else {
                self.unsupported(&response.pointer, "a range of statuses").help =
                    Some("list the statuses that the server answers with".to_owned());
                continue;
            };
            let Some(response) = self.resolve(response, "responses", &components.responses) else {
                // Reported; it is documented all the same.
                lowered.push(Response { status, description: String::new(), body: None, example: None });
                continue;
            };
            let description = response.description.trim().to_owned();
            let (body, example) = self.response_body(response);
            lowered.push(Response { status, description, body, example });
        }
        lowered.sort_by_key(|response| response.status);
        lowered
    }

    /// The body of a response, and an example of it.
    pub(super) fn response_body(&mut self, response: At<'a, openapiv3::Response>) -> (Option<TypeRef>, Option<Value>) {
        if !response.headers.is_empty() {
            self.unsupported(&response.key("headers"), "a response with described headers").help =
                Some("every header of an answer can be read without: say in the description what is there".to_owned());
        }
        if !response.links.is_empty() {
            self.unsupported(&response.key("links"), "`links`");
        }
        match self.json(&response, &response.object.content) {
            Some(media_type) => (Some(self.media_type(&media_type)), self.media_example(&media_type)),
            None => (None, None),
        }
    }

    /// The type of every success.
    pub(super) fn success(&mut self, responses: &[Response], pointer: &Pointer) -> Option<TypeRef> {
        let mut successes = responses.iter().filter(|response| (200..300).contains(&response.status));
        let Some(first) = successes.next() else {
            self.problem(Code::NoSuccess, pointer, "no success is documented").help =
                Some("say what comes back when all goes well: a response such as `\"200\"`".to_owned());
            return None;
        };
        for other in successes {
            if other.body != first.body {
                let first = Place::Key(pointer.key(first.status.to_string()));
                self.unsupported(&pointer.key(other.status.to_string()), "a second success with another body")
                    .related
                    .push((first, "the first one".to_owned()));
            }
        }
        first.body.clone()
    }

    /// The `application/json` entry of the content of `owner`; nothing but that is supported.
    fn json<T>(&mut self, owner: &At<'a, T>, content: &'a IndexMap<String, MediaType>) -> Option<At<'a, MediaType>> {
        let mut json = None;
        for (name, media_type) in owner.entries("content", content) {
            if name == "application/json" {
                json = Some(media_type);
            } else {
                self.unsupported(&media_type.pointer, &format!("the media type `{name}`"));
            }
        }
        json
    }

    fn media_type(&mut self, media_type: &At<'a, MediaType>) -> TypeRef {
        if !media_type.encoding.is_empty() {
            self.unsupported(&media_type.key("encoding"), "`encoding`");
        }
        let Some(schema) = media_type.optional("schema", &media_type.object.schema) else {
            self.unsupported(&media_type.pointer, "a media type without a schema");
            return TypeRef::Any;
        };
        let at = schema.pointer.clone();
        let ty = self.usage(schema).ty;
        if ty.is_nullable() && *ty.without_null() != TypeRef::Any {
            self.unsupported(&at, "a body that may be `null`");
        }
        ty.without_null().clone()
    }

    fn media_example(&mut self, media_type: &At<'a, MediaType>) -> Option<Value> {
        media_type.example.clone().or_else(|| self.first_example(media_type, &media_type.object.examples))
    }

    /// The value of the first of several examples of `owner`.
    pub(super) fn first_example<T>(
        &mut self,
        owner: &At<'a, T>,
        examples: &'a IndexMap<String, ReferenceOr<Example>>,
    ) -> Option<Value> {
        let components = self.components.object;
        let (_, example) = owner.entries("examples", examples).next()?;
        let example = self.resolve(example, "examples", &components.examples)?;
        if example.external_value.is_some() {
            self.unsupported(&example.key("externalValue"), "an example in another document");
        }
        example.value.clone()
    }
}
