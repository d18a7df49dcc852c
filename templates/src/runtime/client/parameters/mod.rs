//! Parameters in the styles of OpenAPI: a value of any type becomes a part of the path, of the query, a header or a
//! cookie.
//!
//! The value is first written as JSON, by the rules of its type; the styles see only this JSON. A scalar is
//! written without quotes. A value for which RFC 6570 has no expansion, such as a list in a list, is written as JSON.
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
//! In a cookie, the pairs of an exploded form follow one another: `n=a; n=b`. In a header nothing is encoded; elsewhere
//! all characters except the unreserved ones of RFC 3986 are. A value that cannot be read back is rejected: an item of
//! a list with an unencoded delimiter, an empty list, `null`.

pub(crate) mod cookies;
mod deep;
mod expand;
pub(super) mod flat;
pub(super) mod plain;

use crate::runtime::client::Request;
use crate::runtime::client::parameters::expand::{Expansion, expand};
use crate::runtime::model::Value;
use crate::runtime::model::extra::as_described;
use crate::runtime::model::part::{Part, Written};
use http::{HeaderName, HeaderValue};

/// The format of a parameter's value.
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

/// The place of a parameter, which determines the characters that are encoded.
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

    #[inline]
    const fn new(layout: Layout) -> Style {
        Style { layout, explode: false, reserved: false, or_empty: false }
    }

    /// Writes each item or field separately.
    #[inline]
    pub(crate) const fn exploded(self) -> Style {
        Style { explode: true, ..self }
    }

    /// Sends the reserved characters of RFC 3986 unencoded in the query, except those with a meaning there.
    #[inline]
    pub(crate) const fn reserved(self) -> Style {
        Style { reserved: true, ..self }
    }

    /// Writes `null` and a list without items as an empty text: `name=`.
    #[inline]
    pub(crate) const fn or_empty(self) -> Style {
        Style { or_empty: true, ..self }
    }
}

/// Returns the value for a parameter, a form or a part of a multipart body.
///
/// These have no text for `null`, so an optional field that the server sent as `null` is absent.
pub(super) fn value_of<T: Part>(part: &T) -> Result<Value, serde_json::Error> {
    as_described(|| Value::of(&Written(part)))
}

/// Returns the pairs of a field of a form; without a style, a list is one pair per item, and other structured values
/// are JSON.
///
/// # Errors
/// Says which part is ambiguous.
#[inline]
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
    /// Adds a constant text to the query.
    #[inline]
    pub(crate) fn fixed_query(mut self, text: &'static str) -> Request {
        self.append_query(text);
        self
    }

    /// Replaces `{name}` in the path by a value.
    pub(crate) fn path_as<T: Part>(self, style: Style, name: &str, value: &T) -> Request {
        match value_of(value) {
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
        match value.map(value_of) {
            None => self,
            Some(Ok(value)) => self.in_style(place, style, name, &value),
            Some(Err(error)) => self.reject(name, &format!("it cannot be written: {error}")),
        }
    }

    #[inline]
    fn path_in_style(self, style: Style, name: &str, value: &Value) -> Request {
        match expand(Place::Path, style, name, value) {
            Ok(Expansion::Text(text)) => self.fill_path(name, &text),
            Ok(Expansion::Pairs(pairs)) => self.fill_path(name, &pairs.concat()),
            Err(reason) => self.reject(name, &reason),
        }
    }

    #[inline]
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

    /// Sets a header of the operation. Servers disagree on the meaning of bytes beyond ASCII in a header.
    #[inline]
    fn header_text(mut self, name: &str, text: &str) -> Request {
        let header = HeaderName::from_bytes(name.as_bytes()).ok();
        let value = HeaderValue::from_str(text).ok().filter(|_| text.is_ascii());
        let (Some(header), Some(value)) = (header, value) else {
            return self.reject(
                name,
                "it cannot be sent in a header, which can only have visible ASCII characters and spaces",
            );
        };
        if text.trim() != text {
            return self.reject(name, "spaces around the value of a header would be lost");
        }
        self.header_parameters.insert(header, value);
        self
    }
}
