//! Finding a value inside a body by its JSON pointer, at the level of types.

use crate::ir::{Presence, Shape, TypeDef, TypeRef};
use crate::pointer::Pointer;

/// What a pointer into a body leads to.
pub(super) enum Found {
    /// A value of this type.
    Value { ty: TypeRef, nullable: bool },
    /// Nothing that the spec knows.
    Nothing,
}

/// Follows the fields of objects from a body of type `ty`.
pub(super) fn find(types: &[TypeDef], ty: &TypeRef, pointer: &Pointer) -> Found {
    let mut ty = ty.clone();
    let mut nullable = false;
    for segment in pointer.segments() {
        let Some(TypeRef::Named(id)) = unaliased(types, &ty) else { return Found::Nothing };
        let Shape::Object(fields) = &types[id.0].shape else { return Found::Nothing };
        let Some(field) = fields.iter().find(|field| field.name == segment) else { return Found::Nothing };
        nullable = matches!(field.presence, Presence::RequiredNullable | Presence::OptionalNullable);
        ty = field.ty.clone();
    }
    match unaliased(types, &ty) {
        Some(ty) => Found::Value { ty, nullable },
        None => Found::Nothing,
    }
}

/// The type behind other names for it; `None` for a circle of names.
pub(crate) fn unaliased(types: &[TypeDef], ty: &TypeRef) -> Option<TypeRef> {
    let mut ty = ty.clone();
    for _ in 0..=types.len() {
        match &ty {
            TypeRef::Named(id) | TypeRef::Boxed(id) => match &types[id.0].shape {
                Shape::Alias(target) => ty = target.clone(),
                _ => return Some(TypeRef::Named(*id)),
            },
            _ => return Some(ty),
        }
    }
    None
}
