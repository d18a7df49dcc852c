//! Objects: lowers properties to fields, whether they are in one schema or in several that are merged.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use openapiv3::{AdditionalProperties, ObjectType, ReferenceOr, Schema, SchemaKind, Type};

use super::lists::Spot;
use super::narrowing::Narrowed;
use super::schemas::{Lowered, Usage, limits_of, nested, string_extension};
use super::types::{DraftField, DraftShape};
use super::{At, Lowering, SchemaAt, prose};
use crate::ir::{Docs, Limits, Others, Role, TypeRef};
use crate::pointer::Pointer;

/// The maximum number of fields in all objects of an API.
const MAX_FIELDS: usize = 250_000;

/// Properties of an object.
pub(super) struct Part<'a> {
    /// The schema that has them.
    pub(super) schema: At<'a, Schema>,
    /// The schema of each property.
    pub(super) properties: &'a IndexMap<String, ReferenceOr<Box<Schema>>>,
    /// The names of the required ones, whether they are in this part or in another.
    pub(super) required: &'a [String],
    /// The schema of other properties.
    pub(super) others: Option<&'a AdditionalProperties>,
}

impl Part<'_> {
    /// Whether it describes no property.
    pub(super) fn is_empty(&self) -> bool {
        self.properties.is_empty() && self.required.is_empty()
    }

    /// Returns the limits on the number of properties.
    pub(super) fn limits(&self) -> Limits {
        let (min_items, max_items) = match &self.schema.object.schema_kind {
            SchemaKind::Type(Type::Object(object)) => (object.min_properties, object.max_properties),
            SchemaKind::Any(any) => (any.min_properties, any.max_properties),
            _ => (None, None),
        };
        Limits { min_items, max_items, ..Limits::default() }
    }
}

impl<'a> Lowering<'a> {
    pub(super) fn object(&mut self, schema: &At<'a, Schema>, object: &'a ObjectType) -> Lowered {
        let limits = Limits { min_items: object.min_properties, max_items: object.max_properties, ..Limits::default() };
        let others = object.additional_properties.as_ref();
        let part = Part { schema: schema.clone(), properties: &object.properties, required: &object.required, others };
        let parts = [part];
        let fields = self.fields(&parts);
        let shape = if fields.is_empty() {
            DraftShape::Alias(self.values(schema, object.additional_properties.as_ref()))
        } else {
            DraftShape::Object { fields, others: self.others(&parts) }
        };
        Lowered { shape, limits, format: None }
    }

    /// Returns the type of an object without properties.
    pub(super) fn values(&mut self, schema: &At<'a, Schema>, values: Option<&'a AdditionalProperties>) -> TypeRef {
        match values {
            // If there should be none, unknown fields are kept nevertheless.
            None | Some(AdditionalProperties::Any(_)) => TypeRef::FreeForm,
            Some(AdditionalProperties::Schema(values)) => {
                match nested(self.usage(schema.part("additionalProperties", &**values)).ty) {
                    TypeRef::Any => TypeRef::FreeForm,
                    values => TypeRef::Map(Box::new(values)),
                }
            }
        }
    }

