//! The responses of a fake.

use super::store::{Items, Store, is_argument};
use super::table::{Action, Does, Frame, Resource};
use super::{list, value};
use crate::resources::RESOURCES;
use crate::runtime::client::testing::{Answer, Sent};
use percent_encoding::percent_decode_str;
use serde_json::Value;

/// Returns the response to a request; or the reason why there is none.
pub(super) fn answer(store: &Store, sent: &Sent) -> Result<Answer, String> {
    let of = |resource: &'static Resource| {
        let action = resource.actions.iter().find(|action| action.operation == sent.operation)?;
        Some((resource, action))
    };
    let Some((resource, action)) = RESOURCES.iter().find_map(of) else {
        let (operation, method) = (sent.operation, &sent.method);
        return Err(format!(
            "the fake does not know what {operation} ({method}) does: define it with `on` or `answer`"
        ));
    };
    let asked = Asked::new(resource, action, sent)?;
    let mut items = store.lock();
    asked.answer(&mut items)
}

/// A request to a resource.
pub(super) struct Asked<'s> {
    pub(super) resource: &'static Resource,
    pub(super) action: &'static Action,
    pub(super) sent: &'s Sent,
    /// The path of the list, with its arguments.
    pub(super) path: String,
    /// The id after it.
    id: String,
}

impl<'s> Asked<'s> {
    fn new(resource: &'static Resource, action: &'static Action, sent: &'s Sent) -> Result<Asked<'s>, String> {
        let decoded = |part: &str| percent_decode_str(part).decode_utf8_lossy().into_owned();
        let mut parts: Vec<String> = sent.path.trim_matches('/').split('/').map(decoded).collect();
        let is_item = matches!(action.does, Does::Read | Does::Merge | Does::Replace | Does::Delete);
        let id = if is_item { parts.pop().unwrap_or_default() } else { String::new() };
        // The base URL can have a path too.
        let length = resource.collection.trim_matches('/').split('/').count();
        let Some(extra) = parts.len().checked_sub(length) else {
            return Err(format!("the path {} is not the path of {}", sent.path, action.operation));
        };
        let path = parts.split_off(extra).join("/");
        Ok(Asked { resource, action, sent, path, id })
    }

    fn answer(&self, items: &mut Items) -> Result<Answer, String> {
        if let Some(parent) = self.missing_parent(items) {
            return Ok(self.refusal(404, &parent));
        }
        let missing = || Ok(self.refusal(404, &format!("there is no {} in {}", self.id, self.path)));
        let place = items.position(self.resource, &self.path, &self.id);
        let known = place.and_then(|place| items.lists.get(&self.path)?.get(place)).cloned();
        match (&self.action.does, known) {
            (Does::List(list), _) => list::answer(self, list, items),
            (Does::Create, _) => Ok(self.create(items)),
            (_, None) => missing(),
            (Does::Read, Some(item)) => Ok(self.success(item)),
            (Does::Delete, Some(item)) => {
                items.remove(self.resource, &self.path, &self.id);
                Ok(self.success(item))
            }
            (does @ (Does::Merge | Does::Replace), Some(old)) => Ok(match self.body() {
                Ok(body) => {
                    let id = old.get(self.resource.id).cloned().unwrap_or_default();
                    let mut item = if matches!(does, Does::Merge) { old } else { json(self.resource.blank) };
                    value::merge(&mut item, body);
                    value::set(&mut item, &[self.resource.id], id);
                    items.put(self.resource, &self.path, &self.id, item.clone());
                    self.success(item)
                }
                Err(reason) => self.refusal(400, &reason),
            }),
        }
    }

    fn create(&self, items: &mut Items) -> Answer {
        let body = match self.body() {
            Ok(body) => body,
            Err(reason) => return self.refusal(400, &reason),
        };
        let given = body.get(self.resource.id).filter(|id| !value::text(id).is_empty()).cloned();
        let mut item = json(self.resource.blank);
        value::merge(&mut item, body);
        let id = match given {
            Some(id) if items.position(self.resource, &self.path, &value::text(&id)).is_some() => {
                return self.refusal(409, &format!("there is already {} in {}", value::text(&id), self.path));
            }
            Some(id) => id,
            None => items.fresh(self.resource, &self.path),
        };
        let text = value::text(&id);
        value::set(&mut item, &[self.resource.id], id);
        items.put(self.resource, &self.path, &text, item.clone());
        self.success(item)
    }

    /// Reads the item of the request.
    fn body(&self) -> Result<Value, String> {
        let body: Value =
            serde_json::from_slice(&self.sent.body).map_err(|error| format!("the body is not JSON: {error}"))?;
        let item = value::at(&body, self.action.sent).filter(|item| item.is_object());
        item.cloned().ok_or_else(|| "the body has no object where the item should be".to_owned())
    }

    /// Returns an error message if an item that contains the list is missing.
    fn missing_parent(&self, items: &Items) -> Option<String> {
        let own: Vec<&str> = self.resource.collection.trim_matches('/').split('/').collect();
        let given: Vec<&str> = self.path.split('/').collect();
        RESOURCES.iter().find_map(|parent| {
            let wanted: Vec<&str> = parent.collection.trim_matches('/').split('/').collect();
            let argument = own.strip_prefix(wanted.as_slice())?.first()?;
            let (path, id) = (given.get(..wanted.len())?.join("/"), given.get(wanted.len())?);
            let is_missing = is_argument(argument) && items.position(parent, &path, id).is_none();
            is_missing.then(|| format!("there is no {id} in {path}"))
        })
    }

    /// Returns the response of a success, with an item or items.
    pub(super) fn success(&self, value: Value) -> Answer {
        match &self.action.answer {
            Some(frame) => Answer::json(self.action.status, &self.framed(frame, value)),
            None => Answer::status(self.action.status),
        }
    }

    pub(super) fn framed(&self, frame: &Frame, value: Value) -> Value {
        let mut body = json(frame.json);
        value::set(&mut body, frame.place, value);
        body
    }

    /// Returns an error in the form of the API.
    pub(super) fn refusal(&self, status: u16, reason: &str) -> Answer {
        let Some(template) = self.resource.missing else { return Answer::error(status, reason) };
        let mut body = json(template);
        fill(&mut body, status, reason);
        Answer::json(status, &body)
    }
}

/// Sets the messages of an error.
fn fill(value: &mut Value, status: u16, reason: &str) {
    match value {
        Value::String(text) if text == "{reason}" => reason.clone_into(text),
        Value::String(text) if text == "{status}" => *text = status.to_string(),
        Value::Array(items) => items.iter_mut().for_each(|item| fill(item, status, reason)),
        Value::Object(fields) => fields.iter_mut().for_each(|(_, field)| fill(field, status, reason)),
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Parses JSON of the table.
fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}
