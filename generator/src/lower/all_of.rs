//! `allOf`: several objects become one that has the properties of all.
//!
//! The documentation (description, example) is that of the schema itself: that of a part describes the part. An `allOf`
//! of a single schema is different: it annotates that schema at its use, and the type stays the same.
//!
//! If a part is a union, or a union is beside properties, the whole is a union: each of its members is merged with
//! everything beside it.

use std::collections::BTreeSet;

use openapiv3::{AnySchema, ReferenceOr, Schema, SchemaKind, Type};

use super::lists::Spot;
use super::narrowing::{Class, class};
use super::objects::Part;
use super::references::MAX_CHAIN;
use super::schemas::Lowered;
use super::types::{Draft, DraftShape, DraftVariant};
use super::unions::{Member, members};
use super::values::limits_apart;
use super::{At, Lowering, SchemaAt};
use crate::diagnostics::{Code, Diagnostic, Place};
use crate::ir::{Docs, Limits, Origin, Owner, Role, TypeId, TypeRef};
use crate::pointer::Pointer;

/// Schemas that are merged into one.
#[derive(Clone, Debug)]
pub(super) struct Merge<'a> {
    schemas: Vec<SchemaAt<'a>>,
    /// The places of the unions of which a member is among the schemas.
    chosen: Vec<Pointer>,
}

/// The data collected from the parts.
#[derive(Default)]
struct Collection<'a> {
    parts: Vec<Part<'a>>,
    /// Schemas with `oneOf` or `anyOf`.
    unions: Vec<At<'a, Schema>>,
    /// The places of the unions that are skipped.
    chosen: Vec<Pointer>,
    /// The places of the enclosing schemas.
    inside: Vec<Pointer>,
    /// The open targets of references.
    open: Vec<Pointer>,
    /// The schemas that were visited: once is enough, however many paths lead there.
    seen: BTreeSet<Pointer>,
}

impl<'a> Lowering<'a> {
    /// Lowers an `allOf`, or a union, with everything beside it.
    pub(super) fn merge(&mut self, schema: &At<'a, Schema>) -> Lowered {
        let merge = Merge { schemas: vec![SchemaAt::Schema(schema.clone())], chosen: Vec::new() };
        self.merged(&merge)
    }

