//! Schemas: lowers `components.schemas`, and every inline schema, to types.

use openapiv3::{AnySchema, ArrayType, ReferenceOr, Schema, SchemaData, SchemaKind, Type};
use serde_json::Value;

use super::all_of::{is_composed, is_composed_object, is_merge, is_named_by_its_user};
use super::narrowing::{Class, class, says_nothing};
use super::references::MAX_CHAIN;
use super::scalars::{boolean_of, integer_of, lists_integers, number_of, string_of};
use super::types::{Draft, DraftShape};
use super::unions;
use super::{At, Lowering, SchemaAt, prose};
use crate::diagnostics::Code;
use crate::integer::json_text;
use crate::ir::{Docs, Limits, Origin, TypeRef};
use crate::pointer::Pointer;

/// A schema at its use: the type of the value, and the documentation of the place.
#[derive(Clone)]
pub(super) struct Usage {
    pub(super) ty: TypeRef,
    pub(super) docs: Docs,
}

impl Usage {
    fn new(ty: TypeRef, nullable: bool, docs: Docs) -> Self {
        Self { ty: if nullable { ty.or_null() } else { ty }, docs }
    }
}

/// A lowered schema before it is known whether it has a name.
pub(super) struct Lowered {
    pub(super) shape: DraftShape,
    pub(super) limits: Limits,
    pub(super) format: Option<String>,
}

impl Lowered {
    pub(super) fn new(shape: DraftShape) -> Self {
        Self { shape, limits: Limits::default(), format: None }
    }

    /// A schema that is unknown, or was reported.
    pub(super) fn anything() -> Self {
        Self::new(DraftShape::Alias(TypeRef::Any))
    }
}

impl<'a> Lowering<'a> {
    /// Returns the type of an entry of `components.schemas`.
    pub(super) fn draft(&mut self, name: &'a str) -> Draft {
        let entry = self.schema_at(name, &self.components.object.schemas[name]);
        let pointer = entry.pointer().clone();
        let entry = match entry {
            SchemaAt::Reference(reference) => self.definition_of(reference),
            schema => schema,
        };
        let (shape, docs, rust_name) = match entry {
            SchemaAt::Reference(reference) => {
                let usage = self.value(SchemaAt::Reference(reference));
                (DraftShape::Alias(usage.ty.without_null().clone()), usage.docs, None)
            }
            SchemaAt::Schema(schema) => {
                let rust_name = string_extension(&schema.schema_data, "x-rust-name");
                let annotated = self.annotated(&schema);
                let is_own = |inner: &ReferenceOr<Schema>| is_named_by_its_user(inner) || self.is_of_family(inner);
                if let Some(inner) = annotated.as_ref().and_then(own_value) {
                    let lowered = self.lowered(&inner);
                    let below = self.docs(&inner, &lowered);
                    let docs = self.annotation(&schema, &inner.pointer, below);
                    (lowered.shape, docs, rust_name)
                } else if let Some(inner) = annotated.filter(|inner| !is_own(inner.object)) {
                    let usage = self.overlay(&schema, inner);
                    (DraftShape::Alias(usage.ty.without_null().clone()), usage.docs, rust_name)
                } else {
                    let family = self.family(name, &schema);
                    let lowered = family.map(Lowered::new).unwrap_or_else(|| self.lowered(&schema));
                    let docs = self.docs(&schema, &lowered);
                    (lowered.shape, docs, rust_name)
                }
            }
        };
        let docs = if self.file_parts.contains(name) { docs.of_file_part() } else { docs };
        Draft { name: name.to_owned(), origin: Origin::Component, rust_name, pointer, docs, shape }
    }

    /// Returns the type of an inline schema.
    pub(super) fn inline_draft(&mut self, schema: &At<'a, Schema>, name: String, origin: Origin) -> Draft {
        let lowered = self.lowered(schema);
        let docs = self.docs(schema, &lowered);
        Draft { name, origin, rust_name: None, pointer: schema.pointer.clone(), docs, shape: lowered.shape }
    }

    /// Returns a schema as the type of a value: a parameter, an item, a body.
    pub(super) fn usage(&mut self, schema: impl Into<SchemaAt<'a>>) -> Usage {
        let schema = schema.into();
        if schema.schema().is_some_and(|schema| schema.schema_data.extensions.contains_key("x-rust-name")) {
            self.problem(
                Code::InvalidExtension,
                &schema.pointer().key("x-rust-name"),
                "`x-rust-name` on a schema that does not become a named type",
            )
            .help = Some("it belongs on an entry of `components.schemas`, on a property or on a parameter".to_owned());
        }
        self.value(schema)
    }

