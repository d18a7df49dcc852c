//! Operations: lowers the path items of the spec to requests with parameters, a body and documented statuses.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::{Operation as OperationObject, PathItem, ReferenceOr};
use serde_json::Value;

use super::bodies::{Payload, Payloads};
use super::parameters::ParameterDraft;
use super::responses::{self, Responses};
use super::service::Access;
use super::types::Finished;
use super::{At, Lowering, alternatives, calls, counts, multipart, prose};
use crate::diagnostics::Place;
use crate::ir::{
    Alternative, Body, Choice, Content, Format, Header, Method, Operation, Pagination, Parameter, Permission, Response,
    Server, Success, Tag, TypeRef, Types,
};
use crate::spec::Template;

/// An operation before its types are known.
#[derive(Clone)]
pub(super) struct OperationDraft<'a> {
    pub(super) object: At<'a, OperationObject>,
    pub(super) item: At<'a, PathItem>,
    pub(super) id: String,
    pub(super) alternative: Option<Alternative>,
    pub(super) path: &'a str,
    pub(super) method: Method,
    pub(super) parameters: Vec<ParameterDraft<'a>>,
    pub(super) payload: Option<Payload>,
    pub(super) responses: Vec<Response>,
    pub(super) success: Success,
    pub(super) access: Access,
}

impl OperationDraft<'_> {
    /// The types in its request.
    pub(super) fn sent(&self) -> impl Iterator<Item = &TypeRef> {
        let parameters = self.parameters.iter().map(|parameter| &parameter.usage.ty);
        parameters.chain(self.payload.iter().flat_map(Payload::types))
    }

    /// The types in its responses.
    pub(super) fn received(&self) -> impl Iterator<Item = &TypeRef> {
        self.responses.iter().filter_map(|response| response.content.as_ref()).map(|content| &content.ty)
    }
}

/// An operation on the wire.
pub(super) struct Request<'a> {
    pub(super) object: At<'a, OperationObject>,
    item: At<'a, PathItem>,
    pub(super) id: String,
    alternative: Option<Alternative>,
    pub(super) path: &'a str,
    pub(super) method: Method,
    pub(super) parameters: Vec<Parameter>,
    pub(super) body: Option<Body>,
    sends_multipart: bool,
    parts_in: Option<String>,
    responses: Vec<Response>,
    pub(super) success: Success,
    pub(super) choice: Option<Choice>,
    pagination: Option<Pagination>,
    access: Access,
}

impl Request<'_> {
    /// Returns the body of every success, if all have the same one and it is JSON.
    pub(super) fn json_response(&self) -> Option<&TypeRef> {
        let Success::One(response) = self.success else { return None };
        let content = self.responses.get(response)?.content.as_ref()?;
        (content.format == Format::Json).then_some(&content.ty)
    }
}

