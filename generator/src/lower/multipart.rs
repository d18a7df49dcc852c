//! Multipart bodies: each property of the schema is a part, and each part is an input like a parameter.

use openapiv3::{Encoding, MediaType, ReferenceOr, Schema, SchemaKind, StringFormat, Type, VariantOrUnknownOrEmpty};

use super::references::MAX_CHAIN;
use super::types::{DraftField, Finished};
use super::{At, Lowering, SchemaAt};
use crate::ir::{Location, Parameter, PartForm, Style, TypeRef, Types, is_json};

/// A part of a multipart body before its type is known.
#[derive(Clone)]
pub(super) struct PartDraft {
    field: DraftField,
    /// The media type that the spec names.
    media_type: Option<String>,
    /// Whether the spec describes it as bytes.
    is_file: bool,
}

impl PartDraft {
    pub(super) fn ty(&self) -> &TypeRef {
        &self.field.ty
    }
}

impl<'a> Lowering<'a> {
    /// Returns the parts that a schema describes; `None` if it does not list them.
    pub(super) fn parts(&mut self, media_type: &At<'a, MediaType>) -> Option<Vec<PartDraft>> {
        let schema = SchemaAt::from(media_type.optional("schema", &media_type.object.schema)?);
        let objects = self.object_parts(&schema)?;
        let fields = self.fields(&objects);
        let mut parts = Vec::with_capacity(fields.len());
        // A part that only the server sets is not a part of a request.
        for mut field in fields.into_iter().filter(|field| !field.read_only) {
            let property = objects.iter().find_map(|object| {
                let property = object.properties.get(&field.name)?;
                Some(SchemaAt::from(object.schema.part("properties", property)))
            });
            let is_file = property.as_ref().is_some_and(|property| self.is_file(property));
            let is_list = property.as_ref().is_some_and(|property| self.is_list_of_files(property));
            if is_list {
                field.ty = TypeRef::Array(Box::new(TypeRef::File));
            } else if is_file {
                field.ty = TypeRef::File;
            }
            let media_type = media_type.object.encoding.get(&field.name).and_then(sent_as);
            parts.push(PartDraft { field, media_type, is_file: is_file || is_list });
        }
        (!parts.is_empty()).then_some(parts)
    }

    /// Completes the part, now that its type is known.
    pub(super) fn finished_part(&self, draft: PartDraft, is_body_required: bool, finished: &Finished) -> Parameter {
        let PartDraft { field, media_type, is_file } = draft;
        let ty = finished.renumbered(&field.ty).without_null().clone();
        let form = if is_file { PartForm::File } else { form(&ty, media_type.as_deref(), &finished.types) };
        Parameter {
            name: field.name,
            rust_name: field.rust_name.or(field.argument_name),
            pointer: field.pointer,
            location: Location::Part,
            docs: field.docs,
            required: field.required && is_body_required,
            ty,
            style: Style::Part(form),
            media_type,
            required_in_body: field.required && !is_body_required,
        }
    }

    fn is_file(&self, schema: &SchemaAt<'a>) -> bool {
        let Some(schema) = self.followed(schema) else { return false };
        match &schema.schema_kind {
            SchemaKind::Type(Type::String(string)) => {
                matches!(&string.format, VariantOrUnknownOrEmpty::Item(StringFormat::Binary))
            }
            _ => false,
        }
    }

    fn is_list_of_files(&self, schema: &SchemaAt<'a>) -> bool {
        let Some(schema) = self.followed(schema) else { return false };
        match &schema.object.schema_kind {
            SchemaKind::Type(Type::Array(array)) => {
                schema.optional("items", &array.items).is_some_and(|items| self.is_file(&items.into()))
            }
            _ => false,
        }
    }

    /// Follows references to the schema; those without a target are reported where the type is lowered.
    pub(super) fn followed(&self, schema: &SchemaAt<'a>) -> Option<At<'a, Schema>> {
        let mut schema = schema.clone();
        for _ in 0..=MAX_CHAIN {
            match schema {
                SchemaAt::Schema(schema) => return Some(schema),
                SchemaAt::Reference(reference) => schema = self.schema(&reference)?,
            }
        }
        None
    }
}

/// Whether the schema of a media type lists a part that is a file.
pub(super) fn has_files(media_type: &MediaType) -> bool {
    let Some(ReferenceOr::Item(schema)) = &media_type.schema else { return false };
    let SchemaKind::Type(Type::Object(object)) = &schema.schema_kind else { return false };
    object.properties.values().any(|property| match property {
        ReferenceOr::Item(property) => match &property.schema_kind {
            SchemaKind::Type(Type::String(string)) => {
                matches!(&string.format, VariantOrUnknownOrEmpty::Item(StringFormat::Binary))
            }
            _ => false,
        },
        ReferenceOr::Reference { .. } => false,
    })
}

/// Returns the media type of a part: the first valid one in the spec.
fn sent_as(encoding: &Encoding) -> Option<String> {
    let first = encoding.content_type.as_deref()?.split(',').next()?.trim();
    (!first.is_empty() && !first.contains('*')).then(|| first.to_owned())
}

/// OpenAPI 3.0.3, "Encoding Object": scalars are text, everything else is JSON, and a list has the format of its items.
fn form(ty: &TypeRef, media_type: Option<&str>, types: &Types) -> PartForm {
    let says_json = media_type.is_some_and(is_json);
    let (item, is_list) = match types.unaliased(ty) {
        TypeRef::Array(item) => (types.unaliased(item.without_null()), true),
        ty => (ty, false),
    };
    match (is_list, says_json) {
        (true, true) => PartForm::JsonList,
        (false, true) => PartForm::Json,
        (_, false) if types.is_scalar(item) => PartForm::Text,
        (_, false) => PartForm::Json,
    }
}
