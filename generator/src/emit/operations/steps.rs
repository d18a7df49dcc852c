//! Steps: the inputs that are set by name before a call exists, with one type per state in between.

use proc_macro2::TokenStream;
use quote::quote;

use super::Emitter;
use crate::emit::allowed::{self, Function, Receiver};
use crate::emit::docs::Doc;
use crate::format::Item;
use crate::surface::{Step, Way};

impl Emitter<'_> {
    /// Emits the types of the states, for both ways to begin the call.
    pub(super) fn step_types(&self) -> Vec<Item> {
        self.call.ways().flat_map(|way| self.states(way)).collect()
    }

    /// Emits the state after the arguments, before the first step.
    pub(super) fn first_state(&self, way: &Way, step: &Step) -> TokenStream {
        let state = &step.state;
        let choice = self.call.choice.as_ref().map(|choice| {
            let argument = &choice.argument;
            quote! { #argument: #argument.into(), }
        });
        let arguments = way.arguments.iter().map(|index| {
            let field = self.field(*index, None);
            quote! { #field, }
        });
        quote! { #state { client: self.clone(), #choice #(#arguments)* } }
    }

    fn states(&self, way: &Way) -> Vec<Item> {
        let mut items = Vec::new();
        for (index, step) in way.steps.iter().enumerate() {
            let state = &step.state;
            let doc = Doc::new()
                .prose(&self.summary())
                .paragraph(format!(
                    "[`Client::{}`] starts this call, which needs [`{1}`](Self::{1}) next.",
                    way.method.unraw(),
                    self.call.input(step.input).ident.unraw()
                ))
                .outer();
            let fields = self.state_fields(way, index);
            items.push(Item::Rust(quote! {
                #doc
                #[derive(Clone, Debug)]
                #[must_use = "a call does nothing until all its steps are taken and it is sent"]
                pub struct #state<M = Async> {
                    client: Client<M>,
                    #(#fields)*
                }
            }));
            items.push(Item::Rust(self.step(way, index, step)));
        }
        items
    }

    /// Returns the values that are known before a step, as fields.
    fn state_fields(&self, way: &Way, step: usize) -> Vec<TokenStream> {
        let choice = self.call.choice.as_ref().map(|choice| {
            let (ident, argument) = (&choice.ident, &choice.argument);
            quote! { #argument: #ident, }
        });
        let inputs = known(way, step).map(|index| {
            let input = self.call.input(index);
            let (ident, ty) = (&input.ident, self.context.operation_type(&input.kept));
            let allowed = allowed::complex_field(&ty);
            quote! { #allowed #ident: #ty, }
        });
        choice.into_iter().chain(inputs).collect()
    }

    fn step(&self, way: &Way, index: usize, step: &Step) -> TokenStream {
        let (input, state) = (self.call.input(step.input), &step.state);
        let ident = &input.ident;
        let doc = self.input_doc(step.input).outer();
        let ty = self.context.operation_argument(&input.accepted);
        let (output, value) = match way.steps.get(index + 1) {
            None => (&self.call.ident, self.call_value(way, Some(step))),
            Some(next) => {
                let next = &next.state;
                let choice = self.call.choice.as_ref().map(|choice| {
                    let argument = &choice.argument;
                    quote! { #argument: self.#argument, }
                });
                let taken = known(way, index).map(|index| {
                    let ident = &self.call.input(index).ident;
                    quote! { #ident: self.#ident, }
                });
                let own = self.field(step.input, None);
                (next, quote! { #next { client: self.client, #choice #(#taken)* #own } })
            }
        };
        let method = Function { name: ident.as_str(), receiver: Receiver::Value, arguments: vec![(ident, ty.clone())] };
        let allowed = method.allowed();
        quote! {
            impl<M> #state<M> {
                #doc
                #allowed
                pub fn #ident(self, #ident: #ty) -> #output<M> {
                    #value
                }
            }
        }
    }
}

/// Returns the inputs that are set before a step.
fn known(way: &Way, step: usize) -> impl Iterator<Item = usize> + '_ {
    way.inputs().take(way.arguments.len() + step)
}