    /// The same for a property, whose `x-rust-name` names the field.
    pub(super) fn value(&mut self, schema: SchemaAt<'a>) -> Usage {
        let schema = match schema {
            SchemaAt::Reference(reference) => return self.referenced(reference),
            SchemaAt::Schema(schema) => schema,
        };
        if let Some(inner) = self.annotated(&schema) {
            return self.overlay(&schema, inner);
        }
        let nullable = self.allows_null(SchemaAt::Schema(schema.clone()));
        // Inside of a definition that a reference leads to, the owner, which determines the names of items, is not known
        // yet.
        if self.middles.is_empty()
            && let Some((ty, limits)) = self.list_in_place(&schema)
        {
            let docs = self.docs(&schema, &Lowered { limits, ..Lowered::anything() });
            return Usage::new(ty, nullable, docs);
        }
        if needs_name(schema.object) {
            let id = match self.types.known_inline(&schema.pointer) {
                Some(id) => id,
                // Its owner, which determines the name, is not known yet.
                None if !self.middles.is_empty() => self.types.reserve(schema.clone()),
                None => {
                    let origin = self.origin(&schema.pointer);
                    self.types.inline(schema.clone(), origin)
                }
            };
            // The documentation of the type is that of the value: it is shown with its type.
            let docs = self.docs(&schema, &Lowered::anything());
            return Usage::new(TypeRef::Named(id), nullable, docs);
        }
        let lowered = self.lowered(&schema);
        let docs = self.docs(&schema, &lowered);
        let ty = match lowered.shape {
            DraftShape::Alias(ty) => ty,
            DraftShape::Scalar(scalar) => TypeRef::Scalar(scalar),
            // Unreachable: a schema that needs a name has one.
            DraftShape::Object { .. }
            | DraftShape::Enum(_)
            | DraftShape::IntegerEnum(..)
            | DraftShape::Union { .. } => TypeRef::Any,
        };
        Usage::new(ty, nullable, docs)
    }

    /// Returns the target of a reference: the type of a component, or of a schema inside another.
    fn referenced(&mut self, reference: At<'a, str>) -> Usage {
        let from = reference.pointer.clone();
        let schema = match self.beyond_middles(reference) {
            None => return Usage::new(TypeRef::Any, false, Docs::default()),
            Some(SchemaAt::Reference(reference)) => {
                let ty = self.component(&reference).map(|name| TypeRef::Named(self.types.component(name)));
                let nullable = self.allows_null(SchemaAt::Reference(reference));
                return Usage::new(ty.unwrap_or(TypeRef::Any), nullable, Docs::default());
            }
            Some(SchemaAt::Schema(schema)) => schema,
        };
        if self.middles.contains(&schema.pointer) {
            self.problem(
                Code::ReferenceCycle,
                &from.key("$ref"),
                "the target of this reference consists only of itself",
            )
            .help =
                Some("only an object can contain another of its kind: make it an object with a property".to_owned());
            return Usage::new(TypeRef::Any, false, Docs::default());
        }
        if self.middles.len() == MAX_CHAIN {
            self.too_long_a_chain(&from);
            return Usage::new(TypeRef::Any, false, Docs::default());
        }
        let is_named = needs_name(schema.object);
        self.middles.push(schema.pointer.clone());
        let usage = self.value(SchemaAt::Schema(schema));
        self.middles.pop();
        // The documentation of a type is shown with the type.
        Usage { docs: if is_named { Docs::default() } else { usage.docs }, ..usage }
    }

