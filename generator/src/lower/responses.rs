//! Documented responses, and those of a success.

use openapiv3::{
    Header as HeaderObject, Operation as OperationObject, ParameterSchemaOrContent, ReferenceOr,
    Response as ResponseObject, StatusCode,
};

use serde_json::Value;

use super::media::Chosen;
use super::narrowing::{Class, class};
use super::parameters::{MAX_HEADER, is_header_name};
use super::{At, Lowering, SchemaAt, prose};
use crate::diagnostics::{Code, Diagnostic, Place};
use crate::hidden::shown;
use crate::ir::{
    Content, Direction, Docs, Header, Method, Response, Scalar, StatusKey, Success, TypeRef, is_json, success_places,
};

/// The number of characters of a name in a warning.
const MAX_NAME: usize = 60;

/// Documented responses, and the alternative bodies of each.
pub(super) struct Responses {
    pub(super) responses: Vec<Response>,
    pub(super) alternatives: Vec<Vec<Content>>,
}

impl<'a> Lowering<'a> {
    /// Returns every documented response, in ascending order.
    pub(super) fn responses(&mut self, operation: &At<'a, OperationObject>) -> Responses {
        let responses = operation.part("responses", &operation.object.responses);
        let by_status = responses.object.responses.iter().filter_map(|(status, response)| {
            let at = responses.part(&status.to_string(), response);
            Some((key(status)?, at))
        });
        let fallback = responses.optional("default", &responses.object.default);
        let all = by_status.chain(fallback.map(|response| (StatusKey::Default, response)));
        let mut lowered: Vec<_> = all.map(|(status, response)| self.response(status, response)).collect();
        lowered.sort_by_key(|(response, _)| response.status);
        let (responses, alternatives) = lowered.into_iter().unzip();
        Responses { responses, alternatives }
    }

    /// Lowers a response of an operation with its alternative bodies; one that cannot be found still counts as
    /// documented.
    pub(super) fn response(
        &mut self,
        status: StatusKey,
        response: At<'a, ReferenceOr<ResponseObject>>,
    ) -> (Response, Vec<Content>) {
        let components = self.components.object;
        let mut lowered =
            Response { status, description: String::new(), content: None, others: Vec::new(), headers: Vec::new() };
        let Some(response) = self.resolve(response, "responses", &components.responses) else {
            return (lowered, Vec::new());
        };
        let mut different = Vec::new();
        response.description.trim().clone_into(&mut lowered.description);
        lowered.headers = self.headers(&response);
        if let Some(Chosen { content, others, alternatives }) =
            self.content(&response, &response.object.content, Direction::Response)
            && !status.is_without_body()
        {
            lowered.content = Some(content);
            lowered.others = others;
            different = alternatives;
        }
        (lowered, different)
    }

    fn headers(&mut self, response: &At<'a, ResponseObject>) -> Vec<Header> {
        let components = self.components.object;
        let mut headers = Vec::new();
        for (name, header) in response.entries("headers", &response.object.headers) {
            let Some(header) = self.resolve(header, "headers", &components.headers) else { continue };
            if !is_header_name(name) {
                let message = format!(
                    "`{}` is not the name of a header, so no response has it: it is ignored",
                    shown(name, MAX_NAME)
                );
                let place = Place::Key(response.key("headers").key(name));
                let help = format!("use at most {MAX_HEADER} letters, digits and `-`");
                self.warnings.push(Diagnostic::new(Code::IgnoredKey, place, message).help(help));
                continue;
            }
            // The specification gives this header no meaning: the media type describes the body.
            if !name.eq_ignore_ascii_case("content-type") {
                headers.push(self.header(name, header));
            }
        }
        headers
    }

    pub(super) fn header(&mut self, name: &str, header: At<'a, HeaderObject>) -> Header {
        let described = match &header.object.format {
            ParameterSchemaOrContent::Schema(schema) => Some((header.part("schema", schema), false)),
            ParameterSchemaOrContent::Content(content) => {
                let json = header.entries("content", content).next().filter(|(name, _)| is_json(name));
                json.and_then(|(_, media)| Some((media.optional("schema", &media.object.schema)?, true)))
            }
        };
        let (ty, mut docs, has_json) = match described {
            Some((schema, false)) if self.has_parts(&schema.clone().into()) => {
                let message = format!(
                    "the crate does not read the parts of the header `{}`: callers get its text",
                    shown(name, MAX_NAME)
                );
                let place = Place::Value(schema.pointer);
                let help = "describe it as a text, or by `content` with `application/json`, if the server sends that";
                self.warnings.push(Diagnostic::new(Code::TextParameter, place, message).help(help));
                (TypeRef::Scalar(Scalar::String), Docs::default(), false)
            }
            Some((schema, has_json)) => {
                let usage = self.usage(schema);
                (usage.ty, usage.docs, has_json)
            }
            None => (TypeRef::Scalar(Scalar::String), Docs::default(), false),
        };
        let description = prose(header.description.as_deref(), None);
        if !description.is_empty() {
            docs.description = description;
        }
        let example = header.example.clone().or_else(|| self.first_example(&header, &header.object.examples));
        docs.example = example.or(docs.example);
        docs.deprecated |= header.deprecated == Some(true);
        Header {
            name: name.to_owned(),
            rust_name: header.extensions.get("x-rust-name").and_then(Value::as_str).map(str::to_owned),
            docs,
            ty: ty.without_null().clone(),
            is_json: has_json,
            pointer: header.pointer,
        }
    }

    /// Whether the values of a header are objects, or lists of values that are not scalars.
    fn has_parts(&self, schema: &SchemaAt<'a>) -> bool {
        let is_class = |schema: &SchemaAt<'a>, classes: &[Class]| {
            self.essence(schema.clone()).is_some_and(|schema| classes.contains(&class(&schema)))
        };
        let items = self.items_of(schema);
        is_class(schema, &[Class::Object]) || items.is_some_and(|items| is_class(&items, &[Class::Object, Class::List]))
    }
}

/// Returns the form of an operation's success.
pub(super) fn success(method: Method, responses: &[Response]) -> Success {
    let places = success_places(responses);
    let Some(first) = places.first() else { return Success::Undocumented };
    // A `default` without a described body does not describe a success.
    if responses[*first].status == StatusKey::Default && responses[*first].content.is_none() && method != Method::Head {
        return Success::Undocumented;
    }
    let body = |place: usize| responses[place].content.as_ref().map(|content| (content.format, &content.ty));
    if method == Method::Head || places.iter().all(|place| body(*place).is_none()) {
        Success::Nothing
    } else if places.iter().all(|place| body(*place) == body(*first)) {
        Success::One(*first)
    } else {
        Success::ByStatus(places)
    }
}

fn key(status: &StatusCode) -> Option<StatusKey> {
    match status {
        StatusCode::Code(code) => Some(StatusKey::Code(*code)),
        StatusCode::Range(digit) => Some(StatusKey::Range(*digit)),
    }
}
