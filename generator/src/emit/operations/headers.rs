//! Headers: the type that reads the documented headers of a response.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{Emitter, docs, docs::Doc};
use crate::emit::allowed;
use crate::format::{Item, Table};
use crate::surface::{HeaderForm, Headers};

impl Emitter<'_> {
    pub(super) fn headers_items(&self) -> Vec<Item> {
        let Some(headers) = &self.call.headers else { return Vec::new() };
        let table = Table {
            path: "crate::runtime::client::headers".to_owned(),
            subject: headers.ident.to_string(),
            rows: headers
                .members
                .iter()
                .map(|member| {
                    let form = match member.form {
                        HeaderForm::Text => "text",
                        HeaderForm::Word => "word",
                        HeaderForm::Texts => "texts",
                        HeaderForm::Words => "words",
                    };
                    format!("{}: {form} {}", member.ident, Literal::string(&member.name))
                })
                .collect(),
        };
        vec![Item::Rust(self.headers_struct(headers)), Item::Table(table)]
    }

    fn headers_struct(&self, headers: &Headers) -> TokenStream {
        let ident = &headers.ident;
        let method = self.call.way.method.unraw();
        let doc = Doc::new()
            .paragraph(format!("The documented headers of the responses to [`Client::{method}`]."))
            .paragraph(
                "`from` creates it from the headers of a response or an error. A header that is absent or invalid is `None`.",
            )
            .outer();
        let fields = headers.members.iter().zip(self.operation.headers()).map(|(member, header)| {
            let ident = &member.ident;
            let ty = self.context.operation_type(&member.ty);
            let ty = quote! { Option<#ty> };
            let allowed = allowed::complex_field(&ty);
            let without = format!("The header {}.", docs::code(&member.name));
            let doc = Doc::new().value(&header.docs, &without).outer();
            quote! { #doc #allowed pub #ident: #ty, }
        });
        quote! {
            #doc
            #[derive(Clone, Debug, Default, PartialEq)]
            #[non_exhaustive]
            pub struct #ident {
                #(#fields)*
            }
        }
    }
}
