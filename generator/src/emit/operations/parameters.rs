//! Parameters, each as a part of the request.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::{Expansion, Layout, Location, Operation, Parameter, PartForm, Presence, Style, TypeRef};

/// Returns the part of the request for a parameter, whose value is at `place`.
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
        (Style::Part(form), _) => {
            let value = value();
            multipart(parameter, form, &value)
        }
        (Style::Expanded(style), Location::Path) => {
            let style = style_tokens(style);
            quote! { .path_as(#style, #name, &#place) }
        }
        (Style::Expanded(style), location) => {
            let (style, value) = (style_tokens(style), value());
            let method = match location {
                Location::Path | Location::Query | Location::Part => quote! { query_as },
                Location::Header => quote! { header_as },
                Location::Cookie => quote! { cookie_as },
            };
            quote! { .#method(#style, #name, #value) }
        }
    }
}

/// Returns a part of a multipart body.
fn multipart(parameter: &Parameter, form: PartForm, value: &TokenStream) -> TokenStream {
    let name = &parameter.name;
    let media_type = parameter.media_type.as_deref();
    let called = |usual: &str| media_type.filter(|media_type| *media_type != usual);
    let (form, media_type) = match form {
        PartForm::File => {
            let media_type = media_type.unwrap_or("application/octet-stream");
            return match parameter.ty {
                TypeRef::Array(_) => quote! { .files(#media_type, #name, #value) },
                _ => quote! { .file(#media_type, #name, #value) },
            };
        }
        PartForm::Text => (quote! { TEXT }, called("text/plain")),
        PartForm::Json => (quote! { JSON }, called("application/json")),
        PartForm::JsonList => (quote! { JSON_LIST }, called("application/json")),
    };
    let media_type = media_type.map(|media_type| quote! { .called(#media_type) });
    quote! { .part_as(PartForm::#form #media_type, #name, #value) }
}

/// Whether the requests of an operation name a style.
pub(super) fn has_styles(operation: &Operation) -> bool {
    let body = operation.body.as_ref();
    body.is_some_and(|body| !body.content.styles.is_empty())
        || operation.parameters.iter().any(|parameter| matches!(parameter.style, Style::Expanded(_)))
}

/// Whether the requests of an operation name the form of a part.
pub(super) fn has_parts(operation: &Operation) -> bool {
    let is_value = |style| matches!(style, Style::Part(PartForm::Text | PartForm::Json | PartForm::JsonList));
    operation.parameters.iter().any(|parameter| is_value(parameter.style))
}

/// Returns what a caller has to know about the format of a value.
pub(super) fn note(parameter: &Parameter) -> Option<&'static str> {
    match parameter.style {
        Style::Expanded(Expansion { or_empty: true, .. }) if parameter.ty.is_nullable() => {
            Some("`None` is sent as an empty value.")
        }
        Style::Expanded(Expansion { or_empty: true, .. }) => Some("An empty list is sent as an empty value."),
        _ => None,
    }
}

pub(super) fn style_tokens(style: Expansion) -> TokenStream {
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
