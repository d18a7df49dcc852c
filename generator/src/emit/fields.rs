//! The struct by which the constructor of a model is given its fields, where two of them could be mistaken for one another.

use proc_macro2::TokenStream;
use quote::quote;

use super::Context;
use super::allowed;
use super::docs::Doc;
use crate::ident::Ident;
use crate::surface::{Filled, Struct};

/// The struct, if there is one. Nothing is derived for it: it is taken apart at once, and each derive is compiled for each.
pub(super) fn structure(context: &Context<'_>, own: &Ident, object: &Struct) -> TokenStream {
    let Some(ident) = &object.fields else { return TokenStream::new() };
    let summary = format!("What [`{own}::new`] asks for, by name: several fields are of one type.");
    let doc = Doc::new().paragraph(summary).outer();
    let fields = object.members.iter().filter_map(|member| {
        let Filled::Argument(given) = &member.filled else { return None };
        let (name, ty) = (&member.ident, context.model_type(own, &given.ty));
        let doc = Doc::new().paragraph(format!("Becomes [`{0}`](field@{own}::{0}).", name.unraw())).outer();
        let allowed = allowed::complex_field(&ty);
        Some(quote! { #doc #allowed pub #name: #ty })
    });
    quote! {
        #doc
        pub struct #ident {
            #(#fields,)*
        }
    }
}
