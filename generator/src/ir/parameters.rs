//! Parameters: their destinations, and the formats of their values.

use serde::Serialize;

use super::{Docs, TypeRef, is_false};
use crate::pointer::Pointer;

/// A parameter.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Parameter {
    /// Name of the parameter.
    pub name: String,
    /// The Rust name that the spec sets.
    pub rust_name: Option<String>,
    /// Its place in the spec; that of the target, if it is a reference.
    pub pointer: Pointer,
    /// Its destination.
    pub location: Location,
    /// Its documentation in the spec.
    pub docs: Docs,
    /// Whether a call without it is invalid. Path parameters are always required.
    pub required: bool,
    /// Type of its value.
    pub ty: TypeRef,
    /// How the value is written.
    pub style: Style,
    /// The media type of a part of a multipart body, if the spec names one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    /// Whether an optional body is invalid without this part.
    #[serde(skip_serializing_if = "is_false")]
    pub required_in_body: bool,
}

impl Parameter {
    /// The place of its name in the spec.
    pub fn named_at(&self) -> Pointer {
        match self.location {
            // The name of a part is the key of its schema.
            Location::Part => self.pointer.clone(),
            Location::Path | Location::Query | Location::Header | Location::Cookie => self.pointer.key("name"),
        }
    }
}

/// The format of a parameter's value. Equal formats on the wire are equal here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Style {
    /// As text, in the path or the query: the value is not a list.
    Plain,
    /// A list, with one query pair per item: `tag=a&tag=b`.
    Repeated,
    /// A list, with all items in one query pair: `tag=a,b`.
    Joined,
    /// By a style of OpenAPI.
    Expanded(Expansion),
    /// A part of a multipart body; for a list, one part per item.
    Part(PartForm),
}

/// The form of a part in a multipart body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PartForm {
    /// A text, number or boolean, as text.
    Text,
    /// JSON.
    Json,
    /// A list as one JSON text.
    JsonList,
    /// A file.
    File,
}

/// A style of OpenAPI with its options.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Expansion {
    /// The style.
    pub layout: Layout,
    /// Whether each item of a list and each field of an object is separate.
    pub explode: bool,
    /// Whether reserved characters are sent unencoded, from `allowReserved`.
    #[serde(skip_serializing_if = "is_false")]
    pub reserved: bool,
    /// Whether `null`, or a list without items, is sent as an empty text, from `allowEmptyValue`.
    #[serde(skip_serializing_if = "is_false")]
    pub or_empty: bool,
}

/// A style of OpenAPI.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Layout {
    /// `a,b`
    Simple,
    /// `.a,b`
    Label,
    /// `;name=a,b`
    Matrix,
    /// `name=a,b`
    Form,
    /// `name=a%20b`
    SpaceDelimited,
    /// `name=a%7Cb`
    PipeDelimited,
    /// `name[field]=a`
    DeepObject,
    /// JSON, from `content`.
    Json,
}

/// The destination of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Location {
    /// A segment of the path, or a part of one.
    Path,
    /// The query.
    Query,
    /// A header.
    Header,
    /// The header `Cookie`.
    Cookie,
    /// A part of a multipart body.
    Part,
}

impl Location {
    /// Every place.
    pub const ALL: [Self; 5] = [Self::Path, Self::Query, Self::Header, Self::Cookie, Self::Part];

    /// The place as the spec writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
            Self::Part => "part",
        }
    }
}
