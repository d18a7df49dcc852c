//! `allOf`: several objects become one that has the properties of all.
//!
//! What stands for people (the description, an example) is the schema's own: that of a part is about the part. An
//! `allOf` of a single schema is another thing: it annotates that schema where it is used, and the type stays the same.

use std::collections::BTreeSet;

use openapiv3::{AdditionalProperties, AnySchema, ReferenceOr, Schema, SchemaKind, Type};

use super::objects::Part;
use super::references::MAX_CHAIN;
use super::schemas::Lowered;
use super::types::DraftShape;
use super::{At, Lowering, SchemaAt};
use crate::diagnostics::{Code, Diagnostic, Place};
use crate::ir::{Limits, TypeRef};
use crate::pointer::Pointer;

/// What is collected on the way through the parts.
#[derive(Default)]
struct Collection<'a> {
    parts: Vec<Part<'a>>,
    /// The components that are being looked into.
    open: Vec<&'a str>,
    /// The components that were looked into: once is enough, by however many ways they are reached.
    seen: BTreeSet<&'a str>,
}

impl<'a> Lowering<'a> {
    /// The object that an `allOf` describes, with what stands beside it.
    pub(super) fn merge(&mut self, schema: &At<'a, Schema>) -> Lowered {
        let mut collection = Collection::default();
        self.collect(schema, &mut collection);
        let fields = self.fields(&collection.parts);
        let limits = match &schema.schema_kind {
            SchemaKind::Any(any) => {
                Limits { min_items: any.min_properties, max_items: any.max_properties, ..Limits::default() }
            }
            _ => Limits::default(),
        };
        let shape = if fields.is_empty() { DraftShape::Alias(TypeRef::FreeForm) } else { DraftShape::Object(fields) };
        Lowered { shape, limits, format: None }
    }

    /// Collects the objects that a schema is made of.
    fn collect(&mut self, schema: &At<'a, Schema>, collection: &mut Collection<'a>) {
        let (all_of, properties, required, additional) = match &schema.object.schema_kind {
            SchemaKind::Type(Type::Object(object)) => {
                (&[][..], &object.properties, &object.required, &object.additional_properties)
            }
            SchemaKind::AllOf { all_of } => {
                self.collect_all(schema, all_of, collection);
                return;
            }
            SchemaKind::Any(any) if is_composed(any) => {
                (&any.all_of[..], &any.properties, &any.required, &any.additional_properties)
            }
            _ => {
                self.no_object(&schema.pointer);
                return;
            }
        };
        if !matches!(additional, None | Some(AdditionalProperties::Any(true))) {
            self.unsupported(
                &schema.key("additionalProperties"),
                "a part of `allOf` that limits the fields of others",
            )
            .help = Some("it would have to hold for the properties of all parts".to_owned());
        }
        self.collect_all(schema, all_of, collection);
        collection.parts.push(Part { schema: schema.clone(), properties, required });
    }

    fn no_object(&mut self, pointer: &Pointer) -> &mut Diagnostic {
        let problem = self.unsupported(pointer, "a part of `allOf` that is no object");
        problem.help = Some("only objects can be merged into one".to_owned());
        problem
    }

    fn collect_all(
        &mut self,
        schema: &At<'a, Schema>,
        all_of: &'a [ReferenceOr<Schema>],
        collection: &mut Collection<'a>,
    ) {
        for part in schema.items("allOf", all_of) {
            match SchemaAt::from(part) {
                SchemaAt::Reference(reference) => self.collect_referenced(&reference, collection),
                SchemaAt::Schema(schema) => {
                    // For what it refuses: nobody reads the documentation of a part.
                    self.docs(&schema, &Lowered::anything());
                    self.collect(&schema, collection);
                }
            }
        }
    }

    fn collect_referenced(&mut self, reference: &At<'a, str>, collection: &mut Collection<'a>) {
        let Some((name, target)) = self.referenced_schema(reference) else { return };
        if collection.open.contains(&name) {
            let message = format!("`{name}` is a part of itself by `allOf`");
            self.problem(Code::ReferenceCycle, &reference.key("$ref"), message).help =
                Some("an object that holds another of its kind has it as a property".to_owned());
            return;
        }
        if !collection.seen.insert(name) {
            return;
        }
        if collection.open.len() == MAX_CHAIN {
            self.too_long_a_chain(&reference.pointer);
            return;
        }
        collection.open.push(name);
        match target {
            SchemaAt::Reference(reference) => self.collect_referenced(&reference, collection),
            SchemaAt::Schema(schema) if is_object(schema.object) => self.collect(&schema, collection),
            SchemaAt::Schema(schema) => {
                let definition = (Place::Value(schema.pointer), format!("`{name}` is defined here"));
                self.no_object(&reference.pointer).related.push(definition);
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

/// Whether a schema without `type` is an object with properties.
pub(super) fn is_composed_object(schema: &Schema) -> bool {
    matches!(&schema.schema_kind, SchemaKind::Any(any) if is_composed(any) && !any.properties.is_empty())
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
