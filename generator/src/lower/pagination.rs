//! Pages: how the pages of a list are followed, from `x-pagination`.

use serde_json::Value;

use super::Lowering;
use super::operations::Request;
use crate::diagnostics::{Code, Place};
use crate::ir::{FieldPath, Location, Pagination, Parameter, Scalar, TypeRef, Types};
use crate::pointer::Pointer;
use crate::source::whole;

impl<'a> Lowering<'a> {
    /// Reads `x-pagination`; `None` without it, and if something about it is wrong, which is reported.
    pub(super) fn pagination(&mut self, types: &Types, request: &Request<'a>) -> Option<Pagination> {
        let extension = request.object.extensions.get("x-pagination")?;
        let entry = |key: &str| extension.get(key).and_then(Value::as_str).unwrap_or_default();
        let at = request.object.key("x-pagination");
        let (page, size) = (entry("pageParam"), entry("sizeParam"));
        for (key, name) in [("pageParam", page), ("sizeParam", size)] {
            self.check_optional_query(request, &at.key(key), name);
        }
        if page == size {
            let message = format!("`{page}` cannot both name a page and say how big it is");
            let problem = self.problem(Code::InvalidExtension, &at.key("sizeParam"), message);
            problem.related.push((Place::Value(at.key("pageParam")), "the same parameter".to_owned()));
            problem.help = Some("name the query parameter for the number of items on a page".to_owned());
        }
        if !is_plain_number(request, page) {
            let message = format!("`{page}` is no plain integer that stands alone");
            self.problem(Code::InvalidExtension, &at.key("pageParam"), message).help =
                Some("pages are followed by counting: it must be an integer, and no part of a choice".to_owned());
        }
        let found = |key: &str| find(types, request.json_answer()?, entry(key));
        let items = found("items").and_then(|(path, ty)| match types.unaliased(ty.without_null()) {
            TypeRef::Array(item) => Some((path, (**item).clone())),
            _ => None,
        });
        if items.is_none() {
            let message = format!("`{}` is no array of the success body", entry("items"));
            self.problem(Code::InvalidExtension, &at.key("items"), message).help =
                Some("write the JSON pointer to the items in the body, such as `items: /data`".to_owned());
        }
        let is_number = |ty: &TypeRef| {
            ty.is_nullable()
                && matches!(
                    types.unaliased(ty.without_null()),
                    TypeRef::Scalar(Scalar::Int32 | Scalar::Int64 | Scalar::Uint32)
                )
        };
        let next = found("next").filter(|(_, ty)| is_number(ty));
        if next.is_none() {
            let message = format!("`{}` is no nullable integer of the success body", entry("next"));
            self.problem(Code::InvalidExtension, &at.key("next"), message).help =
                Some("a `null` there ends the list, so the field must be `nullable: true`".to_owned());
        }
        let (items, item) = items?;
        let page_parameter = query_parameter(request, page)?;
        let default = request.parameters[page_parameter].docs.default.as_ref();
        Some(Pagination {
            page_parameter,
            first: default.and_then(|default| default.as_i64().or_else(|| whole(default.as_f64()?))).unwrap_or(0),
            size_parameter: query_parameter(request, size)?,
            items,
            item,
            next: next?.0,
        })
    }
}

/// The field that a JSON pointer into a body leads to, and its type.
fn find(types: &Types, body: &TypeRef, pointer: &str) -> Option<(FieldPath, TypeRef)> {
    let segments: Vec<String> = Pointer::from_reference(&format!("#{pointer}"))?.segments().collect();
    let path = types.path(body, segments.iter().map(String::as_str))?;
    let ty = types.fields(&path).last()?.ty.clone();
    Some((path, ty))
}

fn query_parameter(request: &Request<'_>, name: &str) -> Option<usize> {
    let is_it = |parameter: &Parameter| parameter.location == Location::Query && parameter.name == name;
    request.parameters.iter().position(is_it)
}

/// Whether a parameter can be counted up: an integer, and not one of several of which a caller chooses.
fn is_plain_number(request: &Request<'_>, name: &str) -> bool {
    let choice = request.choice.as_ref().map(|choice| choice.parameters.as_slice()).unwrap_or_default();
    let mut parameters = request.parameters.iter().enumerate();
    parameters.all(|(index, parameter)| {
        let is_integer = matches!(parameter.ty, TypeRef::Scalar(Scalar::Int32 | Scalar::Int64 | Scalar::Uint32));
        parameter.location != Location::Query || parameter.name != name || is_integer && !choice.contains(&index)
    })
}