    /// Returns the schema of a component that is a reference into another definition, unless that has a name.
    fn definition_of(&mut self, reference: At<'a, str>) -> SchemaAt<'a> {
        if self.component(&reference).is_some() {
            return SchemaAt::Reference(reference);
        }
        match self.beyond_middles(reference.clone()) {
            Some(SchemaAt::Schema(schema)) if !needs_name(schema.object) => SchemaAt::Schema(schema),
            Some(_) => SchemaAt::Reference(reference),
            None => SchemaAt::Reference(reference),
        }
    }

    /// Lowers an `allOf` of one element, or a choice between a schema and `null`: another schema, annotated at its use.
    fn overlay(&mut self, schema: &At<'a, Schema>, inner: At<'a, ReferenceOr<Schema>>) -> Usage {
        let pointer = inner.pointer.clone();
        let usage = self.usage(inner);
        let docs = self.annotation(schema, &pointer, usage.docs);
        let nullable = schema.schema_data.nullable || unions::members(schema).is_some_and(|members| members.has_null);
        Usage::new(usage.ty, nullable, docs)
    }

    /// Returns the documentation of a schema that annotates another: its own over that of the other, with the limits of
    /// all parts of its `allOf`.
    fn annotation(&mut self, schema: &At<'a, Schema>, inner: &Pointer, below: Docs) -> Docs {
        let mut above = self.docs(schema, &Lowered::anything());
        let mut limits = Limits::default();
        if let SchemaKind::AllOf { all_of } = &schema.object.schema_kind {
            for part in schema.items("allOf", all_of).filter(|part| part.pointer != *inner) {
                let is_silent = says_nothing(part.object);
                let Some(part) = self.essence(part.into()) else { continue };
                if is_silent {
                    above = above.over(self.docs(&part, &Lowered::anything()));
                }
                limits = limits.and(limits_of(&part));
            }
        }
        let docs = above.over(below);
        Docs { limits: docs.limits.clone().and(limits), ..docs }
    }

    fn lowered(&mut self, schema: &At<'a, Schema>) -> Lowered {
        match &schema.object.schema_kind {
            SchemaKind::Type(Type::String(string)) => string_of(schema, string),
            SchemaKind::Type(Type::Integer(integer)) => integer_of(schema, integer),
            SchemaKind::Type(Type::Number(number)) => number_of(number),
            SchemaKind::Type(Type::Boolean(boolean)) => boolean_of(boolean),
            SchemaKind::Type(Type::Array(array)) => self.array(schema, array),
            SchemaKind::Type(Type::Object(object)) => self.object(schema, object),
            SchemaKind::OneOf { .. } | SchemaKind::AnyOf { .. } => self.union(schema),
            SchemaKind::AllOf { .. } => match self.own_list(schema) {
                Some((ty, limits)) => Lowered { limits, ..Lowered::new(DraftShape::Alias(ty)) },
                None => self.own_values(schema).unwrap_or_else(|| self.merge(schema)),
            },
            // An exclusion does not describe the value.
            SchemaKind::Not { .. } => Lowered::anything(),
            SchemaKind::Any(any) if *any == openapiv3::AnySchema::default() => Lowered::anything(),
            SchemaKind::Any(any) if is_composed(any) => self.merge(schema),
            SchemaKind::Any(any) if is_list_of_values(any) => {
                let values = any.enumeration.iter().filter(|value| !value.is_null()).map(json_text).collect();
                Lowered { limits: Limits { one_of: values, ..Limits::default() }, ..Lowered::anything() }
            }
            // `adapt` has added a type, or reported that its limits are ignored.
            SchemaKind::Any(_) => Lowered::anything(),
        }
    }

    fn array(&mut self, schema: &At<'a, Schema>, array: &'a ArrayType) -> Lowered {
        let item = match &array.items {
            Some(items) => nested(self.usage(schema.part("items", items)).ty),
            None => TypeRef::Any,
        };
        let shape = DraftShape::Alias(TypeRef::Array(Box::new(item)));
        Lowered { shape, limits: limits_of_list(array), format: None }
    }

    pub(super) fn docs(&mut self, schema: &At<'a, Schema>, lowered: &Lowered) -> Docs {
        let data = &schema.schema_data;
        let description = data.description.as_deref().or(data.title.as_deref());
        Docs {
            description: prose(description, data.external_docs.as_ref()),
            default: data.default.clone(),
            example: data.example.clone(),
            limits: lowered.limits.clone(),
            format: lowered.format.clone(),
            deprecated: data.deprecated,
        }
    }
}

/// Returns the limits of a schema for texts, numbers or lists.
pub(super) fn limits_of(schema: &At<'_, Schema>) -> Limits {
    match &schema.object.schema_kind {
        SchemaKind::Type(Type::String(string)) => string_of(schema, string).limits,
        SchemaKind::Type(Type::Integer(integer)) => integer_of(schema, integer).limits,
        SchemaKind::Type(Type::Number(number)) => number_of(number).limits,
        SchemaKind::Type(Type::Boolean(boolean)) => boolean_of(boolean).limits,
        SchemaKind::Type(Type::Array(array)) => limits_of_list(array),
        _ => Limits::default(),
    }
}

fn limits_of_list(array: &ArrayType) -> Limits {
    Limits {
        min_items: array.min_items,
        max_items: array.max_items,
        unique_items: array.unique_items,
        ..Limits::default()
    }
}

/// Returns the part of an `allOf` that describes the value in place, if it is an enum or a union: it has the name of the
/// schema that it is a part of.
fn own_value<'a>(inner: &At<'a, ReferenceOr<Schema>>) -> Option<At<'a, Schema>> {
    let SchemaAt::Schema(inner) = SchemaAt::from(inner.clone()) else { return None };
    (needs_name(inner.object) && class(inner.object) != Class::Object).then_some(inner)
}

/// Whether values of a schema need a separate type, wherever the schema is.
fn needs_name(schema: &Schema) -> bool {
    match &schema.schema_kind {
        SchemaKind::Type(Type::Object(object)) => !object.properties.is_empty(),
        SchemaKind::Type(Type::String(string)) => !string.enumeration.is_empty(),
        SchemaKind::Type(Type::Integer(integer)) => lists_integers(&schema.schema_data, integer),
        SchemaKind::OneOf { .. } | SchemaKind::AnyOf { .. } => true,
        _ => is_merge(schema) || is_composed_object(schema),
    }
}

/// Returns the type of a value inside a list or a map, where `null` is one of the values.
pub(super) fn nested(ty: TypeRef) -> TypeRef {
    if *ty.without_null() == TypeRef::Any { TypeRef::Any } else { ty }
}

pub(super) fn string_extension(data: &SchemaData, name: &str) -> Option<String> {
    data.extensions.get(name).and_then(Value::as_str).map(str::to_owned)
}

/// Whether a schema lists its values and has no other description. They are of several types, or not scalars.
fn is_list_of_values(any: &AnySchema) -> bool {
    !any.enumeration.is_empty() && AnySchema { enumeration: Vec::new(), ..any.clone() } == AnySchema::default()
}
