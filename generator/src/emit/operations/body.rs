//! The body of a request, as a part of the request.

use proc_macro2::TokenStream;
use quote::quote;

use super::Emitter;
use super::parameters::style_tokens;
use crate::ir::{Format, Presence};

impl Emitter<'_> {
    pub(super) fn body_part(&self) -> Option<TokenStream> {
        let (body, kept) = self.operation.body.as_ref().zip(self.call.body.as_ref())?;
        let content = &body.content;
        let presence = Presence::of(body.required, &content.ty);
        let value = match presence {
            Presence::Required | Presence::RequiredNullable => quote! { Some(&self.body) },
            Presence::Optional => quote! { self.body.as_ref() },
            Presence::OptionalNullable => quote! { self.body.value() },
        };
        // The body has one media type, even if the spec accepts several.
        let media_type = match (content.media_type.contains('*'), content.format) {
            (false, _) => content.media_type.as_str(),
            (true, Format::Json) => "application/json",
            (true, Format::Text | Format::Form) => "text/plain",
            (true, Format::Lines) => "application/x-ndjson",
            (true, Format::Bytes | Format::Events) => "application/octet-stream",
        };
        let is_usual = media_type == "application/json";
        let part = match content.format {
            Format::Json if presence == Presence::OptionalNullable => quote! { .json_nullable(&self.body) },
            Format::Json if self.is_bare(kept) => quote! { .json_part(#value) },
            Format::Json if presence == Presence::Required => quote! { .json(&self.body) },
            Format::Json => quote! { .json_opt(#value) },
            Format::Form => {
                let styles = content.styles.iter().map(|(name, style)| {
                    let style = style_tokens(*style);
                    quote! { (#name, #style) }
                });
                return Some(quote! { .form(&[#(#styles),*], #value) });
            }
            Format::Lines if self.is_bare(kept) => return Some(quote! { .lines_part(#media_type, #value) }),
            Format::Lines => return Some(quote! { .lines(#media_type, #value) }),
            // Events are never sent.
            Format::Text | Format::Bytes | Format::Events => return Some(quote! { .bytes(#media_type, #value) }),
        };
        let named = (!is_usual).then(|| quote! { .content_type(#media_type) });
        Some(quote! { #part #named })
    }
}
