//! Parameters in the styles of OpenAPI: a value of any type becomes a part of the path, of the query, a header or a cookie.
//!
//! The value is written as JSON first, by the rules that its type has anyway; the styles see nothing else. A scalar is
//! written without quotes. What the expansion of RFC 6570 has no place for, such as a list in a list, is written as JSON.
//!
//! | style | a list | an object | exploded |
//! |---|---|---|---|
//! | [`SIMPLE`](Style::SIMPLE) | `a,b` | `R,100,G,200` | `a,b` and `R=100,G=200` |
//! | [`LABEL`](Style::LABEL) | `.a,b` | `.R,100,G,200` | `.a.b` and `.R=100.G=200` |
//! | [`MATRIX`](Style::MATRIX) | `;n=a,b` | `;n=R,100,G,200` | `;n=a;n=b` and `;R=100;G=200` |
//! | [`FORM`](Style::FORM) | `n=a,b` | `n=R,100,G,200` | `n=a&n=b` and `R=100&G=200` |
//! | [`SPACE_DELIMITED`](Style::SPACE_DELIMITED) | `n=a%20b` | `n=R%20100%20G%20200` | as `FORM` |
//! | [`PIPE_DELIMITED`](Style::PIPE_DELIMITED) | `n=a%7Cb` | `n=R%7C100%7CG%7C200` | as `FORM` |
//! | [`DEEP_OBJECT`](Style::DEEP_OBJECT) | `n[]=a&n[]=b`, `n[0][x]=a` | `n[R]=100&n[G]=200` | the same |
//! | [`JSON`](Style::JSON) | `["a","b"]` | `{"R":100,"G":200}` | the same |
//!
//! The pairs of an exploded form stand in a cookie one behind the other: `n=a; n=b`. In a header nothing is encoded, in the
//! other places all but the unreserved characters of RFC 3986. A value that could not be read back is refused: an item of a
//! list that holds what separates items where that is not encoded, an empty list, `null`.

pub(crate) mod cookies;
mod deep;
mod expand;
pub(super) mod flat;
pub(super) mod plain;

use crate::runtime::client::Request;
use crate::runtime::client::parameters::expand::{Expansion, expand};
use crate::runtime::model::Value;
use crate::runtime::model::part::{Part, Written};
use http::{HeaderName, HeaderValue};

/// How the value of a parameter is written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    layout: Layout,
    explode: bool,
    reserved: bool,
    or_empty: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Layout {
    Simple,
    Label,
    Matrix,
    Form,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
    Json,
}

/// Where a parameter goes: that decides what is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Path,
    Query,
    Header,
    Cookie,
}

impl Style {
    pub(crate) const SIMPLE: Style = Style::new(Layout::Simple);
    pub(crate) const LABEL: Style = Style::new(Layout::Label);
    pub(crate) const MATRIX: Style = Style::new(Layout::Matrix);
    pub(crate) const FORM: Style = Style::new(Layout::Form);
    pub(crate) const SPACE_DELIMITED: Style = Style::new(Layout::SpaceDelimited);
    pub(crate) const PIPE_DELIMITED: Style = Style::new(Layout::PipeDelimited);
    pub(crate) const DEEP_OBJECT: Style = Style::new(Layout::DeepObject);
    pub(crate) const JSON: Style = Style::new(Layout::Json);

    const fn new(layout: Layout) -> Style {
        Style { layout, explode: false, reserved: false, or_empty: false }
    }

    /// Each item or field by itself.
    pub(crate) const fn exploded(self) -> Style {
        Style { explode: true, ..self }
    }

    /// Reserved characters of RFC 3986 stay as they are in the query, but for those that mean something there.
    pub(crate) const fn reserved(self) -> Style {
        Style { reserved: true, ..self }
    }

    /// `null` and a list without items are written as an empty text: `name=`.
    pub(crate) const fn or_empty(self) -> Style {
        Style { or_empty: true, ..self }
    }
}