impl<'a> Lowering<'a> {
    /// Returns every operation, in the order of the spec.
    pub(super) fn operations(&mut self) -> Vec<OperationDraft<'a>> {
        let mut operations: Vec<OperationDraft<'a>> = Vec::new();
        let document = self.document.clone();
        for (path, item) in document.entries("paths", &document.object.paths.paths) {
            let ReferenceOr::Item(object) = item.object else {
                self.unsupported(&item.pointer, "a path item behind a `$ref` without a target").help =
                    Some("copy the path item here".to_owned());
                continue;
            };
            let item = At::new(object, item.pointer);
            let servers = self.servers(&item.part("servers", &item.object.servers[..]));
            for (method, operation) in methods(item.object) {
                let operation = item.part(&method.as_str().to_ascii_lowercase(), operation);
                operations.extend(self.operation(path, &item, method, operation, &servers));
            }
        }
        operations
    }

    fn operation(
        &mut self,
        path: &'a str,
        item: &At<'a, PathItem>,
        method: Method,
        object: At<'a, OperationObject>,
        servers: &[Server],
    ) -> Vec<OperationDraft<'a>> {
        let parameters = self.parameters(path, &object, item);
        let payloads = object.optional("requestBody", &object.object.request_body).and_then(|body| self.body(body));
        if payloads.is_some() && method == Method::Trace {
            self.unsupported(&object.key("requestBody"), &format!("a body of a {} request", method.as_str()));
        }
        let Responses { responses, alternatives } = self.responses(&object);
        let success = responses::success(method, &responses);
        // `adapt` added the missing ids, and made all ids unique.
        let id = object.operation_id.clone().unwrap_or_default();
        self.refuse_hidden(Place::Value(object.key("operationId")), "the operation's id", &id);
        for permission in permission(&object).into_iter().flat_map(|permission| permission.names) {
            self.refuse_hidden(Place::Value(object.key("x-permission")), "the permission", &permission);
        }
        let access = self.access(&object, servers);
        let item = item.clone();
        let (payload, others) = match payloads {
            Some(Payloads { usual, alternatives }) => (Some(usual), alternatives),
            None => (None, Vec::new()),
        };
        let alternative = None;
        let usual = OperationDraft {
            object,
            item,
            id,
            alternative,
            path,
            method,
            parameters,
            payload,
            responses,
            success,
            access,
        };
        alternatives::all(usual, others, &alternatives)
    }

    /// Completes the operations, now that their types are known.
    pub(super) fn requests(&mut self, drafts: Vec<OperationDraft<'a>>, finished: &Finished) -> Vec<Request<'a>> {
        drafts.into_iter().map(|draft| self.request(draft, finished)).collect()
    }

    fn request(&mut self, draft: OperationDraft<'a>, finished: &Finished) -> Request<'a> {
        let types = &finished.types;
        let OperationDraft {
            object,
            item,
            id,
            alternative,
            path,
            method,
            parameters,
            payload,
            responses,
            success,
            access,
        } = draft;
        let parameters = parameters.into_iter().map(|parameter| self.finished_parameter(parameter, finished));
        let mut parameters: Vec<Parameter> = parameters.collect();
        counts::unsigned(&object, &mut parameters);
        let (mut body, mut sends_multipart, mut parts_in) = (None, false, None);
        match payload {
            None => {}
            Some(Payload::Body(draft)) => body = Some(draft),
            Some(Payload::Parts { required, parts, media_type }) => {
                let parts = parts.into_iter().map(|part| self.finished_part(part, required, finished));
                let parts: Vec<Parameter> = parts.collect();
                (sends_multipart, parts_in) = (required, media_type.map(|name| multipart::media_type_of(name, &parts)));
                parameters.extend(parts);
            }
        }
        let content = |content: Content| {
            let ty = finished.renumbered(&content.ty);
            // The schema describes the list or, just as often, its items.
            let ty = match types.unaliased(ty.without_null()) {
                _ if !content.format.has_items() => ty,
                list @ TypeRef::Array(_) => list.clone(),
                _ => TypeRef::Array(Box::new(ty)),
            };
            Content { ty, ..content }
        };
        let header = |header: Header| Header { ty: finished.renumbered(&header.ty), ..header };
        let response = |response: Response| Response {
            content: response.content.map(content),
            headers: response.headers.into_iter().map(header).collect(),
            ..response
        };
        let mut request = Request {
            object,
            item,
            id,
            alternative,
            path,
            method,
            parameters,
            body: body.map(|body| Body { content: content(body.content), ..body }),
            sends_multipart,
            parts_in,
            responses: responses.into_iter().map(response).collect(),
            success,
            choice: None,
            pagination: None,
            access,
        };
        request.choice = self.choice(&request);
        // Pages and batches belong to the usual form.
        if request.alternative.is_none() {
            request.pagination = self.pagination(types, &request);
        }
        request
    }

    /// Adds the inputs of callers to the operations.
    pub(super) fn finished(&mut self, requests: Vec<Request<'a>>, types: &Types) -> Vec<Operation> {
        requests.into_iter().map(|request| self.finished_operation(request, types)).collect()
    }

    fn finished_operation(&mut self, request: Request<'a>, types: &Types) -> Operation {
        let call = calls::call(types, &request);
        self.refuse_long_call(&request, &call);
        let batch = if request.alternative.is_none() { self.batch(types, &request, &call) } else { None };
        let Request {
            object,
            item,
            id,
            alternative,
            path,
            method,
            parameters,
            body,
            sends_multipart,
            parts_in,
            responses,
            success,
            choice: _,
            pagination,
            access,
        } = request;
        let template = Template::of(path);
        Operation {
            id,
            alternative,
            rust_name: text(&object, "x-rust-name"),
            method,
            path: template.path.to_owned(),
            query: template.fixed_query(),
            tag: object.tags.first().cloned(),
            more_tags: more_tags(&object.tags),
            summary: first_of(&object.summary, &item.summary),
            description: prose(Some(&first_of(&object.description, &item.description)), object.external_docs.as_ref()),
            security: access.security,
            servers: access.servers,
            permission: permission(&object),
            unstable: text(&object, "x-unstable"),
            sunset: text(&object, "x-sunset"),
            idempotent: object
                .extensions
                .get("x-idempotent")
                .and_then(Value::as_bool)
                .unwrap_or(method.is_idempotent()),
            deprecated: object.deprecated,
            parameters,
            body,
            sends_multipart,
            parts_in,
            responses,
            success,
            pagination,
            batch,
            call,
            pointer: object.pointer,
        }
    }
}

pub(super) fn methods(item: &PathItem) -> impl Iterator<Item = (Method, &OperationObject)> {
    [
        (Method::Get, &item.get),
        (Method::Put, &item.put),
        (Method::Post, &item.post),
        (Method::Delete, &item.delete),
        (Method::Options, &item.options),
        (Method::Head, &item.head),
        (Method::Patch, &item.patch),
        (Method::Trace, &item.trace),
    ]
    .into_iter()
    .filter_map(|(method, operation)| operation.as_ref().map(|operation| (method, operation)))
}

/// Returns the tags after the first, each once.
fn more_tags(tags: &[String]) -> Vec<String> {
    let is_first = |(place, tag): &(usize, &String)| !tags[..*place].contains(tag);
    tags.iter().enumerate().skip(1).filter(is_first).map(|(_, tag)| tag.clone()).collect()
}

/// Returns the groups of the operations: those that the document lists, then those that only operations name, sorted.
/// If an operation has several tags, the documentation lists it under the first.
pub(super) fn groups(mut listed: Vec<Tag>, operations: &[Operation]) -> Vec<Tag> {
    let known: BTreeSet<String> = listed.iter().map(|tag| tag.name.clone()).collect();
    let mut others: BTreeMap<&String, &Operation> = BTreeMap::new();
    for operation in operations {
        for name in operation.tags().filter(|name| !known.contains(*name)) {
            others.entry(name).or_insert(operation);
        }
    }
    listed.extend(others.into_iter().map(|(name, operation)| Tag {
        name: name.clone(),
        description: String::new(),
        pointer: operation.pointer.key("tags"),
    }));
    listed
}

fn first_of(own: &Option<String>, shared: &Option<String>) -> String {
    own.as_deref().or(shared.as_deref()).unwrap_or_default().trim().to_owned()
}

fn text(operation: &OperationObject, name: &str) -> Option<String> {
    operation.extensions.get(name).and_then(Value::as_str).map(|text| text.trim().to_owned())
}

/// Reads a single name, or names that are all required, or of which one is, or none.
fn permission(operation: &OperationObject) -> Option<Permission> {
    let value = operation.extensions.get("x-permission")?;
    if let Some(name) = value.as_str() {
        return Some(Permission { names: vec![name.trim().to_owned()], all: false });
    }
    let operator = value.get("operator").and_then(Value::as_str)?;
    let names = value.get("permissions").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    let names = names.filter(|_| operator != "OPEN").map(|name| name.trim().to_owned());
    let names: Vec<String> = names.collect();
    let all = operator == "AND" && names.len() > 1;
    Some(Permission { names, all })
}
