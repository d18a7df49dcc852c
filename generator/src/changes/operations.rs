//! Operations: the requests they become, the answers they read, pages and batches.

use syn::ext::IdentExt as _;

use super::calls::Goal;
use super::lists::matched;
use super::{Class, Comparison, Side, Spot, Text};
use crate::ir::{self, Batch, Body, FieldPath, Pagination, Parameter, Response, Style};
use crate::pointer::Pointer;
use crate::surface::{Batches, Call, Pages, RustType};

/// An operation of one side with its call.
#[derive(Clone, Copy)]
pub(super) struct Operation<'a> {
    pub(super) side: Side<'a>,
    pub(super) spec: &'a ir::Operation,
    pub(super) call: &'a Call,
}

impl Comparison<'_> {
    pub(super) fn operations(&mut self) {
        let (old, new) = (Operation::all(self.old), Operation::all(self.new));
        let by_id = |_: usize, operation: &Operation<'_>| Some(operation.spec.id.clone());
        let by_request = |_: usize, operation: &Operation<'_>| Some(without_names(&operation.request()));
        let operations = matched(&old, &new, &[&by_id, &by_request]);
        for operation in operations.gone {
            let what = Text::new("operation removed: {}", &[&operation.request()]);
            let (spot, subject) = (Spot::old(&operation.spec.pointer), operation.subject());
            self.note(Class::Compile, spot, &subject, what).on_the_wire_if(true);
        }
        for operation in operations.added {
            let what = Text::new("operation added: {}", &[&operation.request()]);
            self.note(Class::Additive, Spot::new(&operation.spec.pointer), &operation.subject(), what);
        }
        for (old, new) in operations.kept {
            self.operation(*old, *new);
        }
    }

    fn operation(&mut self, before: Operation<'_>, after: Operation<'_>) {
        let ir::Operation {
            id,
            rust_name: _, // it has become the method
            pointer,
            method: _, // compared as the request
            path: _,
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
            pagination: _, // pages and batches are below
            batch: _,
            call: _, // it has become the surface's
        } = after.spec;
        let Call {
            ident,
            module,
            registry: _, // private
            choice: _,   // the rest is in calls.rs
            inputs: _,
            way,
            with_body: _,
            setters: _,
            distinct: _,
            body: _,
            answer,
            pages: _,
            batches: _,
        } = after.call;
        let (old, subject) = (before.spec, &after.subject());
        let spot = || Spot::part(pointer, "operationId");
        let methods = [&way.method.unraw(), &before.call.way.method.unraw()];
        let calls = [ident, &before.call.ident];
        let _ = self.differs(Class::Compile, spot(), subject, "operation renamed, was {1}", methods)
            || self.differs(Class::Compile, spot(), subject, "the type of the call is {}, was {}", calls)
            || self.differs(
                Class::Docs,
                spot(),
                subject,
                "stands in the file {}, was {}",
                [module, &before.call.module],
            );
        self.differs(Class::Additive, spot(), subject, "its id in errors and traces is {}, was {}", [id, &old.id]);

        let requests = [&after.request(), &before.request()];
        let is_same = without_names(requests[0]) == without_names(requests[1]);
        let class = if is_same { Class::Docs } else { Class::Wire };
        self.differs(class, Spot::new(pointer), subject, "sends {}, was {}", requests);
        let differs = [
            ("tags", old.tag != *tag),
            ("summary", old.summary != *summary),
            ("description", old.description != *description),
            ("x-unstable", old.unstable != *unstable),
        ];
        self.prose(subject, pointer, &differs);
        self.permission(subject, pointer, old.permission.as_ref(), permission.as_ref());
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
        if let (Some(was), Some(now)) = (&old.body, body) {
            // Whether it is required and what its parts are decides what a caller is asked for.
            let Body { description, required: _, ty: _, example } = now;
            let differs = [("description", was.description != *description), ("example", was.example != *example)];
            self.prose(subject, &pointer.key("requestBody"), &differs);
        }
        self.responses(subject, &pointer.key("responses"), &old.responses, responses);
        if let Some(class) = self.retyped_if_any(before.call.answer.as_ref(), answer.as_ref()) {
            let [now, was] = [(self.new, answer), (self.old, &before.call.answer)]
                .map(|(side, ty)| ty.as_ref().map_or_else(|| "()".to_owned(), |ty| side.surface.text(ty)));
            let is_same_json = old.success.as_ref().zip(success.as_ref()).is_some_and(|(a, b)| self.same_json(a, b));
            let what = Text::new("answers with {}, was {}", &[&now, &was]);
            let change = self.note(class, Spot::new(&pointer.key("responses")), subject, what);
            change.on_the_wire_if(!is_same_json);
        }
        self.pages(subject, before, after);
        self.batches(subject, before, after);
        self.call(subject, before, after);
    }

    fn permission(&mut self, subject: &Text, pointer: &Pointer, old: Option<&String>, new: Option<&String>) {
        let (class, what) = match (old, new) {
            (Some(old), Some(new)) if old != new => {
                (Class::Wire, Text::new("needs the permission {}, was {}", &[new, old]))
            }
            (None, Some(new)) => (Class::Wire, Text::new("needs the permission {}", &[new])),
            (Some(old), None) => (Class::Additive, Text::new("no longer needs the permission {}", &[old])),
            (Some(_), Some(_)) | (None, None) => return,
        };
        self.note(class, Spot::part(pointer, "x-permission"), subject, what);
    }

    /// What can be said of a parameter apart from what a caller is asked for.
    fn parameters(&mut self, subject: &Text, pointer: &Pointer, old: &[Parameter], new: &[Parameter]) {
        let parameters = matched(old, new, &[&|place, parameter: &Parameter| Some(Goal::parameter(place, parameter))]);
        for (was, now) in &parameters.kept {
            // What is asked for, under which name and with which type, is compared with the call.
            let Parameter { name, rust_name: _, pointer, location: _, docs, required: _, ty: _, style } = now;
            let subject = subject.clone().then(" {}", &[name]);
            let styles = [&style_text(*style), &style_text(was.style)];
            self.differs(Class::Wire, Spot::new(pointer), &subject, "is written as {}, was {}", styles);
            self.docs(&subject, pointer, true, &was.docs, docs);
        }
        self.order(&parameters, Spot::part(pointer, "parameters"), subject, "parameters stand in another order");
    }

    fn responses(&mut self, subject: &Text, pointer: &Pointer, old: &[Response], new: &[Response]) {
        let at = |response: &Response| pointer.key(response.status.to_string());
        let responses = matched(old, new, &[&|_, response: &Response| Some(response.status)]);
        for gone in &responses.gone {
            let what = Text::new("status {#} no longer documented", &[&gone.status]);
            self.note(Class::Docs, Spot::old(&at(gone)), subject, what);
        }
        for added in &responses.added {
            let what = Text::new("status {#} documented", &[&added.status]);
            self.note(Class::Additive, Spot::new(&at(added)), subject, what);
        }
        for (before, after) in &responses.kept {
            // Only the type of success is read into a model: an error keeps whatever body it has.
            let Response { status, description, body, example } = after;
            let [old_body, body] = [&before.body, body].map(|body| body.as_ref().map(RustType::of));
            if self.retyped_if_any(old_body.as_ref(), body.as_ref()).is_some() {
                let [now, was] = [(self.new, body), (self.old, old_body)]
                    .map(|(side, body)| body.map_or_else(|| "no body".to_owned(), |ty| side.surface.text(&ty)));
                let what = Text::new("status {#} is documented with {}, was {}", &[status, &now, &was]);
                self.note(Class::Docs, Spot::new(&at(after)), subject, what);
            }
            let subject = subject.clone().then(" {#}", &[status]);
            let differs =
                [("description", before.description != *description), ("example", before.example != *example)];
            self.prose(&subject, &at(after), &differs);
        }
    }

    fn pages(&mut self, subject: &Text, before: Operation<'_>, after: Operation<'_>) {
        let [old_at, at] = [before, after].map(|operation| operation.spec.pointer.key("x-pagination"));
        let what = |_: &Pages| Text::new("{} and {}", &[&"stream", &"pages"]);
        let pages = (before.call.pages.as_ref(), after.call.pages.as_ref());
        let both = self.both(subject, pages, (&old_at, &at), Class::Additive, &what);
        let paginations = before.spec.pagination.as_ref().zip(after.spec.pagination.as_ref());
        let (Some((was, now)), Some((old, new))) = (both, paginations) else { return };
        let Pages { number: _, item } = now; // by the parameter
        let Pagination { page_parameter, first, size_parameter, items, item: _, next } = new;
        let subject = &subject.clone().then(" {}", &[&"stream"]);
        let another = "follows pages by another {}: {}, was {}";
        let parameter = |operation: Operation<'_>, index: usize| operation.spec.parameters[index].name.clone();
        let parameters = |now, was| [parameter(after, now), parameter(before, was)];
        let fields = |now, was| [after.pointer_to(now), before.pointer_to(was)];
        for (key, class, template, [now, was]) in [
            ("pageParam", Class::Wire, another, parameters(*page_parameter, old.page_parameter)),
            ("items", Class::Wire, another, fields(items, &old.items)),
            ("next", Class::Wire, another, fields(next, &old.next)),
            ("sizeParam", Class::Docs, "{} is {}, was {}", parameters(*size_parameter, old.size_parameter)),
        ] {
            if now != was {
                self.note(class, Spot::part(&at, key), subject, Text::new(template, &[&key, &now, &was]));
            }
        }
        let spot = Spot::part(&at, "pageParam");
        self.differs(Class::Wire, spot, subject, "the first page is {#}, was {#}", [first, &old.first]);
        let spot = Spot::part(&at, "items");
        self.items(spot, subject, "gives items of type {}, was {}", [item, &was.item]);
    }

    fn batches(&mut self, subject: &Text, before: Operation<'_>, after: Operation<'_>) {
        let [old_at, at] = [before, after].map(|operation| operation.spec.pointer.key("x-batch"));
        let what = |_: &Batches| Text::name(&"send_in_batches");
        let batches = (before.call.batches.as_ref(), after.call.batches.as_ref());
        let both = self.both(subject, batches, (&old_at, &at), Class::Additive, &what);
        let batch = before.spec.batch.as_ref().zip(after.spec.batch.as_ref());
        let (Some((was, now)), Some((old, new))) = (both, batch) else { return };
        let Batches { field: _, item } = now; // the representation's
        let Batch { field, item: _, limit } = new;
        let subject = &subject.clone().then(" {}", &[&"send_in_batches"]);
        let fields = [&after.side.dotted(field), &before.side.dotted(&old.field)];
        self.differs(Class::Wire, Spot::part(&at, "argument"), subject, "splits {}, was {}", fields);
        self.items(Spot::new(&at), subject, "takes items of type {}, was {}", [item, &was.item]);
        let class = if *limit < old.limit { Class::Wire } else { Class::Additive };
        let limits = [limit, &old.limit];
        self.differs(class, Spot::new(&at), subject, "sends {#} items at a time, was {#}", limits);
    }

    /// Notes that items of another type are given or taken.
    fn items(&mut self, spot: Spot, subject: &Text, template: &str, [now, was]: [&RustType; 2]) {
        if self.retyped(was, now) == Some(Class::Compile) {
            let what = Text::new(template, &[&self.new.surface.text(now), &self.old.surface.text(was)]);
            self.note(Class::Compile, spot, subject, what);
        }
    }

    fn retyped_if_any(&self, old: Option<&RustType>, new: Option<&RustType>) -> Option<Class> {
        match (old, new) {
            (None, None) => None,
            (Some(old), Some(new)) => self.retyped(old, new),
            (None, Some(_)) | (Some(_), None) => Some(Class::Compile),
        }
    }
}

