//! Objects: from properties, whether they stand in one schema or in several that are merged, to fields.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use openapiv3::{AdditionalProperties, ObjectType, ReferenceOr, Schema};

use super::Lowering;
use super::schemas::{Lowered, nested, string_extension};
use crate::diagnostics::{Code, Place};
use crate::ir::{Field, Limits, Presence, Shape, TypeRef, Types};
use crate::pointer::Pointer;

/// How many fields the objects of an API may have together.
const MAX_FIELDS: usize = 250_000;

/// Properties of an object, and where they stand.
pub(super) struct Part<'s> {
    /// The schema of each property.
    pub(super) properties: &'s IndexMap<String, ReferenceOr<Box<Schema>>>,
    /// The names of those that are always there, be they of this part or of another.
    pub(super) required: &'s [String],
    /// The schema that holds both.
    pub(super) pointer: Pointer,
}

impl Lowering<'_> {
    pub(super) fn object(&mut self, object: &ObjectType, pointer: &Pointer) -> Lowered {
        let limits = Limits { min_items: object.min_properties, max_items: object.max_properties, ..Limits::default() };
        let part = Part { properties: &object.properties, required: &object.required, pointer: pointer.clone() };
        let fields = self.fields(&[part]);
        let shape = if object.properties.is_empty() {
            Shape::Alias(match &object.additional_properties {
                None | Some(AdditionalProperties::Any(true)) => TypeRef::FreeForm,
                Some(AdditionalProperties::Any(false)) => {
                    self.unsupported(&pointer.key("additionalProperties"), "an object that can have no field");
                    TypeRef::FreeForm
                }
                Some(AdditionalProperties::Schema(values)) => {
                    match nested(self.usage(&**values, &pointer.key("additionalProperties"))) {
                        TypeRef::Any => TypeRef::FreeForm,
                        values => TypeRef::Map(Box::new(values)),
                    }
                }
            })
        } else {
            if let Some(AdditionalProperties::Schema(values)) = &object.additional_properties {
                let at = pointer.key("additionalProperties");
                if *self.usage(&**values, &at).ty.without_null() != TypeRef::Any {
                    self.unsupported(&at, "an object with both `properties` and a schema for other fields");
                }
            }
            Shape::Object(fields)
        };
        Lowered { shape, limits, format: None }
    }

    /// The fields of an object, in the order in which they are first named.
    pub(super) fn fields(&mut self, parts: &[Part<'_>]) -> Vec<Field> {
        if !self.count_fields(parts) {
            return Vec::new();
        }
        let mut fields: Vec<Field> = Vec::new();
        let mut by_name: BTreeMap<&str, usize> = BTreeMap::new();
        let required: BTreeSet<&str> = parts.iter().flat_map(|part| part.required).map(String::as_str).collect();
        for part in parts {
            for (name, property) in part.properties {
                let at = part.pointer.key("properties").key(name);
                let is_required = required.contains(name.as_str());
                match by_name.get(name.as_str()).copied() {
                    // The same schema by two ways.
                    Some(index) if fields[index].pointer == at => {}
                    Some(index) => {
                        let again = self.field(name, property, is_required, at);
                        self.unite(&mut fields[index], again);
                    }
                    None => {
                        by_name.insert(name, fields.len());
                        fields.push(self.field(name, property, is_required, at));
                    }
                }
            }
        }
        for part in parts {
            for (index, name) in part.required.iter().enumerate() {
                if !by_name.contains_key(name.as_str()) {
                    let at = part.pointer.key("required").index(index);
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
    fn count_fields(&mut self, parts: &[Part<'_>]) -> bool {
        let had_room = self.fields <= MAX_FIELDS;
        self.fields = self.fields.saturating_add(parts.iter().map(|part| part.properties.len()).sum());
        let has_room = self.fields <= MAX_FIELDS;
        if had_room && !has_room {
            let at = parts.last().map_or_else(Pointer::root, |part| part.pointer.clone());
            self.unsupported(&at, &format!("an API of more than {MAX_FIELDS} fields")).help = Some(
                "each object that `allOf` merges has all the fields of its parts: share them by a property".to_owned(),
            );
        }
        has_room
    }

    fn field(&mut self, name: &str, property: &ReferenceOr<Box<Schema>>, is_required: bool, pointer: Pointer) -> Field {
        let extension = |key: &str| match property {
            ReferenceOr::Item(schema) => string_extension(&schema.schema_data, key),
            ReferenceOr::Reference { .. } => None,
        };
        let (rust_name, argument_name) = (extension("x-rust-name"), extension("x-argument-name"));
        let usage = self.value(property.into(), &pointer);
        Field {
            name: name.to_owned(),
            rust_name,
            pointer,
            docs: usage.docs,
            ty: usage.ty,
            required: is_required,
            boxed: false,
            constant: false,
            argument_name,
        }
    }

    /// One field out of two descriptions of it. What the later one says for people is the more special.
    fn unite(&mut self, field: &mut Field, again: Field) {
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

/// The same types, with the required fields marked that can have one value only.
pub(super) fn with_constants(types: Types) -> Types {
    let single_valued: Vec<bool> =
        types.iter().map(|(_, def)| matches!(&def.shape, Shape::Enum(values) if values.len() == 1)).collect();
    let is_constant = |field: &Field| {
        field.presence() == Presence::Required && matches!(field.ty, TypeRef::Named(id) if single_valued[id.0])
    };
    types.map(|_, shape| match shape {
        Shape::Object(fields) => {
            Shape::Object(fields.into_iter().map(|field| Field { constant: is_constant(&field), ..field }).collect())
        }
        other => other,
    })
}
