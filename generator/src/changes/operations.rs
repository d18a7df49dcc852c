//! Operations: their requests and responses.

use std::collections::BTreeSet;
use std::fmt::Display;

use super::calls::Goal;
use super::lists::{Matched, matched};
use super::pairs::{Pairs, types_of};
use super::{About, Class, Comparison, Side, Text};
use crate::ir::{self, Expansion, Layout, Location, Parameter, PartForm, Permission, Style, TypeId, TypeRef};
use crate::surface::Call;

/// An operation of one side with its call.
#[derive(Clone, Copy)]
pub(super) struct Operation<'a> {
    pub(super) side: Side<'a>,
    pub(super) spec: &'a ir::Operation,
    pub(super) call: &'a Call,
}

/// The maximum number of types that are named with an added operation.
const MOST_TYPES: usize = 5;

impl Comparison<'_> {
    pub(super) fn operations(&mut self) {
        let (old, new) = (Operation::all(self.old), Operation::all(self.new));
        let operations = matched_operations(&old, &new);
        for operation in operations.gone {
            let About { subject, at } = operation.about();
            let what = Text::new("operation removed: {}", &[&operation.request()]);
            self.gone(Class::Compile, &at, subject, what).on_the_wire_if(true);
        }
        let mut brought = self.brought.clone();
        for operation in operations.added {
            let what = Text::new("operation added: {}", &[&operation.request()]);
            let types: Vec<TypeId> = types_of(self.new.api, operation.spec).intersection(&brought).copied().collect();
            let listed = types.iter().take(MOST_TYPES).map(|id| &self.new.surface.model(*id).ident);
            let what = listed
                .enumerate()
                .fold(what, |what, (index, ident)| what.then(if index == 0 { "; with {}" } else { ", {}" }, &[ident]));
            let what = match types.len().saturating_sub(MOST_TYPES) {
                0 => what,
                others => what.then(" and {#} more", &[&others]),
            };
            brought.retain(|id| !types.contains(id));
            self.report(&operation.about(), Class::Additive, "", what);
        }
        for (old, new) in operations.kept {
            self.operation(*old, *new);
        }
    }

    fn operation(&mut self, before: Operation<'_>, after: Operation<'_>) {
        let ir::Operation {
            id,
            alternative: _, // … operations with other ids are different operations
            rust_name: _,   // … it has become the method
            pointer,
            method: _, // compared as the request
            path: _,
            query: _,
            tag,
            more_tags: _, // they have become features
            summary,
            description,
            security: _, // security.rs
            servers: _,  // servers.rs
            permission,
            unstable,
            sunset,
            idempotent,
            deprecated,
            parameters,
            body,
            sends_multipart,
            parts_in,
            responses,
            success: _,    // … it has become the type of the response
            pagination: _, // … below, with that of the surface
            batch: _,
            call: _, // in calls.rs
        } = after.spec;
        let Call {
            ident,
            module,
            registry: _, // private
            choice: _,   // … these are compared in calls.rs
            inputs: _,
            way,
            with_body: _,
            setters: _,
            distinct: _,
            body: _,
            answer: _, // … this and the headers are compared in messages.rs
            headers: _,
            security: _, // security.rs
            pages: _,
            batches: _,
            gate: _, // features.rs
        } = after.call;
        let (old, old_call, about) = (before.spec, before.call, &after.about());
        let methods: [&dyn Display; 2] = [&way.method.unraw(), &old_call.way.method.unraw()];
        let calls: [&dyn Display; 2] = [ident, &old_call.ident];
        let at = "operationId";
        let _ = self.differs(about, Class::Compile, at, "operation renamed, was {1}", methods)
            || self.differs(about, Class::Compile, at, "the type of the call is {}, was {}", calls)
            || self.differs(about, Class::Docs, at, "is in the file {}, was {}", [module, &old_call.module]);
        self.differs(about, Class::Additive, at, "its id in errors and traces is {}, was {}", [id, &old.id]);
        let [now, was] = [after.request(), before.request()];
        let class = if without_names(&now) == without_names(&was) { Class::Docs } else { Class::Wire };
        self.differs(about, class, "", "sends {}, was {}", [&now, &was]);
        let differs = [
            ("tags", old.tag != *tag),
            ("summary", old.summary != *summary),
            ("description", old.description != *description),
            ("x-unstable", old.unstable != *unstable),
            ("x-sunset", old.sunset != *sunset),
        ];
        self.prose(about, &differs);
        self.gate(about, &old_call.gate, &after.call.gate);
        self.served_at(about, before, after);
        self.security(about, before, after);
        let permissions = [&old.permission, permission].map(|needed| needed.as_ref().and_then(Permission::text));
        self.permission(about, permissions[0].as_ref(), permissions[1].as_ref());
        if old.idempotent != *idempotent {
            let what = if *idempotent {
                "is idempotent: retried even if it may have taken effect"
            } else {
                "is not idempotent: no longer retried if it may have taken effect"
            };
            self.report(about, Class::Wire, "x-idempotent", Text::new(what, &[]));
        }
        self.deprecation(about, old.deprecated, *deprecated);
        self.parameters(about, &old.parameters, parameters);
        if old.sends_multipart != *sends_multipart {
            let what = if *sends_multipart { "always sends a multipart body" } else { "sends no empty multipart body" };
            self.report(about, Class::Wire, "requestBody", Text::new(what, &[]));
        }
        let parts = |parts_in: &Option<String>| parts_in.clone().unwrap_or_else(|| "multipart/form-data".to_owned());
        let has_parts = |parameters: &[Parameter]| parameters.iter().any(|one| one.location == Location::Part);
        if has_parts(&old.parameters) && has_parts(parameters) {
            let kinds: [&dyn Display; 2] = [&parts(parts_in), &parts(&old.parts_in)];
            self.differs(about, Class::Wire, "requestBody", "sends its parts as {}, was {}", kinds);
        }
        if let (Some(was), Some(now)) = (&old.body, body) {
            self.body(&About::new(about.subject.clone(), &pointer.key("requestBody")), was, now);
        }
        let about_responses = &About::new(about.subject.clone(), &pointer.key("responses"));
        self.responses(about_responses, &old.responses, responses);
        self.answers(about_responses, before, after);
        self.header_types(about_responses, before, after);
        self.pages(about, before, after);
        self.batches(about, before, after);
        self.call(about, before, after);
    }

    fn permission(&mut self, about: &About, old: Option<&String>, new: Option<&String>) {
        let (class, what) = match (old, new) {
            (old, new) if old == new => return,
            (Some(old), Some(new)) => (Class::Wire, Text::new("needs the permission {}, was {}", &[new, old])),
            (None, Some(new)) => (Class::Wire, Text::new("needs the permission {}", &[new])),
            (Some(old), None) => (Class::Additive, Text::new("no longer needs the permission {}", &[old])),
            (None, None) => return,
        };
        self.report(about, class, "x-permission", what);
    }

    /// Compares the properties of a parameter that do not concern the inputs of a call.
    fn parameters(&mut self, about: &About, old: &[Parameter], new: &[Parameter]) {
        let parameters = matched(old, new, &[&|place, parameter: &Parameter| Some(Goal::parameter(place, parameter))]);
        self.order(&parameters, about, "parameters", "parameters are in another order");
        for (was, now) in &parameters.kept {
            // The inputs, with their names and types, are compared with the call.
            let Parameter {
                name,
                rust_name: _,
                pointer,
                location: _,
                docs,
                required: _,
                ty: _,
                style,
                media_type,
                required_in_body,
            } = now;
            let about = &About::new(about.subject.clone().then(" {}", &[name]), pointer);
            let styles: [&dyn Display; 2] = [&style_text(*style), &style_text(was.style)];
            self.differs(about, Class::Wire, "", "is written as {}, was {}", styles);
            if was.media_type != *media_type {
                self.report(about, Class::Wire, "", Text::new("is sent in another media type", &[]));
            }
            match (was.required_in_body, required_in_body) {
                (false, true) => {
                    self.report(about, Class::Wire, "", Text::new("is required if there is another part", &[]));
                }
                (true, false) => {
                    self.report(about, Class::Additive, "", Text::new("is optional if there is another part", &[]));
                }
                _ => {}
            }
            self.docs(about, true, &was.docs, docs);
        }
    }
}

