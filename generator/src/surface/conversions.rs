//! Conversions from a resource that a server sends into an object that names it in a request.

use std::collections::BTreeMap;

use super::is_copy;
use super::models::{Filled, Kind, Type};
use super::rust_type::RustType;
use crate::ident::Ident;
use crate::ir::{Api, Field, Presence, TypeId, TypeRef};
use crate::names::TypeNames;

/// A conversion into a struct from a reference to another type.
#[derive(Clone, Debug)]
pub struct Conversion {
    /// The other type.
    pub from: TypeId,
    /// Where the value of each argument of `new` is found there, in their order.
    pub values: Vec<Value>,
}

/// A value inside of another.
#[derive(Clone, Debug)]
pub struct Value {
    /// The argument of `new`.
    pub argument: Ident,
    /// The fields on the way to it.
    pub steps: Vec<Ident>,
    /// Whether it is copied; else it is cloned.
    pub is_copy: bool,
}

/// The minimum number of fields of an object that names a resource: with only one, its type is clearer than a
/// conversion.
const FEWEST: usize = 2;

/// The conversions into each type, in the order of [`Api::types`].
///
/// An object that is only sent, and all of whose fields are required, can be created from a resource object of JSON:API
/// that is received and that always has fields of these names and types among its attributes. At least one of these
/// types has a name in the spec, so that objects which are similar by accident are not converted.
pub(super) fn conversions(api: &Api, types: &[Type], names: &[TypeNames]) -> Vec<Vec<Conversion>> {
    let uses = api.uses();
    // By the name of an attribute, so that not every object is compared with every resource.
    let mut resources: BTreeMap<&str, Vec<TypeId>> = BTreeMap::new();
    for (id, _) in api.types.iter().filter(|(id, _)| uses.received.contains(id)) {
        for attribute in api.types.part_of_resource(id, "attributes") {
            resources.entry(&attribute.name).or_default().push(id);
        }
    }
    let of_type = api.types.iter().zip(types).map(|((id, def), ty)| {
        let is_only_sent = uses.sent.contains(&id) && !uses.received.contains(&id);
        let Kind::Struct(object) = &ty.kind else { return Vec::new() };
        let required = object
            .members
            .iter()
            .zip(def.shape.fields())
            .filter(|(member, _)| !matches!(member.filled, Filled::Constant(_)));
        let required: Vec<(&Ident, &Field)> = required.map(|(member, field)| (&member.ident, field)).collect();
        let is_named = |(_, field): &(&Ident, &Field)| matches!(field.ty, TypeRef::Named(_));
        let is_complete = is_only_sent
            && object.others.is_none()
            && required.len() >= FEWEST
            && object.members.iter().all(|member| matches!(member.filled, Filled::Argument(_) | Filled::Constant(_)))
            && required.iter().all(|(_, field)| field.presence() == Presence::Required)
            && required.iter().any(is_named);
        let Some((_, first)) = required.first().filter(|_| is_complete) else { return Vec::new() };
        let from = resources.get(first.name.as_str()).into_iter().flatten();
        let from = from.filter(|from| types[from.0].gate.holds_for(&ty.gate));
        from.filter_map(|from| conversion(api, types, names, *from, &required)).collect()
    });
    of_type.collect()
}

fn conversion(
    api: &Api,
    types: &[Type],
    names: &[TypeNames],
    from: TypeId,
    required: &[(&Ident, &Field)],
) -> Option<Conversion> {
    let value = |(argument, field): &(&Ident, &Field)| {
        let path = api.types.path(&TypeRef::Named(from), ["attributes", &field.name])?;
        let is_there = api.types.fields(&path).all(|field| field.presence() == Presence::Required && !field.boxed);
        let is_same = api.types.fields(&path).next_back().is_some_and(|own| own.ty == field.ty);
        let steps = path.steps().iter().map(|step| names[step.object.0].members.get(step.field).cloned());
        let steps: Vec<Ident> = steps.collect::<Option<_>>()?;
        let is_copy = is_copy(types, &RustType::of(&field.ty));
        (is_there && is_same).then(|| Value { argument: (*argument).clone(), steps, is_copy })
    };
    Some(Conversion { from, values: required.iter().map(value).collect::<Option<_>>()? })
}
