//! Resources: the operations that list, create, read, change and delete the same items, for a fake of the API.
//!
//! `generator/OPENAPI.md` has the rules. An operation that they do not cover belongs to no resource, and the fake
//! reports it when it is called.

mod fields;

use std::collections::BTreeMap;

use serde_json::Value;

use super::sample::{Purpose, sample};
use crate::ir::{
    Advance, Api, Body, Format, Location, Method, Operation, PagePlace, Scalar, Shape, StatusKey, Style, Success,
    TypeRef, Types,
};
use fields::leaves;

/// A resource.
#[derive(Clone, Debug)]
pub struct Resource {
    /// The path of its list.
    pub collection: String,
    /// The field that identifies an item.
    pub id: String,
    /// The type of ids.
    pub ids: Ids,
    /// An item as a request without content would create it.
    pub blank: Value,
    /// The error of the API for an item that does not exist, if it is documented.
    pub missing: Option<Value>,
    /// The actions, in the order of the ids of operations.
    pub actions: Vec<Action>,
}

/// The type of ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ids {
    Uuid,
    Integer,
    Text,
}

/// The effect of an operation on a resource.
#[derive(Clone, Debug)]
pub struct Action {
    /// The id of the operation.
    pub operation: String,
    /// The status of success.
    pub status: u16,
    /// The place of the item in the body of a request.
    pub sent: Vec<String>,
    /// The body of the response, with a place for the item or the items; `None` for no body.
    pub answer: Option<Frame>,
    /// Its kind.
    pub does: Does,
}

/// The kind of an action.
#[derive(Clone, Debug)]
pub enum Does {
    Create,
    Read,
    /// Replaces the fields of the request and keeps the rest.
    Merge,
    /// Replaces everything.
    Replace,
    Delete,
    List(List),
}

/// A JSON value with a place for something else.
#[derive(Clone, Debug)]
pub struct Frame {
    pub json: Value,
    pub place: Vec<String>,
}

/// How a list is filtered, sorted and paginated.
#[derive(Clone, Debug)]
pub struct List {
    /// Query parameters that filter, each with the path of its field in an item.
    pub filters: Vec<(String, Vec<String>)>,
    /// Filters with several values, separated by commas.
    pub joined: Vec<String>,
    /// The values of a parameter `sort`, each with the path of its field, and whether the order is descending.
    pub sorts: Vec<(String, Vec<String>, bool)>,
    pub pages: Option<Paged>,
}

/// The pagination of a list.
#[derive(Clone, Debug)]
pub struct Paged {
    pub by: PagedBy,
    /// The query parameter.
    pub parameter: String,
    pub first: i64,
    /// The parameter for the number of items on a page, and the default.
    pub size: Option<(String, u64)>,
    /// The place in a page of the next position.
    pub next: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PagedBy {
    Number,
    Offset,
    /// A text.
    Cursor,
    /// An integer from the previous page.
    NumberedCursor,
}

/// The items of a response: their place and their type.
struct Found<'t> {
    place: Vec<String>,
    item: &'t TypeRef,
    id: &'t str,
    id_type: &'t TypeRef,
}

/// Returns every resource, in the order of the paths of their lists.
pub(super) fn resources(api: &Api) -> Vec<Resource> {
    let mut operations = Operations::default();
    for operation in api.operations.iter().filter(|operation| operation.alternative.is_none()) {
        operations.all.push(operation);
        operations.by_path.entry(&operation.path).or_default().push(operation);
        if let Some((collection, last)) = operation.path.rsplit_once('/')
            && name_of(last).is_some()
        {
            operations.of_items.entry(collection).or_default().push(operation);
        }
    }
    let collections = operations.by_path.keys().filter(|path| is_plain(path) && argument(path).is_none());
    collections.filter_map(|collection| resource(api, collection, &operations)).collect()
}

/// The operations that are considered.
#[derive(Default)]
struct Operations<'a> {
    all: Vec<&'a Operation>,
    by_path: BTreeMap<&'a str, Vec<&'a Operation>>,
    /// Those whose paths end with an argument, by the path before it.
    of_items: BTreeMap<&'a str, Vec<&'a Operation>>,
}

/// Whether every segment of a path is either a text or an argument.
fn is_plain(path: &str) -> bool {
    path.split('/').all(|segment| !segment.contains(['{', '}']) || name_of(segment).is_some())
}

fn name_of(segment: &str) -> Option<&str> {
    segment.strip_prefix('{')?.strip_suffix('}').filter(|name| !name.contains(['{', '}']))
}

/// Returns the argument at the end of a path.
fn argument(path: &str) -> Option<&str> {
    path.rsplit('/').next().and_then(name_of)
}

