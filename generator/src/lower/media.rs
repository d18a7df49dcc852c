//! Media types: which of them is used for a body, and the format of the body in it.

use indexmap::IndexMap;
use openapiv3::{Encoding, Example, MediaType, QueryStyle, ReferenceOr};
use serde_json::Value;

use super::narrowing::Class;
use super::{At, Lowering};
use crate::diagnostics::{Code, Diagnostic, Place};
use crate::ir::{
    Content, Direction, Expansion, Format, Layout, Scalar, TypeRef, essence, is_events, is_json, is_lines,
};

/// The media type of a body that is used, and the others.
pub(super) struct Chosen {
    pub(super) content: Content,
    /// Those with the same schema in another format.
    pub(super) others: Vec<String>,
    /// Those with another schema.
    pub(super) alternatives: Vec<Content>,
}

/// The priority of media types: the first of these that exists is used.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// `application/json`.
    Json,
    /// Another kind of JSON, such as `application/problem+json`.
    OtherJson,
    /// `*/*` or `application/*`: JSON, if there is a schema.
    Any,
    Form,
    Lines,
    Events,
    Text,
    Bytes,
}

impl Rank {
    fn of(media_type: &str) -> Self {
        let essence = essence(media_type);
        match essence.as_str() {
            "application/json" => Self::Json,
            "*/*" | "application/*" => Self::Any,
            "application/x-www-form-urlencoded" => Self::Form,
            _ if is_lines(media_type) => Self::Lines,
            _ if is_events(media_type) => Self::Events,
            _ if is_json(media_type) => Self::OtherJson,
            _ if essence.starts_with("text/") && !essence.ends_with("xml") => Self::Text,
            _ => Self::Bytes,
        }
    }
}

/// The bodies whose parts are the properties of the schema, the usual one first.
const MULTIPART: [&str; 3] = [FORM_DATA, "multipart/mixed", RELATED];

/// A form whose parts can be files.
pub(super) const FORM_DATA: &str = "multipart/form-data";

/// Parts of which the first, the root, refers to the others.
pub(super) const RELATED: &str = "multipart/related";

/// A multipart body among the media types of a request.
pub(super) struct InParts<'a> {
    pub(super) name: &'a str,
    pub(super) media_type: At<'a, MediaType>,
    /// Whether it is the one that is used.
    pub(super) is_best: bool,
}

impl<'a> Lowering<'a> {
    /// Returns the media type that is used for the content of `owner`.
    pub(super) fn content<T>(
        &mut self,
        owner: &At<'a, T>,
        content: &'a IndexMap<String, MediaType>,
        direction: Direction,
    ) -> Option<Chosen> {
        let best = content.keys().min_by_key(|name| Rank::of(name))?;
        let (mut others, mut alternatives) = (Vec::new(), Vec::new());
        for (name, media_type) in owner.entries("content", content).filter(|(name, _)| name != best) {
            let is_list = |name: &str| matches!(Rank::of(name), Rank::Lines | Rank::Events);
            if is_same_data(media_type.object, &content[best]) && is_list(name) == is_list(best) {
                others.push(name.to_owned());
            } else {
                self.alternatives.insert(media_type.pointer.clone());
                alternatives.push(self.content_in(name, &media_type, direction));
            }
        }
        let (name, media_type) = owner.entries("content", content).find(|(name, _)| name == best)?;
        Some(Chosen { content: self.content_in(name, &media_type, direction), others, alternatives })
    }

    /// Returns a body in this media type.
    fn content_in(&mut self, name: &str, media_type: &At<'a, MediaType>, direction: Direction) -> Content {
        let mut styles = Vec::new();
        let (format, ty) = match Rank::of(name) {
            // Forms are only written.
            Rank::Form if direction == Direction::Response => (Format::Text, TypeRef::Scalar(Scalar::String)),
            Rank::Form if self.has_no_fields(media_type) => {
                let message = "a form consists of fields, but this schema is not an object: callers pass the text";
                let place = Place::Value(media_type.key("schema"));
                let help = "describe the fields as the properties of an object";
                self.warnings.push(Diagnostic::new(Code::TextParameter, place, message).help(help));
                (Format::Text, TypeRef::Scalar(Scalar::String))
            }
            Rank::Form => {
                styles = form_styles(media_type.object);
                (Format::Form, self.json(media_type))
            }
            Rank::Json | Rank::OtherJson => (Format::Json, self.json(media_type)),
            Rank::Any if is_described(media_type.object) => (Format::Json, self.json(media_type)),
            Rank::Lines => (Format::Lines, self.json(media_type)),
            // Events are only read.
            Rank::Events if direction == Direction::Request => (Format::Bytes, TypeRef::Binary),
            // The items have no schema: they can be anything.
            Rank::Events if media_type.schema.is_none() => (Format::Events, TypeRef::Scalar(Scalar::String)),
            Rank::Events => (Format::Events, self.json(media_type)),
            Rank::Text => (Format::Text, TypeRef::Scalar(Scalar::String)),
            Rank::Any | Rank::Bytes => (Format::Bytes, TypeRef::Binary),
        };
        let example = self.media_example(media_type);
        Content { media_type: name.to_owned(), format, ty, styles, example }
    }

