//! Parameters: the part of a request that each of them is.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::{Expansion, Layout, Location, Operation, Parameter, Presence, Style};

/// The part of the request that a parameter is, with its value at `place`.
pub(super) fn part(parameter: &Parameter, place: &TokenStream) -> TokenStream {
    let name = &parameter.name;
    let value = || match Presence::of(parameter.required, &parameter.ty) {
        Presence::Required | Presence::RequiredNullable => quote! { Some(&#place) },
        Presence::Optional => quote! { #place.as_ref() },
        Presence::OptionalNullable => quote! { #place.to_option().as_ref() },
    };
    match (parameter.style, parameter.location) {
        (Style::Plain, Location::Path) => quote! { .path(#name, &#place) },
        (Style::Plain, _) if parameter.required => quote! { .query(#name, &#place) },
        (Style::Plain, _) => quote! { .query_opt(#name, #place.as_ref()) },
        (Style::Repeated, _) => {
            let value = value();
            quote! { .query_each(#name, #value) }
        }
        (Style::Joined, _) => {
            let value = value();
            quote! { .query_joined(#name, #value) }
        }
        (Style::Expanded(style), Location::Path) => {
            let style = tokens(style);
            quote! { .path_as(#style, #name, &#place) }
        }
        (Style::Expanded(style), location) => {
            let (style, value) = (tokens(style), value());
            let method = match location {
                Location::Path | Location::Query => quote! { query_as },
                Location::Header => quote! { header_as },
                Location::Cookie => quote! { cookie_as },
            };
            quote! { .#method(#style, #name, #value) }
        }
    }
}

/// Whether the requests of an operation name a style.
pub(super) fn has_styles(operation: &Operation) -> bool {
    operation.parameters.iter().any(|parameter| matches!(parameter.style, Style::Expanded(_)))
}

/// What a caller has to know of how a value is sent.
pub(super) fn note(parameter: &Parameter) -> Option<&'static str> {
    match parameter.style {
        Style::Expanded(Expansion { or_empty: true, .. }) if parameter.ty.is_nullable() => {
            Some("`None` is sent as an empty value.")
        }
        Style::Expanded(Expansion { or_empty: true, .. }) => Some("An empty list is sent as an empty value."),
        _ => None,
    }
}

fn tokens(style: Expansion) -> TokenStream {
    let Expansion { layout, explode, reserved, or_empty } = style;
    let layout = match layout {
        Layout::Simple => quote! { SIMPLE },
        Layout::Label => quote! { LABEL },
        Layout::Matrix => quote! { MATRIX },
        Layout::Form => quote! { FORM },
        Layout::SpaceDelimited => quote! { SPACE_DELIMITED },
        Layout::PipeDelimited => quote! { PIPE_DELIMITED },
        Layout::DeepObject => quote! { DEEP_OBJECT },
        Layout::Json => quote! { JSON },
    };
    let explode = explode.then(|| quote! { .exploded() });
    let reserved = reserved.then(|| quote! { .reserved() });
    let or_empty = or_empty.then(|| quote! { .or_empty() });
    quote! { Style::#layout #explode #reserved #or_empty }
}
