//! Operations: the requests they become, the answers they read, pages and batches.

use syn::ext::IdentExt as _;

use super::{Class, Comparison, Spot, Text};
use crate::ir::{Api, Batch, Body, Location, Operation, Pagination, Parameter, Response, Style, TypeRef};
use crate::names::OperationNames;
use crate::pointer::Pointer;

impl<'a> Comparison<'a> {
    pub(super) fn operations(&mut self) {
        let (old, new) = (self.old, self.new);
        let partners = partners(old.api, new.api);
        for (index, (operation, names)) in old.api.operations.iter().zip(&old.names.operations).enumerate() {
            if partners.iter().all(|(before, _)| *before != index) {
                let subject = Text::name(&names.method.unraw());
                let what = Text::new("operation removed: {}", &[&request(operation)]);
                self.note(Class::Compile, Spot::old(&operation.pointer), &subject, what).on_the_wire_if(true);
            }
        }
        for (index, (operation, names)) in new.api.operations.iter().zip(&new.names.operations).enumerate() {
            match partners.iter().find(|(_, after)| *after == index) {
                Some((before, _)) => {
                    let before = (&old.api.operations[*before], &old.names.operations[*before]);
                    self.operation(before, (operation, names));
                }
                None => {
                    let subject = Text::name(&names.method.unraw());
                    let what = Text::new("operation added: {}", &[&request(operation)]);
                    self.note(Class::Additive, Spot::new(&operation.pointer), &subject, what);
                }
            }
        }
    }

    fn operation(&mut self, old: (&'a Operation, &'a OperationNames), new: (&'a Operation, &'a OperationNames)) {
        let ((old, old_names), (new, names)) = (old, new);
        let Operation {
            id,
            rust_name: _, // it has become the method
            pointer,
            method,
            path,
            tag,
            summary,
            description,
            permission,
            unstable,
            idempotent,
            deprecated,
            parameters,
            body,
            responses,
            success,
            pagination,
            batch,
            call,
        } = new;
        let subject = &Text::name(&names.method.unraw());
        self.operation_names(subject, pointer, (&old.id, old_names), (id, names));
        if (old.method, &old.path) != (*method, path) {
            let is_same = old.method == *method && without_names(&old.path) == without_names(path);
            let class = if is_same { Class::Docs } else { Class::Wire };
            let what = Text::new("sends {}, was {}", &[&request(new), &request(old)]);
            self.note(class, Spot::new(pointer), subject, what);
        }
        for (key, differs) in [
            ("tags", old.tag != *tag),
            ("summary", old.summary != *summary),
            ("description", old.description != *description),
            ("x-unstable", old.unstable != *unstable),
        ] {
            self.prose(subject, pointer, key, differs);
        }
        self.permission(subject, pointer, old.permission.as_deref(), permission.as_deref());
        if old.idempotent != *idempotent {
            let what = if *idempotent {
                "is idempotent: tried again where it may have taken effect"
            } else {
                "is not idempotent: no longer tried again where it may have taken effect"
            };
            self.note(Class::Wire, Spot::part(pointer, "x-idempotent"), subject, Text::new(what, &[]));
        }
        self.deprecation(subject, pointer, old.deprecated, *deprecated);
        self.parameters(subject, pointer, &old.parameters, parameters);
        if let (Some(before), Some(after)) = (&old.body, body) {
            // Whether it is required and what its parts are decides what a caller is asked for.
            let Body { description, required: _, ty: _, example } = after;
            let pointer = pointer.key("requestBody");
            self.prose(subject, &pointer, "description", before.description != *description);
            self.prose(subject, &pointer, "example", before.example != *example);
        }
        self.responses(subject, pointer, &old.responses, responses);
        self.success(subject, &pointer.key("responses"), old.success.as_ref(), success.as_ref());
        self.pagination(subject, pointer, old, (pagination.as_ref(), new));
        self.batch(subject, pointer, old.batch.as_ref(), batch.as_ref());
        self.call(subject, (old, &old.call, old_names), (new, call, names));
    }

