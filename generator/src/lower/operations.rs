//! Operations: from the path items of the spec to calls with parameters, a body and documented statuses.

use std::collections::BTreeMap;

use openapiv3::{Example, MediaType, OpenAPI, Operation as OperationObject, PathItem, ReferenceOr, StatusCode};
use serde_json::Value;

use super::walk::{self, Found};
use super::{Lowering, paths, prose};
use crate::diagnostics::{Code, Diagnostic, Place};
use crate::ir::{Body, Call, Location, Method, Operation, Pagination, Parameter, Response, Scalar, TypeDef, TypeRef};
use crate::pointer::Pointer;
use crate::source::whole;

impl<'a> Lowering<'a> {
    /// Every operation, in the order of the spec.
    pub(super) fn operations(&mut self, types: &[TypeDef]) -> Vec<Operation> {
        let document: &'a OpenAPI = self.document;
        let mut operations: Vec<Operation> = Vec::new();
        let mut by_id: BTreeMap<String, Pointer> = BTreeMap::new();
        self.refuse_equal_paths();
        for (path, item) in &document.paths.paths {
            let at = Pointer::root().key("paths").key(path);
            let ReferenceOr::Item(item) = item else {
                self.unsupported(&at, "a path item behind a `$ref`");
                continue;
            };
            if !item.servers.is_empty() {
                self.unsupported(&at.key("servers"), "a path with servers of its own");
            }
            for (method, operation) in methods(item) {
                let pointer = at.key(method.as_str().to_ascii_lowercase());
                let Some(operation) = self.operation(types, path, (item, &at), method, operation, pointer) else {
                    continue;
                };
                let id_at = operation.pointer.key("operationId");
                if let Some(first) = by_id.get(&operation.id) {
                    let first = Place::Value(first.clone());
                    let problem = self.problem(
                        Code::DuplicateOperationId,
                        &id_at,
                        format!("two operations have the id `{}`", operation.id),
                    );
                    problem.related.push((first, "the other one".to_owned()));
                    problem.help = Some("give one of them another: it becomes the method of the client".to_owned());
                } else {
                    by_id.insert(operation.id.clone(), id_at);
                }
                operations.push(operation);
            }
        }
        operations
    }

    /// Refuses paths that differ in nothing but the names of their parameters: a server takes them for one.
    fn refuse_equal_paths(&mut self) {
        let mut known: BTreeMap<String, &str> = BTreeMap::new();
        let paths = Pointer::root().key("paths");
        for path in self.document.paths.paths.keys() {
            if let Some(first) = known.get(paths::shape(path).as_str()) {
                let message = format!("`{path}` and `{first}` are the same path");
                let problem = Diagnostic::new(Code::InvalidPath, Place::Key(paths.key(path)), message)
                    .related(Place::Key(paths.key(first)), "the other one")
                    .help("put the operations of both under one of them, and give the parameters its names");
                self.problems.push(problem);
            } else {
                known.insert(paths::shape(path), path);
            }
        }
    }

