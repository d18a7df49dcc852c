//! Steps: what has to be given by name before a call exists, one type for each state in between.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::ext::IdentExt as _;

use super::{Emitter, field_value};
use crate::emit::allowed::{self, Function, Receiver};
use crate::emit::docs::Doc;
use crate::format::Item;
use crate::ir::{Input, Required};
use crate::names::RequiredNames;

impl Emitter<'_> {
    /// The types of the states, of both ways to begin the call.
    pub(super) fn step_types(&self) -> Vec<Item> {
        let call = &self.operation.call;
        let mut items = self.states(&call.required, &self.names.required, &self.names.method);
        if let (Some(required), Some(method)) = (&call.with_body, &self.names.method_with_body) {
            items.extend(self.states(required, &self.names.with_body, method));
        }
        items
    }

    /// The state after the arguments, before the first step.
    pub(super) fn first_state(&self, required: &Required, names: &RequiredNames) -> TokenStream {
        let Some(step) = names.steps.first() else { return TokenStream::new() };
        let state = &step.state;
        let choice = self.names.choice.as_ref().map(|choice| {
            let argument = &choice.argument;
            quote! { #argument: #argument.into(), }
        });
        let arguments = required.arguments.iter().zip(&names.arguments).map(|(input, name)| {
            let field = field_value(name, &self.given(input, name));
            quote! { #field, }
        });
        quote! { #state { client: self, #choice #(#arguments)* } }
    }

    fn states(&self, required: &Required, names: &RequiredNames, method: &Ident) -> Vec<Item> {
        let mut items = Vec::new();
        for (index, (input, step)) in required.steps.iter().zip(&names.steps).enumerate() {
            let state = &step.state;
            let doc = Doc::new()
                .paragraph(format!(
                    "A call that [`Client::{}`] begins, before [`{1}`](Self::{1}).",
                    method.unraw(),
                    step.ident.unraw()
                ))
                .outer();
            let fields = self.state_fields(required, names, index);
            items.push(Item::Rust(quote! {
                #doc
                #[derive(Clone, Debug)]
                #[must_use = "a call does nothing until all its steps are taken and it is sent"]
                pub struct #state<'a, M = Async> {
                    client: &'a Client<M>,
                    #(#fields)*
                }
            }));
            items.push(Item::Rust(self.step(required, names, index, input)));
        }
        items
    }

    /// What is known before a step: its fields.
    fn state_fields(&self, required: &Required, names: &RequiredNames, index: usize) -> Vec<TokenStream> {
        let choice = self.names.choice.as_ref().map(|choice| {
            let (ident, argument) = (&choice.ident, &choice.argument);
            quote! { #argument: #ident, }
        });
        let inputs = known(required, names, index).map(|(input, name)| {
            let ty = self.kept(input);
            let allowed = allowed::complex_field(&ty);
            quote! { #allowed #name: #ty, }
        });
        choice.into_iter().chain(inputs).collect()
    }

    fn step(&self, required: &Required, names: &RequiredNames, index: usize, input: &Input) -> TokenStream {
        let step = &names.steps[index];
        let (ident, state) = (&step.ident, &step.state);
        let doc = self.input_doc(input).outer();
        let accepted = self.accepted(input);
        let (output, value) = match names.steps.get(index + 1) {
            None => {
                let call = &self.names.call;
                (quote! { #call }, self.call_value(required, names, Some(ident)))
            }
            Some(next) => {
                let next = &next.state;
                let choice = self.names.choice.as_ref().map(|choice| {
                    let argument = &choice.argument;
                    quote! { #argument: self.#argument, }
                });
                let taken = known(required, names, index).map(|(_, name)| quote! { #name: self.#name, });
                let own = field_value(ident, &self.given(input, ident));
                (quote! { #next }, quote! { #next { client: self.client, #choice #(#taken)* #own } })
            }
        };
        let method = Function { name: ident, receiver: Receiver::Value, arguments: vec![(ident, accepted.clone())] };
        let allowed = method.allowed();
        quote! {
            impl<'a, M> #state<'a, M> {
                #doc
                #allowed
                pub fn #ident(self, #ident: #accepted) -> #output<'a, M> {
                    #value
                }
            }
        }
    }
}

/// The inputs that are given before a step.
fn known<'i>(
    required: &'i Required,
    names: &'i RequiredNames,
    step: usize,
) -> impl Iterator<Item = (&'i Input, &'i Ident)> {
    let steps = required.steps.iter().zip(names.steps.iter().map(|step| &step.ident)).take(step);
    required.arguments.iter().zip(&names.arguments).chain(steps)
}