    fn operation_names(
        &mut self,
        subject: &Text,
        pointer: &Pointer,
        old: (&String, &OperationNames),
        new: (&String, &OperationNames),
    ) {
        let ((old_id, old), (id, new)) = (old, new);
        // The inputs' names are compared with the inputs, the registry's is private.
        let OperationNames {
            method,
            call,
            module,
            registry: _,
            method_with_body: _,
            required: _,
            with_body: _,
            setters: _,
            choice: _,
        } = new;
        let spot = || Spot::part(pointer, "operationId");
        if old.method != *method {
            let what = Text::new("operation renamed, was {}", &[&old.method.unraw()]);
            self.note(Class::Compile, spot(), subject, what);
        } else if old.call != *call {
            let what = Text::new("the type of the call is {}, was {}", &[call, &old.call]);
            self.note(Class::Compile, spot(), subject, what);
        } else if old.module != *module {
            let what = Text::new("stands in the file {}, was {}", &[module, &old.module]);
            self.note(Class::Docs, spot(), subject, what);
        }
        if old_id != id {
            let what = Text::new("its id in errors and traces is {}, was {}", &[id, old_id]);
            self.note(Class::Additive, spot(), subject, what);
        }
    }

    fn permission(&mut self, subject: &Text, pointer: &Pointer, old: Option<&str>, new: Option<&str>) {
        let (class, what) = match (old, new) {
            (old, new) if old == new => return,
            (Some(old), Some(new)) => (Class::Wire, Text::new("needs the permission {}, was {}", &[&new, &old])),
            (None, Some(new)) => (Class::Wire, Text::new("needs the permission {}", &[&new])),
            (Some(old), None) => (Class::Additive, Text::new("no longer needs the permission {}", &[&old])),
            (None, None) => return,
        };
        self.note(class, Spot::part(pointer, "x-permission"), subject, what);
    }

    /// What can be said of a parameter apart from what a caller is asked for.
    fn parameters(&mut self, subject: &Text, pointer: &Pointer, old: &[Parameter], new: &[Parameter]) {
        let (old, new) = (keyed(old), keyed(new));
        for (key, after) in &new {
            let Some((_, before)) = old.iter().find(|before| before.0 == *key) else { continue };
            // What is asked for, under which name and with which type, is compared with the call.
            let Parameter { name, rust_name: _, pointer, location: _, docs, required: _, ty: _, style } = after;
            let subject = subject.clone().then(" {}", &[name]);
            if before.style != *style {
                let what = Text::new("is written as {}, was {}", &[&style_text(*style), &style_text(before.style)]);
                self.note(Class::Wire, Spot::new(pointer), &subject, what);
            }
            self.docs(&subject, pointer, true, &before.docs, docs);
        }
        let kept = |parameters: &[(Key, &Parameter)], others: &[(Key, &Parameter)]| -> Vec<Key> {
            let keys = parameters.iter().map(|(key, _)| key);
            keys.filter(|key| others.iter().any(|other| other.0 == **key)).cloned().collect()
        };
        if kept(&old, &new) != kept(&new, &old) {
            let what = Text::new("parameters stand in another order", &[]);
            self.note(Class::Docs, Spot::part(pointer, "parameters"), subject, what);
        }
    }

    fn responses(&mut self, subject: &Text, pointer: &Pointer, old: &[Response], new: &[Response]) {
        let pointer = pointer.key("responses");
        for before in old.iter().filter(|before| new.iter().all(|after| after.status != before.status)) {
            let spot = Spot::old(&pointer.key(before.status.to_string()));
            self.note(Class::Docs, spot, subject, Text::new("status {#} no longer documented", &[&before.status]));
        }
        for after in new {
            // Only the type of success is read into a model: an error keeps whatever body it has.
            let Response { status, description, body, example } = after;
            let pointer = pointer.key(status.to_string());
            let Some(before) = old.iter().find(|before| before.status == *status) else {
                self.note(Class::Additive, Spot::new(&pointer), subject, Text::new("status {#} documented", &[status]));
                continue;
            };
            let is_same = match (&before.body, body) {
                (Some(before), Some(after)) => self.pairs.same(before, after),
                (before, after) => before.is_none() && after.is_none(),
            };
            if !is_same {
                let text = |body: Option<String>| body.unwrap_or_else(|| "no body".to_owned());
                let (now, was) = (
                    text(body.as_ref().map(|ty| self.new.ty(ty))),
                    text(before.body.as_ref().map(|ty| self.old.ty(ty))),
                );
                let what = Text::new("status {#} is documented with {}, was {}", &[status, &now, &was]);
                self.note(Class::Docs, Spot::new(&pointer), subject, what);
            }
            let subject = subject.clone().then(" {#}", &[status]);
            self.prose(&subject, &pointer, "description", before.description != *description);
            self.prose(&subject, &pointer, "example", before.example != *example);
        }
    }

