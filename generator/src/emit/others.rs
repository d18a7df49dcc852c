//! The field of a model for the properties that its schema does not list.

use proc_macro2::{Group, TokenStream};
use quote::quote;

use super::Context;
use super::allowed;
use super::docs::Doc;
use super::structs::setter_of;
use super::types::Words;
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
pub(super) fn setter(context: &Context<'_>, own: &Ident, others: &Others) -> Group {
    let name = &others.ident;
    setter_of(name, context.model_type(own, &others.ty), &quote! { #name })
}
