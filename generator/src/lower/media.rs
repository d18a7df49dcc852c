//! Media types: in which of them a body is sent or read, and what it is there.

use indexmap::IndexMap;
use openapiv3::{Example, MediaType, ReferenceOr};
use serde_json::Value;

use super::{At, Lowering};
use crate::ir::{Content, Format, Scalar, TypeRef, essence, is_json};

/// The media type of a body that is used, and the others.
pub(super) struct Chosen {
    pub(super) content: Content,
    pub(super) others: Vec<String>,
}

/// Which of several media types is used: the first of these that is there.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// `application/json`.
    Json,
    /// Another kind of JSON, such as `application/problem+json`.
    OtherJson,
    /// `*/*` or `application/*`: JSON, where a schema says what it is.
    Any,
    Text,
    Bytes,
}

impl Rank {
    fn of(media_type: &str) -> Self {
        let essence = essence(media_type);
        match essence.as_str() {
            "application/json" => Self::Json,
            "*/*" | "application/*" => Self::Any,
            // What is streamed has no end: text is read as a whole.
            "text/event-stream" => Self::Bytes,
            _ if is_json(media_type) => Self::OtherJson,
            _ if essence.starts_with("text/") && !essence.ends_with("xml") => Self::Text,
            _ => Self::Bytes,
        }
    }
}

impl<'a> Lowering<'a> {
    /// The media type in which the content of `owner` is sent or read.
    pub(super) fn content<T>(&mut self, owner: &At<'a, T>, content: &'a IndexMap<String, MediaType>) -> Option<Chosen> {
        let chosen = content.keys().min_by_key(|name| Rank::of(name))?;
        let others = content.keys().filter(|name| *name != chosen).cloned().collect();
        let (_, media_type) = owner.entries("content", content).find(|(name, _)| name == chosen)?;
        let (format, ty) = match Rank::of(chosen) {
            Rank::Json | Rank::OtherJson => (Format::Json, self.json(&media_type)),
            Rank::Any if is_described(media_type.object) => (Format::Json, self.json(&media_type)),
            Rank::Text => (Format::Text, TypeRef::Scalar(Scalar::String)),
            Rank::Any | Rank::Bytes => (Format::Bytes, TypeRef::Binary),
        };
        let example = self.media_example(&media_type);
        Some(Chosen { content: Content { media_type: chosen.clone(), format, ty, example }, others })
    }

    /// The type of a JSON body; any value, if there is no schema.
    fn json(&mut self, media_type: &At<'a, MediaType>) -> TypeRef {
        match media_type.optional("schema", &media_type.object.schema) {
            Some(schema) => self.usage(schema).ty,
            None => TypeRef::Any,
        }
    }

    fn media_example(&mut self, media_type: &At<'a, MediaType>) -> Option<Value> {
        media_type.example.clone().or_else(|| self.first_example(media_type, &media_type.object.examples))
    }

    /// The value of the first of several examples of `owner`, unless it stands in another document.
    pub(super) fn first_example<T>(
        &mut self,
        owner: &At<'a, T>,
        examples: &'a IndexMap<String, ReferenceOr<Example>>,
    ) -> Option<Value> {
        let components = self.components.object;
        let (_, example) = owner.entries("examples", examples).next()?;
        self.resolve(example, "examples", &components.examples)?.value.clone()
    }
}

/// Whether a schema says more of a body than that it is bytes.
fn is_described(media_type: &MediaType) -> bool {
    use openapiv3::{SchemaKind, StringFormat, Type, VariantOrUnknownOrEmpty};
    let Some(ReferenceOr::Item(schema)) = &media_type.schema else { return media_type.schema.is_some() };
    match &schema.schema_kind {
        SchemaKind::Type(Type::String(string)) => {
            !matches!(&string.format, VariantOrUnknownOrEmpty::Item(StringFormat::Binary))
        }
        _ => true,
    }
}
