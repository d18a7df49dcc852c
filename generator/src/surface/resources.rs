//! Resources: the operations that list, create, read, change and delete the same items, for a fake of the API.
//!
//! `generator/OPENAPI.md` has the rules. An operation that they do not cover belongs to no resource, and the fake
//! reports it when it is called.

mod fields;
mod items;
mod lists;

use std::collections::BTreeMap;

use serde_json::Value;

use super::sample::{Purpose, sample};
use crate::ir::{Api, Body, Format, Method, Operation, StatusKey, Success, TypeRef, Types};

pub use items::Ids;
use items::{Found, ids, listed, sent_place, single};
use lists::list;
pub use lists::{List, Paged, PagedBy};

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