fn resource(api: &Api, collection: &str, operations: &Operations<'_>) -> Option<Resource> {
    let types = &api.types;
    let items = operations.of_items.get(collection).map_or(&[][..], Vec::as_slice);
    // Different names of the argument mean different resources.
    let named = items.first().and_then(|operation| argument(&operation.path)).unwrap_or("id");
    let items = items.iter().filter(|operation| argument(&operation.path) == Some(named));
    let whole = operations.by_path.get(collection).into_iter().flatten();
    let mut found: Vec<Found<'_>> = Vec::new();
    let mut actions = Vec::new();
    for operation in whole.chain(items).copied().filter(|operation| operation.query.is_empty()) {
        let is_item = operation.path != collection;
        let own = match (operation.method, is_item) {
            (Method::Get, false) => listed(types, operation, named),
            (Method::Post, false) | (Method::Get | Method::Put | Method::Patch | Method::Post, true) => {
                operation.json_response().and_then(|answer| single(types, answer, named))
            }
            _ => None,
        };
        let does = match (operation.method, is_item, &own) {
            (Method::Get, false, Some(found)) => match list(types, operation, found) {
                Some(list) => Does::List(list),
                None => continue,
            },
            (Method::Post, false, Some(_)) if json_body(operation).is_some() => Does::Create,
            (Method::Get, true, Some(_)) => Does::Read,
            (Method::Put, true, Some(_)) if json_body(operation).is_some() => Does::Replace,
            (Method::Patch | Method::Post, true, Some(_)) if json_body(operation).is_some() => Does::Merge,
            (Method::Delete, true, _) if operation.success == Success::Nothing => Does::Delete,
            _ => continue,
        };
        let place = own.as_ref().map(|found| found.place.clone()).unwrap_or_default();
        let sent = json_body(operation).map(|body| sent_place(types, &body.content.ty, &place)).unwrap_or_default();
        let answer = operation.json_response().filter(|_| own.is_some());
        let answer = answer.map(|ty| frame(types, ty, place));
        actions.push(Action { operation: operation.id.clone(), status: status(operation), sent, answer, does });
        found.extend(own);
    }
    let known = found.first()?;
    let (id, ids) = (known.id.to_owned(), ids(types, known.id_type));
    // Responses whose items have another id field belong to another resource.
    if found.iter().any(|other| other.id != id || self::ids(types, other.id_type) != ids) {
        return None;
    }
    if !actions.iter().any(|action| matches!(action.does, Does::List(_) | Does::Create)) {
        return None;
    }
    let mut blank = Value::Null;
    for own in &found {
        complete(&mut blank, sample(types, own.item, Purpose::Item));
    }
    let missing = operations.all.iter().filter(|operation| operation.path.starts_with(collection));
    let missing = missing.filter_map(|operation| error_body(types, operation)).next();
    actions.sort_by(|one, other| one.operation.cmp(&other.operation));
    Some(Resource { collection: collection.to_owned(), id, ids, blank, missing, actions })
}

/// Returns a response with a place for the item.
fn frame(types: &Types, ty: &TypeRef, place: Vec<String>) -> Frame {
    let mut json = sample(types, ty, Purpose::Item);
    let mut value = Some(&mut json);
    for name in &place {
        value = value.and_then(|value| value.get_mut(name));
    }
    if let Some(value) = value {
        *value = Value::Null;
    }
    Frame { json, place }
}

/// Adds missing fields to a value.
fn complete(value: &mut Value, more: Value) {
    match (value, more) {
        (Value::Object(fields), Value::Object(more)) => {
            for (name, more) in more {
                complete(fields.entry(name).or_insert(Value::Null), more);
            }
        }
        (value @ Value::Null, more) => *value = more,
        _ => {}
    }
}

fn json_body(operation: &Operation) -> Option<&Body> {
    operation.body.as_ref().filter(|body| body.content.format == Format::Json)
}

fn status(operation: &Operation) -> u16 {
    let is_success = |key: StatusKey| match key {
        StatusKey::Code(code) if key.is_success() => Some(code),
        _ => None,
    };
    let usual = if operation.success == Success::Nothing { 204 } else { 200 };
    operation.responses.iter().find_map(|response| is_success(response.status)).unwrap_or(usual)
}

/// Returns the body of a 404: that of the status itself, of its range, or of the default.
fn error_body(types: &Types, operation: &Operation) -> Option<Value> {
    let keys = [StatusKey::Code(404), StatusKey::Range(4), StatusKey::Default];
    let bodies = keys.iter().filter_map(|key| {
        let response = operation.responses.iter().find(|response| response.status == *key)?;
        response.content.as_ref().filter(|content| content.format == Format::Json)
    });
    bodies.map(|content| sample(types, &content.ty, Purpose::Error)).next()
}

/// Returns the field that identifies an object: the one with the name in the path, or else `id`.
fn id_of<'t>(types: &'t Types, ty: &'t TypeRef, named: &str) -> Option<(&'t str, &'t TypeRef)> {
    let (_, fields) = types.object(ty.without_null())?;
    let is = |name: &str, wanted: &str| fields::folded(name) == fields::folded(wanted);
    let of = |wanted: &str| fields.iter().find(|field| is(&field.name, wanted) && types.is_scalar(&field.ty));
    of(named).or_else(|| of("id")).map(|field| (field.name.as_str(), &field.ty))
}