    /// Returns the objects of which a schema consists, with their properties; `None` if it is not an object.
    pub(super) fn object_parts(&mut self, schema: &SchemaAt<'a>) -> Option<Vec<Part<'a>>> {
        let schema = self.followed(schema).filter(|schema| is_object(schema.object))?;
        let mut collection = Collection::default();
        self.collect(&schema, &mut collection);
        collection.unions.is_empty().then_some(collection.parts)
    }

    fn merged(&mut self, merge: &Merge<'a>) -> Lowered {
        if let Some(lowered) = self.enum_of_all(&merge.schemas) {
            return lowered;
        }
        let mut collection = Collection { chosen: merge.chosen.clone(), ..Collection::default() };
        for schema in &merge.schemas {
            self.collect_any(schema.clone(), &mut collection);
        }
        let limits: Vec<Limits> = collection.parts.iter().map(Part::limits).collect();
        if let Some((first, other)) = limits_apart(&limits) {
            let [first, other] = [first, other].map(|index| collection.parts[index].schema.clone().into());
            self.contradiction(&first, &other, "no object has as many properties as both parts of this `allOf` allow");
        }
        let limits = limits.into_iter().fold(Limits::default(), Limits::and);
        let shape = if let Some(union) = collection.unions.first() {
            let is_alone = collection.parts.iter().all(Part::is_empty) && collection.unions.len() == 1;
            if is_alone { self.union(union).shape } else { self.union_of_merges(merge, union) }
        } else {
            let fields = self.fields(&collection.parts);
            let others = self.others(&collection.parts);
            if fields.is_empty() {
                DraftShape::Alias(others.map_or(TypeRef::FreeForm, |others| others.ty))
            } else {
                DraftShape::Object { fields, others }
            }
        };
        Lowered { shape, limits, format: None }
    }

    /// Returns the type of a value that several schemas describe as an object.
    pub(super) fn merged_type(&mut self, schemas: &[SchemaAt<'a>], spot: &Spot) -> TypeId {
        let places = schemas.iter().map(|schema| match self.essence(schema.clone()) {
            Some(schema) => schema.pointer,
            None => schema.pointer().clone(),
        });
        let places: Vec<Pointer> = places.collect();
        if let Some(id) = self.merges.get(&places) {
            return *id;
        }
        let (name, origin) = super::origins::inline(spot.owner.clone(), spot.roles.clone());
        let merge = Merge { schemas: schemas.to_vec(), chosen: Vec::new() };
        let id = self.types.merged(merge, name, origin);
        self.merges.insert(places, id);
        id
    }

    /// Returns the union in which each variant is a member merged with everything beside the union.
    fn union_of_merges(&mut self, merge: &Merge<'a>, union: &At<'a, Schema>) -> DraftShape {
        let owner = self.current.clone();
        let mut several = members(union).map(|members| members.several).unwrap_or_default();
        if several.iter().any(|member| self.may_be_object(member)) {
            // Another member has no value that is the object beside the union too.
            several.retain(|member| self.may_be_object(member));
        }
        let words = self.words(union, &several);
        let mut variants = Vec::with_capacity(several.len());
        for (member, name) in several.into_iter().zip(words) {
            let pointer = member.pointer.clone();
            let schema = self.component_of(&member);
            let mut merge = merge.clone();
            let whole = SchemaAt::from(member);
            let is_whole = |schema: &SchemaAt<'a>| self.is_part(schema, &whole);
            let ty = if merge.schemas.iter().all(is_whole) {
                // The member already has everything beside the union.
                self.usage(whole).ty.without_null().clone()
            } else {
                merge.schemas.push(whole);
                merge.chosen.push(union.pointer.clone());
                let owner = Owner::Type(owner.clone());
                let (type_name, origin) = super::origins::inline(owner, vec![Role::Member(name.clone())]);
                TypeRef::Named(self.types.merged(merge, type_name, origin))
            };
            let docs = Docs::default();
            variants.push(DraftVariant { name, rust_name: None, pointer, docs, ty, mapped: Vec::new(), schema });
        }
        let tag = self.discriminate(union, &mut variants);
        DraftShape::Union { tag, variants }
    }

    fn may_be_object(&self, member: &Member<'a>) -> bool {
        let class = self.essence(member.clone().into()).map_or(Class::Open, |member| class(&member));
        matches!(class, Class::Object | Class::Union | Class::Open)
    }

    /// Returns the type of an object that is a member of a union by its own schema alone.
    pub(super) fn merged_member(&mut self, schemas: Vec<SchemaAt<'a>>, word: &str) -> TypeId {
        let owner = Owner::Type(self.current.clone());
        let (name, origin) = super::origins::inline(owner, vec![Role::Member(word.to_owned())]);
        self.types.merged(Merge { schemas, chosen: Vec::new() }, name, origin)
    }

    /// Returns the type of a merged member.
    pub(super) fn merged_draft(&mut self, merge: &Merge<'a>, name: String, origin: Origin) -> Draft {
        let member = merge.schemas.last().cloned();
        let pointer = member.as_ref().map_or_else(Pointer::root, |member| member.pointer().clone());
        let lowered = self.merged(merge);
        let docs = match member {
            Some(SchemaAt::Schema(schema)) => self.docs(&schema, &lowered),
            Some(SchemaAt::Reference(reference)) => match self.schema(&reference) {
                Some(SchemaAt::Schema(schema)) => self.docs(&schema, &lowered),
                _ => Docs::default(),
            },
            None => Docs::default(),
        };
        Draft { name, origin, rust_name: None, pointer, docs, shape: lowered.shape }
    }

    fn collect_any(&mut self, schema: SchemaAt<'a>, collection: &mut Collection<'a>) {
        match schema {
            SchemaAt::Reference(reference) => self.collect_referenced(&reference, collection),
            SchemaAt::Schema(schema) => self.collect(&schema, collection),
        }
    }

    /// Collects the objects of which a schema consists.
    fn collect(&mut self, schema: &At<'a, Schema>, collection: &mut Collection<'a>) {
        collection.inside.push(schema.pointer.clone());
        self.collect_parts(schema, collection);
        collection.inside.pop();
    }

    fn collect_parts(&mut self, schema: &At<'a, Schema>, collection: &mut Collection<'a>) {
        let (all_of, properties, required, additional) = match &schema.object.schema_kind {
            SchemaKind::Type(Type::Object(object)) => {
                (&[][..], &object.properties, &object.required, &object.additional_properties)
            }
            SchemaKind::AllOf { all_of } => {
                self.collect_all(schema, all_of, collection);
                return;
            }
            SchemaKind::OneOf { .. } | SchemaKind::AnyOf { .. } => {
                self.collect_union(schema, collection);
                return;
            }
            // The schema does not describe the value, or says what it must not be.
            SchemaKind::Not { .. } => return,
            SchemaKind::Any(any) if *any == AnySchema::default() => return,
            SchemaKind::Any(any) if is_composed(any) => {
                self.collect_union(schema, collection);
                (&any.all_of[..], &any.properties, &any.required, &any.additional_properties)
            }
            _ => {
                self.no_object(&schema.pointer);
                return;
            }
        };
        self.collect_all(schema, all_of, collection);
        collection.parts.push(Part { schema: schema.clone(), properties, required, others: additional.as_ref() });
    }

    /// Collects a schema that has members, unless one of them was chosen: by a merge, or because that member is being
    /// lowered and has the schema as a part.
    fn collect_union(&self, schema: &At<'a, Schema>, collection: &mut Collection<'a>) {
        let Some(members) = members(schema) else { return };
        let is_inside = |member: At<'a, ReferenceOr<Schema>>| {
            self.essence(member.into()).is_some_and(|member| collection.inside.contains(&member.pointer))
        };
        let is_chosen = collection.chosen.contains(&schema.pointer);
        let is_known = collection.unions.iter().any(|union| union.pointer == schema.pointer);
        if !is_chosen && !is_known && !members.several.into_iter().any(is_inside) {
            collection.unions.push(schema.clone());
        }
    }

    fn no_object(&mut self, pointer: &Pointer) -> &mut Diagnostic {
        let problem = self.unsupported(pointer, "a part of `allOf` that is not an object");
        problem.help =
            Some("describe the value in one schema with the keys of all parts: only objects are merged".to_owned());
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
                    // For error messages: nobody reads the documentation of a part.
                    self.docs(&schema, &Lowered::anything());
                    self.collect(&schema, collection);
                }
            }
        }
    }

    fn collect_referenced(&mut self, reference: &At<'a, str>, collection: &mut Collection<'a>) {
        let Some(target) = self.referenced_schema(reference) else { return };
        let name = self.component(reference).unwrap_or(reference.object);
        let at = target.pointer().clone();
        if collection.open.contains(&at) || collection.inside.contains(&at) && self.component(reference).is_none() {
            let message = format!("`{name}` is a part of itself through `allOf`");
            self.problem(Code::ReferenceCycle, &reference.key("$ref"), message).help =
                Some("if an object contains another of its kind, make that a property".to_owned());
            return;
        }
        if !collection.seen.insert(at.clone()) {
            return;
        }
        if collection.open.len() == MAX_CHAIN {
            self.too_long_a_chain(&reference.pointer);
            return;
        }
        collection.open.push(at);
        match target {
            SchemaAt::Reference(reference) => self.collect_referenced(&reference, collection),
            SchemaAt::Schema(schema) if is_object(schema.object) || is_exclusion(schema.object) => {
                self.collect(&schema, collection);
            }
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
        SchemaKind::Type(Type::Object(_))
        | SchemaKind::AllOf { .. }
        | SchemaKind::OneOf { .. }
        | SchemaKind::AnyOf { .. } => true,
        SchemaKind::Any(any) => is_composed(any),
        _ => false,
    }
}

