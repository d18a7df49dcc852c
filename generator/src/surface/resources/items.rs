//! The items in requests and responses, and the fields that identify them.

use super::fields::folded;
use crate::ir::{Operation, Scalar, Shape, TypeRef, Types};

/// The type of ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ids {
    Uuid,
    Integer,
    Text,
}

/// The items of a response: their place and their type.
pub(super) struct Found<'t> {
    pub(super) place: Vec<String>,
    pub(super) item: &'t TypeRef,
    pub(super) id: &'t str,
    pub(super) id_type: &'t TypeRef,
}

/// Returns the field that identifies an object: the one with the name in the path, or else `id`.
fn id_of<'t>(types: &'t Types, ty: &'t TypeRef, named: &str) -> Option<(&'t str, &'t TypeRef)> {
    let (_, fields) = types.object(ty.without_null())?;
    let is = |name: &str, wanted: &str| folded(name) == folded(wanted);
    let of = |wanted: &str| fields.iter().find(|field| is(&field.name, wanted) && types.is_scalar(&field.ty));
    of(named).or_else(|| of("id")).map(|field| (field.name.as_str(), &field.ty))
}

/// Returns the item of a response with a single one: the body, or the only one of its fields that can be it.
pub(super) fn single<'t>(types: &'t Types, answer: &'t TypeRef, named: &str) -> Option<Found<'t>> {
    if let Some((id, id_type)) = id_of(types, answer, named) {
        return Some(Found { place: Vec::new(), item: answer, id, id_type });
    }
    let (_, fields) = types.object(answer.without_null())?;
    let mut inside = fields.iter().filter_map(|field| {
        let item = field.ty.without_null();
        let (id, id_type) = id_of(types, item, named)?;
        Some(Found { place: vec![field.name.clone()], item, id, id_type })
    });
    let only = inside.next()?;
    inside.next().is_none().then_some(only)
}

/// Returns the items of a list: those of its pages, the body, or the only list among its fields.
pub(super) fn listed<'t>(types: &'t Types, operation: &'t Operation, named: &str) -> Option<Found<'t>> {
    let answer = operation.json_response()?;
    let of = |place: Vec<String>, ty: &'t TypeRef| match types.unaliased(ty.without_null()) {
        TypeRef::Array(item) => {
            let (id, id_type) = id_of(types, item, named)?;
            Some(Found { place, item, id, id_type })
        }
        _ => None,
    };
    if let Some(pagination) = &operation.pagination {
        let place = types.names(&pagination.items).into_iter().map(str::to_owned).collect();
        let (id, id_type) = id_of(types, &pagination.item, named)?;
        return Some(Found { place, item: &pagination.item, id, id_type });
    }
    if let Some(found) = of(Vec::new(), answer) {
        return Some(found);
    }
    let (_, fields) = types.object(answer.without_null())?;
    let mut inside = fields.iter().filter_map(|field| of(vec![field.name.clone()], &field.ty));
    let only = inside.next()?;
    inside.next().is_none().then_some(only)
}

/// Returns the place of the item in a request: the same as in the response, if the request has such a field.
pub(super) fn sent_place(types: &Types, body: &TypeRef, place: &[String]) -> Vec<String> {
    let is_there = types.path(body, place.iter().map(String::as_str)).is_some();
    if is_there { place.to_vec() } else { Vec::new() }
}

pub(super) fn scalar(types: &Types, ty: &TypeRef) -> Option<Scalar> {
    match types.unaliased(ty.without_null()) {
        TypeRef::Scalar(scalar) => Some(*scalar),
        TypeRef::Named(id) => match &types[*id].shape {
            Shape::Scalar(scalar) | Shape::IntegerEnum(scalar, _) => Some(*scalar),
            _ => None,
        },
        _ => None,
    }
}

pub(super) fn ids(types: &Types, ty: &TypeRef) -> Ids {
    match scalar(types, ty) {
        Some(Scalar::Uuid) => Ids::Uuid,
        Some(scalar) if scalar.integers().is_some() => Ids::Integer,
        _ => Ids::Text,
    }
}