/// Returns the item of a response with a single one: the body, or the only one of its fields that can be it.
fn single<'t>(types: &'t Types, answer: &'t TypeRef, named: &str) -> Option<Found<'t>> {
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
fn listed<'t>(types: &'t Types, operation: &'t Operation, named: &str) -> Option<Found<'t>> {
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
fn sent_place(types: &Types, body: &TypeRef, place: &[String]) -> Vec<String> {
    let is_there = types.path(body, place.iter().map(String::as_str)).is_some();
    if is_there { place.to_vec() } else { Vec::new() }
}

fn scalar(types: &Types, ty: &TypeRef) -> Option<Scalar> {
    match types.unaliased(ty.without_null()) {
        TypeRef::Scalar(scalar) => Some(*scalar),
        TypeRef::Named(id) => match &types[*id].shape {
            Shape::Scalar(scalar) | Shape::IntegerEnum(scalar, _) => Some(*scalar),
            _ => None,
        },
        _ => None,
    }
}

fn ids(types: &Types, ty: &TypeRef) -> Ids {
    match scalar(types, ty) {
        Some(Scalar::Uuid) => Ids::Uuid,
        Some(scalar) if scalar.integers().is_some() => Ids::Integer,
        _ => Ids::Text,
    }
}

/// Returns how a list is filtered, sorted and paginated; `None` if the fake cannot return its pages.
fn list(types: &Types, operation: &Operation, found: &Found<'_>) -> Option<List> {
    let pages = match &operation.pagination {
        Some(_) => Some(paged(types, operation)?),
        None => None,
    };
    let leaves = leaves(types, found.item);
    let (mut filters, mut joined, mut sorts) = (Vec::new(), Vec::new(), Vec::new());
    for parameter in operation.parameters.iter().filter(|parameter| parameter.location == Location::Query) {
        let cuts = pages.as_ref().is_some_and(|pages| {
            pages.parameter == parameter.name || pages.size.as_ref().is_some_and(|(size, _)| *size == parameter.name)
        });
        if cuts {
            continue;
        }
        if parameter.name == "sort" {
            let values = types.definition(&parameter.ty).and_then(|def| def.shape.enum_values()).unwrap_or_default();
            sorts.extend(values.iter().filter_map(|value| {
                let (name, down) =
                    value.value.strip_prefix('-').map_or((value.value.as_str(), false), |name| (name, true));
                let path = match fields::named(&leaves, name) {
                    Some(path) => path,
                    // An order by the id.
                    None if name == "uuid" && ids(types, found.id_type) == Ids::Uuid => vec![found.id.to_owned()],
                    None => return None,
                };
                Some((value.value.clone(), path, down))
            }));
            continue;
        }
        if !matches!(parameter.style, Style::Plain | Style::Repeated | Style::Joined) {
            continue;
        }
        if let Some(path) = fields::named(&leaves, fields::filtered(&parameter.name)) {
            joined.extend((parameter.style == Style::Joined).then(|| parameter.name.clone()));
            filters.push((parameter.name.clone(), path));
        }
    }
    Some(List { filters, joined, sorts, pages })
}

fn paged(types: &Types, operation: &Operation) -> Option<Paged> {
    let pagination = operation.pagination.as_ref()?;
    let parameter = |index: usize| operation.parameters.get(index);
    let names = |path| types.names(path).into_iter().map(str::to_owned).collect::<Vec<_>>();
    let size = match &pagination.size {
        Some(PagePlace::Parameter(index)) => {
            let size = parameter(*index)?;
            let usual = size.docs.default.as_ref().and_then(Value::as_u64).filter(|usual| *usual > 0);
            Some((size.name.clone(), usual.unwrap_or(50)))
        }
        Some(PagePlace::Field(_)) => return None,
        None => None,
    };
    // The end of the list must be a value of the field for the next page.
    let last = |path| types.fields(path).next_back().filter(|field| !field.required || field.ty.is_nullable());
    let (by, index, first, next) = match &pagination.advance {
        Advance::Number { next: Some(next), .. } if last(next).is_none() => return None,
        Advance::Number { parameter, first, next } => {
            (PagedBy::Number, *parameter, *first, next.as_ref().map(names).unwrap_or_default())
        }
        Advance::Offset { parameter, first } => (PagedBy::Offset, *parameter, *first, Vec::new()),
        Advance::Cursor { place: PagePlace::Parameter(parameter), next } => {
            let field = types.fields(next).next_back()?;
            let by = match scalar(types, &field.ty)? {
                Scalar::String => PagedBy::Cursor,
                integer if integer.integers().is_some() => last(next).map(|_| PagedBy::NumberedCursor)?,
                _ => return None,
            };
            (by, *parameter, 0, names(next))
        }
        Advance::Cursor { place: PagePlace::Field(_), .. } => return None,
    };
    Some(Paged { by, parameter: parameter(index)?.name.clone(), first, size, next })
}
