//! The field of a model for the properties that its schema does not list.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::Context;
use super::allowed::{self, Function, Receiver};
use super::docs::Doc;
use super::types::Words;
use crate::format::BLANK;
use crate::ident::Ident;
use crate::ir;
use crate::surface::Others;

/// Emits its declaration.
pub(super) fn field(context: &Context<'_>, own: &Ident, others: &Others, described: &ir::Others) -> TokenStream {
    let doc = Doc::new().value(&described.docs, "The properties that the API does not name.");
    let doc = doc.paragraph("Fields with other names whose values are of this type, by name.").outer();
    let (name, ty) = (&others.ident, context.model_type(own, &others.ty));
    let allowed = allowed::complex_field(&ty);
    quote! { #doc #allowed pub #name: #ty }
}

/// Documents the field for all other properties.
pub(super) fn doc_of_extra(others: Option<&Others>) -> TokenStream {
    let text = match others {
        None => "Other fields that the server sent.".to_owned(),
        Some(others) => format!(
            "Other fields that the server sent and that are not in [`{0}`](field@Self::{0}).",
            others.ident.unraw()
        ),
    };
    Doc::new().paragraph(text).outer()
}

/// Emits the value of the field in a new model.
pub(super) fn none(words: Words<'_>, others: &Others) -> TokenStream {
    let (name, map) = (&others.ident, words.word("BTreeMap"));
    quote! { #name: #map::new(), }
}

/// Emits its setter.
pub(super) fn setter(context: &Context<'_>, own: &Ident, others: &Others) -> TokenStream {
    let blank = format_ident!("{BLANK}");
    let (name, ty) = (&others.ident, context.model_type(own, &others.ty));
    let summary = format!(" Sets [`{0}`](field@Self::{0}).", name.unraw());
    let setter = Function { name: name.as_str(), receiver: Receiver::Value, arguments: vec![(name, ty.clone())] };
    let allowed = setter.allowed();
    quote! {
        #blank! {}
        #[doc = #summary]
        #allowed
        #[must_use]
        pub fn #name(mut self, #name: #ty) -> Self {
            self.#name = #name;
            self
        }
    }
}