/// Whether a schema only says what a value must not be.
fn is_exclusion(schema: &Schema) -> bool {
    matches!(schema.schema_kind, SchemaKind::Not { .. })
}

/// Whether a schema is merged from several.
pub(super) fn is_merge(schema: &Schema) -> bool {
    match &schema.schema_kind {
        SchemaKind::AllOf { all_of } => all_of.len() > 1,
        SchemaKind::Any(any) => {
            is_composed(any) && !(any.all_of.is_empty() && any.one_of.is_empty() && any.any_of.is_empty())
        }
        _ => false,
    }
}

/// Whether a schema without `type` is an object with properties.
pub(super) fn is_composed_object(schema: &Schema) -> bool {
    matches!(&schema.schema_kind, SchemaKind::Any(any) if is_composed(any) && !any.properties.is_empty())
}

/// Whether a schema for which `openapiv3` has no kind is an object nevertheless: `allOf` or a union with properties
/// beside it, or properties without `type: object`.
pub(super) fn is_composed(any: &AnySchema) -> bool {
    let rest = AnySchema {
        typ: None,
        properties: Default::default(),
        required: Vec::new(),
        additional_properties: None,
        min_properties: None,
        max_properties: None,
        all_of: Vec::new(),
        one_of: Vec::new(),
        any_of: Vec::new(),
        ..any.clone()
    };
    matches!(any.typ.as_deref(), None | Some("object")) && rest == AnySchema::default()
}

/// Whether the single schema of an `allOf` is an object without a name, which then has the name of the enclosing
/// schema.
pub(super) fn is_named_by_its_user(inner: &ReferenceOr<Schema>) -> bool {
    match inner {
        ReferenceOr::Reference { .. } => false,
        ReferenceOr::Item(schema) => match &schema.schema_kind {
            SchemaKind::Type(Type::Object(object)) => !object.properties.is_empty(),
            SchemaKind::AllOf { all_of } => is_merge(schema) || all_of.iter().any(is_named_by_its_user),
            SchemaKind::OneOf { .. } | SchemaKind::AnyOf { .. } => true,
            _ => is_merge(schema),
        },
    }
}