    fn operation(
        &mut self,
        types: &[TypeDef],
        path: &str,
        (item, item_pointer): (&'a PathItem, &Pointer),
        method: Method,
        operation: &'a OperationObject,
        pointer: Pointer,
    ) -> Option<Operation> {
        self.refuse_unused_parts(operation, &pointer);
        let parameters =
            self.parameters(types, path, (&operation.parameters, &pointer), (&item.parameters, item_pointer));
        let body = operation.request_body.as_ref().and_then(|body| self.body(body, &pointer.key("requestBody")));
        if body.is_some() && matches!(method, Method::Get | Method::Head | Method::Trace) {
            self.unsupported(&pointer.key("requestBody"), &format!("a body of a {} request", method.as_str()));
        }
        let responses = self.responses(operation, &pointer.key("responses"));
        let success = self.success(&responses, &pointer.key("responses"));
        let Some(id) = operation.operation_id.clone() else {
            self.problem(Code::MissingOperationId, &pointer, "the operation has no `operationId`").help =
                Some("it becomes the method of the client: `operationId: ListThings`".to_owned());
            return None;
        };
        self.refuse_hidden(Place::Value(pointer.key("operationId")), "the operation's id", &id);
        if let Some(permission) = text(operation, "x-permission") {
            self.refuse_hidden(Place::Value(pointer.key("x-permission")), "the permission", &permission);
        }
        let mut lowered = Operation {
            id,
            rust_name: text(operation, "x-rust-name"),
            method,
            path: path.to_owned(),
            tag: operation.tags.first().cloned(),
            summary: first_of(&operation.summary, &item.summary),
            description: prose(
                Some(&first_of(&operation.description, &item.description)),
                operation.external_docs.as_ref(),
            ),
            permission: text(operation, "x-permission"),
            unstable: text(operation, "x-unstable"),
            idempotent: operation
                .extensions
                .get("x-idempotent")
                .and_then(Value::as_bool)
                .unwrap_or(method.is_idempotent()),
            deprecated: operation.deprecated,
            parameters,
            body,
            responses,
            success,
            pagination: pagination(operation),
            batch: None,
            call: Call::default(),
            pointer,
        };
        lowered.call.choice = self.choice(operation, &lowered);
        self.check_pagination(types, &lowered);
        if let Some(pagination) = &mut lowered.pagination {
            pagination.first = first_page(&lowered.parameters, &pagination.page_parameter);
        }
        self.note_batch(operation, &lowered.id);
        Some(lowered)
    }

    fn refuse_unused_parts(&mut self, operation: &OperationObject, pointer: &Pointer) {
        if operation.security.is_some() {
            self.unsupported(&pointer.key("security"), "an operation with a security requirement of its own");
        }
        if !operation.servers.is_empty() {
            self.unsupported(&pointer.key("servers"), "an operation with servers of its own");
        }
        if !operation.callbacks.is_empty() {
            self.unsupported(&pointer.key("callbacks"), "`callbacks`");
        }
        if operation.tags.len() > 1 {
            self.unsupported(&pointer.key("tags").index(1), "an operation with several tags");
        }
    }

    fn body(&mut self, body: &'a ReferenceOr<openapiv3::RequestBody>, pointer: &Pointer) -> Option<Body> {
        let components = self.components;
        let (body, pointer) = self.resolve(body, "requestBodies", &components.request_bodies, pointer)?;
        let content = pointer.key("content");
        let Some((media_type, at)) = self.json(&body.content, &content) else {
            if body.content.is_empty() {
                self.unsupported(&content, "a request body without content");
            }
            return None;
        };
        Some(Body {
            description: prose(body.description.as_deref(), None),
            required: body.required,
            ty: self.media_type(media_type, &at),
            example: self.media_example(media_type, &at),
        })
    }

    fn responses(&mut self, operation: &'a OperationObject, pointer: &Pointer) -> Vec<Response> {
        let components = self.components;
        let mut lowered = Vec::new();
        if operation.responses.default.is_some() {
            self.unsupported(&pointer.key("default"), "a `default` response").help =
                Some("list the statuses that the server answers with".to_owned());
        }
        for (status, response) in &operation.responses.responses {
            let at = pointer.key(status.to_string());
            let StatusCode::Code(status) = *status else {
                self.unsupported(&at, "a range of statuses").help =
                    Some("list the statuses that the server answers with".to_owned());
                continue;
            };
            let Some((response, at)) = self.resolve(response, "responses", &components.responses, &at) else {
                // Reported; it is documented all the same.
                lowered.push(Response { status, description: String::new(), body: None, example: None });
                continue;
            };
            let (body, example) = self.response(response, &at);
            lowered.push(Response { status, description: response.description.trim().to_owned(), body, example });
        }
        lowered.sort_by_key(|response| response.status);
        lowered
    }

    /// The body of a response, and an example of it.
    fn response(&mut self, response: &'a openapiv3::Response, pointer: &Pointer) -> (Option<TypeRef>, Option<Value>) {
        if !response.headers.is_empty() {
            self.unsupported(&pointer.key("headers"), "a response with described headers").help =
                Some("every header of an answer can be read without: say in the description what is there".to_owned());
        }
        if !response.links.is_empty() {
            self.unsupported(&pointer.key("links"), "`links`");
        }
        match self.json(&response.content, &pointer.key("content")) {
            Some((media_type, at)) => (Some(self.media_type(media_type, &at)), self.media_example(media_type, &at)),
            None => (None, None),
        }
    }

    /// Looks at what is shared, whether an operation refers to it or not: what is wrong in there must not wait for that.
    pub(super) fn check_shared(&mut self, types: &[TypeDef]) {
        let components = self.components;
        let root = Pointer::root().key("components");
        for (name, parameter) in &components.parameters {
            self.parameter(types, parameter, &root.key("parameters").key(name));
        }
        for (name, body) in &components.request_bodies {
            self.body(body, &root.key("requestBodies").key(name));
        }
        for (name, response) in &components.responses {
            let at = root.key("responses").key(name);
            if let Some((response, at)) = self.resolve(response, "responses", &components.responses, &at) {
                self.response(response, &at);
            }
        }
        for (name, example) in &components.examples {
            self.resolve(example, "examples", &components.examples, &root.key("examples").key(name));
        }
    }

    /// The type of every success.
    fn success(&mut self, responses: &[Response], pointer: &Pointer) -> Option<TypeRef> {
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

    /// The `application/json` entry of a content map; nothing but that is supported.
    fn json(
        &mut self,
        content: &'a indexmap::IndexMap<String, MediaType>,
        pointer: &Pointer,
    ) -> Option<(&'a MediaType, Pointer)> {
        let mut json = None;
        for (name, media_type) in content {
            let at = pointer.key(name);
            if name == "application/json" {
                json = Some((media_type, at));
            } else {
                self.unsupported(&at, &format!("the media type `{name}`"));
            }
        }
        json
    }

    fn media_type(&mut self, media_type: &MediaType, pointer: &Pointer) -> TypeRef {
        if !media_type.encoding.is_empty() {
            self.unsupported(&pointer.key("encoding"), "`encoding`");
        }
        let Some(schema) = &media_type.schema else {
            self.unsupported(pointer, "a media type without a schema");
            return TypeRef::Any;
        };
        let usage = self.usage(schema, &pointer.key("schema"));
        if usage.nullable && usage.ty != TypeRef::Any {
            self.unsupported(&pointer.key("schema"), "a body that may be `null`");
        }
        usage.ty
    }

    fn media_example(&mut self, media_type: &'a MediaType, pointer: &Pointer) -> Option<Value> {
        media_type.example.clone().or_else(|| self.first_example(&media_type.examples, pointer))
    }

    /// The value of the first of several examples.
    pub(super) fn first_example(
        &mut self,
        examples: &'a indexmap::IndexMap<String, ReferenceOr<Example>>,
        pointer: &Pointer,
    ) -> Option<Value> {
        let components = self.components;
        let (name, example) = examples.first()?;
        let at = pointer.key("examples").key(name);
        let (example, at) = self.resolve(example, "examples", &components.examples, &at)?;
        if example.external_value.is_some() {
            self.unsupported(&at.key("externalValue"), "an example in another document");
        }
        example.value.clone()
    }

    fn check_pagination(&mut self, types: &[TypeDef], operation: &Operation) {
        let Some(pagination) = &operation.pagination else { return };
        let at = operation.pointer.key("x-pagination");
        for (key, name) in [("pageParam", &pagination.page_parameter), ("sizeParam", &pagination.size_parameter)] {
            self.check_optional_query(operation, &at.key(key), name);
        }
        if pagination.page_parameter == pagination.size_parameter {
            let message = format!("`{}` cannot both name a page and say how big it is", pagination.page_parameter);
            let problem = self.problem(Code::InvalidExtension, &at.key("sizeParam"), message);
            problem.related.push((Place::Value(at.key("pageParam")), "the same parameter".to_owned()));
            problem.help = Some("name the query parameter for the number of items on a page".to_owned());
        }
        if !is_plain_number(operation, &pagination.page_parameter) {
            let message = format!("`{}` is no plain integer that stands alone", pagination.page_parameter);
            self.problem(Code::InvalidExtension, &at.key("pageParam"), message).help =
                Some("pages are followed by counting: it must be an integer, and no part of a choice".to_owned());
        }
        let found = |pointer: &Pointer| operation.success.as_ref().map(|ty| walk::find(types, ty, pointer));
        match found(&pagination.items) {
            Some(Found::Value { ty: TypeRef::Array(_), .. }) => {}
            _ => {
                let message = format!("`{}` is no array of the success body", in_body(&pagination.items));
                self.problem(Code::InvalidExtension, &at.key("items"), message).help =
                    Some("write the JSON pointer to the items in the body, such as `items: /data`".to_owned());
            }
        }
        match found(&pagination.next) {
            Some(Found::Value { ty: TypeRef::Scalar(Scalar::Int32 | Scalar::Int64), nullable: true }) => {}
            _ => {
                let message = format!("`{}` is no nullable integer of the success body", in_body(&pagination.next));
                self.problem(Code::InvalidExtension, &at.key("next"), message).help =
                    Some("a `null` there ends the list, so the field must be `nullable: true`".to_owned());
            }
        }
    }

    pub(super) fn check_optional_query(&mut self, operation: &Operation, pointer: &Pointer, name: &str) {
        let known = operation
            .parameters
            .iter()
            .any(|parameter| parameter.location == Location::Query && !parameter.required && parameter.name == name);
        if !known {
            let message = format!("`{name}` is no optional query parameter of this operation");
            let optional =
                operation.parameters.iter().filter(|known| known.location == Location::Query && !known.required);
            let listed: Vec<String> = optional.map(|known| format!("`{}`", known.name)).collect();
            self.problem(Code::InvalidExtension, pointer, message).help = Some(if listed.is_empty() {
                "the operation has none: add it to `parameters`".to_owned()
            } else {
                format!("its optional query parameters are {}", listed.join(", "))
            });
        }
    }
}

/// A pointer as `x-pagination` writes it.
fn in_body(pointer: &Pointer) -> String {
    pointer.to_string().trim_start_matches('#').to_owned()
}

fn methods(item: &PathItem) -> impl Iterator<Item = (Method, &OperationObject)> {
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

fn first_of(own: &Option<String>, shared: &Option<String>) -> String {
    own.as_deref().or(shared.as_deref()).unwrap_or_default().trim().to_owned()
}

fn text(operation: &OperationObject, name: &str) -> Option<String> {
    operation.extensions.get(name).and_then(Value::as_str).map(|text| text.trim().to_owned())
}

fn pagination(operation: &OperationObject) -> Option<Pagination> {
    let extension = operation.extensions.get("x-pagination")?;
    let entry = |key: &str| extension.get(key).and_then(Value::as_str).unwrap_or_default();
    let pointer = |key: &str| Pointer::from_reference(&format!("#{}", entry(key))).unwrap_or_default();
    Some(Pagination {
        page_parameter: entry("pageParam").to_owned(),
        first: 0,
        size_parameter: entry("sizeParam").to_owned(),
        items: pointer("items"),
        next: pointer("next"),
    })
}

/// Whether a parameter can be counted up: an integer, and not one of several of which a caller chooses.
fn is_plain_number(operation: &Operation, name: &str) -> bool {
    let choice = operation.call.choice.as_ref().map(|choice| choice.parameters.as_slice()).unwrap_or_default();
    let mut parameters = operation.parameters.iter().enumerate();
    parameters.all(|(index, parameter)| {
        let is_integer = matches!(parameter.ty, TypeRef::Scalar(Scalar::Int32 | Scalar::Int64));
        parameter.location != Location::Query || parameter.name != name || is_integer && !choice.contains(&index)
    })
}

/// The number of the first page: the parameter's default, else 0.
fn first_page(parameters: &[Parameter], name: &str) -> i64 {
    let number = parameters.iter().find(|parameter| parameter.location == Location::Query && parameter.name == name);
    let default = number.and_then(|number| number.docs.default.as_ref());
    default.and_then(|default| default.as_i64().or_else(|| whole(default.as_f64()?))).unwrap_or(0)
}
