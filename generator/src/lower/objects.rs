//! Objects: from properties, whether they stand in one schema or in several that are merged, to fields.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use openapiv3::{AdditionalProperties, ObjectType, ReferenceOr, Schema};

use super::schemas::{Lowered, nested, string_extension};
use super::types::{DraftField, DraftShape};
use super::{At, Lowering, SchemaAt};
use crate::diagnostics::{Code, Place};
use crate::ir::{Limits, TypeRef};
use crate::pointer::Pointer;

/// How many fields the objects of an API may have together.
const MAX_FIELDS: usize = 250_000;

/// Properties of an object.
pub(super) struct Part<'a> {
    /// The schema that says them.
    pub(super) schema: At<'a, Schema>,
    /// The schema of each property.
    pub(super) properties: &'a IndexMap<String, ReferenceOr<Box<Schema>>>,
    /// The names of those that are always there, be they of this part or of another.
    pub(super) required: &'a [String],
}

impl Part<'_> {
    /// Whether it says nothing of any property.
    pub(super) fn is_empty(&self) -> bool {
        self.properties.is_empty() && self.required.is_empty()
    }
}

impl<'a> Lowering<'a> {
    pub(super) fn object(&mut self, schema: &At<'a, Schema>, object: &'a ObjectType) -> Lowered {
        let limits = Limits { min_items: object.min_properties, max_items: object.max_properties, ..Limits::default() };
        let part = Part { schema: schema.clone(), properties: &object.properties, required: &object.required };
        let fields = self.fields(&[part]);
        let shape = if object.properties.is_empty() {
            DraftShape::Alias(match &object.additional_properties {
                None | Some(AdditionalProperties::Any(true)) => TypeRef::FreeForm,
                Some(AdditionalProperties::Any(false)) => {
                    self.unsupported(&schema.key("additionalProperties"), "an object that can have no field");
                    TypeRef::FreeForm
                }
                Some(AdditionalProperties::Schema(values)) => {
                    match nested(self.usage(schema.part("additionalProperties", &**values))) {
                        TypeRef::Any => TypeRef::FreeForm,
                        values => TypeRef::Map(Box::new(values)),
                    }
                }
            })
        } else {
            if let Some(AdditionalProperties::Schema(values)) = &object.additional_properties {
                let values = schema.part("additionalProperties", &**values);
                let at = values.pointer.clone();
                if *self.usage(values).ty.without_null() != TypeRef::Any {
                    self.unsupported(&at, "an object with both `properties` and a schema for other fields");
                }
            }
            DraftShape::Object(fields)
        };
        Lowered { shape, limits, format: None }
    }

    /// The fields of an object, in the order in which they are first named.
    pub(super) fn fields(&mut self, parts: &[Part<'a>]) -> Vec<DraftField> {
        if !self.count_fields(parts) {
            return Vec::new();
        }
        let mut fields: Vec<DraftField> = Vec::new();
        let mut by_name: BTreeMap<&str, usize> = BTreeMap::new();
        let required: BTreeSet<&str> = parts.iter().flat_map(|part| part.required).map(String::as_str).collect();
        for part in parts {
            for (name, property) in part.schema.entries("properties", part.properties) {
                let is_required = required.contains(name);
                match by_name.get(name).copied() {
                    // The same schema by two ways.
                    Some(index) if fields[index].pointer == property.pointer => {}
                    Some(index) => {
                        let again = self.field(name, property, is_required);
                        self.unite(&mut fields[index], again);
                    }
                    None => {
                        by_name.insert(name, fields.len());
                        fields.push(self.field(name, property, is_required));
                    }
                }
            }
        }
        for part in parts {
            for (index, name) in part.required.iter().enumerate() {
                if !by_name.contains_key(name.as_str()) {
                    let at = part.schema.key("required").index(index);
                    let message = format!("`{name}` is required, but no property of this object");
                    let help = match self.nearest(name, fields.iter().map(|field| field.name.as_str())) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => "add it to `properties`, or leave it out here".to_owned(),
                    };
                    self.problem(Code::UnknownRequired, &at, message).help = Some(help);
                }
            }
        }
        fields
    }

    /// Whether there is room for the fields of another object. Without an end to that, objects that are all merged from
    /// large ones would take memory by the product.
    fn count_fields(&mut self, parts: &[Part<'a>]) -> bool {
        let had_room = self.fields <= MAX_FIELDS;
        self.fields = self.fields.saturating_add(parts.iter().map(|part| part.properties.len()).sum());
        let has_room = self.fields <= MAX_FIELDS;
        if had_room && !has_room {
            let at = parts.last().map_or_else(Pointer::root, |part| part.schema.pointer.clone());
            self.unsupported(&at, &format!("an API of more than {MAX_FIELDS} fields")).help = Some(
                "each object that `allOf` merges has all the fields of its parts: share them by a property".to_owned(),
            );
        }
        has_room
    }

    fn field(&mut self, name: &str, property: At<'a, ReferenceOr<Box<Schema>>>, required: bool) -> DraftField {
        let property = SchemaAt::from(property);
        let extension = |key: &str| string_extension(&property.schema()?.schema_data, key);
        let (rust_name, argument_name) = (extension("x-rust-name"), extension("x-argument-name"));
        let pointer = property.pointer().clone();
        let usage = self.value(property);
        DraftField {
            name: name.to_owned(),
            rust_name,
            argument_name,
            pointer,
            docs: usage.docs,
            ty: usage.ty,
            required,
        }
    }

    /// One field out of two descriptions of it. What the later one says for people is the more special.
    fn unite(&mut self, field: &mut DraftField, again: DraftField) {
        if (&field.ty, field.required) != (&again.ty, again.required) {
            let message = format!("`{}` has another type in another part of this object", field.name);
            let first = Place::Value(field.pointer.clone());
            let problem = self.problem(Code::ConflictingProperty, &again.pointer, message);
            problem.related.push((first, "the other part".to_owned()));
            problem.help = Some("describe it in one of the parts only, or alike in both".to_owned());
        }
        if !again.docs.description.is_empty() {
            field.docs = again.docs;
        }
        field.rust_name = again.rust_name.or(field.rust_name.take());
        field.argument_name = again.argument_name.or(field.argument_name.take());
    }
}