/// The pairs that a field of a form is; without a style a list is a pair for each item, and what has parts is JSON.
///
/// # Errors
///
/// Says what cannot be told from something else.
pub(super) fn pairs_of(style: Option<Style>, name: &str, value: &Value) -> Result<Vec<String>, String> {
    let style = style.unwrap_or_else(|| {
        let is_list = flat::is_list_of_scalars(value);
        if value.is_object() || (value.is_array() && !is_list) { Style::JSON } else { Style::FORM.exploded() }
    });
    Ok(match expand(Place::Query, style, name, value)? {
        Expansion::Text(text) => vec![text],
        Expansion::Pairs(pairs) => pairs,
    })
}

impl Request {
    /// Adds a text to the query that is always the same.
    pub(crate) fn fixed_query(mut self, text: &'static str) -> Request {
        self.append_query(text);
        self
    }

    /// Puts a value in the place of `{name}` in the path.
    pub(crate) fn path_as<T: Part>(self, style: Style, name: &str, value: &T) -> Request {
        match Value::of(&Written(value)) {
            Ok(value) => self.path_in_style(style, name, &value),
            Err(error) => self.reject(name, &format!("it cannot be written: {error}")),
        }
    }

    /// Adds a value to the query, if there is one.
    pub(crate) fn query_as<T: Part>(self, style: Style, name: &str, value: Option<&T>) -> Request {
        self.placed(Place::Query, style, name, value)
    }

    /// Adds a header, if there is a value.
    pub(crate) fn header_as<T: Part>(self, style: Style, name: &str, value: Option<&T>) -> Request {
        self.placed(Place::Header, style, name, value)
    }

    /// Adds to the header `Cookie`, if there is a value.
    pub(crate) fn cookie_as<T: Part>(self, style: Style, name: &str, value: Option<&T>) -> Request {
        self.placed(Place::Cookie, style, name, value)
    }

    fn placed<T: Part>(self, place: Place, style: Style, name: &str, value: Option<&T>) -> Request {
        match value.map(|value| Value::of(&Written(value))) {
            None => self,
            Some(Ok(value)) => self.in_style(place, style, name, &value),
            Some(Err(error)) => self.reject(name, &format!("it cannot be written: {error}")),
        }
    }

    fn path_in_style(self, style: Style, name: &str, value: &Value) -> Request {
        match expand(Place::Path, style, name, value) {
            Ok(Expansion::Text(text)) => self.fill_path(name, &text),
            Ok(Expansion::Pairs(pairs)) => self.fill_path(name, &pairs.concat()),
            Err(reason) => self.reject(name, &reason),
        }
    }

    fn in_style(mut self, place: Place, style: Style, name: &str, value: &Value) -> Request {
        let written = match expand(place, style, name, value) {
            Ok(written) => written,
            Err(reason) => return self.reject(name, &reason),
        };
        match (place, written) {
            (Place::Header, Expansion::Text(text)) => return self.header_text(name, &text),
            (Place::Cookie, Expansion::Text(text)) => self.cookies.push(text),
            (Place::Cookie, Expansion::Pairs(pairs)) => self.cookies.extend(pairs),
            (_, Expansion::Text(text)) => self.append_query(&text),
            (_, Expansion::Pairs(pairs)) => pairs.iter().for_each(|pair| self.append_query(pair)),
        }
        self
    }

    /// A header of the operation's. Beyond ASCII, no two servers agree on what the bytes of a header mean.
    fn header_text(mut self, name: &str, text: &str) -> Request {
        let header = HeaderName::from_bytes(name.as_bytes()).ok();
        let value = HeaderValue::from_str(text).ok().filter(|_| text.is_ascii());
        let (Some(header), Some(value)) = (header, value) else {
            return self.reject(name, "it cannot be sent in a header, which holds visible ASCII characters and spaces");
        };
        if text.trim() != text {
            return self.reject(name, "spaces around the value of a header are lost on the way");
        }
        self.header_parameters.insert(header, value);
        self
    }
}
