//! Unions: `oneOf` and `anyOf`, which are read alike.
//!
//! Keys beside the list apply to every member: each is merged with them. A member that is `null` makes the whole
//! nullable, and a union of `null` and one other member is that member. Members of the same type are one variant.

use openapiv3::{AnySchema, Discriminator, ReferenceOr, Schema, SchemaKind, Type};

use super::listed::as_enum;
use super::schemas::{Lowered, string_extension};
use super::tags::MappedTag;
use super::types::{DraftShape, DraftVariant};
use super::{At, Lowering, SchemaAt};
use crate::diagnostics::{Code, Diagnostic, Place};
use crate::ir::{Docs, TypeRef};

/// A member of a union in the spec.
pub(super) type Member<'a> = At<'a, ReferenceOr<Schema>>;

/// The members of a union, without `null`.
pub(super) struct Members<'a> {
    /// The types to choose from.
    pub(super) several: Vec<Member<'a>>,
    /// Whether one of them only allows `null`.
    pub(super) has_null: bool,
}

/// The meaning of a text of a discriminator.
struct Mapped {
    name: String,
    ty: TypeRef,
    /// The name of its component.
    schema: Option<String>,
}

/// Returns the members of a schema that has a list of them.
pub(super) fn members<'a>(schema: &At<'a, Schema>) -> Option<Members<'a>> {
    let (key, list) = match &schema.object.schema_kind {
        SchemaKind::OneOf { one_of } => ("oneOf", one_of),
        SchemaKind::AnyOf { any_of } => ("anyOf", any_of),
        SchemaKind::Any(any) if !any.one_of.is_empty() => ("oneOf", &any.one_of),
        SchemaKind::Any(any) if !any.any_of.is_empty() => ("anyOf", &any.any_of),
        _ => return None,
    };
    let (null, several): (Vec<_>, Vec<_>) = schema.items(key, list).partition(|member| is_null(member.object));
    Some(Members { has_null: !null.is_empty(), several })
}

/// Returns the only schema in a union with `null`: an old way to write `nullable` beside a reference.
pub(super) fn single_or_null<'a>(schema: &At<'a, Schema>) -> Option<Member<'a>> {
    let members = members(schema).filter(|_| !matches!(schema.object.schema_kind, SchemaKind::Any(_)))?;
    let is_nullable = members.has_null || schema.schema_data.nullable;
    let [single] = <[Member<'a>; 1]>::try_from(members.several).ok()?;
    is_nullable.then_some(single)
}

/// Whether a schema only allows `null`.
fn is_null(schema: &ReferenceOr<Schema>) -> bool {
    let ReferenceOr::Item(schema) = schema else { return false };
    schema.schema_data.nullable
        && match &schema.schema_kind {
            SchemaKind::Any(any) => {
                let only_null = any.enumeration.iter().all(serde_json::Value::is_null);
                only_null && AnySchema { enumeration: Vec::new(), ..any.clone() } == AnySchema::default()
            }
            SchemaKind::Type(Type::String(string)) => {
                !string.enumeration.is_empty() && string.enumeration.iter().all(Option::is_none)
            }
            _ => false,
        }
}

impl<'a> Lowering<'a> {
    /// Returns the type of a schema with members and nothing beside them.
    pub(super) fn union(&mut self, schema: &At<'a, Schema>) -> Lowered {
        if let Some(lowered) = as_enum(schema) {
            return lowered;
        }
        let Some(Members { several, .. }) = members(schema) else { return Lowered::anything() };
        let words = self.words(schema, &several);
        let mut variants: Vec<DraftVariant> = Vec::new();
        for (member, name) in several.into_iter().zip(words) {
            self.member_words.insert(member.pointer.clone(), name.clone());
            let is_of_values = |variant: &DraftVariant| variant.ty == TypeRef::Any;
            let variant = self.variant(member, name);
            if is_of_values(&variant) {
                // A value of one of the others is a value of one of these.
                return Lowered::anything();
            }
            match variants.iter_mut().find(|known| known.ty == variant.ty) {
                Some(known) => known.schema = known.schema.take().or(variant.schema),
                None => variants.push(variant),
            }
        }
        let tag = self.discriminate(schema, &mut variants);
        Lowered::new(DraftShape::Union { tag, variants })
    }