    /// Returns the multipart body among several media types. It is used if it can carry data that the others cannot: files,
    /// or any value.
    pub(super) fn multipart<T>(
        &self,
        owner: &At<'a, T>,
        content: &'a IndexMap<String, MediaType>,
    ) -> Option<InParts<'a>> {
        let best = content.keys().map(|name| Rank::of(name)).min()?;
        let of = |kind: &&str| owner.entries("content", content).find(|(name, _)| essence(name) == **kind);
        let (name, media_type) = MULTIPART.iter().find_map(of)?;
        let has_files = self.has_files(&media_type);
        let is_same = content.iter().any(|(other_name, other)| {
            other_name != name && Rank::of(other_name) <= Rank::Form && is_same_data(other, media_type.object)
        });
        let is_best = best > Rank::Form || (best == Rank::Form && has_files);
        (is_best || has_files || !is_same).then_some(InParts { name, media_type, is_best })
    }

    /// Returns the type of a JSON body; any value, if there is no schema.
    fn json(&mut self, media_type: &At<'a, MediaType>) -> TypeRef {
        match media_type.optional("schema", &media_type.object.schema) {
            Some(schema) => self.usage(schema).ty,
            None => TypeRef::Any,
        }
    }

    /// Whether the schema of a form is that of a scalar or a list.
    fn has_no_fields(&self, media_type: &At<'a, MediaType>) -> bool {
        let schema = media_type.optional("schema", &media_type.object.schema);
        let class = schema.map_or(Class::Open, |schema| self.class_of(&schema.into()));
        matches!(class, Class::String | Class::Number | Class::Boolean | Class::List)
    }

    fn media_example(&mut self, media_type: &At<'a, MediaType>) -> Option<Value> {
        media_type.example.clone().or_else(|| self.first_example(media_type, &media_type.object.examples))
    }

    /// Returns the value of the first of several examples of `owner`, unless it is in another document.
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

/// Whether two media types have the same schema, and so the same data.
fn is_same_data(one: &MediaType, other: &MediaType) -> bool {
    one.schema.is_some() && one.schema == other.schema
}

/// Returns the properties of a form that have a style. For others, the type decides.
fn form_styles(media_type: &MediaType) -> Vec<(String, Expansion)> {
    let is_json = |encoding: &Encoding| encoding.content_type.as_deref().is_some_and(is_json);
    // `adapt` adds the default of `explode`.
    let has_style = |encoding: &Encoding| {
        encoding.style.is_some() || !encoding.explode || encoding.allow_reserved || is_json(encoding)
    };
    let styled = media_type.encoding.iter().filter(|(_, encoding)| has_style(encoding));
    styled.map(|(name, encoding)| (name.clone(), expansion(encoding))).collect()
}

fn expansion(encoding: &Encoding) -> Expansion {
    let layout = match &encoding.style {
        Some(QueryStyle::Form) => Layout::Form,
        Some(QueryStyle::SpaceDelimited) => Layout::SpaceDelimited,
        Some(QueryStyle::PipeDelimited) => Layout::PipeDelimited,
        Some(QueryStyle::DeepObject) => Layout::DeepObject,
        None if encoding.content_type.as_deref().is_some_and(is_json) => Layout::Json,
        None => Layout::Form,
    };
    let explode = encoding.explode && !matches!(layout, Layout::DeepObject | Layout::Json);
    Expansion { layout, explode, reserved: encoding.allow_reserved, or_empty: false }
}

/// Whether a schema says more about a body than that it is bytes.
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
