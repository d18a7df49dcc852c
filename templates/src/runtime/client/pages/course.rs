//! How the request for a page says which one it is for.

use super::walk::Position;
use crate::runtime::client::request::Problem;
use crate::runtime::client::{Body, Request};
use crate::runtime::model::{JsonObject, Value};

/// Where a list begins, and where its requests say which page they are for.
#[derive(Debug)]
pub(crate) struct Course {
    pub(crate) place: Place,
    pub(crate) start: Position,
}

/// Where a request says which page it is for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Place {
    /// In a query parameter.
    Query(&'static str),
    /// In a field of the JSON body: the names on the way to it.
    Body(&'static [&'static str]),
}

impl Place {
    /// The request for a page. The rest of it stays as it is.
    pub(super) fn ask(self, request: Request, position: &Position) -> Request {
        let value = match position {
            Position::Cursor(None) => return request,
            Position::Page(number) | Position::Offset(number) => Value::from(*number),
            Position::Cursor(Some(json)) => Value::of_text(json.clone()),
        };
        match self {
            Place::Query(name) => {
                let text = value.as_str().unwrap_or_else(|| value.as_json().into());
                request.without_query(name).query(name, &text)
            }
            Place::Body(path) => request.with_body_field(path, value),
        }
    }
}

/// The largest page that there is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Largest {
    /// Where a request says how many items it wants.
    pub(crate) place: Place,
    pub(crate) most: u32,
}

impl Largest {
    /// Asks for pages of that size, unless the caller has set another.
    pub(super) fn ask(self, request: Request) -> Request {
        let most = Value::from(self.most);
        match self.place {
            Place::Query(name) if request.has_query(name) => request,
            Place::Query(name) => request.query(name, &self.most),
            Place::Body(path) if request.lacks_body_field(path) => request.with_body_field(path, most),
            Place::Body(_) => request,
        }
    }
}

impl Request {
    /// The same request with a field of its JSON body set, and the objects around it made where there are none. Everything
    /// else in the body is kept to the byte.
    fn with_body_field(mut self, path: &[&str], value: Value) -> Request {
        let Some(body) = self.content.in_memory() else {
            return self.reject("body", "a field of it cannot be set: it is a stream");
        };
        let object = if body.is_empty() { Ok(JsonObject::new()) } else { serde_json::from_slice(body) };
        match object.ok().and_then(|object| set(object, path, value)) {
            Some(object) => {
                let json = object.as_json().to_owned();
                self.set_body("application/json", Body::from(json));
                self
            }
            None => self.fail(Problem::new(
                path.first().copied().unwrap_or("body"),
                "the next page cannot be asked for: the body has something else where that is said",
            )),
        }
    }

    /// Whether a field of the JSON body is absent, and nothing on the way to it is in the way.
    fn lacks_body_field(&self, path: &[&str]) -> bool {
        let Some(body) = self.content.in_memory() else { return false };
        if body.is_empty() {
            return true;
        }
        let mut object: Option<JsonObject> = serde_json::from_slice(body).ok();
        for name in path {
            let Some(outer) = object else { return false };
            match outer.get(name) {
                None => return true,
                Some(inner) => object = JsonObject::try_from(inner).ok(),
            }
        }
        false
    }
}

/// Sets what a path leads to; `None` if something on the way is neither an object nor null.
fn set(mut object: JsonObject, path: &[&str], value: Value) -> Option<JsonObject> {
    let (name, rest) = path.split_first()?;
    let value = if rest.is_empty() {
        value
    } else {
        let inner = match object.get(name) {
            Some(inner) if !inner.is_null() => JsonObject::try_from(inner).ok()?,
            Some(_) | None => JsonObject::new(),
        };
        set(inner, rest, value)?.into()
    };
    object.insert(*name, value);
    Some(object)
}