    fn success(&mut self, subject: &Text, pointer: &Pointer, old: Option<&TypeRef>, new: Option<&TypeRef>) {
        let (class, is_same_json) = match (old, new) {
            (None, None) => return,
            (Some(old), Some(new)) if self.pairs.same(old, new) => return,
            (Some(old), Some(new)) if self.same_by_another_name(old, new) => (Class::Docs, true),
            (Some(old), Some(new)) => (Class::Compile, self.same_json(old, new)),
            (None, Some(_)) | (Some(_), None) => (Class::Compile, false),
        };
        let text = |ty: Option<String>| ty.unwrap_or_else(|| "()".to_owned());
        let (now, was) = (text(new.map(|ty| self.new.ty(ty))), text(old.map(|ty| self.old.ty(ty))));
        let what = Text::new("answers with {}, was {}", &[&now, &was]);
        self.note(class, Spot::new(pointer), subject, what).on_the_wire_if(!is_same_json);
    }

    fn pagination(
        &mut self,
        subject: &Text,
        pointer: &Pointer,
        old: &Operation,
        new: (Option<&Pagination>, &Operation),
    ) {
        let (after, new) = new;
        let at = pointer.key("x-pagination");
        let (before, after) = match (&old.pagination, after) {
            (None, None) => return,
            (None, Some(_)) => {
                let what = Text::new("{} and {} added", &[&"stream", &"pages"]);
                self.note(Class::Additive, Spot::new(&at), subject, what);
                return;
            }
            (Some(_), None) => {
                let what = Text::new("{} and {} removed", &[&"stream", &"pages"]);
                self.note(Class::Compile, Spot::old(&at), subject, what);
                return;
            }
            (Some(before), Some(after)) => (before, after),
        };
        let Pagination { page_parameter, first, size_parameter, items, next } = after;
        let subject = &subject.clone().then(" {}", &[&"stream"]);
        for (key, was, now) in [
            ("pageParam", before.page_parameter.clone(), page_parameter.clone()),
            ("items", before.items.to_string(), items.to_string()),
            ("next", before.next.to_string(), next.to_string()),
        ] {
            if was != now {
                let what = Text::new("follows pages by another {}: {}, was {}", &[&key, &now, &was]);
                self.note(Class::Wire, Spot::part(&at, key), subject, what);
            }
        }
        if before.first != *first {
            let what = Text::new("the first page is {#}, was {#}", &[first, &before.first]);
            self.note(Class::Wire, Spot::part(&at, "pageParam"), subject, what);
        }
        if before.size_parameter != *size_parameter {
            let what = Text::new("{} is {}, was {}", &[&"sizeParam", size_parameter, &before.size_parameter]);
            self.note(Class::Docs, Spot::part(&at, "sizeParam"), subject, what);
        }
        let item = |api: &'a Api, operation: &Operation| page_item(api, operation);
        if let (Some(was), Some(now)) = (item(self.old.api, old), item(self.new.api, new))
            && !self.pairs.same(&was, &now)
            && !self.same_by_another_name(&was, &now)
        {
            let what = Text::new("gives items of type {}, was {}", &[&self.new.ty(&now), &self.old.ty(&was)]);
            self.note(Class::Compile, Spot::part(&at, "items"), subject, what);
        }
    }

