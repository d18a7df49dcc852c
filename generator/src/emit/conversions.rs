//! Conversions into a model from a resource that has the same fields.

use proc_macro2::TokenStream;
use quote::quote;

use super::Context;
use super::types::Words;
use crate::ident::Ident;
use crate::surface::{Conversion, RustType, Struct};

/// The conversion from a reference, and from a value.
pub(super) fn conversion(context: &Context<'_>, own: &Ident, object: &Struct, conversion: &Conversion) -> TokenStream {
    let from = context.model_type(own, &RustType::Model(conversion.from));
    let values: Vec<(&Ident, TokenStream)> = conversion
        .values
        .iter()
        .map(|value| {
            let steps = &value.steps;
            let clone = (!value.is_copy).then(|| quote! { .clone() });
            (&value.argument, quote! { resource #(.#steps)* #clone })
        })
        .collect();
    let created = match &object.fields {
        Some(fields) => {
            let values = values.iter().map(|(argument, value)| quote! { #argument: #value });
            quote! { Self::new(#fields { #(#values),* }) }
        }
        None => {
            let values = values.iter().map(|(_, value)| value);
            quote! { Self::new(#(#values),*) }
        }
    };
    let trait_ = Words { own: Some(own) }.word("From");
    quote! {
        impl #trait_<&#from> for #own {
            fn from(resource: &#from) -> Self {
                #created
            }
        }

        impl #trait_<#from> for #own {
            fn from(resource: #from) -> Self {
                Self::from(&resource)
            }
        }
    }
}
