//! `allOf`: several objects become one that has the properties of all.
//!
//! What stands for people (the description, an example) is the schema's own: that of a part is about the part. An
//! `allOf` of a single schema is another thing: it annotates that schema where it is used, and the type stays the same.

use std::collections::BTreeSet;

use openapiv3::{AdditionalProperties, AnySchema, ReferenceOr, Schema, SchemaKind, Type};

use super::objects::Part;
use super::schemas::Lowered;
use super::{Lowering, MAX_CHAIN, component_name};
use crate::diagnostics::{Code, Diagnostic, Place};
use crate::ir::{Limits, Shape, TypeRef};
use crate::pointer::Pointer;

/// What is collected on the way through the parts.
#[derive(Default)]
struct Collection<'s> {
    parts: Vec<Part<'s>>,
    /// The components that are being looked into.
    open: Vec<&'s str>,
    /// The components that were looked into: once is enough, by however many ways they are reached.
    seen: BTreeSet<&'s str>,
}

impl<'a> Lowering<'a> {
    /// The object that an `allOf` describes, with what stands beside it.
    pub(super) fn merge(&mut self, schema: &Schema, pointer: &Pointer) -> Lowered {
        let mut collection = Collection::default();
        self.collect(schema, pointer, &mut collection);
        let fields = self.fields(&collection.parts);
        let limits = match &schema.schema_kind {
            SchemaKind::Any(any) => {
                Limits { min_items: any.min_properties, max_items: any.max_properties, ..Limits::default() }
            }
            _ => Limits::default(),
        };
        let shape = if fields.is_empty() { Shape::Alias(TypeRef::FreeForm) } else { Shape::Object(fields) };
        Lowered { shape, limits, format: None }
    }

    /// Collects the objects that a schema is made of.
    fn collect<'s>(&mut self, schema: &'s Schema, pointer: &Pointer, collection: &mut Collection<'s>)
    where
        'a: 's,
    {
        let (all_of, properties, required, additional) = match &schema.schema_kind {
            SchemaKind::Type(Type::Object(object)) => {
                (&[][..], &object.properties, &object.required, &object.additional_properties)
            }
            SchemaKind::AllOf { all_of } => {
                self.collect_all(all_of, pointer, collection);
                return;
            }
            SchemaKind::Any(any) if is_composed(any) => {
                (&any.all_of[..], &any.properties, &any.required, &any.additional_properties)
            }
            _ => {
                self.no_object(pointer);
                return;
            }
        };
        if !matches!(additional, None | Some(AdditionalProperties::Any(true))) {
            self.unsupported(
                &pointer.key("additionalProperties"),
                "a part of `allOf` that limits the fields of others",
            )
            .help = Some("it would have to hold for the properties of all parts".to_owned());
        }
        self.collect_all(all_of, pointer, collection);
        collection.parts.push(Part { properties, required, pointer: pointer.clone() });
    }

    fn no_object(&mut self, pointer: &Pointer) -> &mut Diagnostic {
        let problem = self.unsupported(pointer, "a part of `allOf` that is no object");
        problem.help = Some("only objects can be merged into one".to_owned());
        problem
    }

    fn collect_all<'s>(&mut self, all_of: &'s [ReferenceOr<Schema>], pointer: &Pointer, collection: &mut Collection<'s>)
    where
        'a: 's,
    {
        for (index, part) in all_of.iter().enumerate() {
            let at = pointer.key("allOf").index(index);
            match part {
                ReferenceOr::Reference { reference } => self.collect_referenced(reference, &at, collection),
                ReferenceOr::Item(schema) => {
                    // For what it refuses: nobody reads the documentation of a part.
                    self.docs(&schema.schema_data, &Lowered::new(Shape::Alias(TypeRef::Any)), &at);
                    self.collect(schema, &at, collection);
                }
            }
        }
    }

    fn collect_referenced<'s>(&mut self, reference: &str, pointer: &Pointer, collection: &mut Collection<'s>)
    where
        'a: 's,
    {
        let components = self.components;
        let target = component_name(reference, "schemas").and_then(|name| components.schemas.get_key_value(&name));
        let Some((name, target)) = target else {
            self.unresolved(reference, "schemas", pointer);
            return;
        };
        if collection.open.contains(&name.as_str()) {
            let message = format!("`{name}` is a part of itself by `allOf`");
            self.problem(Code::ReferenceCycle, &pointer.key("$ref"), message).help =
                Some("an object that holds another of its kind has it as a property".to_owned());
            return;
        }
        if !collection.seen.insert(name) {
            return;
        }
        if collection.open.len() == MAX_CHAIN {
            self.too_long_a_chain(pointer);
            return;
        }
        collection.open.push(name);
        let at = Pointer::root().key("components").key("schemas").key(name);
        match target {
            ReferenceOr::Reference { reference } => self.collect_referenced(reference, &at, collection),
            ReferenceOr::Item(schema) if is_object(schema) => self.collect(schema, &at, collection),
            ReferenceOr::Item(_) => {
                let definition = (Place::Value(at), format!("`{name}` is defined here"));
                self.no_object(pointer).related.push(definition);
            }
        }
        collection.open.pop();
    }
}

fn is_object(schema: &Schema) -> bool {
    match &schema.schema_kind {
        SchemaKind::Type(Type::Object(_)) | SchemaKind::AllOf { .. } => true,
        SchemaKind::Any(any) => is_composed(any),
        _ => false,
    }
}

/// Whether a schema is merged from several.
pub(super) fn is_merge(schema: &Schema) -> bool {
    match &schema.schema_kind {
        SchemaKind::AllOf { all_of } => all_of.len() > 1,
        SchemaKind::Any(any) => is_composed(any) && !any.all_of.is_empty(),
        _ => false,
    }
}

/// Whether a schema that `openapiv3` has no kind for is an object all the same: `allOf` with properties beside it, or
/// properties without `type: object`.
pub(super) fn is_composed(any: &AnySchema) -> bool {
    let rest = AnySchema {
        typ: None,
        properties: Default::default(),
        required: Vec::new(),
        additional_properties: None,
        min_properties: None,
        max_properties: None,
        all_of: Vec::new(),
        ..any.clone()
    };
    matches!(any.typ.as_deref(), None | Some("object")) && rest == AnySchema::default()
}

/// Whether the single schema of an `allOf` is an object without a name, which the schema around it then names.
pub(super) fn is_named_by_its_user(inner: &ReferenceOr<Schema>) -> bool {
    match inner {
        ReferenceOr::Reference { .. } => false,
        ReferenceOr::Item(schema) => match &schema.schema_kind {
            SchemaKind::Type(Type::Object(object)) => !object.properties.is_empty(),
            SchemaKind::AllOf { all_of } => is_merge(schema) || all_of.iter().any(is_named_by_its_user),
            _ => is_merge(schema),
        },
    }
}
