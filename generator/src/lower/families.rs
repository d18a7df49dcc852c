//! Families: an object with a discriminator, and the objects that have it as a part of their `allOf`.
//!
//! Where the first is used, each of the others is valid, so it becomes a union of them. A value that the discriminator
//! does not identify is an object with the common properties.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::{ReferenceOr, Schema, SchemaKind};

use super::types::{DraftShape, DraftVariant};
use super::{At, Lowering, SchemaAt};
use crate::ir::{Docs, TypeRef};

/// The components that have a component as a part, by the name of the latter.
pub(super) type Children<'a> = BTreeMap<&'a str, Vec<&'a str>>;

/// The name of the member of a family that is none of the others.
const BASE: &str = "Base";

impl<'a> Lowering<'a> {
    pub(super) fn find_children(&mut self) {
        let mut children: Children<'a> = BTreeMap::new();
        for (name, schema) in &self.components.object.schemas {
            for part in schema.as_item().map_or(&[][..], all_of) {
                let ReferenceOr::Reference { reference } = part else { continue };
                if let Some(parent) = self.component(reference) {
                    children.entry(parent).or_default().push(name);
                }
            }
        }
        self.children = children;
    }

    /// Returns the union of a component with a discriminator, if others have it as a part.
    pub(super) fn family(&mut self, name: &'a str, schema: &At<'a, Schema>) -> Option<DraftShape> {
        let discriminator = schema.optional("discriminator", &schema.object.schema_data.discriminator)?;
        if super::unions::members(schema).is_some() {
            return None;
        }
        let mut variants: Vec<DraftVariant> = Vec::new();
        let members = self.descendants(name);
        if members.is_empty() && discriminator.mapping.is_empty() {
            return None;
        }
        for child in members {
            let ty = TypeRef::Named(self.types.component(child));
            let pointer = self.components.key("schemas").key(child);
            variants.push(DraftVariant::of_component(child, pointer, ty));
        }
        let (ty, base) = self.base(schema);
        variants.push(DraftVariant { schema: Some(name.to_owned()), ..DraftVariant::of_component(BASE, base, ty) });
        let tag = self.discriminate(schema, &mut variants);
        for variant in variants.iter_mut().filter(|variant| variant.name == BASE) {
            // A value that nothing else identifies is one of these.
            variant.schema = None;
        }
        Some(DraftShape::Union { tag, variants })
    }

    /// Whether a schema refers to an object with a discriminator: a component that consists of such a reference is a
    /// member of the family, and not the family by another name.
    pub(super) fn is_of_family(&self, schema: &ReferenceOr<Schema>) -> bool {
        let ReferenceOr::Reference { reference } = schema else { return false };
        let Some(SchemaAt::Schema(parent)) = self.component(reference).and_then(|_| self.schema(reference)) else {
            return false;
        };
        parent.schema_data.discriminator.is_some() && super::unions::members(&parent).is_none()
    }

    /// Returns the components that have this one as a part, directly or indirectly, up to those with a discriminator of
    /// their own.
    fn descendants(&self, name: &'a str) -> Vec<&'a str> {
        let mut seen = BTreeSet::from([name]);
        let mut found = Vec::new();
        let mut open = vec![name];
        while let Some(parent) = open.pop() {
            for child in self.children.get(parent).into_iter().flatten() {
                if seen.insert(child) {
                    found.push(*child);
                    let schema = self.components.object.schemas.get(*child).and_then(ReferenceOr::as_item);
                    if schema.is_some_and(|schema| schema.schema_data.discriminator.is_none()) {
                        open.push(child);
                    }
                }
            }
        }
        found.sort_by_key(|child| self.components.object.schemas.get_index_of(*child));
        found
    }

    /// Returns the object of the schema with the discriminator.
    fn base(&mut self, schema: &At<'a, Schema>) -> (TypeRef, crate::pointer::Pointer) {
        let id = self.merged_member(vec![SchemaAt::Schema(schema.clone())], BASE);
        (TypeRef::Named(id), schema.pointer.clone())
    }
}

impl DraftVariant {
    fn of_component(name: &str, pointer: crate::pointer::Pointer, ty: TypeRef) -> Self {
        let (rust_name, docs, mapped) = (None, Docs::default(), Vec::new());
        Self { name: name.to_owned(), rust_name, pointer, docs, ty, mapped, schema: Some(name.to_owned()) }
    }
}

fn all_of(schema: &Schema) -> &[ReferenceOr<Schema>] {
    match &schema.schema_kind {
        SchemaKind::AllOf { all_of } => all_of,
        SchemaKind::Any(any) => &any.all_of,
        _ => &[],
    }
}
