//! The call: its fields, its setters, the ways to send it, and its request.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::parameters::part;
use super::{Emitter, docs::Doc};
use crate::emit::allowed::{self, Function, Receiver};
use crate::emit::types::OPERATION;
use crate::format::{BLANK, Item, Table};
use crate::ir::{Location, Parameter};
use crate::surface::{Kind, RustType};

impl Emitter<'_> {
    pub(super) fn call_struct(&self) -> TokenStream {
        let call = &self.call.ident;
        let method = self.call.way.method.unraw();
        let started = format!("[`Client::{method}`] starts this call, and has an example.");
        let doc = Doc::new().prose(&self.summary()).paragraph(started).outer();
        let choice = self.call.choice.as_ref().map(|choice| {
            let (ident, argument) = (&choice.ident, &choice.argument);
            quote! { #argument: #ident, }
        });
        let parameters = self.call.kept().map(|index| {
            let input = self.call.input(index);
            let (ident, ty) = (&input.ident, self.context.operation_type(&input.kept));
            let allowed = allowed::complex_field(&ty);
            quote! { #allowed #ident: #ty, }
        });
        let body = self.call.body.as_ref().map(|body| {
            let ty = self.context.operation_type(body);
            let allowed = allowed::complex_field(&ty);
            quote! { #allowed body: #ty, }
        });
        quote! {
            #doc
            #[derive(Clone, Debug)]
            #[must_use = "a call does nothing until it is sent"]
            pub struct #call<M = Async> {
                client: Client<M>,
                #choice
                #(#parameters)*
                #body
                adjustments: Adjustments,
            }
        }
    }

    pub(super) fn call_methods(&self) -> TokenStream {
        let call = &self.call.ident;
        let blank = format_ident!("{BLANK}");
        let setters = self.call.setters.iter().map(|index| self.setter(*index));
        let request = self.request();
        let allowed = self.limits_allowed();
        quote! {
            impl<M> #call<M> {
                #(#setters #blank! {})*
                #allowed
                fn request(&self) -> Request {
                    #request
                }
            }
        }
    }

    /// Emits the methods that send the call: tables for the macros of the runtime.
    pub(super) fn tables(&self) -> Vec<Item> {
        let table = |name: &str, rows: Vec<String>| {
            let path = format!("crate::runtime::client::{name}");
            Item::Table(Table { path, subject: self.call.ident.to_string(), rows })
        };
        let method = self.call.way.method.unraw();
        let send = vec![format!("begun_by: {method}"), format!("answer: {}", self.answer_row())];
        let mut tables = vec![table("call", send)];
        tables.extend(self.pages_rows().map(|rows| table("pages", rows)));
        tables.extend(self.batches_rows().map(|rows| table("batches", rows)));
        tables
    }

    /// Whether a type has numbers or dates outside of a model: serde's own implementation is not right for them.
    pub(super) fn is_bare(&self, ty: &RustType) -> bool {
        match ty {
            RustType::Vec(inner) | RustType::Map(inner) | RustType::Option(inner) | RustType::Nullable(inner) => {
                self.is_bare(inner)
            }
            RustType::Model(id) => match &self.context.surface.model(*id).kind {
                Kind::Alias(target) => self.is_bare(target),
                Kind::Struct(_) | Kind::Enum(_) | Kind::IntegerEnum(..) | Kind::Union(_) | Kind::Newtype(_) => false,
            },
            ty => ty.integers().is_some() || matches!(ty, RustType::F64 | RustType::Date),
        }
    }

    /// Returns the rows of the table for batches.
    fn batches_rows(&self) -> Option<Vec<String>> {
        let (batches, batch) = self.call.batches.as_ref().zip(self.operation.batch.as_ref())?;
        let field: Vec<String> = self.field_path(&batches.field).iter().map(ToString::to_string).collect();
        Some(vec![
            format!("answer: {}", self.answer()),
            format!("item: {}", self.context.written(&batches.item)),
            format!("items: body.{}", field.join(".")),
            format!("limit: {}", batch.limit),
        ])
    }

    fn setter(&self, index: usize) -> TokenStream {
        let input = self.call.input(index);
        let doc = self.input_doc(index).outer();
        let ident = &input.ident;
        let ty = self.context.operation_argument(&input.accepted);
        let place = self.place(input);
        let value = OPERATION.formed(input.accepted.form, &quote! { #ident });
        let setter = Function { name: ident.as_str(), receiver: Receiver::Value, arguments: vec![(ident, ty.clone())] };
        let allowed = setter.allowed();
        quote! {
            #doc
            #allowed
            pub fn #ident(mut self, #ident: #ty) -> Self {
                #place = #value;
                self
            }
        }
    }

    fn request(&self) -> TokenStream {
        let registry = &self.call.registry;
        let mut parts: Vec<(usize, TokenStream)> = Vec::new();
        for input in self.call.kept().map(|index| self.call.input(index)) {
            let Some(index) = input.parameter else { continue };
            let (parameter, ident) = (&self.operation.parameters[index], &input.ident);
            parts.push((index, part(parameter, &quote! { self.#ident })));
        }
        if let Some(choice) = &self.call.choice {
            let argument = &choice.argument;
            for member in &choice.members {
                let (parameter, ident) = (&self.operation.parameters[member.parameter], &member.ident);
                parts.push((member.parameter, part(parameter, &quote! { self.#argument.#ident })));
            }
        }
        parts.sort_by_key(|(index, _)| *index);
        let parts = parts.into_iter().map(|(_, part)| part);
        let starts_empty = self.operation.sends_multipart && !self.operation.parameters.iter().any(is_required_part);
        let multipart = starts_empty.then(|| quote! { .multipart() });
        let needed = self.needed_parts();
        let parts_in = self.operation.parts_in.as_ref().map(|media_type| quote! { .parts_in(#media_type) });
        let body = self.body_part();
        let accept = self.accepted_media_types().map(|media_types| quote! { .accept(#media_types) });
        let checks = self.finite_checks().into_iter().chain(self.limit_checks()).chain(self.distinct_checks());
        let fixed = &self.operation.query;
        let fixed = (!fixed.is_empty()).then(|| quote! { .fixed_query(#fixed) });
        quote! {
            Request::new(&#registry) #multipart #fixed #(#parts)* #(#needed)* #parts_in #accept #body .adjusted(&self.adjustments) #(#checks)*
        }
    }

    /// Returns the parts that an optional body must have.
    fn needed_parts(&self) -> Vec<TokenStream> {
        let inputs = self.call.kept().map(|index| self.call.input(index));
        let needed = inputs.filter_map(|input| {
            let parameter = self.operation.parameters.get(input.parameter?)?;
            let (name, ident) = (&parameter.name, &input.ident);
            parameter.required_in_body.then(|| quote! { .needs_part(#name, self.#ident.is_some()) })
        });
        needed.collect()
    }
}

fn is_required_part(parameter: &Parameter) -> bool {
    parameter.location == Location::Part && parameter.required
}
