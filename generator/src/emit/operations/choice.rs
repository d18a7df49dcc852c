//! Choices: query parameters of which at least one is required, as a type that cannot be empty.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{Emitter, docs};
use crate::emit::allowed::{self, Function, Receiver};
use crate::emit::docs::Doc;
use crate::emit::types::OPERATION;
use crate::format::{BLANK, Item};
use crate::ir::Parameter;
use crate::surface::{Choice, ChoiceMember};

impl Emitter<'_> {
    pub(super) fn choice_type(&self) -> Vec<Item> {
        let Some(choice) = &self.call.choice else { return Vec::new() };
        let mut items = vec![Item::Rust(self.choice_struct(choice)), Item::Rust(self.choice_methods(choice))];
        items.extend(self.choice_conversions(choice));
        items
    }

    fn parameter(&self, member: &ChoiceMember) -> &Parameter {
        &self.operation.parameters[member.parameter]
    }

    fn choice_struct(&self, choice: &Choice) -> TokenStream {
        let ident = &choice.ident;
        let listed: Vec<String> =
            choice.members.iter().map(|member| docs::code(&self.parameter(member).name)).collect();
        let method = self.call.way.method.unraw();
        let doc = Doc::new()
            .paragraph(format!("The filters of [`Client::{method}`]: at least one of {}.", listed.join(", ")))
            .outer();
        let fields = choice.members.iter().map(|member| {
            let (member, ty) = (&member.ident, self.context.operation_type(&member.ty));
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

    /// Emits a constructor for each parameter, and a method that adds it to another.
    fn choice_methods(&self, choice: &Choice) -> TokenStream {
        let ident = &choice.ident;
        let blank = format_ident!("{BLANK}");
        let methods = choice.members.iter().enumerate().map(|(index, member)| {
            let parameter = self.parameter(member);
            let ChoiceMember { ident: own, and, .. } = member;
            let ty = self.context.operation_argument(&member.accepted);
            let value = OPERATION.formed(member.accepted.form, &quote! { #own });
            let values = choice.members.iter().map(|ChoiceMember { ident: other, .. }| {
                if other == own {
                    quote! { #other: #value, }
                } else {
                    quote! { #other: None, }
                }
            });
            let without = format!("The parameter {}.", docs::code(&parameter.name));
            let doc = Doc::new().value(&parameter.docs, &without).outer();
            let and_doc =
                Doc::new().paragraph(format!("Also sends the parameter of [`{0}`](Self::{0}).", own.unraw())).outer();
            let apart = (index > 0).then(|| quote! { #blank! {} });
            let arguments = || vec![(own, ty.clone())];
            let constructor = Function { name: own.as_str(), receiver: Receiver::None(ident), arguments: arguments() };
            let adder = Function { name: and.as_str(), receiver: Receiver::Value, arguments: arguments() };
            let (allowed, and_allowed) = (constructor.allowed(), adder.allowed());
            quote! {
                #apart
                #doc
                #allowed
                #[must_use]
                pub fn #own(#own: #ty) -> Self {
                    Self { #(#values)* }
                }
                #blank! {}
                #and_doc
                #and_allowed
                #[must_use]
                pub fn #and(mut self, #own: #ty) -> Self {
                    self.#own = #value;
                    self
                }
            }
        });
        quote! { impl #ident { #(#methods)* } }
    }

    /// Emits a conversion from each type that belongs to a single parameter.
    fn choice_conversions(&self, choice: &Choice) -> Vec<Item> {
        let ident = &choice.ident;
        let own = choice.members.iter().filter(|member| member.converts);
        own.map(|member| {
            let (member, ty) = (&member.ident, self.context.operation_type(&member.ty));
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
}
