//! Methods that return the ids of related resources.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::Context;
use super::docs;
use super::types::{Words, borrowed};
use crate::format::BLANK;
use crate::ident::Ident;
use crate::surface::{Lent, Relation};

/// Emits the method, after a blank line.
pub(super) fn method(context: &Context<'_>, own: &Ident, relation: &Relation) -> TokenStream {
    let blank = format_ident!("{BLANK}");
    let Relation { ident, name, steps, ty, lent } = relation;
    let summary = format!(" The id of the related {}.", docs::code(name));
    let way = steps.iter().fold(quote! { self }, |way, (field, presence)| match borrowed(*presence) {
        None => quote! { #way.#field },
        Some(method) => {
            let method = format_ident!("{method}");
            quote! { #way.#field.#method()? }
        }
    });
    let (ty, id) = match lent {
        Lent::Copy => (context.model_type(own, ty), way),
        Lent::Text => (quote! { &str }, quote! { &#way }),
        Lent::Reference => {
            let ty = context.model_type(own, ty);
            (quote! { &#ty }, quote! { &#way })
        }
    };
    let (ty, id) = if relation.is_optional() {
        let option = Words { own: Some(own) }.word("Option");
        (quote! { #option<#ty> }, quote! { Some(#id) })
    } else {
        (ty, id)
    };
    quote! {
        #blank! {}
        #[doc = #summary]
        #[must_use]
        pub fn #ident(&self) -> #ty {
            #id
        }
    }
}
