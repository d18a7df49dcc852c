//! The methods of the client that begin a call.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::ext::IdentExt as _;

use super::{Emitter, docs, example, field_value};
use crate::emit::allowed::{Function, Receiver};
use crate::emit::docs::Doc;
use crate::format::BLANK;
use crate::ir::{BodyPart, Input, Required};
use crate::names::RequiredNames;

/// More arguments than clippy lets pass, the receiver included.
const MANY_ARGUMENTS: usize = 7;

impl Emitter<'_> {
    /// The method that asks for the inputs one by one, and the one that takes a whole body.
    pub(super) fn client_methods(&self) -> TokenStream {
        let doc = self.method_doc().outer();
        let call = &self.operation.call;
        let method = self.method(&self.names.method, &call.required, &self.names.required, &doc);
        let with_body = call.with_body.as_ref().zip(self.names.method_with_body.as_ref()).map(|(required, ident)| {
            let blank = format_ident!("{BLANK}");
            let doc = self.with_body_doc().outer();
            let method = self.method(ident, required, &self.names.with_body, &doc);
            quote! { #blank! {} #method }
        });
        quote! { impl<M> Client<M> { #method #with_body } }
    }

    fn method(&self, method: &Ident, required: &Required, names: &RequiredNames, doc: &TokenStream) -> TokenStream {
        let deprecated = self.operation.deprecated.then(|| quote! { #[deprecated] });
        let choice = self.names.choice.as_ref().map(|choice| {
            let (ident, argument) = (&choice.ident, &choice.argument);
            (argument, quote! { impl Into<#ident> })
        });
        let arguments = required.arguments.iter().zip(&names.arguments);
        let arguments = arguments.map(|(input, name)| (name, self.accepted(input)));
        let arguments: Vec<(&Ident, TokenStream)> = choice.into_iter().chain(arguments).collect();
        let many = (arguments.len() >= MANY_ARGUMENTS).then(|| {
            quote! { #[allow(clippy::too_many_arguments, reason = "the API requires them all")] }
        });
        let (output, value) = match names.steps.first() {
            None => (self.names.call.clone(), self.call_value(required, names, None)),
            Some(step) => (step.state.clone(), self.first_state(required, names)),
        };
        let begin = Function { name: method, receiver: Receiver::Reference, arguments };
        let (arguments, allowed) = (begin.arguments(), begin.allowed());
        quote! {
            #doc
            #deprecated
            #many
            #allowed
            pub fn #method(&self, #arguments) -> #output<'_, M> {
                #value
            }
        }
    }

    fn method_doc(&self) -> Doc {
        let operation = self.operation;
        let summary = if operation.summary.is_empty() {
            format!("The operation {}.", docs::code(&operation.id))
        } else {
            with_full_stop(&operation.summary)
        };
        let mut doc = Doc::new().prose(&summary).prose(&operation.description);
        doc = self.ways_to_send(doc);

        let request = docs::code(&format!("{} {}", operation.method.as_str(), operation.path));
        let mut facts = vec![format!("Sends {request}.")];
        if let Some(permission) = &operation.permission {
            facts.push(format!("The keys need the permission {}.", docs::code(permission)));
        }
        facts.push(if operation.idempotent {
            "Tried again after a 429, a 5xx, and when the connection fails at any time.".to_owned()
        } else {
            "Tried again after a 429 and when no connection can be made, but never once it may have taken effect."
                .to_owned()
        });
        doc = doc.paragraph(facts.join(" "));
        if let Some(unstable) = &operation.unstable {
            doc = doc.prose(unstable);
        }
        let call = &self.names.call;
        if operation.pagination.is_some() {
            doc = doc.paragraph(format!(
                "The list comes in pages: `send` gives one, [`stream`]({call}::stream) the items of all of them."
            ));
        }
        if let Some(batch) = &operation.batch {
            doc = doc.paragraph(format!(
                "One request takes {} items. [`send_in_batches`]({call}::send_in_batches) sends more, in several \
                 requests that together are not atomic.",
                batch.limit
            ));
        }
        doc = self.arguments_doc(doc);
        doc = self.errors_doc(doc);
        let example = example::operation(self.context, operation, self.names);
        let fenced = std::iter::once("```no_run".to_owned()).chain(example).chain(["```".to_owned()]);
        doc.paragraph("# Example").block(fenced)
    }

    /// What a caller would miss who knows `send` alone.
    fn ways_to_send(&self, mut doc: Doc) -> Doc {
        let call = &self.names.call;
        if self.operation.pagination.is_some() {
            doc = doc.paragraph(format!(
                "[`stream`]({call}::stream) gives the items of all pages and [`pages`]({call}::pages) gives the pages; \
                 [`send`]({call}::send) gives one page only."
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
        let required = &self.operation.call.required;
        let names = &self.names.required;
        if !required.arguments.is_empty() || self.names.choice.is_some() {
            doc = doc.paragraph("# Arguments").gap();
        }
        if let Some(choice) = &self.names.choice {
            let about = Doc::new().paragraph(format!("What the call is narrowed to, see [`{}`].", choice.ident));
            doc = doc.item(&choice.argument.unraw().to_string(), about);
        }
        doc = required
            .arguments
            .iter()
            .zip(&names.arguments)
            .fold(doc, |doc, (input, name)| doc.item(&name.unraw().to_string(), self.input_doc(input)));
        if !required.steps.is_empty() {
            doc = doc.paragraph("# Steps").paragraph("To be called in this order, before the call can be sent:").gap();
            doc = required
                .steps
                .iter()
                .zip(&names.steps)
                .fold(doc, |doc, (input, step)| doc.item(&step.ident.unraw().to_string(), self.input_doc(input)));
        }
        doc
    }

    fn errors_doc(&self, doc: Doc) -> Doc {
        let responses = self.operation.responses.iter();
        let mut failures = responses.filter(|response| !(200..300).contains(&response.status)).peekable();
        let doc = doc.paragraph("# Errors");
        if failures.peek().is_none() {
            return doc.paragraph("Sending fails with an [`Error`](crate::Error).");
        }
        let doc =
            doc.paragraph("Sending fails with an [`Error`](crate::Error). The statuses that the API documents:").gap();
        failures
            .fold(doc, |doc, response| doc.item(&response.status.to_string(), Doc::new().prose(&response.description)))
    }

    fn with_body_doc(&self) -> Doc {
        let method = self.names.method.unraw();
        Doc::new()
            .paragraph(format!("The same as [`{method}`](Self::{method}), with a whole body."))
            .paragraph("# Errors")
            .paragraph(format!("See [`{method}`](Self::{method})."))
    }

    /// The call with all that is required. The values come from arguments or, behind the last step, from the state
    /// before it.
    pub(super) fn call_value(
        &self,
        required: &Required,
        names: &RequiredNames,
        last_step: Option<&Ident>,
    ) -> TokenStream {
        let call = &self.names.call;
        let client = if last_step.is_some() {
            quote! { self.client }
        } else {
            quote! { self }
        };
        let idents = names.arguments.iter().chain(names.steps.iter().map(|step| &step.ident));
        let inputs: Vec<(&Input, &Ident)> = required.inputs().zip(idents).collect();
        let value = |input: &Input, name: &Ident| match last_step {
            Some(last) if name != last => quote! { self.#name },
            _ => self.given(input, name),
        };
        let choice = self.names.choice.as_ref().map(|choice| {
            let argument = &choice.argument;
            let value = if last_step.is_some() {
                quote! { self.#argument }
            } else {
                quote! { #argument.into() }
            };
            let field = field_value(argument, &value);
            quote! { #field, }
        });
        let body = match &self.operation.body {
            None => TokenStream::new(),
            Some(_) if self.operation.call.setters.iter().any(|input| input.body == Some(BodyPart::Whole)) => {
                quote! { body: None, }
            }
            Some(body) => {
                let whole = inputs.iter().find(|(input, _)| input.body == Some(BodyPart::Whole));
                let value = match whole {
                    Some((input, name)) => value(input, name),
                    None => self.body_value(body, &inputs, &value),
                };
                let field = field_value(&format_ident!("body"), &value);
                quote! { #field, }
            }
        };
        let parameters = inputs.iter().filter(|(input, _)| input.parameter.is_some()).map(|(input, name)| {
            let field = field_value(name, &value(input, name));
            quote! { #field, }
        });
        let parameters: Vec<TokenStream> = parameters.collect();
        let unset = self.setters().filter(|(input, _)| input.parameter.is_some()).map(|(_, name)| {
            quote! { #name: None, }
        });
        quote! {
            #call {
                client: #client,
                #choice
                #body
                #(#parameters)*
                #(#unset)*
                headers: HeaderMap::new(),
            }
        }
    }
}

fn with_full_stop(sentence: &str) -> String {
    let sentence = sentence.trim();
    if sentence.ends_with(['.', '!', '?']) { sentence.to_owned() } else { format!("{sentence}.") }
}
