//! The methods of the client that begin a call.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{Emitter, docs, example};
use crate::emit::allowed::{Function, Receiver};
use crate::emit::docs::Doc;
use crate::emit::types::OPERATION;
use crate::emit::{security, served};
use crate::format::BLANK;
use crate::ident::Ident;
use crate::ir::{self, Alternative, Method, Permission, Response, StatusKey};
use crate::surface::{Argument, BodyValue, Constructor, Filled, Form, Kind, RustType, Step, Struct, Way};

/// More arguments than clippy allows, including the receiver.
const MANY_ARGUMENTS: usize = 7;

impl Emitter<'_> {
    /// Emits the method with separate inputs, and the method that takes a whole body.
    pub(super) fn client_methods(&self) -> TokenStream {
        let method = self.method(&self.call.way, &self.method_doc().outer());
        let with_body = self.call.with_body.as_ref().map(|way| {
            let blank = format_ident!("{BLANK}");
            let method = self.method(way, &self.with_body_doc().outer());
            quote! { #blank! {} #method }
        });
        quote! { impl<M: Clone> Client<M> { #method #with_body } }
    }

    fn method(&self, way: &Way, doc: &TokenStream) -> TokenStream {
        let deprecated =
            self.operation.deprecated.then(|| match self.operation.sunset.as_deref().map(docs::one_line) {
                None => quote! { #[deprecated] },
                Some(day) => {
                    let note = format!("it is available until {day}");
                    quote! { #[deprecated(note = #note)] }
                }
            });
        let choice = self.call.choice.as_ref().map(|choice| {
            let (ident, argument) = (&choice.ident, &choice.argument);
            (argument, quote! { impl Into<#ident> })
        });
        let arguments = way.arguments.iter().map(|index| {
            let input = self.call.input(*index);
            (&input.ident, self.context.operation_argument(&input.accepted))
        });
        let arguments: Vec<(&Ident, TokenStream)> = choice.into_iter().chain(arguments).collect();
        let many = (arguments.len() >= MANY_ARGUMENTS).then(|| {
            quote! { #[allow(clippy::too_many_arguments, reason = "the API requires them all")] }
        });
        let (output, value) = match way.steps.first() {
            None => (&self.call.ident, self.call_value(way, None)),
            Some(step) => (&step.state, self.first_state(way, step)),
        };
        let method = &way.method;
        let begin = Function { name: method.as_str(), receiver: Receiver::Reference, arguments };
        let (arguments, allowed) = (begin.arguments(), begin.allowed());
        quote! {
            #doc
            #deprecated
            #many
            #allowed
            pub fn #method(&self, #arguments) -> #output<M> {
                #value
            }
        }
    }

    /// What the operation does, as a sentence.
    pub(super) fn summary(&self) -> String {
        if self.operation.summary.is_empty() {
            format!("The operation {}.", docs::code(&self.operation.id))
        } else {
            with_full_stop(&self.operation.summary)
        }
    }

    fn method_doc(&self) -> Doc {
        let operation = self.operation;
        let mut doc = Doc::new().prose(&self.summary()).prose(&operation.description);
        if let Some(Alternative { media_type, direction }) = &operation.alternative {
            let media_type = docs::code(media_type);
            doc = doc.paragraph(match direction {
                ir::Direction::Request => format!("This call sends {media_type}."),
                ir::Direction::Response => format!("This call accepts {media_type}."),
            });
        }
        doc = self.ways_to_send(doc);

        let request = docs::code(&format!("{} {}", operation.method.as_str(), operation.target()));
        let mut facts = vec![format!("Sends {request}.")];
        facts.extend(served::sentence(self.context, operation));
        facts.extend(security::sentence(self.context, operation));
        facts.extend(operation.permission.as_ref().and_then(needs_permission));
        facts.push(if operation.idempotent {
            "Retried after a 429, a 5xx, and any failure of the connection.".to_owned()
        } else {
            "Retried after a 429 and if no connection can be made, but never once it may have taken effect.".to_owned()
        });
        doc = doc.paragraph(facts.join(" "));
        if let Some(unstable) = &operation.unstable {
            doc = doc.prose(unstable);
        }
        if let Some(day) = &operation.sunset {
            doc = doc.paragraph(format!("It is available until {}.", docs::code(day)));
        }
        let call = &self.call.ident;
        if operation.pagination.is_some() {
            doc = doc.paragraph(format!(
                "The list is paginated: `send` returns one page, [`stream`]({call}::stream) the items of all pages."
            ));
        }
        if let Some(batch) = &operation.batch {
            doc = doc.paragraph(format!(
                "One request takes from one to {} items. [`send_in_batches`]({call}::send_in_batches) sends more in several \
                 requests, which together are not atomic; without items it sends nothing.",
                batch.limit
            ));
        }
        doc = self.arguments_doc(doc);
        doc = self.refused_doc(doc);
        doc = self.errors_doc(doc);
        if let Some(headers) = &self.call.headers {
            let ident = &headers.ident;
            doc = doc
                .paragraph("# Headers")
                .paragraph(format!("[`{ident}`] reads the documented headers of a response."));
        }
        let example = example::operation(self.context, operation, self.call);
        let fenced = std::iter::once("```no_run".to_owned()).chain(example).chain(["```".to_owned()]);
        doc.paragraph("# Example").block(fenced)
    }

    /// Documents the ways to send the call in addition to `send`.
    fn ways_to_send(&self, mut doc: Doc) -> Doc {
        let call = &self.call.ident;
        if self.operation.pagination.is_some() {
            doc = doc.paragraph(format!(
                "[`stream`]({call}::stream) returns the items of all pages and [`pages`]({call}::pages) the pages themselves; \
                 [`send`]({call}::send) returns a single page."
            ));
        }
        if let Some(batch) = &self.operation.batch {
            doc = doc.paragraph(format!(
                "[`send_in_batches`]({call}::send_in_batches) takes any number of items, and sends {} at a time.",
                batch.limit
            ));
        }
        doc
    }

    fn arguments_doc(&self, mut doc: Doc) -> Doc {
        let Way { arguments, steps, .. } = &self.call.way;
        if !arguments.is_empty() || self.call.choice.is_some() {
            doc = doc.paragraph("# Arguments").gap();
        }
        if let Some(choice) = &self.call.choice {
            let about = Doc::new().paragraph(format!("The filters of the call: see [`{}`].", choice.ident));
            doc = doc.item(choice.argument.unraw(), about);
        }
        let item = |doc: Doc, index: usize| doc.item(self.call.input(index).ident.unraw(), self.input_doc(index));
        doc = arguments.iter().fold(doc, |doc, index| item(doc, *index));
        if !steps.is_empty() {
            doc = doc.paragraph("# Steps").paragraph("Call these in order before you send the call:").gap();
            doc = steps.iter().fold(doc, |doc, step| item(doc, step.input));
        }
        doc
    }

    /// Documents which calls are rejected before they are sent, and which are not.
    fn refused_doc(&self, doc: Doc) -> Doc {
        let name = |index: usize| self.call.input(index).ident.unraw();
        let mut doc = self.call.distinct.iter().fold(doc, |doc, (source, target)| {
            let (source, target) = (name(*source), name(*target));
            doc.paragraph(format!("A call with the same `{source}` and `{target}` fails, and nothing is sent."))
        });
        let in_body = |index: usize| {
            let input = self.call.input(index);
            input.body.is_some() && input.parameter.is_none()
        };
        let optional = self.call.setters.iter().any(|index| in_body(*index));
        if self.operation.method == Method::Patch && optional && !self.call.way.inputs().any(in_body) {
            doc = doc.paragraph(
                "Without a setter, the call requests no change. It is sent nevertheless, and the server decides.",
            );
        }
        doc
    }

    fn errors_doc(&self, doc: Doc) -> Doc {
        let responses = self.operation.responses.iter().enumerate();
        let is_failure = |(place, response): &(usize, &Response)| {
            !response.status.is_success()
                && (response.status == StatusKey::Default || !self.operation.is_success(*place))
        };
        let mut failures = responses.filter(is_failure).map(|(_, response)| response).peekable();
        let doc = doc.paragraph("# Errors");
        if failures.peek().is_none() {
            return doc.paragraph("Sending fails with an [`Error`](crate::Error).");
        }
        let doc =
            doc.paragraph("Sending fails with an [`Error`](crate::Error). The statuses that the API documents:").gap();
        let about = |response: &Response| self.context.failures.doc(&response.description);
        failures.fold(doc, |doc, response| doc.item(&response.status.to_string(), about(response)))
    }

    fn with_body_doc(&self) -> Doc {
        let method = self.call.way.method.unraw();
        Doc::new()
            .paragraph(format!("Like [`{method}`](Self::{method}), but takes the whole body."))
            .paragraph("# Errors")
            .paragraph(format!("See [`{method}`](Self::{method})."))
    }

    /// Emits the call with all required values. They come from arguments or, after the last step, from the previous
    /// state.
    pub(super) fn call_value(&self, way: &Way, last: Option<&Step>) -> TokenStream {
        let call = &self.call.ident;
        let client = if last.is_some() {
            quote! { self.client }
        } else {
            quote! { self.clone() }
        };
        let choice = self.call.choice.as_ref().map(|choice| {
            let argument = &choice.argument;
            if last.is_some() {
                quote! { #argument: self.#argument, }
            } else {
                quote! { #argument: #argument.into(), }
            }
        });
        let body = match &way.body {
            BodyValue::Nothing => None,
            BodyValue::Unset => Some(match self.call.body {
                Some(RustType::Nullable(_)) => quote! { body: Nullable::Absent, },
                _ => quote! { body: None, },
            }),
            BodyValue::Given(input) => {
                let field = self.field(*input, last);
                Some(quote! { #field, })
            }
            BodyValue::Built(constructor) => {
                let value = self.constructor(constructor, last);
                Some(quote! { body: #value, })
            }
        };
        let given = way.inputs().filter(|index| self.call.input(*index).parameter.is_some());
        let given = given.map(|index| {
            let field = self.field(index, last);
            quote! { #field, }
        });
        let unset = self.call.setters.iter().map(|index| self.call.input(*index));
        let unset = unset.filter(|input| input.parameter.is_some()).map(|input| {
            let ident = &input.ident;
            match &input.kept {
                RustType::Nullable(_) => quote! { #ident: Nullable::Absent, },
                _ => quote! { #ident: None, },
            }
        });
        quote! {
            #call {
                client: #client,
                #choice
                #body
                #(#given)*
                #(#unset)*
                adjustments: Adjustments::default(),
            }
        }
    }

    /// Emits the field for a required input.
    pub(super) fn field(&self, index: usize, last: Option<&Step>) -> TokenStream {
        self.named(&self.call.input(index).ident, index, last)
    }

    /// Emits a field of this name with the value of a required input.
    fn named(&self, name: &Ident, index: usize, last: Option<&Step>) -> TokenStream {
        let input = self.call.input(index);
        if is_in_state(index, last) || input.accepted.form != Form::Plain || input.ident != *name {
            let value = self.value(index, last);
            quote! { #name: #value }
        } else {
            quote! { #name }
        }
    }

    /// Emits the value of a required input, in the type in which it is stored.
    fn value(&self, index: usize, last: Option<&Step>) -> TokenStream {
        let input = self.call.input(index);
        let ident = &input.ident;
        if is_in_state(index, last) {
            quote! { self.#ident }
        } else {
            OPERATION.formed(input.accepted.form, &quote! { #ident })
        }
    }

    fn constructor(&self, constructor: &Constructor, last: Option<&Step>) -> TokenStream {
        let model = self.context.surface.model(constructor.object);
        let object = &model.ident;
        if let Kind::Struct(Struct { fields: Some(fields), members, .. }) = &model.kind {
            let arguments = members.iter().filter(|member| matches!(member.filled, Filled::Argument(_)));
            let values = arguments.zip(&constructor.arguments).map(|(member, argument)| {
                let name = &member.ident;
                let value = match argument {
                    Argument::Constructor(inner) => self.constructor(inner, last),
                    Argument::Input { input, cloned: true } => {
                        let value = self.value(*input, last);
                        quote! { #value.clone() }
                    }
                    Argument::Input { input, cloned: false } => return self.named(name, *input, last),
                };
                quote! { #name: #value }
            });
            return quote! { models::#object::new(models::#fields { #(#values),* }) };
        }
        let arguments = constructor.arguments.iter().map(|argument| match argument {
            Argument::Constructor(inner) => self.constructor(inner, last),
            Argument::Input { input, cloned } => {
                let ident = &self.call.input(*input).ident;
                // A constructor converts texts and lists itself.
                let form = self.call.input(*input).accepted.form;
                let is_converted = matches!(form, Form::Into | Form::Collect | Form::CollectInto);
                let value = if is_converted && !is_in_state(*input, last) && !cloned {
                    quote! { #ident }
                } else {
                    self.value(*input, last)
                };
                if *cloned {
                    quote! { #value.clone() }
                } else {
                    value
                }
            }
        });
        quote! { models::#object::new(#(#arguments),*) }
    }
}

/// Whether a value was set before the last step.
fn is_in_state(index: usize, last: Option<&Step>) -> bool {
    last.is_some_and(|step| step.input != index)
}

fn with_full_stop(sentence: &str) -> String {
    let sentence = sentence.trim();
    if sentence.ends_with(['.', '!', '?']) { sentence.to_owned() } else { format!("{sentence}.") }
}

/// Documents the permissions, if any are needed.
fn needs_permission(permission: &Permission) -> Option<String> {
    let names: Vec<String> = permission.names.iter().map(|name| docs::code(name)).collect();
    let (last, others) = names.split_last()?;
    let word = if permission.all { "and" } else { "or" };
    let names = if others.is_empty() { last.clone() } else { format!("{} {word} {last}", others.join(", ")) };
    let permissions = if permission.all { "permissions" } else { "permission" };
    Some(format!("The keys need the {permissions} {names}."))
}