    /// Returns the tag of a union, and adds the texts that select a variant to the variants.
    pub(super) fn discriminate(&mut self, union: &At<'a, Schema>, variants: &mut Vec<DraftVariant>) -> Option<String> {
        let discriminator = union.optional("discriminator", &union.object.schema_data.discriminator)?;
        self.mapping(&discriminator, variants);
        Some(discriminator.property_name.clone())
    }

    fn variant(&mut self, member: Member<'a>, name: String) -> DraftVariant {
        let pointer = member.pointer.clone();
        let schema = self.component_of(&member);
        let rust_name = match member.object {
            ReferenceOr::Item(schema) => string_extension(&schema.schema_data, "x-rust-name"),
            ReferenceOr::Reference { .. } => None,
        };
        let usage = self.value(member.into());
        let is_named = matches!(usage.ty.without_null(), TypeRef::Named(_));
        // The documentation of a type is shown with the type.
        let docs = if is_named { Docs::default() } else { usage.docs };
        DraftVariant { name, rust_name, pointer, docs, ty: usage.ty.without_null().clone(), mapped: Vec::new(), schema }
    }

    /// Returns the name of the component that a member refers to.
    pub(super) fn component_of(&self, member: &Member<'a>) -> Option<String> {
        let ReferenceOr::Reference { reference } = member.object else { return None };
        self.component(reference).map(str::to_owned)
    }

    /// Adds the texts of the discriminator to the variants. A target that is not a member becomes one.
    fn mapping(&mut self, discriminator: &At<'a, Discriminator>, variants: &mut Vec<DraftVariant>) {
        for (text, target) in discriminator.entries("mapping", &discriminator.object.mapping) {
            let Some(Mapped { name, ty, schema }) = self.mapped_type(&target) else {
                let message = format!("`{}` is neither the name of a schema nor a reference to one", target.object);
                let wanted = target.object.rsplit('/').next().unwrap_or_default();
                match self.nearest(wanted, self.component_names("schemas")) {
                    Some(near) => {
                        self.problem(Code::UnresolvedReference, &target.pointer, message).help =
                            Some(format!("did you mean `#/components/schemas/{near}`?"));
                    }
                    None => {
                        let place = Place::Value(target.pointer.clone());
                        let message = format!("{message}: the discriminator ignores this text");
                        let help = "name an entry of `components.schemas`: `#/components/schemas/NAME`";
                        self.warnings.push(Diagnostic::new(Code::IgnoredKey, place, message).help(help));
                    }
                }
                continue;
            };
            self.tags.push(MappedTag {
                of: discriminator.pointer.clone(),
                text: text.to_owned(),
                property: discriminator.property_name.clone(),
                name: name.clone(),
                ty: ty.clone(),
                place: target.pointer.clone(),
            });
            let is_same = |variant: &DraftVariant| schema.is_some() && variant.schema == schema || variant.ty == ty;
            match variants.iter_mut().find(|variant| is_same(variant)) {
                Some(variant) => variant.mapped.push(text.to_owned()),
                None => variants.push(DraftVariant {
                    name,
                    rust_name: None,
                    pointer: target.pointer,
                    docs: Docs::default(),
                    ty,
                    mapped: vec![text.to_owned()],
                    schema,
                }),
            }
        }
    }

    /// Returns the target of a mapping: a component, or a schema inside another definition.
    fn mapped_type(&mut self, target: &At<'a, String>) -> Option<Mapped> {
        if let Some(name) = self.mapped(target.object) {
            let ty = TypeRef::Named(self.types.component(name));
            return Some(Mapped { name: name.to_owned(), ty, schema: Some(name.to_owned()) });
        }
        self.schema(target.object)?;
        let name = self.reference_words(target.object).unwrap_or_else(|| "Value".to_owned());
        let reference = At::new(target.object.as_str(), target.pointer.clone());
        let ty = self.value(SchemaAt::Reference(reference)).ty.without_null().clone();
        Some(Mapped { name, ty, schema: None })
    }

    /// Returns the component that a mapping names: by reference, by its name, or by the name of a file.
    fn mapped(&self, target: &str) -> Option<&'a str> {
        let by_name = |name: &str| self.components.object.schemas.get_key_value(name).map(|(name, _)| name.as_str());
        let of_file = || target.rsplit('/').next()?.split('.').next().and_then(by_name);
        self.component(target).or_else(|| by_name(target)).or_else(of_file)
    }
}
