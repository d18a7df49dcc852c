//! The integers by which a page is requested: its number, what is before it, its size.

use openapiv3::Operation as OperationObject;
use serde_json::Value;

use crate::integer::Integer;
use crate::ir::{Limits, Parameter, Scalar, TypeRef};

/// Gives the parameters that count the pages of an operation an unsigned type where they cannot be negative, of at most
/// 64 bits: no list is longer. They are only sent, and are not compared with what a server sends, as an id is.
pub(super) fn unsigned(operation: &OperationObject, parameters: &mut [Parameter]) {
    let Some(pagination) = operation.extensions.get("x-pagination") else { return };
    let names = ["pageParam", "offsetParam", "sizeParam"].map(|key| pagination.get(key).and_then(Value::as_str));
    for parameter in parameters.iter_mut().filter(|parameter| names.contains(&Some(&parameter.name))) {
        parameter.ty = match &parameter.ty {
            TypeRef::Scalar(Scalar::Int32) if is_natural(&parameter.docs.limits) => TypeRef::Scalar(Scalar::Uint32),
            TypeRef::Scalar(Scalar::Int64 | Scalar::Int128) if is_natural(&parameter.docs.limits) => {
                TypeRef::Scalar(Scalar::Uint64)
            }
            TypeRef::Scalar(Scalar::Uint128) => TypeRef::Scalar(Scalar::Uint64),
            TypeRef::Scalar(Scalar::Int128) => TypeRef::Scalar(Scalar::Int64),
            _ => continue,
        };
    }
}

fn is_natural(limits: &Limits) -> bool {
    let bound = limits.minimum.as_ref();
    let least = bound.and_then(|bound| Some((bound.value.parse::<Integer>().ok()?, bound.exclusive)));
    least.is_some_and(|(least, exclusive)| least >= Integer::from(if exclusive { -1 } else { 0 }))
}