    fn batch(&mut self, subject: &Text, pointer: &Pointer, old: Option<&Batch>, new: Option<&Batch>) {
        let at = pointer.key("x-batch");
        let (old, new) = match (old, new) {
            (None, None) => return,
            (None, Some(_)) => {
                let what = Text::new("{} added", &[&"send_in_batches"]);
                self.note(Class::Additive, Spot::new(&at), subject, what);
                return;
            }
            (Some(_), None) => {
                let what = Text::new("{} removed", &[&"send_in_batches"]);
                self.note(Class::Compile, Spot::old(&at), subject, what);
                return;
            }
            (Some(old), Some(new)) => (old, new),
        };
        let Batch { field, item, limit } = new;
        let subject = &subject.clone().then(" {}", &[&"send_in_batches"]);
        if old.field != *field {
            let what = Text::new("splits {}, was {}", &[&field.join("."), &old.field.join(".")]);
            self.note(Class::Wire, Spot::part(&at, "argument"), subject, what);
        }
        if !self.pairs.same(&old.item, item) && !self.same_by_another_name(&old.item, item) {
            let what = Text::new("takes items of type {}, was {}", &[&self.new.ty(item), &self.old.ty(&old.item)]);
            self.note(Class::Compile, Spot::new(&at), subject, what);
        }
        if old.limit != *limit {
            let class = if *limit < old.limit { Class::Wire } else { Class::Additive };
            let what = Text::new("sends {#} items at a time, was {#}", &[limit, &old.limit]);
            self.note(class, Spot::new(&at), subject, what);
        }
    }
}

/// Operations that belong together: those of one id, then those of one method and path.
fn partners(old: &Api, new: &Api) -> Vec<(usize, usize)> {
    let by_id = |old: &Operation, new: &Operation| old.id == new.id;
    let by_path = |old: &Operation, new: &Operation| {
        old.method == new.method && without_names(&old.path) == without_names(&new.path)
    };
    let mut partners: Vec<(usize, usize)> = Vec::new();
    for is_partner in [by_id, by_path] {
        for (before, operation) in old.operations.iter().enumerate() {
            let is_free = |after: usize| partners.iter().all(|pair| pair.0 != before && pair.1 != after);
            let mut others = new.operations.iter().enumerate();
            let partner = others.find(|(after, other)| is_partner(operation, other) && is_free(*after));
            if let Some((after, _)) = partner {
                partners.push((before, after));
            }
        }
    }
    partners
}

/// What tells the parameters of an operation apart: their place in the path, their name in the query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Key {
    Path(usize),
    Query(String),
}

pub(super) fn key(index: usize, parameter: &Parameter) -> Key {
    match parameter.location {
        // Those of the path come first.
        Location::Path => Key::Path(index),
        Location::Query => Key::Query(parameter.name.clone()),
    }
}

fn keyed(parameters: &[Parameter]) -> Vec<(Key, &Parameter)> {
    parameters.iter().enumerate().map(|(index, parameter)| (key(index, parameter), parameter)).collect()
}

/// The line of a request.
fn request(operation: &Operation) -> String {
    format!("{} {}", operation.method.as_str(), operation.path)
}

/// A path without what its parameters are called.
fn without_names(path: &str) -> String {
    let parts = path.split('{').enumerate();
    parts
        .map(|(index, part)| if index == 0 { part } else { part.split_once('}').map_or("", |(_, rest)| rest) })
        .collect::<Vec<_>>()
        .join("{}")
}

fn style_text(style: Style) -> &'static str {
    match style {
        Style::Plain => "a=1",
        Style::Repeated => "a=1&a=2",
        Style::Joined => "a=1,2",
    }
}

/// The type of an item of a page.
fn page_item(api: &Api, operation: &Operation) -> Option<TypeRef> {
    use super::pairs::{resolved, unboxed};
    use crate::ir::Shape;

    let mut ty = resolved(api, operation.success.as_ref()?);
    for name in operation.pagination.as_ref()?.items.segments() {
        let TypeRef::Named(id) = unboxed(&ty) else { return None };
        let Shape::Object(fields) = &api.type_def(id).shape else { return None };
        ty = resolved(api, &fields.iter().find(|field| field.name == name)?.ty);
    }
    match ty {
        TypeRef::Array(item) => Some(*item),
        _ => None,
    }
}
