//! Responses: the return type of a call if it depends on the status, and its rows in the tables of the runtime.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Emitter, docs::Doc};
use crate::emit::allowed;
use crate::format::{Item, Table};
use crate::ir::{Format, StatusKey};
use crate::surface::{Answer, BodyType, ByStatus, Kind, RustType};

impl Emitter<'_> {
    /// Returns the response as a row of the call's table.
    pub(super) fn answer_row(&self) -> String {
        match &self.call.answer {
            Answer::Nothing => "()".to_owned(),
            Answer::Body(body) => self.body_row(body),
            Answer::ByStatus(by_status) => format!("by_status {}", by_status.ident),
        }
    }

    fn body_row(&self, body: &BodyType) -> String {
        match body.format {
            Format::Json if self.is_bare(&body.ty) => format!("part {}", self.context.written(&body.ty)),
            Format::Json => self.context.written(&body.ty),
            // A form is not split into its fields.
            Format::Text | Format::Form => "text".to_owned(),
            Format::Bytes => "bytes".to_owned(),
            Format::Lines => self.item_row("lines", &body.ty, ItemText::Json),
            Format::Events => self.item_row("events", &body.ty, ItemText::Bare),
        }
    }

    /// Returns how the items of a body are framed and read, and their type.
    fn item_row(&self, framing: &str, ty: &RustType, text: ItemText) -> String {
        let (item, of) = match ty {
            RustType::Lines(item) | RustType::Events(item) => (item, ""),
            RustType::Vec(item) => match &**item {
                RustType::Event(data) => (data, "all_"),
                _ => (item, "all_"),
            },
            other => return self.context.written(other),
        };
        let read = match text {
            ItemText::Bare if **item == RustType::String => "text",
            ItemText::Bare if self.is_word(item) => "word",
            ItemText::Bare | ItemText::Json if self.is_bare(item) => "part",
            ItemText::Bare | ItemText::Json => "json",
        };
        format!("{of}{framing} {read} {}", self.context.written(item))
    }

    /// Whether every value of a type is a string in JSON.
    fn is_word(&self, ty: &RustType) -> bool {
        match ty {
            RustType::String | RustType::Base64 | RustType::Uuid | RustType::Timestamp | RustType::Date => true,
            RustType::Model(id) => match &self.context.surface.model(*id).kind {
                Kind::Enum(_) => true,
                Kind::Newtype(inner) | Kind::Alias(inner) => self.is_word(inner),
                Kind::Struct(_) | Kind::IntegerEnum(..) | Kind::Union(_) => false,
            },
            _ => false,
        }
    }

    /// Returns the type of the response for a table.
    pub(super) fn answer(&self) -> String {
        match &self.call.answer {
            Answer::Nothing => "()".to_owned(),
            Answer::Body(body) => self.context.written(&body.ty),
            Answer::ByStatus(by_status) => by_status.ident.to_string(),
        }
    }

    /// Returns the accepted media types, unless they are the default.
    pub(super) fn accepted_media_types(&self) -> Option<String> {
        let responses = self.operation.responses.iter().enumerate();
        let successes = responses.filter(|(place, _)| self.operation.is_success(*place));
        let mut wanted: Vec<&str> = Vec::new();
        for media_type in successes.filter_map(|(_, response)| Some(response.content.as_ref()?.media_type.as_str())) {
            if !wanted.contains(&media_type) {
                wanted.push(media_type);
            }
        }
        match self.call.answer {
            Answer::Nothing => None,
            Answer::Body(_) | Answer::ByStatus(_) if wanted.is_empty() => Some("*/*".to_owned()),
            Answer::Body(_) | Answer::ByStatus(_) => (wanted != ["application/json"]).then(|| wanted.join(", ")),
        }
    }

    /// Emits the type of a response that depends on the status, and its reader.
    pub(super) fn by_status_items(&self) -> Vec<Item> {
        let Answer::ByStatus(by_status) = &self.call.answer else { return Vec::new() };
        let table = Table {
            path: "crate::runtime::client::by_status".to_owned(),
            subject: by_status.ident.to_string(),
            rows: by_status
                .variants
                .iter()
                .map(|variant| {
                    let body = variant.body.as_ref().map(|body| format!("({})", self.body_row(body)));
                    format!("{} => {}{}", pattern(variant.status), variant.ident, body.unwrap_or_default())
                })
                .collect(),
        };
        vec![Item::Rust(self.by_status_enum(by_status)), Item::Table(table)]
    }

    fn by_status_enum(&self, by_status: &ByStatus) -> TokenStream {
        let ident = &by_status.ident;
        let method = self.call.way.method.unraw();
        let doc = Doc::new().paragraph(format!("The responses to [`Client::{method}`], by status.")).outer();
        let variants = by_status.variants.iter().map(|variant| {
            let ident = &variant.ident;
            let status = format!("The response with status {}.", variant.status);
            let described = self.operation.responses.get(variant.response);
            let doc = match described {
                Some(response) => Doc::new().prose_or(&response.description, &status),
                None => Doc::new().paragraph(status),
            };
            let doc = doc.outer();
            match &variant.body {
                None => quote! { #doc #ident, },
                Some(body) => {
                    let ty = self.context.operation_type(&body.ty);
                    let allowed = allowed::complex_field(&ty);
                    quote! { #doc #ident(#allowed #ty), }
                }
            }
        });
        quote! {
            #doc
            #[derive(Clone, Debug, PartialEq)]
            #[allow(clippy::large_enum_variant, reason = "a response is destructured, not kept")]
            #[non_exhaustive]
            pub enum #ident {
                #(#variants)*
                /// A success that the API does not document, with its body unchanged.
                Other {
                    /// Its status.
                    status: u16,
                    /// Its body.
                    body: Bytes,
                },
            }
        }
    }
}

/// The form of a string in an item.
#[derive(Clone, Copy)]
enum ItemText {
    /// Between quotes.
    Json,
    /// Unquoted.
    Bare,
}

/// Returns the statuses of a key, as a pattern.
fn pattern(status: StatusKey) -> String {
    match status {
        StatusKey::Code(code) => code.to_string(),
        StatusKey::Range(digit) => format!("{digit}00..={digit}99"),
        StatusKey::Default => "_".to_owned(),
    }
}
