//! `missing-body`, `missing-pagination` and `missing-permission`: gaps in operations.
//!
//! A body is expected of every status except 1xx, 204, 205 and 3xx, unless the method is HEAD.
//!
//! A list is a GET operation that has a query parameter for pages (one of its words is `page`, `limit`, `offset` or
//! `cursor`), or that returns an array, or an object that has an array of objects.
//!
//! A permission is expected of every operation as soon as one names its own: an API without permissions has none to
//! name.

use std::collections::BTreeMap;

use heck::ToSnakeCase;

use super::outline::{Kind, Outline, reference};
use super::warning;
use crate::diagnostics::{Code, Diagnostic, Place};
use crate::ir::{Advance, Api, Location, Method, Operation, PagePlace, Parameter, StatusKey, TypeRef, Types};
use crate::pointer::Pointer;

const PAGING_WORDS: [&str; 4] = ["page", "limit", "offset", "cursor"];

pub(super) fn missing_bodies(outline: &Outline<'_>, api: &Api) -> Vec<Diagnostic> {
    let mut warnings = Vec::new();
    let usual_error = usual_error(outline);
    let usual = api.operations.iter().filter(|operation| operation.alternative.is_none());
    let operations = usual.filter(|operation| operation.method != Method::Head);
    for operation in operations {
        let bare =
            operation.responses.iter().filter(|response| response.content.is_none() && wants_body(response.status));
        for response in bare {
            let at = operation.pointer.key("responses").key(response.status.to_string());
            let Some(node) = outline.tree.node(&at) else { continue };
            let (target, _) = outline.resolve(&at, node);
            let schema = usual_error.filter(|_| !response.status.is_success()).unwrap_or("#/components/schemas/NAME");
            let help =
                format!("describe the body:\ncontent:\n  application/json:\n    schema:\n      $ref: \"{schema}\"");
            let message = if target == at {
                format!("the response {} has no described body", response.status)
            } else {
                format!("the response `{}` has no described body", target.last().unwrap_or_default())
            };
            let mut problem = warning(Code::MissingBody, Place::Key(target.clone()), message).help(help);
            if target != at {
                let what = format!("it is the response {} of `{}`", response.status, operation.id);
                problem = problem.related(Place::Key(at), what);
            }
            warnings.push(problem);
        }
    }
    warnings
}

const fn wants_body(status: StatusKey) -> bool {
    match status {
        StatusKey::Code(200..=299 | 400..=599) => !status.is_without_body(),
        StatusKey::Range(digit) => matches!(digit, 2 | 4 | 5),
        StatusKey::Code(_) | StatusKey::Default => false,
    }
}

/// Returns the schema that most error responses refer to.
fn usual_error<'t>(outline: &Outline<'t>) -> Option<&'t str> {
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    for operation in outline.all(Kind::Operation) {
        let responses = operation.node.get("responses").and_then(|responses| responses.value.as_mapping());
        let errors = responses.into_iter().flat_map(|responses| responses.iter());
        for error in errors.filter(|entry| entry.key.starts_with(['4', '5'])) {
            let (_, response) = outline.resolve(&operation.at.key("responses").key(&error.key), &error.node);
            let schema = response.get("content").and_then(|content| content.get("application/json")?.get("schema"));
            if let Some(target) = schema.and_then(reference) {
                *uses.entry(target).or_default() += 1;
            }
        }
    }
    most_used(uses)
}

pub(super) fn missing_pagination(api: &Api) -> Vec<Diagnostic> {
    let mut warnings = Vec::new();
    for operation in &api.operations {
        let is_usual = operation.alternative.is_none();
        if !is_usual || operation.method != Method::Get || operation.pagination.is_some() {
            continue;
        }
        let paging: Vec<_> = operation
            .parameters
            .iter()
            .filter(|parameter| parameter.location == Location::Query && is_about_pages(&parameter.name))
            .collect();
        let list = operation.json_response().and_then(|answer| list_in(&api.types, answer));
        let reason = match (paging.first(), &list) {
            (Some(_), _) => "has parameters for pages, but",
            (None, Some(_)) => "returns a list, but has",
            (None, None) => continue,
        };
        let message = format!("`{}` {reason} no `x-pagination`", operation.id);
        let place = Place::Value(operation.pointer.key("operationId"));
        let mut problem =
            warning(Code::MissingPagination, place, message).help(pagination(api, &paging, list.unwrap_or_default()));
        if let Some(parameter) = paging.first() {
            problem = problem.related(Place::Value(parameter.pointer.key("name")), "a parameter for pages");
        }
        warnings.push(problem);
    }
    warnings
}