impl<'a> Operation<'a> {
    fn all(side: Side<'a>) -> Vec<Self> {
        let calls = side.api.operations.iter().zip(&side.surface.calls);
        calls.map(|(spec, call)| Self { side, spec, call }).collect()
    }

    fn about(&self) -> About {
        About::new(Text::name(&self.call.way.method.unraw()), &self.spec.pointer)
    }

    /// A key of the operation, under its name on the new side.
    pub(super) fn part(&self, about: &About, key: &str) -> About {
        About::new(about.subject.clone(), &self.spec.pointer.key(key))
    }

    /// Returns the request line.
    fn request(&self) -> String {
        format!("{} {}", self.spec.method.as_str(), self.spec.target())
    }
}

fn matched_operations<'s, 'a>(old: &'s [Operation<'a>], new: &'s [Operation<'a>]) -> Matched<'s, Operation<'a>> {
    let key = |operation: &Operation<'_>, of: String| Some((of, operation.spec.alternative.clone()));
    let by_id = |_: usize, operation: &Operation<'_>| key(operation, operation.spec.id.clone());
    let by_request = |_: usize, operation: &Operation<'_>| key(operation, without_names(&operation.request()));
    matched(old, new, &[&by_id, &by_request])
}

/// Returns the new types that only added operations refer to: they are reported with these.
pub(super) fn brought_along(old: Side<'_>, new: Side<'_>, pairs: &Pairs) -> BTreeSet<TypeId> {
    let (before, after) = (Operation::all(old), Operation::all(new));
    let operations = matched_operations(&before, &after);
    let reached = |operation: &Operation<'_>| types_of(new.api, operation.spec);
    let mut known: BTreeSet<TypeId> = operations.kept.iter().flat_map(|(_, operation)| reached(operation)).collect();
    pairs.kept().for_each(|id| new.api.types.reach(&TypeRef::Named(id), &mut known));
    operations.added.iter().flat_map(|operation| reached(operation)).filter(|id| !known.contains(id)).collect()
}