    /// Returns the schema of the fields that an object does not list: that of all parts. Beside fields, parts that
    /// contradict each other leave it open: each describes the fields that it does not list, and others list these.
    pub(super) fn others(&mut self, parts: &[Part<'a>]) -> Option<Box<Others>> {
        let mut several: Vec<SchemaAt<'a>> = Vec::new();
        for part in parts {
            let Some(AdditionalProperties::Schema(values)) = part.others else { continue };
            let values = part.schema.part("additionalProperties", &**values);
            // The same schema can be reached in two ways.
            if several.iter().all(|known| *known.pointer() != values.pointer) {
                several.push(values.into());
            }
        }
        let last = several.pop()?;
        let (rust_name, pointer) = (last.schema().and_then(rust_name), last.pointer().clone());
        let Usage { ty, docs } = if several.is_empty() {
            self.value(last)
        } else {
            several.push(last);
            let is_beside_fields = parts.iter().any(|part| !part.properties.is_empty());
            if is_beside_fields && matches!(self.narrowed(&several), Some(Narrowed::Nothing(..))) {
                return None;
            }
            let spot = Spot::of_type(&self.current, Some(Role::Value));
            Usage { ty: self.united(&several, &spot), docs: Docs::default() }
        };
        let values = nested(ty);
        (values != TypeRef::Any)
            .then(|| Box::new(Others { rust_name, pointer, docs, ty: TypeRef::Map(Box::new(values)) }))
    }

    /// Returns the fields of an object, in the order of their first occurrence.
    pub(super) fn fields(&mut self, parts: &[Part<'a>]) -> Vec<DraftField> {
        self.fields_except(parts, |_, _| false)
    }

    /// The same, but without types for the properties that `is_untyped` selects.
    pub(super) fn fields_except(
        &mut self,
        parts: &[Part<'a>],
        is_untyped: impl Fn(&Self, &SchemaAt<'a>) -> bool,
    ) -> Vec<DraftField> {
        if !self.count_fields(parts) {
            return Vec::new();
        }
        let mut properties: IndexMap<&str, Vec<SchemaAt<'a>>> = IndexMap::new();
        for part in parts {
            for (name, property) in part.schema.entries("properties", part.properties) {
                let known = properties.entry(name).or_default();
                // The same schema can be reached in two ways.
                if known.iter().all(|known| *known.pointer() != property.pointer) {
                    known.push(property.into());
                }
            }
        }
        let required: BTreeSet<&str> = parts.iter().flat_map(|part| part.required).map(String::as_str).collect();
        let is_required = |name: &str| required.contains(name);
        let mut fields: Vec<DraftField> = Vec::with_capacity(properties.len());
        for (name, schemas) in &properties {
            fields.push(match schemas.as_slice() {
                [schema] if is_untyped(self, schema) => self.untyped_field(name, schema, is_required(name)),
                [schema] => self.field(name, schema.clone(), is_required(name)),
                several => self.united_field(name, several, is_required(name)),
            });
        }
        let mut known: BTreeSet<&str> = properties.keys().copied().collect();
        for part in parts {
            for (index, name) in part.required.iter().enumerate() {
                if known.insert(name) {
                    let pointer = part.schema.key("required").index(index);
                    fields.push(DraftField::of_anything(name, pointer));
                }
            }
        }
        fields
    }

    /// Whether there is room for the fields of another object. Without a limit, objects that are all merged from large
    /// ones would take memory in proportion to the product.
    fn count_fields(&mut self, parts: &[Part<'a>]) -> bool {
        let had_room = self.fields <= MAX_FIELDS;
        self.fields = self.fields.saturating_add(parts.iter().map(|part| part.properties.len()).sum());
        let has_room = self.fields <= MAX_FIELDS;
        if had_room && !has_room {
            let at = parts.last().map_or_else(Pointer::root, |part| part.schema.pointer.clone());
            self.unsupported(&at, &format!("an API of more than {MAX_FIELDS} fields")).help = Some(
                "each object that `allOf` merges has all the fields of its parts: share them in the object of a property".to_owned(),
            );
        }
        has_room
    }

    fn field(&mut self, name: &str, property: SchemaAt<'a>, required: bool) -> DraftField {
        let extension = |key: &str| string_extension(&property.schema()?.schema_data, key);
        let (rust_name, argument_name) = (extension("x-rust-name"), extension("x-argument-name"));
        let pointer = property.pointer().clone();
        let (read_only, write_only) = self.one_way(property.clone());
        let usage = self.value(property);
        DraftField {
            name: name.to_owned(),
            rust_name,
            argument_name,
            pointer,
            docs: usage.docs,
            ty: usage.ty,
            required,
            read_only,
            write_only,
        }
    }

    fn untyped_field(&mut self, name: &str, property: &SchemaAt<'a>, required: bool) -> DraftField {
        let field = DraftField { required, ..DraftField::of_anything(name, property.pointer().clone()) };
        let SchemaAt::Schema(schema) = property else { return field };
        let (read_only, write_only) = self.one_way(property.clone());
        let docs = self.docs(schema, &Lowered { limits: limits_of(schema), ..Lowered::anything() });
        let extension = |key: &str| string_extension(&schema.schema_data, key);
        let (rust_name, argument_name) = (extension("x-rust-name"), extension("x-argument-name"));
        DraftField { rust_name, argument_name, docs, read_only, write_only, ..field }
    }

    /// Unites several descriptions of a field. The documentation of the later ones is more specific.
    fn united_field(&mut self, name: &str, schemas: &[SchemaAt<'a>], required: bool) -> DraftField {
        let mut field = match self.narrowed(schemas) {
            None => DraftField::of_anything(name, Pointer::root()),
            Some(Narrowed::One(schema)) => self.field(name, schema, required),
            Some(Narrowed::Nothing(first, other)) => {
                let message = format!("no value of `{name}` is valid for both parts of this object");
                self.contradiction(&first, &other, &message);
                DraftField::of_anything(name, other.pointer().clone())
            }
            Some(Narrowed::Merged(several)) => {
                let spot = Spot::of_type(&self.current, Some(Role::Property(name.to_owned())));
                let ty = self.merged_value(&several, &spot);
                let pointer = several.last().map_or_else(Pointer::root, |schema| schema.pointer().clone());
                DraftField { ty, required, ..DraftField::of_anything(name, pointer) }
            }
        };
        let is_nullable = self.all_allow_null(schemas);
        field.ty = if is_nullable { field.ty.or_null() } else { field.ty.without_null().clone() };
        field.docs.limits = field.docs.limits.and(self.limits_of_all(schemas));
        for schema in schemas {
            let (read_only, write_only) = self.one_way(schema.clone());
            (field.read_only, field.write_only) = (field.read_only || read_only, field.write_only || write_only);
            let Some(data) = schema.schema().map(|schema| &schema.schema_data) else { continue };
            if let Some(description) = data.description.as_deref().or(data.title.as_deref()) {
                field.docs.description = prose(Some(description), data.external_docs.as_ref());
            }
            field.rust_name = string_extension(data, "x-rust-name").or(field.rust_name.take());
            field.argument_name = string_extension(data, "x-argument-name").or(field.argument_name.take());
        }
        field
    }
}

fn rust_name(schema: &Schema) -> Option<String> {
    string_extension(&schema.schema_data, "x-rust-name")
}

impl DraftField {
    /// Creates a property without a description.
    fn of_anything(name: &str, pointer: Pointer) -> Self {
        Self {
            name: name.to_owned(),
            rust_name: None,
            argument_name: None,
            pointer,
            docs: Docs::default(),
            ty: TypeRef::Any,
            required: true,
            read_only: false,
            write_only: false,
        }
    }
}
