//! The struct that the constructor of a model takes, if two of its fields could be mistaken for one another.

use proc_macro2::TokenStream;
use quote::quote;

use super::Context;
use super::allowed;
use super::docs::Doc;
use crate::ident::Ident;
use crate::surface::{Filled, Struct};

/// Emits the struct, if there is one. It derives nothing: the constructor destructures it at once, and each derive
/// would cost compile time.
pub(super) fn structure(context: &Context<'_>, own: &Ident, object: &Struct) -> TokenStream {
    let Some(ident) = &object.fields else { return TokenStream::new() };
    let summary = format!("The arguments of [`{own}::new`], by name: several have the same type.");
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
