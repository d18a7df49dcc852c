//! Choices: query parameters of which at least one must be given, as a type that cannot be empty.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::ext::IdentExt as _;

use super::{Emitter, docs};
use crate::emit::allowed::{self, Function, Receiver};
use crate::emit::docs::Doc;
use crate::format::{BLANK, Item};
use crate::ir::{Parameter, TypeRef};
use crate::names::ChoiceNames;

impl Emitter<'_> {
    pub(super) fn choice_type(&self) -> Vec<Item> {
        let (Some(choice), Some(names)) = (&self.operation.call.choice, &self.names.choice) else { return Vec::new() };
        let parameters: Vec<&Parameter> =
            choice.parameters.iter().map(|index| &self.operation.parameters[*index]).collect();
        let mut items = vec![Item::Rust(self.choice_struct(&parameters, names))];
        items.push(Item::Rust(self.choice_methods(&parameters, names)));
        items.extend(self.choice_conversions(&parameters, names));
        items
    }

    fn choice_struct(&self, parameters: &[&Parameter], names: &ChoiceNames) -> TokenStream {
        let ident = &names.ident;
        let listed: Vec<String> = parameters.iter().map(|parameter| docs::code(&parameter.name)).collect();
        let method = self.names.method.unraw();
        let doc = Doc::new()
            .paragraph(format!("What [`Client::{method}`] is narrowed to: at least one of {}.", listed.join(", ")))
            .outer();
        let fields = parameters.iter().zip(&names.members).map(|(parameter, member)| {
            let ty = self.context.operation_type(&parameter.ty);
            let ty = quote! { Option<#ty> };
            let allowed = allowed::complex_field(&ty);
            quote! { #allowed #member: #ty, }
        });
        quote! {
            #doc
            #[derive(Clone, Debug, PartialEq)]
            pub struct #ident {
                #(#fields)*
            }
        }
    }

    /// A constructor for each parameter, and a method that adds it to another.
    fn choice_methods(&self, parameters: &[&Parameter], names: &ChoiceNames) -> TokenStream {
        let ident = &names.ident;
        let blank = format_ident!("{BLANK}");
        let methods = parameters.iter().zip(names.members.iter().zip(&names.adders)).enumerate();
        let methods = methods.map(|(index, (parameter, (member, and)))| {
            let accepted = self.accepted_parameter(parameter);
            let value = if self.context.is_plain_string(&parameter.ty) {
                quote! { Some(#member.into()) }
            } else {
                quote! { Some(#member) }
            };
            let values = names.members.iter().map(|other| {
                if other == member {
                    quote! { #other: #value, }
                } else {
                    quote! { #other: None, }
                }
            });
            let without = format!("The parameter {}.", docs::code(&parameter.name));
            let doc = Doc::new().value(&parameter.docs, &without).outer();
            let and_doc =
                Doc::new().paragraph(format!("Adds what [`{0}`](Self::{0}) stands for.", member.unraw())).outer();
            let apart = (index > 0).then(|| quote! { #blank! {} });
            let constructor =
                Function { name: member, receiver: Receiver::None(ident), arguments: vec![(member, accepted.clone())] };
            let adder = Function { name: and, receiver: Receiver::Value, arguments: vec![(member, accepted.clone())] };
            let (allowed, and_allowed) = (constructor.allowed(), adder.allowed());
            quote! {
                #apart
                #doc
                #allowed
                #[must_use]
                pub fn #member(#member: #accepted) -> Self {
                    Self { #(#values)* }
                }
                #blank! {}
                #and_doc
                #and_allowed
                #[must_use]
                pub fn #and(mut self, #member: #accepted) -> Self {
                    self.#member = #value;
                    self
                }
            }
        });
        quote! { impl #ident { #(#methods)* } }
    }

    /// A conversion from each type that stands for one parameter only.
    fn choice_conversions(&self, parameters: &[&Parameter], names: &ChoiceNames) -> Vec<Item> {
        let ident = &names.ident;
        let is_own = |ty: &TypeRef| {
            matches!(ty, TypeRef::Named(_)) && parameters.iter().filter(|other| other.ty == *ty).count() == 1
        };
        let own = parameters.iter().zip(&names.members).filter(|(parameter, _)| is_own(&parameter.ty));
        own.map(|(parameter, member)| {
            let ty = self.context.operation_type(&parameter.ty);
            Item::Rust(quote! {
                impl From<#ty> for #ident {
                    fn from(#member: #ty) -> Self {
                        Self::#member(#member)
                    }
                }
            })
        })
        .collect()
    }

    fn accepted_parameter(&self, parameter: &Parameter) -> TokenStream {
        if self.context.is_plain_string(&parameter.ty) {
            quote! { impl Into<String> }
        } else {
            self.context.operation_type(&parameter.ty)
        }
    }
}
