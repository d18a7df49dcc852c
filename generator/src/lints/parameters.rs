//! `unspecified-style`: parameters with lists or objects inside a list or an object, for which OpenAPI defines no
//! format. The crate writes JSON there. Not reported are `deepObject`, which servers read alike, and fields of an
//! exploded object that are lists of scalars, which are repeated.

use super::warning;
use crate::diagnostics::{Code, Diagnostic, Place};
use crate::ir::{Api, Expansion, Layout, Location, Parameter, Style, TypeRef, Types};

pub(super) fn unspecified(api: &Api) -> Vec<Diagnostic> {
    let parameters = api.operations.iter().flat_map(|operation| &operation.parameters);
    let nested = parameters.filter(|parameter| is_nested(&api.types, parameter));
    nested
        .map(|parameter| {
            let name = &parameter.name;
            let message =
                format!("OpenAPI does not define how to send nested values of `{name}`: they are sent as JSON");
            warning(Code::UnspecifiedStyle, Place::Value(parameter.pointer.key("name")), message)
                .help("choose a format: `content: { application/json: { schema: … } }`, or `style: deepObject`")
        })
        .collect()
}

fn is_nested(types: &Types, parameter: &Parameter) -> bool {
    let Style::Expanded(Expansion { layout, explode, .. }) = parameter.style else { return false };
    if matches!(layout, Layout::Json | Layout::DeepObject) {
        return false;
    }
    let spreads = explode && parameter.location == Location::Query;
    let is_odd = |ty: &TypeRef| match types.unaliased(ty.without_null()) {
        TypeRef::Array(item) if spreads => is_compound(types, item),
        _ => is_compound(types, ty),
    };
    let ty = parameter.ty.without_null();
    match types.unaliased(ty) {
        TypeRef::Array(item) => is_compound(types, item),
        TypeRef::Map(values) => is_odd(values),
        _ => types.object(ty).is_some_and(|(_, fields)| fields.iter().any(|field| is_odd(&field.ty))),
    }
}

/// Whether a value is a list or an object.
fn is_compound(types: &Types, ty: &TypeRef) -> bool {
    let ty = types.unaliased(ty.without_null());
    matches!(ty, TypeRef::Array(_) | TypeRef::Map(_) | TypeRef::FreeForm) || types.object(ty).is_some()
}
