//! The place of the page's position in a request.

use super::walk::Position;
use crate::runtime::client::request::Problem;
use crate::runtime::client::{Body, Request};
use crate::runtime::model::{JsonObject, Value};

/// The start of a list, and the place of the position in its requests.
#[derive(Debug)]
pub(crate) struct Course {
    pub(crate) place: Place,
    pub(crate) start: Position,
}

/// The place of the position in a request.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Place {
    /// A query parameter.
    Query(&'static str),
    /// A field of the JSON body: the names on the path to it.
    Body(&'static [&'static str]),
}

impl Place {
    /// Sets the position in a request. The rest of it is unchanged.
    #[inline]
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

/// The largest page that the API documents.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Largest {
    /// The place of the number in a request.
    pub(crate) place: Place,
    pub(crate) most: u32,
}

impl Largest {
    /// Requests pages of that size, unless the caller has set another.
    #[inline]
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
    /// Sets a field of the JSON body, and creates missing objects on the path. Everything else in the body is
    /// unchanged, to the byte.
    #[inline]
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
                "the next page cannot be requested: its position must be set in an object of the body, and the body has another value there",
            )),
        }
    }

    /// Whether a field of the JSON body is absent or `null`, and nothing on the way to it is in the way.
    #[inline]
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
                Some(inner) if inner.is_null() => return true,
                Some(inner) => object = JsonObject::try_from(inner).ok(),
            }
        }
        false
    }
}

/// Sets the value at a path; `None` if a value on the path is neither an object nor null.
#[inline]
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