impl<'a> Operation<'a> {
    fn all(side: Side<'a>) -> Vec<Self> {
        let calls = side.api.operations.iter().zip(&side.surface.calls);
        calls.map(|(spec, call)| Self { side, spec, call }).collect()
    }

    fn subject(&self) -> Text {
        Text::name(&self.call.way.method.unraw())
    }

    /// The line of a request.
    fn request(&self) -> String {
        format!("{} {}", self.spec.method.as_str(), self.spec.path)
    }

    /// The JSON pointer to a field of the answer.
    fn pointer_to(&self, path: &FieldPath) -> String {
        let names = self.side.api.types.names(path);
        names.into_iter().fold(Pointer::root(), |pointer, name| pointer.key(name)).to_string()
    }
}

/// A request line without what the parameters of its path are called.
fn without_names(request: &str) -> String {
    let parts = request.split('{').enumerate();
    let rest = |part: &str| part.split_once('}').map_or(String::new(), |(_, rest)| format!("{{}}{rest}"));
    parts.map(|(index, part)| if index == 0 { part.to_owned() } else { rest(part) }).collect()
}

fn style_text(style: Style) -> &'static str {
    match style {
        Style::Plain => "a=1",
        Style::Repeated => "a=1&a=2",
        Style::Joined => "a=1,2",
    }
}