fn is_about_pages(name: &str) -> bool {
    words(name).any(|word| PAGING_WORDS.contains(&word.as_str()))
}

fn words(name: &str) -> impl Iterator<Item = String> {
    name.to_snake_case().split('_').map(str::to_owned).collect::<Vec<_>>().into_iter()
}

/// Returns the pointer to the array in a list: the body itself, or a field with an array of objects.
fn list_in(types: &Types, body: &TypeRef) -> Option<String> {
    if let TypeRef::Array(_) = types.unaliased(body) {
        return Some(String::new());
    }
    let (_, fields) = types.object(body)?;
    let is_list = |ty: &TypeRef| match types.unaliased(ty.without_null()) {
        TypeRef::Array(item) => types.object(item).is_some(),
        _ => false,
    };
    fields.iter().find(|field| is_list(&field.ty)).map(|field| format!("/{}", field.name))
}

/// Suggests a pagination as in another operation, unless the name of the parameter is more specific.
fn pagination(api: &Api, paging: &[&Parameter], items: String) -> String {
    let items = if items.is_empty() { "/items".to_owned() } else { items };
    let named = |word: &str| paging.iter().find(|parameter| words(&parameter.name).any(|own| own == word));
    if let Some(parameter) = named("cursor") {
        let entries = format!("cursorParam: {}\n  items: {items}\n  next: /next_cursor", parameter.name);
        return format!("if each page has a cursor to the next, say where:\nx-pagination:\n  {entries}");
    }
    if let Some(parameter) = named("offset") {
        let entries = format!("offsetParam: {}\n  items: {items}", parameter.name);
        return format!("if its pages have offsets, name the parameter:\nx-pagination:\n  {entries}");
    }
    let known = api.operations.iter().find_map(|operation| {
        let known = operation.pagination.as_ref()?;
        let Advance::Number { parameter, next: Some(next), .. } = &known.advance else { return None };
        let Some(PagePlace::Parameter(size)) = known.size else { return None };
        let name = |parameter: usize| operation.parameters[parameter].name.as_str();
        let next = api.types.names(next).into_iter().fold(Pointer::root(), |at, name| at.key(name));
        Some((name(*parameter), name(size), next.to_string().trim_start_matches('#').to_owned()))
    });
    let (page, size, next) = known.unwrap_or(("page", "size", "/next".to_owned()));
    let entries = format!("pageParam: {page}\n  sizeParam: {size}\n  items: {items}\n  next: {next}");
    format!("if its pages are numbered, say how to follow them:\nx-pagination:\n  {entries}")
}

pub(super) fn missing_permissions(api: &Api) -> Vec<Diagnostic> {
    let named: Vec<(&Operation, String)> = api
        .operations
        .iter()
        .filter_map(|operation| Some((operation, operation.permission.as_ref()?.written()?)))
        .collect();
    let Some((example, permission)) = named.first() else { return Vec::new() };
    let mut uses: BTreeMap<Method, BTreeMap<&str, usize>> = BTreeMap::new();
    for (operation, permission) in &named {
        *uses.entry(operation.method).or_default().entry(permission).or_default() += 1;
    }
    let usual: BTreeMap<Method, &str> =
        uses.into_iter().filter_map(|(method, uses)| Some((method, most_used(uses)?))).collect();
    let report = |operation: &Operation| {
        let permission = usual.get(&operation.method).copied().unwrap_or(permission);
        let place = Place::Value(operation.pointer.key("operationId"));
        warning(Code::MissingPermission, place, format!("`{}` names no permission", operation.id))
            .related(Place::Value(example.pointer.key("x-permission")), "others do")
            .help(format!("name it: `x-permission: {}`", permission))
    };
    let usual = api.operations.iter().filter(|operation| operation.alternative.is_none());
    usual.filter(|operation| operation.permission.is_none()).map(report).collect()
}

/// Returns the most frequent name; if there are several, the first in alphabetical order.
fn most_used(uses: BTreeMap<&str, usize>) -> Option<&str> {
    let most = uses.values().copied().max()?;
    uses.into_iter().find(|(_, count)| *count == most).map(|(name, _)| name)
}
