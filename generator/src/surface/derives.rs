//! The derived traits of a type.
//!
//! `Eq` and `Hash` depend on the whole content of a value: a float anywhere inside removes them. `Ord` is for types
//! with a natural order: scalars, and enums by the order of the spec. An object has none, since it keeps undescribed
//! fields, and a union keeps undescribed values; callers choose an order for objects.

use std::collections::{BTreeMap, BTreeSet};

use super::models::{DefaultImpl, Kind};
use super::rust_type::RustType;
use crate::ir::{Scalar, Shape, TypeId, TypeRef, Types};

/// A trait that is derived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Derive {
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
}

/// Returns the derived traits of a type, in the order in which they are written.
pub(super) fn of(kind: &Kind, has_equality: bool) -> Vec<Derive> {
    use Derive::{Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd};
    let is_default = matches!(kind, Kind::Struct(object) if object.default == DefaultImpl::Derived);
    // The runtime implements `Debug` for scalars.
    let is_scalar = matches!(kind, Kind::Newtype(_));
    let is_copy = match kind {
        Kind::Newtype(inner) => !matches!(inner, RustType::String | RustType::Base64),
        Kind::IntegerEnum(..) => true,
        _ => false,
    };
    // It also implements the order of integers.
    let is_ordered = matches!(kind, Kind::Newtype(_) | Kind::Enum(_));
    if matches!(kind, Kind::Alias(_)) {
        return Vec::new();
    }
    let derives = [
        Some(Clone),
        is_copy.then_some(Copy),
        (!is_scalar).then_some(Debug),
        is_default.then_some(Default),
        Some(PartialEq),
        has_equality.then_some(Eq),
        is_ordered.then_some(PartialOrd),
        (is_ordered && has_equality).then_some(Ord),
        has_equality.then_some(Hash),
    ];
    derives.into_iter().flatten().collect()
}

/// Returns the types that contain a value that is not equal to itself, such as a float that is not a number.
pub(super) fn without_equality(types: &Types) -> BTreeSet<TypeId> {
    let mut partial = BTreeSet::new();
    let mut holders: BTreeMap<TypeId, Vec<TypeId>> = BTreeMap::new();
    for (id, def) in types.iter() {
        let parts: Vec<&TypeRef> = match &def.shape {
            Shape::Object { fields, others } => {
                let others = others.iter().map(|others| &others.ty);
                fields.iter().map(|field| &field.ty).chain(others).collect()
            }
            Shape::Union(union) => union.variants.iter().map(|variant| &variant.ty).collect(),
            Shape::Alias(target) => vec![target],
            Shape::Scalar(Scalar::Float64) => {
                partial.insert(id);
                continue;
            }
            Shape::Scalar(_) | Shape::Enum(_) | Shape::IntegerEnum(..) => continue,
        };
        for part in parts {
            match innermost(part) {
                TypeRef::Named(part) => holders.entry(*part).or_default().push(id),
                TypeRef::Scalar(Scalar::Float64) | TypeRef::File => drop(partial.insert(id)),
                _ => {}
            }
        }
    }
    let mut open: Vec<TypeId> = partial.iter().copied().collect();
    while let Some(id) = open.pop() {
        open.extend(holders.get(&id).into_iter().flatten().filter(|holder| partial.insert(**holder)));
    }
    partial
}

/// Returns the innermost type of lists, maps and nullable values.
fn innermost(mut ty: &TypeRef) -> &TypeRef {
    while let TypeRef::Array(inner) | TypeRef::Map(inner) | TypeRef::Nullable(inner) = ty {
        ty = inner;
    }
    ty
}
