//! The call itself: what it holds, its setters, how it is sent, and the request it becomes.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::ext::IdentExt as _;

use super::{Emitter, docs::Doc};
use crate::emit::allowed::{self, Function, Receiver};
use crate::format::{BLANK, Item, Table};
use crate::ir::{BodyPart, Input, Location, Parameter, Presence, Style, TypeRef};

impl Emitter<'_> {
    pub(super) fn call_struct(&self) -> TokenStream {
        let call = &self.names.call;
        let doc =
            Doc::new().paragraph(format!("A call that [`Client::{}`] begins.", self.names.method.unraw())).outer();
        let choice = self.names.choice.as_ref().map(|choice| {
            let (ident, argument) = (&choice.ident, &choice.argument);
            quote! { #argument: #ident, }
        });
        let parameters = self.required().chain(self.setters()).filter(|(input, _)| input.parameter.is_some());
        let parameters = parameters.map(|(input, name)| {
            let ty = self.kept(input);
            let allowed = allowed::complex_field(&ty);
            quote! { #allowed #name: #ty, }
        });
        let body = self.operation.body.as_ref().map(|body| {
            let ty = self.context.operation_type(&body.ty);
            let ty = if body.required {
                ty
            } else {
                quote! { Option<#ty> }
            };
            let allowed = allowed::complex_field(&ty);
            quote! { #allowed body: #ty, }
        });
        quote! {
            #doc
            #[derive(Clone, Debug)]
            #[must_use = "a call does nothing until it is sent"]
            pub struct #call<'a, M = Async> {
                client: &'a Client<M>,
                #choice
                #(#parameters)*
                #body
                headers: HeaderMap,
            }
        }
    }

    pub(super) fn call_methods(&self) -> TokenStream {
        let call = &self.names.call;
        let blank = format_ident!("{BLANK}");
        let setters = self.setters().map(|(input, name)| self.setter(input, name));
        let request = self.request();
        let allowed = self.limits_allowed();
        quote! {
            impl<M> #call<'_, M> {
                #(#setters #blank! {})*
                #allowed
                fn request(&self) -> Request {
                    #request
                }
            }
        }
    }

    /// The methods that send the call: tables for the macros of the runtime.
    pub(super) fn tables(&self) -> Vec<Item> {
        let answer = self.answer();
        let table = |name: &str, rows: Vec<String>| {
            let path = format!("crate::runtime::client::{name}");
            Item::Table(Table { path, subject: self.names.call.to_string(), rows })
        };
        let send = vec![format!("begun_by: {}", self.names.method.unraw()), format!("answer: {answer}")];
        let mut tables = vec![table("call", send)];
        tables.extend(self.pages_rows().map(|rows| table("pages", rows)));
        tables.extend(self.batches_rows().map(|rows| table("batches", rows)));
        tables
    }

    fn setter(&self, input: &Input, name: &Ident) -> TokenStream {
        let doc = self.input_doc(input).outer();
        let accepted = self.accepted(input);
        let value = match (input.presence, &input.ty) {
            (Presence::OptionalNullable, _) => quote! { #name.into() },
            _ if self.is_string(input) => quote! { Some(#name.into()) },
            (_, TypeRef::Boxed(_)) => quote! { Some(Box::new(#name)) },
            _ => quote! { Some(#name) },
        };
        let place = match &input.body {
            Some(BodyPart::Field(path)) => {
                let path = self.field_path(path);
                quote! { self.body.#(#path).* }
            }
            Some(BodyPart::Whole) | None => quote! { self.#name },
        };
        let setter = Function { name, receiver: Receiver::Value, arguments: vec![(name, accepted.clone())] };
        let allowed = setter.allowed();
        quote! {
            #doc
            #allowed
            pub fn #name(mut self, #name: #accepted) -> Self {
                #place = #value;
                self
            }
        }
    }

    fn request(&self) -> TokenStream {
        let registry = &self.names.registry;
        let mut parts: Vec<(usize, TokenStream)> = Vec::new();
        for (input, name) in self.required().chain(self.setters()) {
            let Some(index) = input.parameter else { continue };
            let parameter = &self.operation.parameters[index];
            let wire = &parameter.name;
            parts.push((
                index,
                match parameter.location {
                    Location::Path => quote! { .path(#wire, &self.#name) },
                    Location::Query => query(parameter, &quote! { self.#name }),
                },
            ));
        }
        if let (Some(choice), Some(names)) = (&self.operation.call.choice, &self.names.choice) {
            let argument = &names.argument;
            for (index, member) in choice.parameters.iter().zip(&names.members) {
                let parameter = &self.operation.parameters[*index];
                parts.push((*index, query(parameter, &quote! { self.#argument.#member })));
            }
        }
        parts.sort_by_key(|(index, _)| *index);
        let parts = parts.into_iter().map(|(_, part)| part);
        let body = self.operation.body.as_ref().map(|body| {
            if body.required {
                quote! { .json(&self.body) }
            } else {
                quote! { .json_opt(self.body.as_ref()) }
            }
        });
        let checks = self.limit_checks();
        quote! { Request::new(&#registry) #(#parts)* #body .headers(&self.headers) #(#checks)* }
    }
}

/// The part of the query that a parameter is, with its value at `place`.
fn query(parameter: &Parameter, place: &TokenStream) -> TokenStream {
    let wire = &parameter.name;
    match (parameter.style, parameter.required) {
        (Style::Plain, true) => quote! { .query(#wire, &#place) },
        (Style::Plain, false) => quote! { .query_opt(#wire, #place.as_ref()) },
        (Style::Repeated, true) => quote! { .query_each(#wire, Some(&#place)) },
        (Style::Repeated, false) => quote! { .query_each(#wire, #place.as_ref()) },
        (Style::Joined, true) => quote! { .query_joined(#wire, Some(&#place)) },
        (Style::Joined, false) => quote! { .query_joined(#wire, #place.as_ref()) },
    }
}
