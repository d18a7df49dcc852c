//! Multipart bodies: each property of the schema is a part, and each part is an input like a parameter.

use openapiv3::{
    Encoding, MediaType, ReferenceOr, Schema, SchemaKind, StringFormat, StringType, Type, VariantOrUnknownOrEmpty,
};

use super::media::RELATED;
use super::references::MAX_CHAIN;
use super::types::{DraftField, Finished};
use super::{At, Lowering, SchemaAt};
use crate::diagnostics::{Code, Diagnostic, Place};
use crate::ir::{Location, Parameter, PartForm, Scalar, Style, TypeRef, Types, is_json};
use crate::media_types::with_root;

/// A part of a multipart body before its type is known.
#[derive(Clone)]
pub(super) struct PartDraft {
    field: DraftField,
    /// The media types that the spec lists.
    media_types: Vec<String>,
    /// Whether the spec describes it as bytes.
    is_file: bool,
}

/// The files in a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Files {
    None,
    One,
    List,
}

/// The depth to which the schemas of a part are examined: they can contain themselves.
const DEPTH: usize = 8;

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
        let fields = self.fields_except(&objects, Self::is_choice_of_files);
        let mut parts = Vec::with_capacity(fields.len());
        // A part that only the server sets is not a part of a request.
        for mut field in fields.into_iter().filter(|field| !field.read_only) {
            let property = objects.iter().find_map(|object| {
                let property = object.properties.get(&field.name)?;
                Some(SchemaAt::from(object.schema.part("properties", property)))
            });
            let files = property.as_ref().map_or(Files::None, |property| self.files(property, DEPTH));
            match files {
                Files::None => {}
                Files::One => field.ty = TypeRef::File,
                Files::List => field.ty = TypeRef::Array(Box::new(TypeRef::File)),
            }
            if let Some(property) = property.filter(|_| files != Files::None) {
                self.note_files(property);
            }
            let media_types = media_type.object.encoding.get(&field.name).map(listed).unwrap_or_default();
            parts.push(PartDraft { field, media_types, is_file: files != Files::None });
        }
        (!parts.is_empty()).then_some(parts)
    }

    /// Notes the components on the way to the schema of files. Their types exist, but no call takes a value of them.
    fn note_files(&mut self, schema: SchemaAt<'a>) {
        let mut schema = Some(schema);
        for _ in 0..DEPTH {
            schema = match schema {
                Some(SchemaAt::Reference(reference)) => {
                    self.file_parts.extend(self.component(&reference));
                    self.schema(&reference)
                }
                Some(SchemaAt::Schema(schema)) => match &schema.object.schema_kind {
                    SchemaKind::Type(Type::Array(array)) => schema.optional("items", &array.items).map(SchemaAt::from),
                    _ => None,
                },
                None => return,
            };
        }
    }

    /// Whether a part, or an item of it, is a file or a text by a union in place. Nothing uses the type of that union.
    fn is_choice_of_files(&self, property: &SchemaAt<'a>) -> bool {
        let is_union = |schema: &SchemaAt<'a>| {
            let kind = schema.schema().map(|schema| &schema.schema_kind);
            matches!(kind, Some(SchemaKind::OneOf { .. } | SchemaKind::AnyOf { .. }))
        };
        let items = property.schema().and(self.items_of(property));
        (is_union(property) || items.is_some_and(|items| is_union(&items)))
            && self.files(property, DEPTH) != Files::None
    }

    /// Completes the part, now that its type is known.
    pub(super) fn finished_part(&mut self, draft: PartDraft, is_body_required: bool, finished: &Finished) -> Parameter {
        let PartDraft { mut field, media_types, is_file } = draft;
        let mut ty = finished.renumbered(&field.ty).without_null().clone();
        let is_text = is_file || form(&ty, None, &finished.types) == PartForm::Text;
        let json = media_types.iter().find(|media_type| is_json(media_type));
        let media_type = json.filter(|_| !is_text).or(media_types.first()).cloned();
        // JSON in another format would be invalid there.
        if !is_text && media_type.as_deref().is_some_and(|media_type| !is_json(media_type)) {
            let message = format!("the crate does not write this format of `{}`: callers pass the text", field.name);
            let help = "write `contentType: application/json`, if the server accepts it";
            let place = Place::Value(field.pointer.clone());
            self.warnings.push(Diagnostic::new(Code::TextParameter, place, message).help(help));
            ty = TypeRef::Scalar(Scalar::String);
            field.docs.example = None;
        }
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

    /// Returns whether the values of a schema are files. Those of a union are, if each member is a file, a list of files or
    /// a text: a part can also be a text, and one file is a list of one.
    fn files(&self, schema: &SchemaAt<'a>, depth: usize) -> Files {
        let Some(schema) = self.followed(schema).filter(|_| depth > 0) else { return Files::None };
        let of = |part: At<'a, ReferenceOr<Schema>>| self.files(&part.into(), depth - 1);
        let of_union = |key: &str, members: &'a [ReferenceOr<Schema>]| {
            let is_text = |member: &At<'a, ReferenceOr<Schema>>| {
                let member = self.followed(&member.clone().into());
                member.is_some_and(|member| matches!(&member.schema_kind, SchemaKind::Type(Type::String(_))))
            };
            let members = schema.items(key, members).map(|member| (is_text(&member), of(member)));
            let members: Vec<(bool, Files)> = members.collect();
            let are_parts = members.iter().all(|(is_text, files)| *is_text || *files != Files::None);
            members.iter().map(|(_, files)| *files).max().filter(|_| are_parts).unwrap_or(Files::None)
        };
        match &schema.object.schema_kind {
            SchemaKind::Type(Type::String(string)) if is_binary(string) => Files::One,
            SchemaKind::Type(Type::Array(array)) => match schema.optional("items", &array.items) {
                Some(items) if self.files(&items.clone().into(), depth - 1) == Files::One => Files::List,
                _ => Files::None,
            },
            SchemaKind::AllOf { all_of } => schema.items("allOf", all_of).map(of).max().unwrap_or(Files::None),
            SchemaKind::OneOf { one_of } => of_union("oneOf", one_of),
            SchemaKind::AnyOf { any_of } => of_union("anyOf", any_of),
            _ => Files::None,
        }
    }

    /// Whether the schema of a media type lists a part that is a file.
    pub(super) fn has_files(&self, media_type: &At<'a, MediaType>) -> bool {
        media_type
            .optional("schema", &media_type.object.schema)
            .is_some_and(|schema| self.lists_files(&schema.into(), DEPTH))
    }

    fn lists_files(&self, schema: &SchemaAt<'a>, depth: usize) -> bool {
        let Some(schema) = self.followed(schema).filter(|_| depth > 0) else { return false };
        match &schema.object.schema_kind {
            SchemaKind::Type(Type::Object(object)) => schema
                .entries("properties", &object.properties)
                .any(|(_, property)| self.files(&SchemaAt::from(property), DEPTH) != Files::None),
            SchemaKind::AllOf { all_of } => {
                schema.items("allOf", all_of).any(|part| self.lists_files(&part.into(), depth - 1))
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

/// Returns the media type of several parts. That of related parts names that of the root, unless it can be absent.
pub(super) fn media_type_of(media_type: String, parts: &[Parameter]) -> String {
    let root = parts.first().filter(|_| media_type == RELATED).filter(|part| part.required || part.required_in_body);
    let Some(root) = root else { return media_type };
    let usual = match root.style {
        Style::Part(PartForm::Text) => "text/plain",
        Style::Part(PartForm::File) => "application/octet-stream",
        _ => "application/json",
    };
    with_root(&media_type, root.media_type.as_deref().unwrap_or(usual)).unwrap_or(media_type)
}

fn is_binary(string: &StringType) -> bool {
    matches!(&string.format, VariantOrUnknownOrEmpty::Item(StringFormat::Binary))
}

/// Returns the media types of a part that can be sent.
fn listed(encoding: &Encoding) -> Vec<String> {
    let listed = encoding.content_type.as_deref().unwrap_or_default().split(',').map(str::trim);
    listed.filter(|name| !name.is_empty() && !name.contains('*')).map(str::to_owned).collect()
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