/// Returns a request line without the names of its path parameters.
fn without_names(request: &str) -> String {
    let parts = request.split('{').enumerate();
    let rest = |part: &str| part.split_once('}').map_or(String::new(), |(_, rest)| format!("{{}}{rest}"));
    parts.map(|(index, part)| if index == 0 { part.to_owned() } else { rest(part) }).collect()
}

/// Returns an example of the format.
fn style_text(style: Style) -> String {
    let Expansion { layout, explode, reserved, or_empty } = match style {
        Style::Plain => return "a=1".to_owned(),
        Style::Repeated => return "a=1&a=2".to_owned(),
        Style::Joined => return "a=1,2".to_owned(),
        Style::Part(PartForm::Text) => return "a text".to_owned(),
        Style::Part(PartForm::Json) => return "JSON".to_owned(),
        Style::Part(PartForm::JsonList) => return "one JSON list".to_owned(),
        Style::Part(PartForm::File) => return "a file".to_owned(),
        Style::Expanded(expansion) => expansion,
    };
    let layout = match (layout, explode) {
        (Layout::Simple, false) => "1,2 or x,1",
        (Layout::Simple, true) => "1,2 or x=1",
        (Layout::Label, false) => ".1,2 or .x,1",
        (Layout::Label, true) => ".1.2 or .x=1",
        (Layout::Matrix, false) => ";a=1,2 or ;a=x,1",
        (Layout::Matrix, true) => ";a=1;a=2 or ;x=1",
        (Layout::Form, false) => "a=1,2 or a=x,1",
        (Layout::Form, true) => "a=1&a=2 or x=1",
        (Layout::SpaceDelimited, _) => "a=1%202 or a=x%201",
        (Layout::PipeDelimited, _) => "a=1%7C2 or a=x%7C1",
        (Layout::DeepObject, _) => "a[]=1&a[]=2 or a[x]=1",
        (Layout::Json, _) => "JSON",
    };
    let reserved = if reserved { ", with reserved characters" } else { "" };
    let or_empty = if or_empty { ", or empty" } else { "" };
    format!("{layout}{reserved}{or_empty}")
}
